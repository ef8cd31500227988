"""What a forecast rests on: which past days count, which are left out and why."""

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as rounds
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.estimates import staffing
from motcua.estimates.observed import ObservedDay
from motcua.estimates.staffing import ExcludedDay
from motcua.planning import forecast
from motcua.settings.model import DayOff, Session, WorkingDay
from tests.conftest import SETTINGS

TODAY = "2026-11-23"
"""A Monday."""
HALL = replace(
    SETTINGS,
    days_off=(DayOff("2026-11-20", "Ngày Nhà giáo"), DayOff("2026-11-21", "Thứ Bảy")),
    working_days=(
        WorkingDay("2026-11-14", (Session(480, 660),), "Làm bù"),
        WorkingDay("2026-11-19", (Session(480, 660),)),
    ),
)
FOUR_MINUTES = 4 * 60_000


def past(*, weeks: int) -> list[str]:
    """Return every day of the `weeks` before today."""
    return [(date.fromisoformat(TODAY) - timedelta(days=ago)).isoformat() for ago in range(7 * weeks, 0, -1)]


def a_day(name: str) -> ObservedDay:
    """Return a day on which ten people came from eight on, each taking four minutes."""
    return ObservedDay(
        busy=[("copy", FOUR_MINUTES)] * 10,
        gaps=[0],
        arrivals=Counter({(16, "copy", 4): 8, (17, "copy", 1): 2}),
        visits=Counter(copy=10),
    )


def given_for(came: list[str], day_of: Callable[[str], ObservedDay | None]) -> staffing.Given | None:
    found, seen = staffing.observe_days(staffing.choose_basis(HALL, TODAY, came), day_of)
    return staffing.build_task_input(HALL, found, seen, 15)


def test_holidays_own_hours_and_days_without_anybody_are_left_out_by_name() -> None:
    came = [day for day in past(weeks=2) if day != "2026-11-17"]
    found = staffing.choose_basis(HALL, TODAY, came)
    assert found.left_out == (
        ExcludedDay("2026-11-14", "own_hours", "Làm bù"),
        ExcludedDay("2026-11-17", "nobody"),
        ExcludedDay("2026-11-19", "own_hours"),
        ExcludedDay("2026-11-20", "holiday", "Ngày Nhà giáo"),
    )
    assert found.days == (
        "2026-11-09",
        "2026-11-10",
        "2026-11-11",
        "2026-11-12",
        "2026-11-13",
        "2026-11-16",
        "2026-11-18",
    )
    assert (found.first, found.last, found.count_weeks()) == ("2026-11-09", "2026-11-22", 2)


def test_three_days_of_a_weekday_are_enough() -> None:
    assert not staffing.choose_basis(HALL, TODAY, past(weeks=2)).is_enough()
    assert staffing.choose_basis(HALL, TODAY, past(weeks=3)).is_enough()
    assert given_for([], a_day) is None
    assert given_for(past(weeks=4), lambda _day: ObservedDay()) is None


def test_a_day_that_cannot_be_read_is_left_out_by_name_and_the_others_count() -> None:
    odd = "2026-11-16"
    whole = staffing.choose_basis(HALL, TODAY, [*past(weeks=4), "2026-11-1x"])
    found, seen = staffing.observe_days(whole, lambda day: None if day == odd else a_day(day))
    assert ExcludedDay(odd, "unreadable") in found.left_out
    assert list(found.left_out) == sorted(found.left_out, key=lambda left: left.day)
    assert [*found.days] == [*seen] == [day for day in whole.days if day != odd]
    assert given_for(past(weeks=4), lambda day: None if day == odd else a_day(day)) is not None
    assert given_for(past(weeks=4), lambda _day: None) is None


@pytest.mark.thorough
@given(st.sets(st.integers(1, 70)))
@rounds(max_examples=40)
def test_every_past_working_day_counts_or_is_left_out(agos: set[int]) -> None:
    came = {(date.fromisoformat(TODAY) - timedelta(days=ago)).isoformat() for ago in agos}
    found = staffing.choose_basis(HALL, TODAY, came)
    named = [left.day for left in found.left_out]
    assert set(found.days) <= came
    assert not set(found.days) & set(named)
    assert all(found.first <= day <= found.last for day in (*found.days, *named))
    assert found.last < TODAY
    assert sum(found.count_by_weekday().values()) == len(found.days)


@pytest.fixture
def asked() -> Any:
    return given_for(past(weeks=4), a_day)


def test_the_question_counts_everybody_by_half_hour(asked: Any) -> None:
    assert asked["days"][0] == {"day": "2026-10-26", "weekday": 0, "counts": {"16": 8, "17": 2}}
    assert asked["mix"] == [["copy", 1, 18 * 2], ["copy", 4, 18 * 8]]
    assert (asked["guard"], asked["target_min"], sorted(asked["sessions"])) == (
        [2, 1_200_000],
        15,
        ["0", "1", "2", "3", "4"],
    )


def test_the_forecast_takes_the_question_as_it_is(asked: Any) -> None:
    found = forecast.task({**asked, "sessions": {"0": [[480, 540]]}})
    monday = found["weekdays"][0]
    assert (found["enough"], monday["n_days"]) == (True, 4)
    assert [(half["at"], half["mean"]) for half in monday["halves"]] == [("08:00", 8.0), ("08:30", 2.0)]
    assert monday["counters"] >= 1
    assert monday["p80_wait_min"] <= 15
