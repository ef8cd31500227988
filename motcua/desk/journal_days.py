"""Where each day begins and ends in the journal: its rows have no gaps, and their days never go back."""

from bisect import bisect_left, bisect_right
from typing import cast

from sqlite_utils import Database

from motcua.desk.event import Json
from motcua.desk.journal import read_head


def find_rows(db: Database, day: str) -> range:
    """Return the numbers of the rows on `day`, found in some twenty steps; empty where nothing happened."""

    def read_day(seq: int) -> str:
        row = db.execute("SELECT day FROM journal WHERE seq = ?", (seq,)).fetchone()
        return str(row[0]) if row else ""

    every = range(1, read_head(db).seq + 1)
    return every[bisect_left(every, day, key=read_day) : bisect_right(every, day, key=read_day)]


def find_last_row(db: Database, day: str) -> dict[str, Json] | None:
    """Return the last row on `day` as `journal.list_day_rows` does, None where nothing happened."""
    rows = find_rows(db, day)
    if not rows:
        return None
    query = "SELECT seq, at, day, action, data FROM journal WHERE seq = ?"
    return cast("dict[str, Json]", dict(db.execute(query, (rows[-1],)).fetchone()))


def find_last_at(db: Database, day: str) -> str | None:
    """Return the time of the last row on `day`, None where nothing happened."""
    last = find_last_row(db, day)
    return None if last is None else str(last["at"])
