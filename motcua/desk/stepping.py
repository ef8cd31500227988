"""A step of the clock in the store: which rows it moves, and every moment in the rooms' tables put right.

The journal keeps what the clock showed: it is evidence. The hall works with the tables: after a step every
moment in them is on the new clock. So every rule, list and report works as if nobody had set the clock.
"""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from msgspec import Struct
from sqlite_utils import Database

from motcua.desk import steps
from motcua.desk.database import Room, Stamps
from motcua.desk.journal import Head
from motcua.desk.journal_days import find_rows
from motcua.desk.moment import from_ms, get_day_begin, get_local_day, stamp
from motcua.desk.steps import STEPPED, ClockStepped, parse_ms, shift_stamp
from motcua.desk.timekeeping import Anchor, ClockStep


class ClockMove(Struct, frozen=True):
    """What a step moves: journal rows from `first_row` on, moments from `since` on (of `day`, where a table knows
    days), by `ms`.
    """

    first_row: int
    since: str
    day: str
    ms: int


def make_event(step: ClockStep, move: ClockMove) -> ClockStepped:
    """Return what the journal says of the step."""
    return ClockStepped(
        stamp(from_ms(step.before_ms)), stamp(from_ms(step.after_ms)), round(step.ms / 1000), move.first_row
    )


def plan_move(db: Database, anchor: Anchor, step: ClockStep, head: Head, timezone: str) -> ClockMove:
    """Return what `step` moves: what this run of the computer has written on the day.

    What an earlier run wrote on the same day is moved too when its clock must have been the same wrong one: less
    time passed by the clock between the two than the clock was wrong by.
    """
    day = get_local_day(from_ms(step.before_ms), timezone)
    rows = find_rows(db, day)
    midnight = get_day_begin(day, timezone)
    if not rows:
        return ClockMove(head.seq + 1, midnight, day, step.ms)
    first = rows[0]
    if anchor.first_row <= first:
        return ClockMove(first, min(midnight, _at(db, first)), day, step.ms)
    last_ms = parse_ms(_at(db, anchor.first_row - 1))
    if not anchor.is_guess and anchor.began_ms - last_ms < abs(step.ms):
        return ClockMove(first, min(midnight, _at(db, first)), day, step.ms)
    return ClockMove(anchor.first_row, stamp(from_ms(last_ms + 1)), day, step.ms)


def _at(db: Database, seq: int) -> str:
    """Return when row `seq` was written, by the clock of now."""
    query = "SELECT seq, at, day, action, data FROM journal WHERE seq = ? OR (action = ? AND seq > ?) ORDER BY seq"
    rows = [dict(row) for row in db.execute(query, (seq, STEPPED, seq))]
    return str(steps.put_rows_right(rows)[0]["at"])


def put_tables_right(db: Database, rooms: Sequence[Room], move: ClockMove) -> None:
    """Move every moment in the rooms' tables that is of the old clock."""

    def put_right(at: str | None) -> str | None:
        """One moment that cannot be read must not keep all others wrong."""
        with suppress(ValueError, OverflowError):
            return shift_stamp(at, move.ms) if at else at
        return at

    db.conn.create_function("moved", 1, put_right, deterministic=True)
    values: dict[str, Any] = {"since": move.since, "day": move.day}
    for room in rooms:
        for stamps in room.stamps:
            db.execute(_update(stamps), values)


def _update(stamps: Stamps) -> str:
    written = [(column, column) for column in stamps.columns] + list(stamps.until)
    changes = [
        f"{column} = CASE WHEN {since} >= :since THEN moved({column}) ELSE {column} END" for column, since in written
    ]
    changes += [stamps.also] if stamps.also else []
    return f"UPDATE {stamps.table} SET {', '.join(changes)} WHERE {stamps.where or 'TRUE'}"
