"""Who was at a counter for how long: openings, pauses, take-overs, days that nobody closed, a clock that was set."""

from typing import Any

import pytest

from motcua.counters import actions as counters
from motcua.queue import actions as queue
from motcua.reports.officers import store
from motcua.reports.officers.model import CorrectionSum, Presence
from motcua.reports.officers.presence import list_stretches, measure_day
from motcua.reports.values import Period
from motcua.staff import actions as staff
from motcua.staff.model import Account, Role
from motcua.work import actions as work
from motcua.work.model import PresenceRequest
from tests.conftest import TODAY
from tests.unit.queue.at_the_desk import Day

MINUTE_MS = 60_000
DAY = Period(TODAY, TODAY)


def read(day: Day, period: Period = DAY) -> dict[int | None, Presence]:
    with day.desk.read() as db:
        return {officer: hours for officer, (_work, hours) in store.map_work(db, period).items()}


def present(minutes: int, paused: dict[str, int] | None = None) -> Presence:
    """Return hours that nobody corrected."""
    return Presence(minutes * MINUTE_MS, paused or {}, minutes * MINUTE_MS)


def row(seq: int, time: str, action: str, **data: Any) -> dict[str, Any]:
    return {"seq": seq, "at": f"{TODAY}T{time}:00.000Z", "day": TODAY, "action": action, "data": data}


def test_pauses_are_counted_apart_by_their_reason(day: Day) -> None:
    day.opened(1)
    day.minutes(50)
    day.desk.do(counters.pause, 1, "break")
    day.minutes(10)
    day.desk.do(counters.open_counter, 1, None)
    day.minutes(30)
    day.desk.do(counters.pause, 1, "đi lấy dấu")
    day.minutes(5)
    day.desk.do(counters.close, 1)
    day.minutes(60)
    paused = {"break": 10 * MINUTE_MS, "other": 5 * MINUTE_MS}
    assert read(day) == {11: present(80, paused)}


def test_who_moves_to_another_counter_or_is_replaced_is_never_counted_twice(day: Day) -> None:
    day.opened(1)
    day.minutes(10)
    day.desk.do(counters.open_counter, 2, 11)
    day.minutes(10)
    day.desk.do(counters.open_counter, 2, 12)
    day.minutes(10)
    day.desk.do(queue.close_day, TODAY)
    day.minutes(10)
    assert read(day) == {11: present(20), 12: present(10)}


def test_who_never_signed_out_counts_until_the_last_entry_of_the_day_and_not_into_the_next(day: Day) -> None:
    day.opened(1)
    day.minutes(60)
    day.issue()
    day.minutes(48 * 60)
    day.desk.do(queue.close_day, TODAY)
    day.opened(1)
    day.minutes(1)
    day.issue()
    assert read(day) == {11: present(60)}
    assert read(day, Period(TODAY, "2026-11-25")) == {11: present(61)}


def test_a_clock_that_was_set_makes_nobody_present_for_longer() -> None:
    step = {"before": f"{TODAY}T02:00:00.000Z", "after": f"{TODAY}T04:00:00.000Z", "step_s": 7200, "first_row": 1}
    rows = [
        row(1, "01:00", "counter.opened", counter=1, officer=11, left=None),
        row(2, "04:00", "clock.stepped", **step),
        row(3, "04:30", "counter.closed", counter=1, officer=11),
    ]
    assert measure_day(list_stretches(TODAY, rows, rows[-1]["at"])) == {11: present(90)}


def test_a_day_without_entries_has_nobody(day: Day) -> None:
    assert read(day, Period("2026-11-20", "2026-11-22")) == {}
    assert measure_day(list_stretches(TODAY, [], None)) == {}


@pytest.fixture
def officer(day: Day) -> int:
    """Return an officer who was at counter 1 from 8:00 to 10:00 and paused from 9:00 to 9:30."""
    account = Account(0, "hoa", "Lê Thị Hoa", "", Role.OFFICER, None, "x", False)
    number = day.desk.do(staff.save_account, account).id
    day.desk.do(counters.open_counter, 1, number)
    day.minutes(60)
    day.desk.do(counters.pause, 1, "break")
    day.minutes(30)
    day.desk.do(counters.open_counter, 1, number)
    day.minutes(30)
    day.desk.do(counters.close, 1)
    day.minutes(600)
    return number


def correct(
    day: Day, officer: int, begin: str, end: str, counter: int | None, reason: str = "meeting", on: str = TODAY
) -> None:
    request = PresenceRequest(officer, on, begin, end, counter, "vì sao", None, reason)
    day.desk.do(work.correct_presence, request)


def test_corrections_change_the_hours_by_reason_and_leave_what_was_recorded(day: Day, officer: int) -> None:
    correct(day, officer, "08:00", "08:20", None)
    correct(day, officer, "09:10", "09:40", 2, "forgot")
    correct(day, officer, "16:00", "16:30", 1, "forgot")
    assert read(day)[officer] == Presence(
        (90 - 20 + 20 + 30) * MINUTE_MS,
        {"break": 10 * MINUTE_MS},
        90 * MINUTE_MS,
        {
            "meeting": CorrectionSum(1, 0, 20 * MINUTE_MS),
            "forgot": CorrectionSum(2, 50 * MINUTE_MS, 0),
        },
    )


def test_the_last_word_on_a_minute_counts_and_each_correction_says_what_it_changed(day: Day, officer: int) -> None:
    correct(day, officer, "08:00", "10:00", None, "leave")
    correct(day, officer, "08:00", "10:00", 1, "other")
    presence = read(day)[officer]
    assert (presence.present_ms, presence.recorded_ms, presence.paused_ms) == (
        120 * MINUTE_MS,
        90 * MINUTE_MS,
        {"break": 0},
    )
    assert presence.corrections == {
        "leave": CorrectionSum(1, 0, 90 * MINUTE_MS),
        "other": CorrectionSum(1, 120 * MINUTE_MS, 0),
    }


def test_a_day_without_any_sign_in_has_the_hours_that_a_leader_wrote(day: Day, officer: int) -> None:
    before = "2026-11-20"
    correct(day, officer, "07:30", "11:30", 1, "forgot", before)
    assert read(day, Period(before, before)) == {
        officer: Presence(240 * MINUTE_MS, {}, 0, {"forgot": CorrectionSum(1, 240 * MINUTE_MS, 0)})
    }
