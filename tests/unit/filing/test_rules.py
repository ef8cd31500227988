"""When a month's reports are due: the first working day of the desk's calendar, at its opening."""

from datetime import datetime

import pytest

from motcua.copies import replace
from motcua.filing import rules
from motcua.settings.model import DayOff, MonthlyReports, OpeningHours, Session, Settings
from tests.conftest import SETTINGS

ON = replace(SETTINGS, monthly=MonthlyReports(is_on=True))
REPORTS = ["desk", "camera"]


@pytest.mark.parametrize(
    ("settings", "month", "due"),
    [
        (ON, "2026-12", "2026-12-01T07:30"),  # a Tuesday
        (ON, "2026-11", "2026-11-02T07:30"),  # the 1st is a Sunday
        (replace(ON, days_off=(DayOff("2026-12-01", "Nghỉ"),)), "2026-12", "2026-12-02T07:30"),
        (ON, "2027-01", "2027-01-01T09:00"),  # a day off on which people work all the same
        (replace(ON, working_days=()), "2027-01", "2027-01-04T07:30"),
        # Saturdays open, but are no working days
        (replace(ON, hours=OpeningHours(*((Session(480, 660),),) * 6, ())), "2026-08", "2026-08-03T08:00"),
        # a desk that opens on Sundays only
        (replace(ON, hours=OpeningHours(*((),) * 6, (Session(480, 660),))), "2026-12", "2026-12-06T08:00"),
        (replace(ON, hours=OpeningHours(*((),) * 7), working_days=()), "2026-12", "2026-12-01T00:00"),
    ],
)
def test_reports_are_due_at_the_opening_of_the_first_working_day(settings: Settings, month: str, due: str) -> None:
    assert rules.get_due_time(settings, month) == datetime.fromisoformat(due)


def list_due(at: str, settings: Settings = ON, **newest: str) -> list[tuple[str, str]]:
    due = rules.list_due(settings, datetime.fromisoformat(at), REPORTS, newest)
    return [(item.report, item.month) for item in due]


def test_nothing_is_due_before_the_opening_and_last_month_is_from_then_on() -> None:
    assert list_due("2026-12-01T07:29:59") == []
    assert list_due("2026-12-01T07:30:00") == [("desk", "2026-11"), ("camera", "2026-11")]
    assert list_due("2026-12-31T23:59:00") == [("desk", "2026-11"), ("camera", "2026-11")]
    assert list_due("2027-01-01T08:00:00", desk="2026-11", camera="2026-11") == []


def test_what_is_stored_is_not_due_again() -> None:
    assert list_due("2026-12-03T10:00:00", desk="2026-11") == [("camera", "2026-11")]
    assert list_due("2026-12-03T10:00:00", desk="2026-11", camera="2027-03") == []


def test_a_desk_that_was_off_makes_up_for_three_months_the_oldest_first() -> None:
    due = list_due("2027-03-20T10:00:00", desk="2026-09", camera="2027-01")
    assert due == [("desk", "2026-12"), ("desk", "2027-01"), ("desk", "2027-02"), ("camera", "2027-02")]
    assert list_due("2027-03-01T07:00:00", desk="2026-12", camera="2027-01") == [("desk", "2027-01")]


def test_only_chosen_reports_are_due_and_none_while_it_is_off() -> None:
    chosen = replace(ON, monthly=MonthlyReports(is_on=True, reports=("camera", "gone")))
    assert list_due("2026-12-03T10:00:00", chosen) == [("camera", "2026-11"), ("gone", "2026-11")]
    assert list_due("2026-12-03T10:00:00", SETTINGS) == []


def test_months_have_their_days_across_years() -> None:
    assert rules.list_month_days("2028-02") == ("2028-02-01", "2028-02-29")
    assert rules.list_month_days("2026-12") == ("2026-12-01", "2026-12-31")
    assert [rules.shift_month("2026-01", months) for months in (-1, 0, 12, -13)] == [
        "2025-12", "2026-01", "2027-01", "2024-12",
    ]  # fmt: skip
