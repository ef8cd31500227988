"""Photos that people chose to show on the rating pad. Each can be erased; the journal holds a commitment."""

import hashlib
from collections.abc import Iterator
from typing import cast

from motcua.desk import Reader


def save_photo(db: Reader, account: int, image: bytes, salt: str) -> str:
    """Keep the photo of `account` in the place of an earlier one; return its commitment."""
    commitment = commit_photo(salt, image)
    db.execute(
        "INSERT OR REPLACE INTO account_photos (account, commitment, salt, image) VALUES (?,?,?,?)",
        (account, commitment, salt, image),
    )
    return commitment


def commit_photo(salt: str, image: bytes) -> str:
    """Return what the journal holds of a photo: SHA-256 of salt and picture."""
    return hashlib.sha256(salt.encode() + image).hexdigest()


def find_photo(db: Reader, account: int) -> bytes | None:
    """Return the photo of `account`, None when there is none."""
    row = db.execute("SELECT image FROM account_photos WHERE account = ?", (account,)).fetchone()
    return cast(bytes, row[0]) if row else None


def find_photo_commitment(db: Reader, account: int) -> str | None:
    """Return the commitment of the photo of `account`, None when there is none."""
    row = db.execute("SELECT commitment FROM account_photos WHERE account = ?", (account,)).fetchone()
    return cast(str, row[0]) if row else None


def erase_photo(db: Reader, account: int) -> bool:
    """Erase the photo of `account`; return whether there was one."""
    return bool(db.execute("DELETE FROM account_photos WHERE account = ?", (account,)).rowcount)


def list_photos(db: Reader) -> Iterator[tuple[int, str, str, bytes]]:
    """Yield every photo that is kept: its account, its commitment, its salt, the picture."""
    rows = db.execute("SELECT account, commitment, salt, image FROM account_photos ORDER BY account")
    return ((row[0], row[1], row[2], row[3]) for row in rows)
