"""Until when a dossier is settled: the day of receipt, days off, 15:00, half days, limits that follow each other."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.dossiers.rules import due
from motcua.dossiers.rules.due import DueStepKind, compute_due
from motcua.procedures.model import LimitUnit, TimeLimit
from motcua.settings.model import DayOff, Session, Settings, Suggestions, WorkingDay
from motcua.settings.rules import is_working_day
from tests.conftest import SETTINGS

MORNING, AFTERNOON = Session(450, 690), Session(780, 1020)
DAY = (MORNING, AFTERNOON)
OFF = (
    "2026-01-01", "2026-01-02", "2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20", "2026-04-27",
    "2026-04-30", "2026-05-01", "2026-08-31", "2026-09-01", "2026-09-02", "2026-11-24", "2027-02-05", "2027-02-08",
    "2027-02-09", "2027-02-10", "2027-02-11",
)  # fmt: skip
CALENDAR = replace(
    SETTINGS,
    hours=replace(
        SETTINGS.hours, monday=DAY, tuesday=DAY, wednesday=DAY, thursday=DAY, friday=DAY, saturday=(), sunday=()
    ),
    days_off=tuple(DayOff(day, "Ngày nghỉ") for day in OFF),
    working_days=(WorkingDay("2026-01-10", (MORNING,), "Làm bù"), WorkingDay("2026-08-22", DAY, "Làm bù")),
)
OPEN_SATURDAY = replace(CALENDAR, hours=replace(CALENDAR.hours, saturday=(MORNING,)))
SAME_DAY = TimeLimit(LimitUnit.SAME_DAY)
at = datetime.fromisoformat


def working(count: int) -> TimeLimit:
    return TimeLimit(LimitUnit.WORKING_DAYS, count)


def days(count: int) -> TimeLimit:
    return TimeLimit(LimitUnit.DAYS, count)


def find_due(received: str, *limits: TimeLimit, settings: Settings = CALENDAR) -> str:
    result = compute_due(settings, at(received), limits)
    return f"{result.due_on} {result.due_at}"


@pytest.mark.parametrize(
    ("received", "limit", "expected"),
    [
        # the same day, and 15:00:00 itself is not after 15:00
        ("2026-11-23T09:00", SAME_DAY, "2026-11-23 17:00"),
        ("2026-11-23T15:00:00", SAME_DAY, "2026-11-23 17:00"),
        ("2026-11-23T15:00:00.001", SAME_DAY, "2026-11-25 17:00"),
        ("2026-11-20T15:30", SAME_DAY, "2026-11-23 17:00"),
        ("2026-11-21T09:00", SAME_DAY, "2026-11-23 17:00"),
        ("2026-11-21T16:00", SAME_DAY, "2026-11-23 17:00"),
        # the day of receipt is not counted, and 15:00 changes nothing else
        ("2026-11-16T16:59", working(3), "2026-11-19 17:00"),
        ("2026-11-16T08:00", working(3), "2026-11-19 17:00"),
        ("2026-11-20T08:00", working(3), "2026-11-26 17:00"),
        ("2026-11-24T08:00", working(1), "2026-11-26 17:00"),
        ("2026-11-21T08:00", working(1), "2026-11-25 17:00"),
        # Tết and the days around it
        ("2026-02-13T10:00", working(1), "2026-02-23 17:00"),
        ("2026-02-13T16:00", SAME_DAY, "2026-02-23 17:00"),
        ("2026-02-18T10:00", working(2), "2026-02-25 17:00"),
        ("2027-02-04T10:00", working(2), "2027-02-15 17:00"),
        ("2026-02-10T10:00", days(7), "2026-02-23 17:00"),
        ("2026-02-10T10:00", days(2), "2026-02-12 17:00"),
        # 10/1/2026 is a Saturday morning that is worked instead of 2/1: a half day counts as a day
        ("2026-01-09T10:00", working(1), "2026-01-10 11:30"),
        ("2026-01-01T10:00", working(3), "2026-01-08 17:00"),
        ("2026-01-10T10:00", SAME_DAY, "2026-01-10 11:30"),
        ("2026-01-10T10:00", working(1), "2026-01-12 17:00"),
        # 22/8/2026 is worked for 31/8
        ("2026-08-21T10:00", working(1), "2026-08-22 17:00"),
        ("2026-08-28T10:00", working(2), "2026-09-04 17:00"),
        # calendar days end on a working day
        ("2026-04-17T10:00", days(10), "2026-04-28 17:00"),
        ("2026-04-20T10:00", days(10), "2026-05-04 17:00"),
        ("2026-11-22T10:00", days(1), "2026-11-25 17:00"),
        ("2026-11-23T10:00", days(15), "2026-12-08 17:00"),
    ],
)
def test_a_due_day_follows_the_calendar(received: str, limit: TimeLimit, expected: str) -> None:
    assert find_due(received, limit) == expected


@pytest.mark.parametrize(
    ("received", "limits", "expected"),
    [
        # "complex, two working days more" counts from the day of the same-day result
        ("2026-11-16T10:00", (SAME_DAY, working(2)), "2026-11-18 17:00"),
        ("2026-11-16T15:01", (SAME_DAY, working(2)), "2026-11-19 17:00"),
        # birth, then residence, then health insurance
        ("2026-11-16T10:00", (SAME_DAY, working(7), working(5)), "2026-12-03 17:00"),
        ("2026-11-16T10:00", (working(3), SAME_DAY), "2026-11-19 17:00"),
        ("2026-11-16T10:00", (days(5), working(1)), "2026-11-25 17:00"),
    ],
)
def test_limits_that_follow_each_other_begin_where_the_one_before_ends(
    received: str, limits: tuple[TimeLimit, ...], expected: str
) -> None:
    assert find_due(received, *limits) == expected


@pytest.mark.parametrize(
    ("received", "limit", "expected"),
    [
        ("2026-11-21T09:00", working(1), "2026-11-23 17:00"),
        ("2026-11-21T09:00", days(1), "2026-11-23 17:00"),
        ("2026-11-21T09:00", SAME_DAY, "2026-11-23 17:00"),
        ("2026-11-19T09:00", working(2), "2026-11-23 17:00"),
    ],
)
def test_a_saturday_that_only_receives_is_a_day_of_receipt_but_not_a_counted_day(
    received: str, limit: TimeLimit, expected: str
) -> None:
    assert find_due(received, limit, settings=OPEN_SATURDAY) == expected


def test_a_saturday_counts_where_the_settings_say_so() -> None:
    counted = replace(OPEN_SATURDAY, suggestions=Suggestions(saturdays=True))
    assert find_due("2026-11-20T09:00", working(1), settings=counted) == "2026-11-21 11:30"
    assert find_due("2026-11-21T09:00", SAME_DAY, settings=counted) == "2026-11-21 11:30"


def test_the_reckoning_is_told_step_by_step() -> None:
    late = compute_due(CALENDAR, at("2026-11-23T15:30"), (SAME_DAY, working(2)))
    assert [(step.kind, step.day.isoformat(), step.count) for step in late.steps] == [
        (DueStepKind.AFTER_CUT_OFF, "2026-11-25", 0),
        (DueStepKind.WORKING_DAYS, "2026-11-27", 2),
    ]
    off = compute_due(CALENDAR, at("2026-11-22T09:00"), (days(2),))
    assert [(step.kind, step.day.isoformat(), step.count) for step in off.steps] == [
        (DueStepKind.FILED_ON_DAY_OFF, "2026-11-23", 0),
        (DueStepKind.RECEIPT_NOT_COUNTED, "2026-11-23", 0),
        (DueStepKind.DAYS, "2026-11-25", 2),
    ]


def test_another_cut_off_is_a_setting() -> None:
    received = at("2026-11-16T14:30")
    assert compute_due(CALENDAR, received, (SAME_DAY,), cut_off_min=14 * 60).due_on == date(2026, 11, 17)


def test_an_extension_goes_on_from_the_day_that_was_promised() -> None:
    assert due.compute_extended_due(CALENDAR, date(2026, 11, 20), working(2)).due_on == date(2026, 11, 25)


@pytest.mark.parametrize(
    ("due_on", "notice"),
    [("2026-11-20", "2026-11-19"), ("2026-11-25", "2026-11-23"), ("2026-02-23", "2026-02-13")],
)
def test_a_delay_is_announced_one_working_day_before(due_on: str, notice: str) -> None:
    assert due.find_notice_day(CALENDAR, date.fromisoformat(due_on)).isoformat() == notice


@pytest.mark.parametrize(
    ("received", "transfer"),
    [
        ("2026-11-20T15:00", "2026-11-20"),
        ("2026-11-20T15:00:01", "2026-11-23"),
        ("2026-11-23T16:00", "2026-11-25"),
        ("2026-11-22T16:00", "2026-11-23"),
    ],
)
def test_a_dossier_goes_on_the_same_day_or_after_15_hours_the_next(received: str, transfer: str) -> None:
    assert due.find_transfer_day(CALENDAR, at(received)).isoformat() == transfer


def test_a_due_day_needs_a_limit() -> None:
    with pytest.raises(ValueError, match="limit"):
        compute_due(CALENDAR, at("2026-11-16T09:00"), ())


def test_a_calendar_without_working_days_still_ends() -> None:
    closed = Settings(days_off=tuple(DayOff(date.fromordinal(739000 + n).isoformat(), "Nghỉ") for n in range(400)))
    assert compute_due(closed, at("2024-05-01T09:00"), (working(2),)).due_on > date(2024, 5, 1)


LIMITS = st.one_of(st.just(SAME_DAY), st.integers(1, 60).map(working), st.integers(1, 60).map(days))
MOMENTS = st.datetimes(at("2026-01-01T00:00"), at("2027-03-01T00:00"))
CALENDARS = st.sampled_from([CALENDAR, OPEN_SATURDAY, replace(OPEN_SATURDAY, suggestions=Suggestions(saturdays=True))])


@pytest.mark.thorough
@given(CALENDARS, MOMENTS, st.lists(LIMITS, min_size=1, max_size=3))
def test_nothing_is_due_on_a_day_off(settings: Settings, received: datetime, limits: list[TimeLimit]) -> None:
    result = compute_due(settings, received, limits)
    assert is_working_day(settings, result.due_on)
    assert result.due_on >= result.received_on >= received.date()


@pytest.mark.thorough
@given(CALENDARS, MOMENTS, LIMITS, st.timedeltas(timedelta(0), timedelta(days=3)))
def test_who_files_later_is_never_due_earlier(
    settings: Settings, received: datetime, limit: TimeLimit, later: timedelta
) -> None:
    first, second = compute_due(settings, received, (limit,)), compute_due(settings, received + later, (limit,))
    assert first.due_on <= second.due_on


@pytest.mark.thorough
@given(CALENDARS, MOMENTS, st.integers(1, 40))
def test_between_receipt_and_due_day_lie_exactly_the_working_days(
    settings: Settings, received: datetime, count: int
) -> None:
    result = compute_due(settings, received, (working(count),))
    span = range(1, (result.due_on - result.received_on).days + 1)
    assert sum(is_working_day(settings, result.received_on + timedelta(days=ahead)) for ahead in span) == count
