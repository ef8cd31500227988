"""Steps of the computer's clock within the journal: the event, whether a row's time follows, and times put right
across steps. Pure.

Somebody (or the network) sets a clock by more than a minute: that is a step. Times written before it are of another
clock than those after it. `put_right` gives all of them on the last clock, so that differences are the time that
really passed.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from msgspec import Struct

from motcua.desk.event import Event
from motcua.desk.moment import from_ms, parse, stamp, to_ms

STEPPED = "clock.stepped"
SECOND_MS, LEAST_MS = 1_000, 60_000
"""Less is no step: clocks are slewed, and seconds do not count at a desk."""

Row = Mapping[str, Any]
"""A journal row: at least `seq`, `at`, `day`, `action` and `data` (an object or its JSON text)."""


def parse_ms(at: str) -> int:
    """Return a stored time as milliseconds since 1970. Raises `ValueError`."""
    return to_ms(parse(at))


class ClockStepped(Event, frozen=True):
    """The computer's clock was set from `before` to `after`, by `step_s` seconds.

    Times of the rows from `first_row` to this one are of the old clock: `step_s` later (earlier, if negative) on the
    new one.
    """

    before: str
    after: str
    step_s: int
    first_row: int
    kind: ClassVar[str] = STEPPED

    @property
    def subject(self) -> str:
        """Return `clock`."""
        return "clock"

    @property
    def ms(self) -> int:
        """Return by how many milliseconds the clock was set."""
        return parse_ms(self.after) - parse_ms(self.before)


def shift_stamp(at: str, ms: int) -> str:
    """Return the stored time `ms` milliseconds after `at`."""
    return stamp(from_ms(parse_ms(at) + ms))


def read_data(row: Row) -> dict[str, Any]:
    """Return the row's fields."""
    data = row["data"]
    return dict(json.loads(data) if isinstance(data, str) else data)


def can_follow(last_at: str, row: Row) -> bool:
    """Say whether the row's time may come after `last_at` (empty: no row before): it goes back only where the clock
    was set.
    """
    at = row.get("at")
    if not isinstance(at, str):
        return False
    if row.get("action") != STEPPED:
        return at >= last_at
    try:
        data = read_data(row)
        before, after, step_s, first_row = data["before"], data["after"], data["step_s"], data.get("first_row", 1)
        ms = parse_ms(after) - parse_ms(before)
    except (KeyError, TypeError, ValueError):
        return False
    is_step = type(step_s) is int and abs(ms) > LEAST_MS and abs(step_s * SECOND_MS - ms) < SECOND_MS
    has_rows = type(first_row) is int and 1 <= first_row <= row["seq"]
    return bool(is_step and has_rows and after == at and before >= last_at)


class _Step(Struct, frozen=True):
    """A step as `put_right` needs it: its row, the first row that it moves (0: those of its day), its day, by how
    many milliseconds.
    """

    seq: int
    first_row: int
    day: str
    ms: int

    def is_after(self, row: Row) -> bool:
        """Say whether the row was written by the clock before this step."""
        return bool(self.first_row <= row["seq"] < self.seq and (self.first_row or row["day"] == self.day))


def _step(row: Row) -> _Step:
    data = read_data(row)
    ms = parse_ms(data["after"]) - parse_ms(data["before"])
    return _Step(int(row["seq"]), int(data.get("first_row", 0)), str(row["day"]), ms)


def make_row_clock(steps: Iterable[Row]) -> Callable[[Row], str]:
    """Return what gives a row's time as the last clock would have shown it; `steps` are the rows of all steps in the
    journal.
    """
    clock_steps = [_step(row) for row in steps]

    def at(row: Row) -> str:
        ms = sum(step.ms for step in clock_steps if step.is_after(row))
        return shift_stamp(row["at"], ms) if ms else str(row["at"])

    return at


def put_rows_right(rows: Iterable[Row]) -> list[Row]:
    """Return the journal rows (in order, with every step among them) with their times as the last clock would have
    shown them.
    """
    journal_rows = list(rows)
    steps = [_step(row) for row in journal_rows if row["action"] == STEPPED]
    if not steps:
        return journal_rows
    shifts_ms = [sum(step.ms for step in steps if step.is_after(row)) for row in journal_rows]
    return [
        {**row, "at": shift_stamp(row["at"], ms)} if ms else row
        for row, ms in zip(journal_rows, shifts_ms, strict=True)
    ]
