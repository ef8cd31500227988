"""Sums over days: spans, volumes, waits, times of services and counters. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain

from motcua.planning.figures import P50, P90, SECOND_MS, find_nearest_rank, to_seconds
from motcua.reports.measures import measure_rate
from motcua.reports.model import Rate
from motcua.reports.over_time.model import (
    CounterUse,
    HallRecord,
    Span,
    TicketClass,
    TicketCount,
    Volumes,
    WaitFigures,
)

DAYS_MAX, WEEKS_MAX_DAYS = 31, 184
"""Up to so many days each has a row of its own, up to half a year each week, beyond it each month."""
SERVED, CANCELLED, ABSENT = "served", "cancelled", "absent"


def split_period(first: str, last: str) -> list[Span]:
    """Return the days, ISO weeks or months of a period in order; the first and the last may be cut."""
    begin, end = date.fromisoformat(first), date.fromisoformat(last)
    length = (end - begin).days + 1
    find_next = _next_day if length <= DAYS_MAX else find_next_monday if length <= WEEKS_MAX_DAYS else _next_month
    return list(_walk(begin, end, find_next))


def split_weeks(first: str, last: str) -> list[Span]:
    """Return the ISO weeks of a period in order; the first and the last may be cut."""
    return list(_walk(date.fromisoformat(first), date.fromisoformat(last), find_next_monday))


def _walk(begin: date, end: date, find_next: Callable[[date], date]) -> Iterable[Span]:
    while begin <= end:
        following = find_next(begin)
        yield Span(begin.isoformat(), min(end, following - timedelta(days=1)).isoformat())
        begin = following


def _next_day(day: date) -> date:
    return day + timedelta(days=1)


def find_next_monday(day: date) -> date:
    """Return the first Monday after `day`."""
    return day + timedelta(days=7 - day.weekday())


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def count_volumes(counts: Iterable[TicketCount]) -> Volumes:
    """Return what became of all these tickets."""
    by_state: dict[str, int] = {}
    for item in counts:
        by_state[item.state] = by_state.get(item.state, 0) + item.count
    ended = (by_state.get(state, 0) for state in (SERVED, CANCELLED, ABSENT))
    return Volumes(sum(by_state.values()), *ended)


def measure_no_shows(counts: Iterable[TicketCount]) -> Rate | None:
    """Return the share of absent ones among visits that ended at a counter, None without any."""
    volumes = count_volumes(counts)
    ended = volumes.served + volumes.absent
    return measure_rate(volumes.absent, ended) if ended else None


def measure_waits(waits: Iterable[Sequence[int]], target_ms: int) -> WaitFigures:
    """Return the figures of waits in milliseconds, given in parts."""
    ordered = sorted(chain.from_iterable(waits))
    n = len(ordered)
    if not n:
        return WaitFigures(0)
    within = _count_within(ordered, target_ms)
    return WaitFigures(
        n,
        round(sum(ordered) / n / SECOND_MS, 3),
        to_seconds(find_nearest_rank(ordered, P50)),
        to_seconds(find_nearest_rank(ordered, P90)),
        to_seconds(ordered[-1]),
        measure_rate(within, n),
    )


def _count_within(ordered: Sequence[int], target_ms: int) -> int:
    from bisect import bisect_right

    return bisect_right(ordered, target_ms)


def list_waits(
    waits: Mapping[TicketClass, Sequence[int]], letter: str | None = None, rank: int | None = None
) -> Iterable[Sequence[int]]:
    """Yield the waits by class, of one group or rank alone where it is named."""
    for (group, level), lengths in waits.items():
        if letter in {None, group} and rank in {None, level}:
            yield lengths


def sum_waits(days: Iterable[HallRecord]) -> dict[TicketClass, list[int]]:
    """Return the waits of all days by class, ascending."""
    merged: dict[TicketClass, list[int]] = {}
    for day in days:
        for key, waits in day.waits.items():
            merged.setdefault(key, []).extend(waits)
    for lengths in merged.values():
        lengths.sort()
    return merged


def group_counts(counts: Iterable[TicketCount], find_key: Callable[[TicketCount], str]) -> dict[str, list[TicketCount]]:
    """Return the counts by what `find_key` returns of each."""
    groups: dict[str, list[TicketCount]] = {}
    for item in counts:
        groups.setdefault(find_key(item), []).append(item)
    return groups


def sum_counters(days: Iterable[HallRecord]) -> dict[int, CounterUse]:
    """Return what each counter's time went into, by number."""
    total: dict[int, CounterUse] = {}
    for day in days:
        for number, use in day.counters.items():
            total[number] = total.get(number, CounterUse()) + use
    return dict(sorted(total.items()))


def sum_weekdays(days: Sequence[HallRecord]) -> dict[int, tuple[int, dict[int, int], dict[int, tuple[int, int]]]]:
    """Return by weekday (0 Monday): how many days, numbers by half-hour, and count and sum of waits by half-hour."""
    weekdays: dict[int, tuple[int, dict[int, int], dict[int, tuple[int, int]]]] = {}
    for day in days:
        number = date.fromisoformat(day.day).weekday()
        count, arrivals, waits = weekdays.get(number, (0, {}, {}))
        for half, arrived in day.arrivals.items():
            arrivals[half] = arrivals.get(half, 0) + arrived
        for half, lengths in day.half_waits.items():
            n, spent = waits.get(half, (0, 0))
            waits[half] = (n + len(lengths), spent + sum(lengths))
        weekdays[number] = (count + 1, arrivals, waits)
    return dict(sorted(weekdays.items()))
