"""Promised waits against what came: which numbers count, in which week, and which are left out."""

from motcua.queue import actions, store
from motcua.queue.model import TicketRequest, WaitRange
from motcua.reports import promises
from motcua.reports.model import PromiseCoverage, Rate
from tests.conftest import TODAY
from tests.unit.queue.at_the_desk import Day

PROMISED = WaitRange(60, 300)
MONDAY, SUNDAY = "2026-11-23", "2026-11-29"


def take(day: Day, *, promised: bool = True) -> str:
    """Take a number, for which five minutes are promised."""
    ranges = (lambda _service, _rank: PROMISED) if promised else (lambda _service, _rank: None)
    return day.desk.do(actions.take_number, TicketRequest("copy"), ranges).ticket.number


def kept(day: Day) -> tuple[int, int] | None:
    """Return today's share in tenths of a percent and its n."""
    with day.desk.read() as db:
        rate = promises.measure_promises(db, TODAY, TODAY).rate
    return None if rate is None else (rate.percent_tenths, rate.n)


def test_a_wait_as_long_as_promised_was_kept_and_a_longer_one_was_not(day: Day) -> None:
    day.opened(1)
    take(day)
    day.minutes(5)
    day.serve()
    assert kept(day) == (1000, 1)
    take(day)
    day.minutes(5 + 1 / 60_000)
    day.serve()
    assert kept(day) == (500, 2)


def test_the_first_call_counts_whatever_came_after(day: Day) -> None:
    day.opened(1)
    number = take(day)
    day.next()
    day.absent()
    day.minutes(9)
    day.desk.do(actions.come_back, store.make_visit_id(TODAY, number))
    day.serve()
    assert kept(day) == (1000, 1)


def test_numbers_without_a_range_and_those_given_up_are_left_out(day: Day) -> None:
    day.opened(1)
    take(day, promised=False)
    day.serve()
    gone = take(day)
    day.desk.do(actions.cancel, store.make_visit_id(TODAY, gone))
    take(day)
    assert kept(day) is None


def test_who_still_waited_when_the_day_ended_was_promised_too_much(day: Day) -> None:
    day.opened(1)
    take(day)
    day.serve()
    take(day)
    day.desk.do(actions.close_day, TODAY)
    assert kept(day) == (500, 2)


def test_weeks_begin_on_mondays_and_the_newest_with_data_is_shown(day: Day) -> None:
    day.opened(1)
    take(day)
    day.serve()
    with day.desk.read() as db:
        weeks = promises.list_weeks(db, SUNDAY, 2)
        assert weeks == [
            PromiseCoverage("2026-11-16", "2026-11-22", None),
            PromiseCoverage(MONDAY, SUNDAY, Rate(1000, 207, 1000, 1)),
        ]
        counts = promises.PromiseCounts()
        assert promises.find_newest(db, "2026-12-06", counts) == weeks[1]
        assert promises.find_newest(db, MONDAY, counts) == weeks[1]
        assert promises.find_newest(db, "2026-12-07", counts).rate is None


def test_a_day_is_remembered_once_it_is_closed_and_no_sooner(day: Day) -> None:
    day.opened(1)
    counts = promises.PromiseCounts()

    def count() -> tuple[int, int]:
        with day.desk.read() as db:
            return counts.count(db, TODAY)

    take(day)
    day.serve()
    assert count() == (1, 1)
    take(day)
    day.desk.do(actions.close_day, TODAY)
    assert count() == (1, 2)
    assert count() == (1, 2)
