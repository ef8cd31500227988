"""From a hall that has worked for a while to the waits on its screens: learnt, computed, kept; hidden where too
little is known.
"""

from collections.abc import Callable
from typing import Any

import pytest

from motcua.copies import replace
from motcua.desk import Desk, Tx, Unavailable, stamp
from motcua.estimates import observed
from motcua.estimates.waits import WaitEstimates
from motcua.planning.computing import Task, compute_here
from motcua.queue import actions, store
from motcua.queue.model import IssuedTicket, TicketRequest, WaitRange
from motcua.run.estimating import LOOK_S, REST_S, EstimateRefresher, ProcessorShare
from motcua.settings import store as settings_store
from tests.conftest import SETTINGS, TODAY
from tests.unit.queue.at_the_desk import Day

SERVING_MIN = 4


def inline(work: Callable[..., Any], *given: Any) -> Any:
    return work(*given)


@pytest.fixture
def day(hall: Any) -> Day:
    return Day(hall).opened(1, 2)


def worked(day: Day, visits: int, service: str = "copy", counter: int = 1) -> None:
    """Let `visits` citizens come one after the other, each served for four minutes."""
    for _ in range(visits):
        day.issue(service)
        day.next(counter)
        day.desk.do(actions.start, counter)
        day.minutes(SERVING_MIN)
        day.desk.do(actions.finish, counter)


def estimating(desk: Desk) -> tuple[EstimateRefresher, WaitEstimates]:
    waits = WaitEstimates()
    return EstimateRefresher(desk, waits, compute_here, inline), waits


def take(day: Day, waits: WaitEstimates, service: str = "copy") -> IssuedTicket:
    return day.desk.do(actions.take_number, TicketRequest(service), waits.estimate_new)


@pytest.mark.thorough
def test_nothing_is_said_of_a_service_that_was_observed_less_than_thirty_times(day: Day) -> None:
    worked(day, 29)
    estimates, waits = estimating(day.desk)
    estimates.refresh()
    assert (waits.ranges, waits.tickets) == ({}, {})
    assert take(day, waits).ticket.wait_p80_s is None


@pytest.mark.thorough
def test_what_was_observed_often_is_said_and_kept_with_the_number(day: Day) -> None:
    worked(day, 30)
    day.next(2)
    for _ in range(3):
        day.issue()
    estimates, waits = estimating(day.desk)
    estimates.refresh()
    assert {service for service, _rank in waits.ranges} == {"copy"}
    assert {rank for _service, rank in waits.ranges} == {1, 2, 3, 4}
    last, first = waits.estimate_new("copy", 4), waits.estimate_new("copy", 1)
    assert last is not None
    assert first is not None
    assert first.p80_s < last.p50_s <= last.p80_s
    assert 3 * 60 < last.p50_s < 9 * 60  # two counters, three before: between one and two visits of four minutes
    assert [found.p50_s for found in waits.tickets.values()] == sorted(found.p50_s for found in waits.tickets.values())
    made = take(day, waits).ticket
    assert (made.wait_p50_s, made.wait_p80_s) == last
    assert day.events[-1].event.to_data()["wait"] == {"p50_s": last.p50_s, "p80_s": last.p80_s}


@pytest.mark.thorough
def test_until_the_hall_is_looked_at_again_a_number_shows_the_range_it_came_with(day: Day) -> None:
    worked(day, 30)
    estimates, waits = estimating(day.desk)
    estimates.refresh()
    day.minutes(0.01)
    made = take(day, waits).ticket
    assert waits.estimate_ticket(made) == made.wait is not None
    day.minutes(0.05)
    day.issue("copy", "elder75")
    estimates.refresh()
    assert waits.estimate_ticket(made) == waits.tickets[made.id]
    day.next(1)
    day.next(2)
    estimates.refresh()
    assert waits.estimate_ticket(made) is None


@pytest.mark.thorough
def test_the_estimate_moves_with_the_hall(day: Day) -> None:
    worked(day, 30)
    estimates, waits = estimating(day.desk)
    before = len(day.events)
    estimates.refresh()
    idle = waits.estimate_new("copy", 4)
    for _ in range(6):
        day.issue()
    assert estimates.is_due() is False
    day.minutes(0.1)
    assert estimates.is_due() is True
    estimates.refresh()
    full = waits.estimate_new("copy", 4)
    assert idle is not None
    assert full is not None
    assert idle.p80_s < 60  # an officer who rests calls at once
    assert full.p50_s > 5 * 60
    assert len(day.events) == before + 6  # looking writes nothing


@pytest.mark.thorough
def test_nobody_is_promised_anything_while_no_counter_works(day: Day) -> None:
    worked(day, 30)
    estimates, waits = estimating(day.desk)
    day.desk.do(actions.close_day, TODAY)
    estimates.refresh()
    assert waits.ranges == {}


@pytest.mark.thorough
def test_when_the_computation_fails_an_old_estimate_does_not_stay(day: Day) -> None:
    worked(day, 30)
    waits = WaitEstimates()
    failing = [False]

    def compute(task: Task, given: dict[str, Any]) -> dict[str, Any]:
        if failing[0]:
            raise Unavailable("compute.failed", "The computation failed. Please try again.")
        return task(given)

    estimates = EstimateRefresher(day.desk, waits, compute, inline)
    estimates.refresh()
    assert waits.ranges
    failing[0] = True
    estimates.refresh()
    assert (waits.ranges, waits.tickets) == ({}, {})


@pytest.mark.thorough
def test_what_happened_after_the_last_look_of_a_day_is_learnt_on_the_next(day: Day) -> None:
    worked(day, 29)
    estimates, waits = estimating(day.desk)
    estimates.refresh()
    worked(day, 1)
    day.desk.do(actions.close_day, TODAY)
    day.minutes(2 * 24 * 60)  # Tuesday is a day off
    day.opened(1, 2)
    day.issue()
    estimates.refresh()
    assert waits.estimate_new("copy", 4) is not None


def test_what_is_learnt_of_a_day_is_how_long_counters_were_busy_and_who_came(day: Day) -> None:
    worked(day, 2)
    day.issue("copy", "elder75")
    day.next(1)
    day.minutes(1)
    day.absent(1)
    with day.desk.read() as db:
        found = observed.observe_day(db, TODAY, SETTINGS.timezone)
    assert found.busy == [("copy", 240_000), ("copy", 240_000), ("copy", 60_000)]
    assert found.visits == {"copy": 2}
    assert found.gaps == [0, 0]
    assert found.reactions == []
    assert found.arrivals == {(16, "copy", 4): 2, (16, "copy", 1): 1}


def test_how_long_a_resting_officer_takes_is_learnt_from_those_who_came_then(day: Day) -> None:
    worked(day, 1)
    day.minutes(3)
    day.issue()
    day.minutes(0.2)
    day.next(1)
    with day.desk.read() as db:
        found = observed.observe_day(db, TODAY, SETTINGS.timezone)
    assert (found.reactions, found.gaps) == ([12_000], [])


def test_promises_are_learnt_from_once_each(day: Day) -> None:
    def promise(p80_s: int) -> None:
        def known(_service: str, _rank: int) -> WaitRange:
            return WaitRange(0, p80_s)

        day.desk.do(actions.take_number, TicketRequest("copy"), known)
        day.minutes(1)
        day.next(1)
        day.desk.do(actions.start, 1)
        day.desk.do(actions.finish, 1)

    promise(30)
    with day.desk.read() as db:
        one = observed.PromiseHistory().learn(db)
        assert one.levels == pytest.approx((0.505, 0.808))
        assert one.learn(db) == one
    promise(90)
    with day.desk.read() as db:
        assert one.learn(db).levels == pytest.approx((0.51, 0.806))


@pytest.mark.thorough
def test_fewer_than_thirty_visits_can_never_be_set_as_enough(day: Day) -> None:
    """More can: a ward that wants to be surer says so."""
    worked(day, 35)

    def wants_more(tx: Tx) -> None:
        settings = settings_store.get_settings(tx.db)
        settings_store.save(tx.db, replace(settings, waits=replace(settings.waits, least_visits=40)))

    day.desk.do(wants_more)
    estimates, waits = estimating(day.desk)
    estimates.refresh()
    assert waits.ranges == {}
    with day.desk.read() as db:
        assert store.list_waiting(db, TODAY) == []


@pytest.mark.thorough
@pytest.mark.parametrize("seconds", [-3600, 3600])
def test_a_clock_that_was_set_changes_nothing_about_what_is_known(day: Day, seconds: int) -> None:
    worked(day, 30)
    estimates, waits = estimating(day.desk)
    estimates.refresh()
    number = take(day, waits).ticket.id
    day.minutes(1)
    estimates.refresh()
    with day.desk.read() as db:
        before = waits.estimate_ticket(store.get(db, number))
    day.hall.clock.step(seconds)
    day.desk.look_at_clock()
    assert (estimates.is_due(), waits.looked_at) == (False, stamp(day.hall.clock.now()))
    with day.desk.read() as db:
        assert waits.estimate_ticket(store.get(db, number)) == before is not None
    day.minutes(1 / 60)
    later = take(day, waits).ticket
    assert waits.estimate_ticket(later) == later.wait
    day.minutes(1)
    assert estimates.is_due()


def test_a_busy_hall_has_the_first_claim_on_the_processor(day: Day) -> None:
    load = [0.0]
    estimates = EstimateRefresher(day.desk, WaitEstimates(), compute_here, inline, lambda: load[0])
    estimates.refresh()
    day.issue()
    day.minutes(LOOK_S / 60)
    assert estimates.is_due()
    load[0] = 0.9
    assert not estimates.is_due()
    day.minutes((REST_S - LOOK_S) / 60)
    assert estimates.is_due()  # late, but not never


def test_the_share_of_a_core_is_that_since_the_last_look() -> None:
    used, now = [1.0], [10.0]
    share = ProcessorShare(lambda: used[0], lambda: now[0])
    assert share.measure() == 0
    used[0], now[0] = 1.5, 12.0
    assert share.measure() == 0.25
    now[0] = 14.0
    assert share.measure() == 0
