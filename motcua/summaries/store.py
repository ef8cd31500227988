"""Summaries of closed days in the store. One whose journal row is another one now is not there for readers."""

from collections.abc import Iterator

from motcua.desk import Reader, Room
from motcua.summaries.model import ClosedDay


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE day_summaries (id INTEGER PRIMARY KEY, day TEXT NOT NULL UNIQUE, seq INTEGER NOT NULL,"
        " hash TEXT NOT NULL, form INTEGER NOT NULL, hall TEXT NOT NULL, officers TEXT NOT NULL) STRICT"
    )


ROOM = Room("summaries", [("first", _first)], [])
_TRUE = "FROM day_summaries s JOIN journal j ON j.seq = s.seq AND j.hash = s.hash WHERE s.form = ?"
_DUE = (
    "SELECT max(d.day) FROM days d WHERE d.day < ? AND d.closed_at IS NOT NULL"
    f" AND NOT EXISTS (SELECT 1 {_TRUE} AND s.day = d.day)"
)


def save(db: Reader, summary: ClosedDay) -> None:
    """Write the summary of a day in the place of an earlier one."""
    db.execute("DELETE FROM day_summaries WHERE day = ?", (summary.day,))
    values = (summary.day, summary.seq, summary.hash, summary.form, summary.hall, summary.officers)
    db.execute("INSERT INTO day_summaries (day, seq, hash, form, hall, officers) VALUES (?,?,?,?,?,?)", values)


def map_hashes(db: Reader, first: str, last: str, form: int) -> dict[str, str]:
    """Return the days from `first` to `last` that have a summary, each with the hash of the row that closed it."""
    return dict(db.execute(f"SELECT s.day, s.hash {_TRUE} AND s.day BETWEEN ? AND ?", (form, first, last)).fetchall())


def get_hall(db: Reader, day: str) -> str:
    """Return what the summary of a day says of the hall."""
    return str(db.execute("SELECT hall FROM day_summaries WHERE day = ?", (day,)).fetchone()[0])


def list_officers(db: Reader, first: str, last: str, form: int) -> Iterator[tuple[str, str]]:
    """Yield the days from `first` to `last` that have a summary, each with what it says of the officers."""
    query = f"SELECT s.day, s.officers {_TRUE} AND s.day BETWEEN ? AND ? ORDER BY s.day"
    yield from ((row[0], row[1]) for row in db.execute(query, (form, first, last)))


def find_due(db: Reader, today: str, form: int) -> str | None:
    """Return the newest closed day before `today` without a summary."""
    row = db.execute(_DUE, (today, form)).fetchone()
    return str(row[0]) if row[0] is not None else None
