"""Until when each step of a dossier is to be done: its share of the time until the promised moment. Pure.

Times are the desk's own wall clock, without a zone. Working time are the opening hours of working days.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from itertools import accumulate

from motcua.dossiers.model.flow import Flow
from motcua.settings.model import Settings
from motcua.settings.rules import is_working_day, list_sessions

USUAL_HOURS = ((8 * 60, 12 * 60), (13 * 60, 17 * 60))
"""The hours of a working day for which the settings have no opening hours, in minutes after midnight."""
DAYS_MAX = 1500
"""No dossier runs longer; what is later counts as its last moment."""
MINUTE = timedelta(minutes=1)
Stretch = tuple[datetime, datetime]


def plan_step_dues(settings: Settings, start: datetime, promised: datetime, flow: Flow) -> tuple[datetime, ...]:
    """Return the due moment of each step: in order, within working time, the last at the `promised` moment."""
    return _share_out(settings, start, promised, [step.share_percent for step in flow])


def resume_step_dues(
    settings: Settings,
    dues: Sequence[datetime],
    paused: datetime,
    resumed: datetime,
    promised: datetime,
) -> tuple[datetime, ...]:
    """Return the due moments after a pause. What was due before it stays; the time that was left is moved on.

    Each later step keeps its part of the working time that was left.
    """
    if not dues:
        return ()
    place = bisect_left(list(dues), paused)
    parts = [measure_working_min(settings, paused, due) for due in dues[place:]]
    shares = [after - before for before, after in zip([0, *parts], parts, strict=False)]
    moved = _share_out(settings, resumed, promised, shares) if place < len(dues) else ()
    return _end_at(_rise((*dues[:place], *moved)), promised)


def extend_step_dues(
    settings: Settings, dues: Sequence[datetime], step: int, now: datetime, promised: datetime, flow: Flow
) -> tuple[datetime, ...]:
    """Return the due moments after a new day was promised: the steps from `step` on share the time from `now` on."""
    later = [item.share_percent for item in flow[step:]]
    return _end_at(_rise((*dues[:step], *_share_out(settings, now, promised, later))), promised)


def measure_working_min(settings: Settings, start: datetime, end: datetime) -> int:
    """Return how many whole minutes of working time lie between two moments; 0 where `end` is not after `start`."""
    return sum(int((last - first) / MINUTE) for first, last in _list_stretches(settings, start, end))


def _share_out(settings: Settings, start: datetime, promised: datetime, shares: Sequence[int]) -> tuple[datetime, ...]:
    """Return the end of each share of the working time from `start` to `promised`, which the last one always gets."""
    stretches = list(_list_stretches(settings, start, promised))
    lengths = [int((last - first) / MINUTE) for first, last in stretches]
    total, whole = sum(lengths), sum(shares)
    if not total or not whole:
        return tuple(promised for _share in shares)
    ends = list(accumulate(lengths))
    due = [_find_moment(stretches, ends, -(-total * part // whole)) for part in accumulate(shares)]
    return (*due[:-1], promised)


def _find_moment(stretches: Sequence[Stretch], ends: Sequence[int], minutes: int) -> datetime:
    """Return when so many minutes of the stretches have passed; the end of a stretch rather than the next begin."""
    place = bisect_left(ends, minutes)
    return stretches[place][1] - (ends[place] - minutes) * MINUTE


def _list_stretches(settings: Settings, start: datetime, end: datetime) -> Iterator[Stretch]:
    """Yield the working time between two moments, in order."""
    for ahead in range(min((end.date() - start.date()).days + 1, DAYS_MAX)):
        day = start.date() + timedelta(days=ahead)
        if not is_working_day(settings, day):
            continue
        for first_min, last_min in _list_hours(settings, day):
            midnight = datetime.combine(day, time())
            first = max(start, midnight + first_min * MINUTE)
            last = min(end, midnight + last_min * MINUTE)
            if last - first >= MINUTE:
                yield first, last


def _list_hours(settings: Settings, day: date) -> Sequence[tuple[int, int]]:
    return [(one.start_min, one.end_min) for one in list_sessions(settings, day)] or USUAL_HOURS


def _rise(dues: Sequence[datetime]) -> tuple[datetime, ...]:
    return tuple(accumulate(dues, max))


def _end_at(dues: Sequence[datetime], promised: datetime) -> tuple[datetime, ...]:
    """No step may end after the promised moment, and the last one ends at it."""
    return (*(min(due, promised) for due in dues[:-1]), promised)
