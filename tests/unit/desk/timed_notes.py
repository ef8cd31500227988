"""A desk of notes some of which know when they were written, on a computer whose clock is set."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from motcua.desk import Desk, ManualClock, Reader, Room, SeededEntropy, Stamps, Tx
from motcua.desk.journal import find_broken_link, read_rows
from motcua.desk.moment import stamp
from tests.unit.desk.notes import MONDAY, ROOM, Pad, write

HOUR = 3600


def _timed(db: Reader) -> None:
    db.execute("CREATE TABLE timed (word TEXT, at TEXT, until TEXT) STRICT")


TIMED = Room("timed", [("first", _timed)], [Stamps("timed", ["at"], [("until", "at")])])


def keep(tx: Tx, word: str) -> None:
    """Write a note, and a row that knows when, and one hour later."""
    write(tx, word)
    until = stamp(MONDAY + timedelta(hours=20))
    tx.db.execute("INSERT INTO timed VALUES (?, ?, ?)", (word, tx.at, until))


@contextmanager
def opened(folder: Path, clock: ManualClock, in_use: bool = False) -> Iterator[Pad]:
    def used(_db: Reader, _day: str) -> bool:
        return in_use

    desk = Desk(folder / "desk.db", [ROOM, TIMED], clock, SeededEntropy(1), lambda _db: "Asia/Ho_Chi_Minh", in_use=used)
    try:
        yield Pad(desk, clock, folder / "desk.db")
    finally:
        desk.stop()


def times(pad: Pad) -> list[tuple[str, str]]:
    """Return each row's action and time of day (UTC)."""
    with pad.desk.read() as db:
        journal_rows = list(read_rows(db))
    assert find_broken_link(iter(journal_rows)) is None
    return [(str(row["action"]), str(row["at"])[11:19]) for row in journal_rows]


def moments(pad: Pad) -> list[tuple[object, ...]]:
    return pad.one("SELECT word, substr(at, 12, 8), substr(until, 12, 8) FROM timed ORDER BY rowid")
