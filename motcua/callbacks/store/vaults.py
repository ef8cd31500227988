"""The key of the numbers: its file beside the store, made with the first number, brought back from a copy."""

import logging
import threading
from pathlib import Path

from motcua.callbacks.store import secrets
from motcua.desk import Desk, Reader
from motcua.desk.key_files import KEY_BYTES, find_in_copies, parse_key, read_content, write_key_file
from motcua.desk.vault import Vault

KEY_FILE = "keys/callbacks.key"
_MAKING = threading.Lock()
logger = logging.getLogger(__name__)


def find_vault(folder: Path) -> Vault | None:
    """Return the key of the desk in `folder`; None where it is lost or not made yet."""
    key = parse_key(read_content(folder / KEY_FILE))
    return Vault(key) if key is not None else None


def is_key_lost(db: Reader, folder: Path) -> bool:
    """Say whether a number is encrypted that nobody can read."""
    name, vault = secrets.find_last_key(db), find_vault(folder)
    return name is not None and (vault is None or vault.name != name)


def get_vault(desk: Desk) -> Vault:
    """Return the key of a desk. One that is lost comes back from the newest copy that has it; else a new one begins.

    What the old one has written stays unreadable until it is erased, in some days at most. Raises `OSError`.
    """
    folder = desk.path.parent
    with _MAKING, desk.read() as db:
        if (vault := find_vault(folder)) is not None:
            return vault
        name = secrets.find_last_key(db)
        key = find_in_copies(folder, KEY_FILE) if name is not None else None
        if key is None:
            key = desk.entropy(KEY_BYTES)
        write_key_file(folder / KEY_FILE, key)
        if name is not None:
            logger.warning("the key of the call backs was lost; it was brought back from a copy, or a new one began")
        return Vault(key)
