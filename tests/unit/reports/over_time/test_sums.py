"""Sums over days, counted by hand."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.planning.figures import find_nearest_rank
from motcua.reports.model import Rate
from motcua.reports.over_time.model import CounterUse, HallRecord, Span, TicketCount, Volumes, WaitFigures
from motcua.reports.over_time.sums import (
    count_volumes,
    list_waits,
    measure_no_shows,
    measure_waits,
    split_period,
    split_weeks,
    sum_counters,
    sum_waits,
    sum_weekdays,
)
from motcua.reports.periods import list_named_periods

MINUTE = 60_000


def record(day: str, waits: dict[tuple[str, int], tuple[int, ...]], half: int = 16) -> HallRecord:
    lengths = tuple(wait for group in waits.values() for wait in group)
    return HallRecord(day, waits, {half: lengths}, {half: len(lengths)}, {}, (), {1: CounterUse(100, 60, 10, 20, 5)})


def test_a_short_period_has_days_a_longer_one_weeks_a_long_one_months() -> None:
    assert split_period("2026-11-20", "2026-11-22") == [
        Span("2026-11-20", "2026-11-20"),
        Span("2026-11-21", "2026-11-21"),
        Span("2026-11-22", "2026-11-22"),
    ]
    weeks = split_period("2026-09-30", "2026-11-04")
    assert (weeks[0], weeks[1], weeks[-1]) == (
        Span("2026-09-30", "2026-10-04"),
        Span("2026-10-05", "2026-10-11"),
        Span("2026-11-02", "2026-11-04"),
    )
    months = split_period("2025-11-15", "2026-11-14")
    assert (months[0], months[1], months[-1], len(months)) == (
        Span("2025-11-15", "2025-11-30"),
        Span("2025-12-01", "2025-12-31"),
        Span("2026-11-01", "2026-11-14"),
        13,
    )


@pytest.mark.thorough
@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 365))
def test_spans_hold_each_day_of_a_period_once(first: date, length: int) -> None:
    last = date.fromordinal(first.toordinal() + length)
    for spans in (split_period(first.isoformat(), last.isoformat()), split_weeks(first.isoformat(), last.isoformat())):
        days = [
            number
            for span in spans
            for number in range(
                date.fromisoformat(span.first).toordinal(), date.fromisoformat(span.last).toordinal() + 1
            )
        ]
        assert days == list(range(first.toordinal(), last.toordinal() + 1))


def test_waits_have_mean_ranks_and_the_share_within_the_target() -> None:
    days = [record("2026-11-23", {("A", 4): (1 * MINUTE, 9 * MINUTE), ("H", 1): (20 * MINUTE,)})]
    assert measure_waits(list_waits(sum_waits(days)), 9 * MINUTE) == WaitFigures(
        3, 600.0, 540.0, 1200.0, 1200.0, Rate(667, 208, 939, 3)
    )
    assert measure_waits(list_waits(sum_waits(days), letter="H"), MINUTE).under == Rate(0, 0, 793, 1)
    assert measure_waits(list_waits(sum_waits(days), rank=2), MINUTE) == WaitFigures(0)


@pytest.mark.thorough
@given(st.lists(st.lists(st.integers(0, 10_000_000), max_size=5), max_size=8), st.integers(0, 10_000_000))
def test_waits_do_not_depend_on_how_they_are_dealt_to_days(parts: list[list[int]], target: int) -> None:
    together = sorted(wait for part in parts for wait in part)
    figures = measure_waits(parts, target)
    assert figures == measure_waits([together], target)
    if together:
        assert figures.p90_s == find_nearest_rank(together, 90) / 1000
        assert figures.under is not None
        assert figures.under.n == len(together)


def test_tickets_are_counted_by_what_became_of_them() -> None:
    counts = [
        TicketCount("2026-11-23", "A", "copy", "served", 7),
        TicketCount("2026-11-23", "A", "copy", "absent", 2),
        TicketCount("2026-11-24", "H", "birth", "cancelled", 1),
        TicketCount("2026-11-24", "H", "birth", "waiting", 3),
    ]
    volumes = count_volumes(counts)
    assert (volumes, volumes.here) == (Volumes(13, 7, 1, 2), 3)
    assert measure_no_shows(counts) == Rate(222, 63, 547, 9)
    assert measure_no_shows(counts[2:]) is None


def test_a_counters_time_adds_up_and_what_is_left_is_idle() -> None:
    days = [record("2026-11-23", {}), record("2026-11-24", {})]
    total = sum_counters(days)[1]
    assert (total, total.idle_ms) == (CounterUse(200, 120, 20, 40, 10), 20)
    assert CounterUse(10, 20, 0, 0, 0).idle_ms == 0


def test_weekdays_count_their_days() -> None:
    days = [
        record("2026-11-23", {("A", 4): (MINUTE,)}),
        record("2026-11-30", {("A", 4): (2 * MINUTE, 3 * MINUTE)}),
        record("2026-12-01", {}, half=20),
    ]
    assert sum_weekdays(days) == {
        0: (2, {16: 3}, {16: (3, 6 * MINUTE)}),
        1: (1, {20: 0}, {20: (0, 0)}),
    }


@pytest.mark.parametrize(
    ("today", "label", "days"),
    [
        ("2026-11-23", "Today", ("2026-11-23", "2026-11-23")),
        ("2026-11-25", "This week", ("2026-11-23", "2026-11-25")),
        ("2026-11-25", "Last week", ("2026-11-16", "2026-11-22")),
        ("2026-03-01", "Last month", ("2026-02-01", "2026-02-28")),
        ("2026-11-23", "This quarter", ("2026-10-01", "2026-11-23")),
        ("2026-02-23", "Last quarter", ("2025-10-01", "2025-12-31")),
        ("2026-01-01", "Last month", ("2025-12-01", "2025-12-31")),
        ("2026-01-01", "Last year", ("2025-01-01", "2025-12-31")),
        ("2024-12-31", "This year", ("2024-01-01", "2024-12-31")),
    ],
)
def test_periods_have_names(today: str, label: str, days: tuple[str, str]) -> None:
    assert [(named.first, named.last) for named in list_named_periods(today) if named.label == label] == [days]
