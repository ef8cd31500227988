"""The smallest room: numbered notes, one action, one event. The desk's own tests need no word of the hall."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

from motcua.desk import Desk, Event, ManualClock, Reader, Refused, Room, SeededEntropy, Tx

MONDAY = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def _first(db: Reader) -> None:
    db.execute("CREATE TABLE notes (number INTEGER PRIMARY KEY, word TEXT NOT NULL) STRICT")


def _second(db: Reader) -> None:
    db.execute("CREATE TABLE children (of_note INTEGER REFERENCES notes) STRICT")


ROOM = Room("notes", [("first", _first)])
LATER = Room("later", [("first", _second)])
"""A room that an older version does not know."""


class Noted(Event, frozen=True):
    """A note was written."""

    number: int
    word: str
    kind: ClassVar[str] = "note.written"

    @property
    def subject(self) -> str:
        return f"note:{self.number}"


def write(tx: Tx, word: str) -> int:
    """Write a note and return its number. Refuses the word `no`, after it has written and told."""
    number = int(tx.db.execute("SELECT count(*) FROM notes").fetchone()[0]) + 1
    tx.db.execute("INSERT INTO notes VALUES (?, ?)", (number, word))
    tx.emit(Noted(number, word))
    if word == "no":
        raise Refused("note.no", "The word %(word)s is not written.", word=word)
    return number


def notes(db: Reader) -> list[tuple[int, str]]:
    """Return all notes."""
    return [(row[0], row[1]) for row in db.execute("SELECT number, word FROM notes ORDER BY number")]


@dataclass
class Pad:
    """A desk of notes with its clock."""

    desk: Desk
    clock: ManualClock
    path: Path

    def notes(self) -> list[tuple[int, str]]:
        """Return all notes."""
        with self.desk.read() as db:
            return notes(db)

    def one(self, sql: str) -> list[tuple[object, ...]]:
        """Return the rows of `sql`."""
        with self.desk.read() as db:
            return [tuple(row) for row in db.execute(sql)]


@contextmanager
def opened(folder: Path, *more: Room) -> Iterator[Pad]:
    """Lend a desk of notes in `folder`, stopped afterwards."""
    clock = ManualClock(MONDAY)
    desk = Desk(folder / "desk.db", [ROOM, *more], clock, SeededEntropy(1), lambda _db: "Asia/Ho_Chi_Minh")
    try:
        yield Pad(desk, clock, folder / "desk.db")
    finally:
        desk.stop()
