"""Who sat at which counter for how long, from the journal of a day, and as leaders corrected it. Pure.

Presence is from opening a counter to closing it, less pauses. Source: the events of the room `counters`, and the
corrections of the room `work`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from motcua.copies import replace
from motcua.desk.steps import STEPPED, Row, parse_ms, put_rows_right, read_data
from motcua.reports.officers.model import CorrectionSum, Presence
from motcua.work.model import PresenceCorrection, PresenceSpan
from motcua.work.rules import correct_presence

OPENED, PAUSED, CLOSED, DAY_CLOSED = "counter.opened", "counter.paused", "counter.closed", "day.closed"
KINDS = (OPENED, PAUSED, CLOSED, DAY_CLOSED, STEPPED)
"""The rows from which presence is measured."""
SECOND_MS = 1000


class Stretch(Struct, frozen=True):
    """An officer (None: nobody had signed in) at a counter that was open, or paused for a reason."""

    officer: int | None
    counter: int
    begin_ms: int
    end_ms: int
    pause: str | None = None


class _Clock:
    """Collects the stretches at counters."""

    def __init__(self) -> None:
        self.stretches: list[Stretch] = []
        self._open: dict[int, tuple[int | None, int, str | None]] = {}

    def begin(self, counter: int, officer: int | None, at_ms: int, reason: str | None = None) -> None:
        """The counter is open from now on, or paused for a reason; what was before ends."""
        self.end(counter, at_ms)
        self._open[counter] = (officer, at_ms, reason)

    def end(self, counter: int, at_ms: int) -> None:
        """Nobody is at the counter any more."""
        stretch = self._open.pop(counter, None)
        if stretch is not None:
            officer, since_ms, reason = stretch
            self.stretches.append(Stretch(officer, counter, since_ms, max(since_ms, at_ms), reason))

    def end_all(self, at_ms: int) -> None:
        """Nobody is at any counter any more."""
        for counter in list(self._open):
            self.end(counter, at_ms)


def list_stretches(day: str, rows: Iterable[Row], last_at: str | None) -> list[Stretch]:
    """Return who was where on a day, from its journal rows, in order.

    A counter that nobody closed counts until `last_at`, the time of the day's last row.
    """
    clock = _Clock()
    for row in put_rows_right(rows):
        if row["action"] in KINDS and row["action"] != STEPPED:
            _take(clock, day, row["action"], read_data(row), parse_ms(row["at"]))
    if last_at is not None:
        clock.end_all(parse_ms(last_at))
    return clock.stretches


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


def measure_day(stretches: Iterable[Stretch]) -> dict[int | None, Presence]:
    """Return the presence of each officer on a day, as it was recorded."""
    present_ms: dict[int | None, int] = {}
    paused_ms: dict[int | None, dict[str, int]] = {}
    for one in stretches:
        lasted_ms = one.end_ms - one.begin_ms
        if one.pause is None:
            present_ms[one.officer] = present_ms.get(one.officer, 0) + lasted_ms
        else:
            reasons = paused_ms.setdefault(one.officer, {})
            reasons[one.pause] = reasons.get(one.pause, 0) + lasted_ms
    officers = {*present_ms, *paused_ms}
    return {one: Presence(present_ms.get(one, 0), paused_ms.get(one, {}), present_ms.get(one, 0)) for one in officers}


def correct_day(
    recorded: Presence, stretches: Sequence[Stretch], corrections: Sequence[PresenceCorrection], begin_ms: int
) -> Presence:
    """Return one officer's day with the corrections laid over it; the day begins at `begin_ms`.

    Within the minutes of a correction nobody pauses: it says at which counter the officer was, or that it was at none.
    """
    spans = _list_spans(stretches, begin_ms, None)
    sums: dict[str, CorrectionSum] = {}
    for item in corrections:
        before_s = _sum_seconds(spans)
        spans = correct_presence(spans, [item])
        change_ms = (_sum_seconds(spans) - before_s) * SECOND_MS
        total = sums.get(item.reason, CorrectionSum())
        sums[item.reason] = total + CorrectionSum(1, max(0, change_ms), max(0, -change_ms))
    change_ms = sum(one.added_ms - one.removed_ms for one in sums.values())
    nowhere = [replace(item, counter=None) for item in corrections]
    paused_ms = {}
    for reason, lasted_ms in recorded.paused_ms.items():
        pauses = _list_spans(stretches, begin_ms, reason)
        cut_s = _sum_seconds(pauses) - _sum_seconds(correct_presence(pauses, nowhere))
        paused_ms[reason] = max(0, lasted_ms - cut_s * SECOND_MS)
    return Presence(max(0, recorded.present_ms + change_ms), paused_ms, recorded.recorded_ms, sums)


def _list_spans(stretches: Iterable[Stretch], begin_ms: int, pause: str | None) -> tuple[PresenceSpan, ...]:
    """Return the stretches that were open, or paused for a reason, in seconds of the day."""
    return tuple(
        PresenceSpan(one.counter, (one.begin_ms - begin_ms) // SECOND_MS, (one.end_ms - begin_ms) // SECOND_MS)
        for one in stretches
        if one.pause == pause
    )


def _sum_seconds(spans: Iterable[PresenceSpan]) -> int:
    return sum(span.to_s - span.from_s for span in spans)


def add_presence(one: Presence, other: Presence) -> Presence:
    """Return both together."""
    reasons = [*one.paused_ms, *(reason for reason in other.paused_ms if reason not in one.paused_ms)]
    paused_ms = {reason: one.paused_ms.get(reason, 0) + other.paused_ms.get(reason, 0) for reason in reasons}
    codes = [*one.corrections, *(code for code in other.corrections if code not in one.corrections)]
    nothing = CorrectionSum()
    corrections = {code: one.corrections.get(code, nothing) + other.corrections.get(code, nothing) for code in codes}
    return Presence(one.present_ms + other.present_ms, paused_ms, one.recorded_ms + other.recorded_ms, corrections)
