"""Counters in the store."""

import json
from functools import lru_cache
from typing import Any, cast

from motcua.counters.model import Counter, CounterState, LastMove
from motcua.desk import Reader, Room, Stamps, Unknown, count_changes, forget, read_once
from motcua.desk.event import Json


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE counters (number INTEGER PRIMARY KEY, label TEXT NOT NULL, services TEXT NOT NULL, state "
        "TEXT NOT NULL,"
        " officer INTEGER UNIQUE, in_hand TEXT UNIQUE, passes INTEGER NOT NULL, left_at TEXT NOT NULL, state_at "
        "TEXT NOT NULL,"
        " pause_reason TEXT, last TEXT) STRICT"
    )


def _lanes(db: Reader) -> None:
    for column in ("prefer", "must", "hours"):
        db.execute(f"ALTER TABLE counters ADD COLUMN {column} TEXT NOT NULL DEFAULT '[]'")


def _facts(db: Reader) -> None:
    count_changes(db, "counters", "number, label, services, prefer, must, hours")


_LAST = (
    "last = CASE WHEN json_extract(last, '$[2]') >= :since THEN json_set(last, '$[2]', moved(json_extract(last, "
    "'$[2]'))) ELSE last END"
)
ROOM = Room(
    "counters",
    [("first", _first), ("lanes", _lanes), ("facts", _facts)],
    [Stamps("counters", ["left_at", "state_at"], also=_LAST)],
)
_COLUMNS = (
    "number, label, services, state, officer, in_hand, passes, left_at, state_at, pause_reason, last, prefer, "
    "must, hours"
)


@lru_cache(maxsize=128)
def _codes(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


@lru_cache(maxsize=128)
def _hours(text: str) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in json.loads(text))


def _counter(row: Any) -> Counter:
    last = LastMove(*json.loads(row[10])) if row[10] else None
    state = CounterState(row[3])
    lanes = _codes(row[11]), _codes(row[12]), _hours(row[13])
    return Counter(row[0], row[1], _codes(row[2]), state, row[4], row[5], row[6], row[7], row[8], row[9], last, *lanes)


def list_all(db: Reader) -> list[Counter]:
    """Return all counters by number."""
    return [_counter(row) for row in db.execute(f"SELECT {_COLUMNS} FROM counters ORDER BY number")]


def list_lanes(db: Reader) -> list[Counter]:
    """Return all counters by number as they are set up: what changes during a day is not in them."""
    return read_once(db, "lanes", _read_lanes)


def _read_lanes(db: Reader) -> list[Counter]:
    return [
        Counter(item.number, item.label, item.services, prefer=item.prefer, must=item.must, hours=item.hours)
        for item in list_all(db)
    ]


def map_left_at(db: Reader) -> dict[int, str]:
    """Return when each counter last paused or closed."""
    return {row[0]: row[1] for row in db.execute("SELECT number, left_at FROM counters")}


def find(db: Reader, number: int) -> Counter | None:
    """Return the counter, or None."""
    row = db.execute(f"SELECT {_COLUMNS} FROM counters WHERE number = ?", (number,)).fetchone()
    return _counter(row) if row else None


def get(db: Reader, number: int) -> Counter:
    """Return the counter. Raises `Unknown("counter.unknown")`."""
    counter = find(db, number)
    if counter is None:
        raise Unknown("counter.unknown", "There is no counter %(counter)s.", counter=number)
    return counter


def find_officer(db: Reader, number: int) -> int | None:
    """Return the officer who sits at the counter, if any."""
    row = db.execute("SELECT officer FROM counters WHERE number = ?", (number,)).fetchone()
    return cast("int | None", row[0]) if row else None


def find_of_officer(db: Reader, officer: int) -> Counter | None:
    """Return the counter at which `officer` sits."""
    row = db.execute(f"SELECT {_COLUMNS} FROM counters WHERE officer = ?", (officer,)).fetchone()
    return _counter(row) if row else None


def list_labels(db: Reader) -> list[Json]:
    """Return each counter's number and label."""
    return [list(row) for row in db.execute("SELECT number, label FROM counters ORDER BY number")]


def save(db: Reader, counter: Counter) -> None:
    """Write what changes during a day: state, officer, ticket in hand, passes, times."""
    last = json.dumps([counter.last.move, counter.last.ticket, counter.last.at]) if counter.last else None
    db.execute(
        "UPDATE counters SET state = ?, officer = ?, in_hand = ?, passes = ?, left_at = ?, state_at = ?, "
        "pause_reason = ?, last = ?"
        " WHERE number = ?",
        (
            counter.state.value,
            counter.officer,
            counter.in_hand,
            counter.passes,
            counter.left_at,
            counter.state_at,
            counter.pause_reason,
            last,
            counter.number,
        ),
    )


def forget_passes(db: Reader) -> None:
    """Set each counter's count of calls that passed over somebody to 0: the day is over."""
    db.execute("UPDATE counters SET passes = 0 WHERE passes > 0")


def replace_all(db: Reader, counters: list[Counter]) -> None:
    """Make the stored counters equal to `counters`: label, services and lanes change, the state of the day stays;
    the rest is removed.
    """
    forget(db)
    numbers = [counter.number for counter in counters]
    for stored_counter in list_all(db):
        if stored_counter.number not in numbers:
            db.execute("DELETE FROM counters WHERE number = ?", (stored_counter.number,))
    for counter in counters:
        db.execute(
            "INSERT INTO counters (number, label, services, prefer, must, hours, state, passes, left_at, state_at)"
            " VALUES (?,?,?,?,?,?,'closed',0,'','') ON CONFLICT (number) DO UPDATE SET label = excluded.label,"
            " services = excluded.services, prefer = excluded.prefer, must = excluded.must, hours = excluded.hours",
            (
                counter.number,
                counter.label,
                *(json.dumps(part) for part in (counter.services, counter.prefer, counter.must, counter.hours)),
            ),
        )
