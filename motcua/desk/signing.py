"""The key that signs the days.

A lost one comes back from a copy, or a new one takes its place by an event that a person confirms.
"""

import logging
from functools import lru_cache
from pathlib import Path
from typing import ClassVar, cast

from sqlite_utils import Database

from motcua.desk import journal
from motcua.desk.clock import Entropy
from motcua.desk.desk import Desk
from motcua.desk.errors import Refused
from motcua.desk.event import Event
from motcua.desk.files import write_whole
from motcua.desk.key_files import KEY_BYTES, find_in_copies, parse_key, read_content, write_key_file
from motcua.desk.private import make_folder
from motcua.desk.tx import Tx

IN_COPIES = "keys/journal.key"
logger = logging.getLogger(__name__)


class KeyEvent(Event, frozen=True):
    """Something about the key that signs the days."""

    public_key: str

    @property
    def subject(self) -> str:
        """Return `journal`."""
        return "journal"


class JournalKeyReplaced(KeyEvent, frozen=True):
    """The signing key was lost and no copy had it: from here on another one signs.

    `old_public_key` is what signed last, if known.
    """

    old_public_key: str | None
    kind: ClassVar[str] = "journal.key_replaced"


class JournalKeyConfirmed(KeyEvent, frozen=True):
    """An administrator has seen that another key signs, and noted it."""

    kind: ClassVar[str] = "journal.key_confirmed"


def get_key_path(folder: Path) -> Path:
    """Return the path of the desk's signing key."""
    return folder / "keys" / "journal.key"


def read_key(folder: Path) -> bytes | None:
    """Return the signing key, None where it is missing or cannot be one."""
    return parse_key(read_content(get_key_path(folder)))


@lru_cache(maxsize=8)
def get_public_key(key: bytes) -> str:
    """Return the public half of a key, as hexadecimal digits."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw().hex()


def write_key(folder: Path, key: bytes) -> None:
    """Put `key` in its place, readable by the desk alone; what is no key there gets another name. Raises `OSError`."""
    write_key_file(get_key_path(folder), key)


def make_key(folder: Path, entropy: Entropy) -> None:
    """Make the key of a desk that is new, unless it has one. Raises `OSError`."""
    if read_key(folder) is None:
        write_key(folder, entropy(KEY_BYTES))


def keep_key(desk: Desk, folder: Path, signed_last: str | None = None) -> bytes:
    """Return the signing key; one that is lost comes from the newest copy that has it, or a new one takes its place,
    journalled.

    `signed_last` is the public key of the newest signed day, if there is one. Raises `OSError`, `Unavailable`.
    """
    if (key := read_key(folder)) is not None:
        return key
    if desk.head.seq == 0:
        make_key(folder, desk.entropy)
    elif (key := find_in_copies(folder, IN_COPIES)) is not None:
        write_key(folder, key)
        logger.warning("the signing key was lost; it was brought back from a copy")
    else:
        _replace(desk, folder, signed_last)
    key = read_key(folder)
    if key is None:
        raise OSError(f"the signing key cannot be kept in {get_key_path(folder)}")
    return key


def _replace(desk: Desk, folder: Path, signed_last: str | None) -> None:
    """Put a new key in the place of the lost one.

    It is on the disk before the event tells of it, and signs only after that.

    After a crash in between the same new key is taken again.
    """
    waiting = get_key_path(folder).with_name("journal.key.new")
    key = parse_key(read_content(waiting))
    if key is None:
        key = desk.entropy(KEY_BYTES)
        make_folder(waiting.parent)
        write_whole(waiting, key.hex().encode() + b"\n")
    with desk.read() as db:
        replaced = find_unconfirmed(db)
    if replaced is None or replaced["public_key"] != get_public_key(key):
        desk.do(_tell, get_public_key(key), signed_last)
        logger.warning("the signing key was lost and replaced; an administrator has to confirm it")
    write_key(folder, key)
    waiting.unlink(missing_ok=True)


def _tell(tx: Tx, public_key: str, old: str | None) -> None:
    tx.emit(JournalKeyReplaced(public_key=public_key, old_public_key=old))


def find_unconfirmed(db: Database) -> dict[str, str | None] | None:
    """Return the last replacement (`public_key`, `old_public_key`) that nobody has confirmed yet, else None."""
    replaced = journal.find_latest(db, JournalKeyReplaced.kind)
    confirmed = journal.find_latest(db, JournalKeyConfirmed.kind)
    if replaced is None or (confirmed is not None and confirmed["public_key"] == replaced["public_key"]):
        return None
    return cast("dict[str, str | None]", replaced)


def list_earlier_keys(db: Database) -> set[str]:
    """Return the public keys that this desk's journal names as its own, be they replaced by now."""
    named = [
        data[name]
        for data in journal.list_data(db, JournalKeyReplaced.kind)
        for name in ("public_key", "old_public_key")
    ]
    return {key for key in named if isinstance(key, str)}


def confirm_key(tx: Tx, public_key: str) -> None:
    """Note that a person has seen the new key.

    Raises `Refused("journal.key_known")` when no such key waits for that.
    """
    replaced = find_unconfirmed(tx.db)
    if replaced is None or replaced["public_key"] != public_key:
        raise Refused("journal.key_known", "No new signing key waits to be confirmed. Load the page again.")
    tx.emit(JournalKeyConfirmed(public_key=public_key))
