"""Call backs without whom they are for."""

from typing import Any, cast

from motcua.callbacks.events import CallbackCalled
from motcua.callbacks.model import Callback, CallbackSource, CallbackState, CallOutcome
from motcua.desk import Reader, Unknown, journal, steps

_COLUMNS = (
    "received_at", "received_on", "topic", "source", "state", "due_on", "tries", "officer", "tried_at", "closed_at",
    "outcome", "called_at",
)  # fmt: skip
_LIST = ", ".join(_COLUMNS)
_MARKS = ",".join("?" * len(_COLUMNS))
_ASSIGNED = ", ".join(f"{name} = ?" for name in _COLUMNS)
_QUERY = f"SELECT id, {_LIST} FROM callbacks"
_OPEN = "state IN ('waiting', 'taken')"


def create(db: Reader) -> None:
    """Make the table."""
    db.execute(
        "CREATE TABLE callbacks (id INTEGER PRIMARY KEY AUTOINCREMENT, received_at TEXT NOT NULL, received_on TEXT NOT"
        " NULL, topic TEXT NOT NULL, source TEXT NOT NULL, state TEXT NOT NULL, due_on TEXT NOT NULL, tries INTEGER NOT"
        " NULL, officer INTEGER, tried_at TEXT, closed_at TEXT, outcome TEXT) STRICT"
    )
    db.execute("CREATE INDEX callbacks_state ON callbacks (state, due_on)")
    db.execute("CREATE INDEX callbacks_received ON callbacks (received_on)")


def add_first_call(db: Reader) -> None:
    """Add when each was called first; of older ones the journal says it, as the last clock would have shown it."""
    db.execute("ALTER TABLE callbacks ADD COLUMN called_at TEXT")
    read_at = steps.make_row_clock(journal.list_rows(db, steps.STEPPED))
    for row in journal.list_rows(db, CallbackCalled.kind):
        number = int(str(row["subject"]).rpartition(":")[2])
        db.execute("UPDATE callbacks SET called_at = ? WHERE id = ? AND called_at IS NULL", (read_at(row), number))


def add_callback(db: Reader, item: Callback) -> int:
    """Write a call back and return its number."""
    return cast(int, db.execute(f"INSERT INTO callbacks ({_LIST}) VALUES ({_MARKS})", _values(item)).lastrowid)


def save_callback(db: Reader, item: Callback) -> None:
    """Write a call back that is there already."""
    db.execute(f"UPDATE callbacks SET {_ASSIGNED} WHERE id = ?", [*_values(item), item.id])


def get_callback(db: Reader, number: int) -> Callback:
    """Return the call back with this number. Raises `Unknown("callback.unknown")`."""
    row = db.execute(f"{_QUERY} WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise Unknown("callback.unknown", "There is no such call back.")
    return _read(row)


def list_open(db: Reader, limit: int) -> list[Callback]:
    """Return who has to be called: the first due first, of these whoever was tried least, then the longest waiting."""
    query = f"{_QUERY} WHERE {_OPEN} ORDER BY due_on, tries, received_at, id LIMIT ?"
    return [_read(row) for row in db.execute(query, (limit,))]


def list_closed(db: Reader, limit: int) -> list[Callback]:
    """Return what ended last, the newest first."""
    query = f"{_QUERY} WHERE closed_at IS NOT NULL ORDER BY closed_at DESC, id DESC LIMIT ?"
    return [_read(row) for row in db.execute(query, (limit,))]


def list_received(db: Reader, first: str, last: str) -> list[Callback]:
    """Return what was asked for on the days `first` to `last`."""
    query = f"{_QUERY} WHERE received_on BETWEEN ? AND ? ORDER BY received_on, id"
    return [_read(row) for row in db.execute(query, (first, last))]


def count_open(db: Reader, before: str = "9999") -> int:
    """Return how many have to be called, of those that are due before the day `before`."""
    query = f"SELECT count(*) FROM callbacks WHERE {_OPEN} AND due_on < ?"
    return int(db.execute(query, (before,)).fetchone()[0])


def count_in_hand(db: Reader, officer: int) -> int:
    """Return how many `officer` has in hand."""
    query = "SELECT count(*) FROM callbacks WHERE state = 'taken' AND officer = ?"
    return int(db.execute(query, (officer,)).fetchone()[0])


def _values(item: Callback) -> list[Any]:
    return [getattr(item, name) for name in _COLUMNS]


def _read(row: Any) -> Callback:
    values = dict(zip(("id", *_COLUMNS), row, strict=True))
    values["source"], values["state"] = CallbackSource(values["source"]), CallbackState(values["state"])
    values["outcome"] = CallOutcome(values["outcome"]) if values["outcome"] else None
    return Callback(**values)
