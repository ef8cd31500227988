"""Deadlines in working days: over Tết, the day off on 24 November, weekends and days worked instead."""

from datetime import date

import pytest

from motcua.copies import replace
from motcua.settings import rules as calendar
from motcua.settings.model import DayOff, Session, Settings, Suggestions, WorkingDay
from motcua.suggestions import rules
from motcua.suggestions.model import (
    Deadlines,
    Suggestion,
    SuggestionKind,
    SuggestionSource,
    SuggestionState,
)
from tests.conftest import SETTINGS

TET = ("2027-02-05", "2027-02-08", "2027-02-09", "2027-02-10", "2027-02-11")
CALENDAR = replace(
    SETTINGS,
    days_off=tuple(
        DayOff(day, name)
        for day, name in [
            ("2026-01-01", "Tết Dương lịch"),
            ("2026-01-02", "Nghỉ hoán đổi"),
            ("2026-08-31", "Nghỉ hoán đổi"),
            ("2026-09-01", "Quốc khánh"),
            ("2026-09-02", "Quốc khánh"),
            ("2026-11-24", "Ngày Văn hóa Việt Nam"),
            *((day, "Tết Nguyên đán") for day in TET),
        ]
    ),
    working_days=(
        WorkingDay("2026-01-10", (Session(480, 660),), "Làm bù"),
        WorkingDay("2026-08-22", (Session(480, 660),), "Làm bù"),
    ),
)


@pytest.mark.parametrize(
    ("received", "take", "supplement", "answer"),
    [
        ("2026-11-16", "2026-11-18", "2026-11-23", "2026-12-08"),  # Monday; 24/11 is a day off within the fifteen
        ("2026-11-23", "2026-11-26", "2026-12-01", "2026-12-15"),  # the day before 24/11
        ("2026-11-24", "2026-11-27", "2026-12-02", "2026-12-16"),  # on the day off: as if on the 25th
        ("2026-11-20", "2026-11-25", "2026-11-30", "2026-12-14"),  # Friday before it
        ("2026-11-21", "2026-11-26", "2026-12-01", "2026-12-15"),  # Saturday: as if on Monday
        ("2026-11-22", "2026-11-26", "2026-12-01", "2026-12-15"),  # Sunday
        ("2027-02-04", "2027-02-15", "2027-02-18", "2027-03-04"),  # the last day before Tết
        ("2027-02-06", "2027-02-16", "2027-02-19", "2027-03-05"),  # within Tết: as if on the 12th
        ("2026-01-01", "2026-01-07", "2026-01-10", "2026-01-23"),  # 10/1 is a Saturday that is worked
        ("2026-08-20", "2026-08-22", "2026-08-26", "2026-09-14"),  # 22/8 is worked, 31/8 to 2/9 are off
    ],
)
def test_deadlines_end_on_working_days_only(received: str, take: str, supplement: str, answer: str) -> None:
    assert rules.list_deadlines(CALENDAR, received) == Deadlines(take, supplement, answer)


@pytest.mark.parametrize(
    ("answered", "publish"),
    [("2026-11-23", "2026-11-26"), ("2026-12-04", "2026-12-08"), ("2027-02-04", "2027-02-15")],
)
def test_an_answer_is_published_within_two_working_days(answered: str, publish: str) -> None:
    assert rules.list_deadlines(CALENDAR, "2026-11-16", answered).publish_by == publish


def test_an_open_saturday_counts_only_where_the_settings_say_so() -> None:
    saturday = replace(CALENDAR, hours=replace(CALENDAR.hours, saturday=(Session(450, 690),)))
    counted = replace(saturday, suggestions=Suggestions(saturdays=True))
    assert rules.list_deadlines(saturday, "2026-12-03").take_by == "2026-12-07"
    assert rules.list_deadlines(counted, "2026-12-03").take_by == "2026-12-05"


def test_a_ward_may_set_other_days() -> None:
    stricter = replace(CALENDAR, suggestions=Suggestions(take_days=1, supplement_days=3, answer_days=10))
    assert rules.list_deadlines(stricter, "2026-12-01") == Deadlines("2026-12-02", "2026-12-04", "2026-12-15")


def test_a_calendar_without_any_working_day_still_ends() -> None:
    closed = Settings(days_off=tuple(DayOff(date.fromordinal(739000 + n).isoformat(), "Nghỉ") for n in range(400)))
    first = date.fromordinal(739000)
    assert calendar.add_working_days(closed, first, 2) == date.fromordinal(739002)


ITEM = Suggestion(
    1, "CODE", SuggestionKind.REPORT, SuggestionState.WAITING, SuggestionSource.WEB, "2026-12-01T01:00:00.000Z",
    "2026-12-01", "text", may_publish=True,
)  # fmt: skip
TAKEN = replace(ITEM, state=SuggestionState.PROCESSING)
ANSWERED = replace(ITEM, state=SuggestionState.ANSWERED, closed_on="2026-12-10")


@pytest.mark.parametrize(
    ("item", "today", "stage"),
    [
        (ITEM, "2026-12-02", None),
        (ITEM, "2026-12-03", "take:near"),
        (replace(ITEM, escalation="take:near"), "2026-12-03", None),
        (replace(ITEM, escalation="take:near"), "2026-12-04", "take:late"),
        (replace(ITEM, escalation="take:late"), "2026-12-20", None),
        (TAKEN, "2026-12-17", None),
        (TAKEN, "2026-12-18", "answer:near"),
        (replace(TAKEN, escalation="take:late"), "2026-12-18", "answer:near"),
        (replace(TAKEN, escalation="answer:near"), "2026-12-22", None),
        (TAKEN, "2026-12-23", "answer:late"),
        (ANSWERED, "2026-12-11", None),
        (ANSWERED, "2026-12-14", "publish:near"),
        (ANSWERED, "2026-12-15", "publish:late"),
        (replace(ANSWERED, is_public=False), "2026-12-15", None),
        (replace(ANSWERED, is_public=True), "2026-12-15", None),
        (replace(ANSWERED, may_publish=False), "2026-12-15", None),
        (replace(ANSWERED, kind=SuggestionKind.APPEAL), "2026-12-15", None),
        (replace(ITEM, state=SuggestionState.REFUSED, closed_on="2026-12-02"), "2026-12-31", None),
    ],
)
def test_each_deadline_is_reported_once_near_and_once_late(item: Suggestion, today: str, stage: str | None) -> None:
    escalation = rules.find_escalation(CALENDAR, item, today)
    assert (escalation.name if escalation else None) == stage
