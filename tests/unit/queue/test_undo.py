"""Taking back the counter's last finish or absent: within five seconds, while nothing else happened."""

import pytest

from motcua.copies import replace
from motcua.counters import actions as counter_actions
from motcua.desk import Refused
from motcua.feedback import actions as feedback
from motcua.feedback import store as feedback_store
from motcua.feedback.model import RatingRequest
from motcua.queue import actions, events
from motcua.queue.model import TicketState
from tests.unit.queue.at_the_desk import Day

VISIT = "20261123-A001"


@pytest.fixture
def at_one(day: Day) -> Day:
    """Counter 1 is open and called A001; A002 waits."""
    day.opened(1, 2)
    day.issue()
    day.issue()
    day.next()
    return day


def nothing_to_undo(day: Day, expected: str = "undo.nothing") -> None:
    head = day.desk.head
    with pytest.raises(Refused) as caught:
        day.undo()
    assert (caught.value.code, day.desk.head) == (expected, head)


def test_a_finish_is_taken_back_as_if_it_had_not_been(at_one: Day) -> None:
    at_one.desk.do(actions.start, 1)
    before, counter = at_one.ticket("A001"), at_one.counter()
    at_one.desk.do(actions.finish, 1)
    at_one.hall.clock.advance(5)
    assert at_one.undo() == before
    assert (at_one.ticket("A001"), at_one.counter()) == (before, counter)
    assert at_one.events[-1].event == events.MoveUndone(VISIT, "A001", 1, "finish")
    with at_one.desk.read() as db:
        assert [tuple(row) for row in db.execute("SELECT ended_at, how FROM legs")] == [(None, None)]


def test_a_finish_of_a_called_ticket_leaves_it_called_again(at_one: Day) -> None:
    before = at_one.ticket("A001")
    at_one.desk.do(actions.finish, 1)
    assert at_one.undo() == before
    with at_one.desk.read() as db:
        assert db.execute("SELECT count(*) FROM legs").fetchone()[0] == 0
    at_one.desk.do(actions.start, 1)
    at_one.desk.do(actions.finish, 1)
    assert at_one.state("A001") is TicketState.SERVED


def test_an_absent_is_taken_back_with_its_recall(at_one: Day) -> None:
    at_one.desk.do(actions.recall, 1)
    before = at_one.ticket("A001")
    at_one.desk.do(actions.mark_absent, 1)
    assert at_one.undo() == before


def test_a_next_that_only_finished_can_be_taken_back(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.next()
    day.desk.do(actions.start, 1)
    day.call()
    assert (day.undo().state, day.counter().in_hand) == (TicketState.SERVING, VISIT)


def test_after_five_seconds_it_is_too_late(at_one: Day) -> None:
    at_one.desk.do(actions.finish, 1)
    at_one.hall.clock.advance(5.001)
    nothing_to_undo(at_one)


def test_nothing_is_taken_back_twice(at_one: Day) -> None:
    at_one.desk.do(actions.finish, 1)
    at_one.undo()
    nothing_to_undo(at_one)


def test_after_the_next_call_it_is_too_late(at_one: Day) -> None:
    at_one.desk.do(actions.start, 1)
    at_one.call()
    nothing_to_undo(at_one)


def test_after_a_pause_or_a_close_it_is_too_late(at_one: Day) -> None:
    at_one.desk.do(actions.finish, 1)
    at_one.desk.do(counter_actions.pause, 1, "break")
    at_one.desk.do(counter_actions.open_counter, 1, 11)
    nothing_to_undo(at_one)


def test_what_happens_elsewhere_does_not_matter(at_one: Day) -> None:
    at_one.desk.do(actions.finish, 1)
    assert at_one.next(2) == "A002"
    assert at_one.undo().state is TicketState.CALLED


def test_an_absent_citizen_who_came_back_is_not_taken_back(at_one: Day) -> None:
    at_one.absent()
    at_one.desk.do(actions.come_back, VISIT)
    nothing_to_undo(at_one)
    assert at_one.ticket("A001").returned


def test_an_absent_citizen_whom_another_counter_called_is_not_taken_back(at_one: Day) -> None:
    at_one.absent()
    at_one.desk.do(actions.call_number, 2, "A001", "waiting-inside")
    nothing_to_undo(at_one)
    assert at_one.counter(2).in_hand == VISIT


def test_a_rating_makes_a_finish_final(at_one: Day) -> None:
    at_one.desk.do(actions.finish, 1)
    at_one.desk.do(feedback.rate, RatingRequest(5, "pad", VISIT, 1))
    nothing_to_undo(at_one, "undo.rated")


def test_the_asking_is_withdrawn_and_asked_anew(at_one: Day) -> None:
    at_one.desk.do(actions.start, 1)
    at_one.desk.do(actions.finish, 1)
    first = at_one.desk.do(feedback.record_prompt, 1, VISIT)
    at_one.hall.clock.advance(3)
    at_one.undo()
    with at_one.desk.read() as db:
        assert feedback_store.find_prompt(db, VISIT) is None
    at_one.minutes(5)
    at_one.desk.do(actions.finish, 1)
    again = at_one.desk.do(feedback.record_prompt, 1, VISIT)
    assert again == replace(first, asked_at="2026-11-23T01:05:03.000Z", until="2026-11-23T01:05:33.000Z")


def test_the_end_of_the_day_is_not_taken_back(at_one: Day) -> None:
    at_one.desk.do(actions.finish, 1)
    at_one.desk.do(actions.close_day, "2026-11-23")
    nothing_to_undo(at_one)
