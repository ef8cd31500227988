"""Texts that people wrote: kept apart from the journal so that they can be erased while the chain stays whole."""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import ClassVar, cast

from sqlite_utils import Database

from motcua.desk import journal, scrubbing
from motcua.desk.errors import Refused
from motcua.desk.event import Event
from motcua.desk.tx import Tx


def create(db: Database) -> None:
    """Make the table of erasable texts."""
    db.execute(
        "CREATE TABLE texts (commitment TEXT PRIMARY KEY, salt TEXT NOT NULL, body TEXT NOT NULL, erase_on TEXT "
        "NOT NULL)"
        " STRICT, WITHOUT ROWID"
    )


def keep_text(tx: Tx, body: str, days: int) -> str:
    """Store `body` for `days` days and return its salted commitment: SHA-256 of salt + text, the only thing a
    journal row may hold.
    """
    salt = tx.entropy(16).hex()
    commitment = compute_commitment(salt, body)
    erase_on = (date.fromisoformat(tx.day) + timedelta(days=days)).isoformat()
    tx.db.execute(
        "INSERT INTO texts (commitment, salt, body, erase_on) VALUES (?,?,?,?)", (commitment, salt, body, erase_on)
    )
    return commitment


def compute_commitment(salt: str, body: str) -> str:
    """Return what a journal row holds of `body`."""
    return hashlib.sha256(f"{salt}{body}".encode()).hexdigest()


def list_texts(db: Database) -> Iterator[tuple[str, str, str]]:
    """Yield every text that is kept: its commitment, its salt, its words."""
    return ((row[0], row[1], row[2]) for row in db.execute("SELECT commitment, salt, body FROM texts"))


def find_text(db: Database, commitment: str | None) -> str | None:
    """Return the text behind `commitment`, or None when there is none (any more)."""
    row = db.execute("SELECT body FROM texts WHERE commitment = ?", (commitment,)).fetchone() if commitment else None
    return cast(str, row[0]) if row else None


class TextErased(Event, frozen=True):
    """Words were erased before their time, because somebody asked for it.

    `row` is the journal row with their commitment.
    """

    row: int
    kind: ClassVar[str] = "text.erased"

    @property
    def subject(self) -> str:
        """Return `journal`."""
        return "journal"


def erase_text(tx: Tx, row: int) -> None:
    """Erase the words whose commitment is in the journal row `row`. Raises `Refused("text.none" | "text.gone")`."""
    data = journal.find_data(tx.db, row)
    commitment = data.get("text") if data is not None else None
    if not isinstance(commitment, str):
        raise Refused(
            "text.none", "Row %(row)s of the journal has no words. Find its number in the exported journal.", row=row
        )
    if tx.db.execute("DELETE FROM texts WHERE commitment = ?", (commitment,)).rowcount == 0:
        raise Refused("text.gone", "The words of row %(row)s have been erased already.", row=row)
    scrubbing.soil(tx.db)
    tx.emit(TextErased(row=row))


def erase_texts(tx: Tx, commitments: Iterable[str]) -> int:
    """Erase the words behind these commitments; return how many there were. The caller's own event tells of it."""
    count = sum(
        tx.db.execute("DELETE FROM texts WHERE commitment = ?", (commitment,)).rowcount for commitment in commitments
    )
    if count:
        scrubbing.soil(tx.db)
    return count


def purge(db: Database, day: str) -> int:
    """Erase what was to be kept until before `day`; return how many."""
    return db.execute("DELETE FROM texts WHERE erase_on < ?", (day,)).rowcount
