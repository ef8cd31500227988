"""Who was at a counter for how long: openings, pauses, take-overs, days that nobody closed, a clock that was set."""

from typing import Any

from motcua.counters import actions as counters
from motcua.queue import actions as queue
from motcua.reports.officers import store
from motcua.reports.officers.model import Presence
from motcua.reports.officers.presence import measure_day
from motcua.reports.values import Period
from tests.conftest import TODAY
from tests.unit.queue.at_the_desk import Day

MINUTE_MS = 60_000
DAY = Period(TODAY, TODAY)


def read(day: Day, period: Period = DAY) -> dict[int | None, Presence]:
    with day.desk.read() as db:
        return store.map_presence(db, period)


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
    assert read(day) == {11: Presence(80 * MINUTE_MS, paused)}


def test_who_moves_to_another_counter_or_is_replaced_is_never_counted_twice(day: Day) -> None:
    day.opened(1)
    day.minutes(10)
    day.desk.do(counters.open_counter, 2, 11)
    day.minutes(10)
    day.desk.do(counters.open_counter, 2, 12)
    day.minutes(10)
    day.desk.do(queue.close_day, TODAY)
    day.minutes(10)
    assert read(day) == {11: Presence(20 * MINUTE_MS), 12: Presence(10 * MINUTE_MS)}


def test_who_never_signed_out_counts_until_the_last_entry_of_the_day_and_not_into_the_next(day: Day) -> None:
    day.opened(1)
    day.minutes(60)
    day.issue()
    day.minutes(48 * 60)
    day.desk.do(queue.close_day, TODAY)
    day.opened(1)
    day.minutes(1)
    day.issue()
    assert read(day) == {11: Presence(60 * MINUTE_MS)}
    assert read(day, Period(TODAY, "2026-11-25")) == {11: Presence(61 * MINUTE_MS)}


def test_a_clock_that_was_set_makes_nobody_present_for_longer() -> None:
    step = {"before": f"{TODAY}T02:00:00.000Z", "after": f"{TODAY}T04:00:00.000Z", "step_s": 7200, "first_row": 1}
    rows = [
        row(1, "01:00", "counter.opened", counter=1, officer=11, left=None),
        row(2, "04:00", "clock.stepped", **step),
        row(3, "04:30", "counter.closed", counter=1, officer=11),
    ]
    assert measure_day(TODAY, rows, rows[-1]["at"]) == {11: Presence(90 * MINUTE_MS)}


def test_a_day_without_entries_has_nobody(day: Day) -> None:
    assert read(day, Period("2026-11-20", "2026-11-22")) == {}
    assert measure_day(TODAY, [], None) == {}
