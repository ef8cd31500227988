"""Entries of the help team in the store."""

import json
from collections.abc import Iterable
from typing import Any, cast

from motcua.assistance.model import Assistance, AssistanceOutcome
from motcua.desk import Reader, Room, Stamps, Unknown


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE assistances (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, day TEXT NOT NULL,"
        " outcomes TEXT NOT NULL, visit TEXT, procedure TEXT, minutes INTEGER, withdrawn_at TEXT) STRICT"
    )
    db.execute("CREATE INDEX assistances_day ON assistances (day)")


_STAMPS = [Stamps("assistances", ["at", "withdrawn_at"], where="at >= :since OR withdrawn_at >= :since")]
ROOM = Room("assistance", [("first", _first)], _STAMPS)
_QUERY = "SELECT id, at, day, outcomes, visit, procedure, minutes, withdrawn_at FROM assistances"


def add_assistance(db: Reader, item: Assistance) -> int:
    """Write an entry and return its number."""
    query = "INSERT INTO assistances (at, day, outcomes, visit, procedure, minutes) VALUES (?,?,?,?,?,?)"
    values = (item.at, item.day, write_outcomes(item.outcomes), item.visit, item.procedure, item.minutes)
    return cast(int, db.execute(query, values).lastrowid)


def get_assistance(db: Reader, number: int) -> Assistance:
    """Return the entry with this number. Raises `Unknown("assistance.unknown")`."""
    row = db.execute(f"{_QUERY} WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise Unknown("assistance.unknown", "There is no such entry.")
    return _read(row)


def withdraw_assistance(db: Reader, number: int, at: str) -> None:
    """Note that an entry was taken back."""
    db.execute("UPDATE assistances SET withdrawn_at = ? WHERE id = ?", (at, number))


def list_assistances(db: Reader, first: str, last: str) -> list[Assistance]:
    """Return what counts of the days `first` to `last`, the oldest day first."""
    rows = db.execute(f"{_QUERY} WHERE day BETWEEN ? AND ? AND withdrawn_at IS NULL ORDER BY day, id", (first, last))
    return [_read(row) for row in rows]


def list_latest(db: Reader, day: str, limit: int) -> list[Assistance]:
    """Return the last entries of a day that count, the newest first."""
    query = f"{_QUERY} WHERE day = ? AND withdrawn_at IS NULL ORDER BY id DESC LIMIT ?"
    return [_read(row) for row in db.execute(query, (day, limit))]


def count_of_day(db: Reader, day: str) -> int:
    """Return how many people were helped on a day."""
    query = "SELECT count(*) FROM assistances WHERE day = ? AND withdrawn_at IS NULL"
    return int(db.execute(query, (day,)).fetchone()[0])


def write_outcomes(outcomes: Iterable[AssistanceOutcome]) -> str:
    """Return outcomes as they stand in the column."""
    return json.dumps([item.value for item in outcomes])


def _read(row: Any) -> Assistance:
    outcomes = tuple(AssistanceOutcome(code) for code in json.loads(row[3]))
    return Assistance(row[0], row[1], row[2], outcomes, row[4], row[5], row[6], row[7])
