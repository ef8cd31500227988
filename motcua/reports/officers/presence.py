"""Who sat at which counter for how long, from the journal of a day. Pure.

Presence is from opening a counter to closing it, less pauses. Source: the events of the room `counters`.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from motcua.desk.steps import STEPPED, Row, parse_ms, put_rows_right, read_data
from motcua.reports.officers.model import Presence

OPENED, PAUSED, CLOSED, DAY_CLOSED = "counter.opened", "counter.paused", "counter.closed", "day.closed"
KINDS = (OPENED, PAUSED, CLOSED, DAY_CLOSED, STEPPED)
"""The rows from which presence is measured."""


class _Clock:
    """Adds up the stretches at counters."""

    def __init__(self) -> None:
        self.present_ms: dict[int | None, int] = {}
        self.paused_ms: dict[int | None, dict[str, int]] = {}
        self._stretches: dict[int, tuple[int | None, int, str | None]] = {}

    def begin(self, counter: int, officer: int | None, at_ms: int, reason: str | None = None) -> None:
        """The counter is open from now on, or paused for a reason; what was before ends."""
        self.end(counter, at_ms)
        self._stretches[counter] = (officer, at_ms, reason)

    def end(self, counter: int, at_ms: int) -> None:
        """Nobody is at the counter any more."""
        stretch = self._stretches.pop(counter, None)
        if stretch is None:
            return
        officer, since_ms, reason = stretch
        lasted_ms = max(0, at_ms - since_ms)
        if reason is None:
            self.present_ms[officer] = self.present_ms.get(officer, 0) + lasted_ms
        else:
            paused_ms = self.paused_ms.setdefault(officer, {})
            paused_ms[reason] = paused_ms.get(reason, 0) + lasted_ms

    def end_all(self, at_ms: int) -> None:
        """Nobody is at any counter any more."""
        for counter in list(self._stretches):
            self.end(counter, at_ms)


def measure_day(day: str, rows: Iterable[Row], last_at: str | None) -> dict[int | None, Presence]:
    """Return the presence of each officer on a day (None: nobody had signed in) from its journal rows, in order.

    A counter that nobody closed counts until `last_at`, the time of the day's last row.
    """
    clock = _Clock()
    for row in put_rows_right(rows):
        if row["action"] in KINDS and row["action"] != STEPPED:
            _take(clock, day, row["action"], read_data(row), parse_ms(row["at"]))
    if last_at is not None:
        clock.end_all(parse_ms(last_at))
    officers = {*clock.present_ms, *clock.paused_ms}
    return {one: Presence(clock.present_ms.get(one, 0), clock.paused_ms.get(one, {})) for one in officers}


def _take(clock: _Clock, day: str, action: str, data: Mapping[str, Any], at_ms: int) -> None:
    if action == DAY_CLOSED:
        if data["closed"] == day:
            clock.end_all(at_ms)
        return
    counter = int(data["counter"])
    if action == OPENED:
        if data.get("left") is not None:
            clock.end(int(data["left"]), at_ms)
        clock.begin(counter, data["officer"], at_ms)
    elif action == PAUSED:
        clock.begin(counter, data["officer"], at_ms, str(data["reason"]))
    else:
        clock.end(counter, at_ms)


def add_presence(one: Presence, other: Presence) -> Presence:
    """Return both together."""
    reasons = [*one.paused_ms, *(reason for reason in other.paused_ms if reason not in one.paused_ms)]
    paused_ms = {reason: one.paused_ms.get(reason, 0) + other.paused_ms.get(reason, 0) for reason in reasons}
    return Presence(one.present_ms + other.present_ms, paused_ms)
