"""The key of what is encrypted: its file beside the store, whether it fits what is stored, and what is said without."""

import logging
import threading
from pathlib import Path

from motcua.desk import Desk, Reader, Unavailable
from motcua.desk.key_files import KEY_BYTES, find_in_copies, parse_key, read_content, write_key_file
from motcua.desk.messages import mark
from motcua.desk.vault import Vault
from motcua.dossiers.dropoffs import store as dropoffs
from motcua.dossiers.store import applicants, secrets
from motcua.settings import store as settings_store

KEY_FILE = "keys/dossiers.key"
KEY_LOST = mark(
    "The key of the applicants' data (keys/dossiers.key) is missing or is another one. Bring it back from a copy of "
    "the desk. If there is none, an administrator can begin a new key: what is stored then stays unreadable."
)
_MAKING = threading.Lock()
logger = logging.getLogger(__name__)


def find_vault(db: Reader, folder: Path) -> Vault | None:
    """Return the key of the desk in `folder` if it can read what is stored; None where it is lost or not made yet."""
    key = parse_key(read_content(folder / KEY_FILE))
    if key is None:
        return None
    vault = Vault(key)
    name = _find_key_name(db)
    return vault if name in {None, vault.name} else None


def is_key_lost(db: Reader, folder: Path) -> bool:
    """Say whether something is encrypted, and the key for it is not there. Where dossiers are off nobody needs it."""
    if not settings_store.get_settings(db).dossiers.is_on:
        return False
    return _find_key_name(db) is not None and find_vault(db, folder) is None


def get_vault(desk: Desk) -> Vault:
    """Return the key of a desk. It is made when it is first needed, and comes back from the newest copy that has it.

    Raises `Unavailable("dossiers.key")` where it is lost, `OSError` where it cannot be written.
    """
    folder = desk.path.parent
    with _MAKING, desk.read() as db:
        if (vault := find_vault(db, folder)) is not None:
            return vault
        name = _find_key_name(db)
        key = desk.entropy(KEY_BYTES) if name is None else find_in_copies(folder, KEY_FILE)
        if key is None or name not in {None, Vault(key).name}:
            raise Unavailable("dossiers.key", KEY_LOST)
        write_key_file(folder / KEY_FILE, key)
        if name is not None:
            logger.warning("the key of the applicants' data was lost; it was brought back from a copy")
        return Vault(key)


def begin_key(desk: Desk) -> Vault:
    """Put a new key in the place of a lost one; it counts once the journal tells of it. Raises `OSError`.

    After a crash in between the same new key is taken again.
    """
    folder = desk.path.parent
    with _MAKING:
        key = parse_key(read_content(folder / KEY_FILE))
        if key is None:
            key = desk.entropy(KEY_BYTES)
            write_key_file(folder / KEY_FILE, key)
        return Vault(key)


def _find_key_name(db: Reader) -> str | None:
    """Return the name of the key that must be there: the last that began, else that of what was encrypted last."""
    return (
        applicants.find_begun_key(db)
        or secrets.find_last_key(db)
        or applicants.find_last_key(db)
        or dropoffs.find_last_key(db)
    )
