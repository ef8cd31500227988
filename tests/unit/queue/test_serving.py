"""Absent, back, hold, resume, transfer, cancel: who may do what with a ticket."""

import pytest

from motcua.counters import actions as counter_actions
from motcua.counters import store as counter_store
from motcua.desk import Invalid, Refused, Tx
from motcua.queue import actions, events
from motcua.queue.model import TicketState
from tests.conftest import Hall
from tests.unit.queue.at_the_desk import Day

A1 = "20261123-A001"


@pytest.fixture
def at_one(day: Day) -> Day:
    """Counters 1 to 3 are open; counter 1 called A001."""
    day.opened(1, 2, 3)
    day.issue()
    day.next()
    return day


@pytest.fixture
def serving(at_one: Day) -> Day:
    """Counter 1 serves A001."""
    at_one.desk.do(actions.start, 1)
    return at_one


def test_absent_needs_a_recall(at_one: Day) -> None:
    with pytest.raises(Refused) as caught:
        at_one.desk.do(actions.mark_absent, 1)
    assert caught.value.code == "ticket.not_recalled"
    assert (at_one.absent().state, at_one.counter().in_hand) == (TicketState.ABSENT, None)


def test_absent_is_refused_while_serving(serving: Day) -> None:
    with pytest.raises(Refused) as caught:
        serving.desk.do(actions.mark_absent, 1)
    assert caught.value.code == "ticket.not_called"


def test_who_comes_back_within_the_grace_is_first_in_the_class(at_one: Day) -> None:
    at_one.absent()
    numbers = [at_one.issue(), at_one.issue("copy", "merit")]
    at_one.minutes(15)
    back = at_one.desk.do(actions.come_back, A1)
    assert (back.state, back.returned, back.issued_at) == (TicketState.WAITING, True, "2026-11-23T01:00:00.000Z")
    assert [at_one.ahead(number) for number in ("A001", *numbers)] == [1, 2, 0]
    assert [at_one.serve() for _ in range(3)] == ["A003", "A001", "A002"]


def test_after_the_grace_absent_is_final(at_one: Day) -> None:
    at_one.absent()
    at_one.hall.clock.advance(15 * 60 + 0.001)
    codes = []
    for attempt in (
        lambda: at_one.desk.do(actions.come_back, A1),
        lambda: at_one.desk.do(actions.call_number, 1, "A001", "waiting-inside"),
    ):
        with pytest.raises(Refused) as caught:
            attempt()
        codes.append(caught.value.code)
    assert (codes, at_one.state("A001")) == (["ticket.grace_over"] * 2, TicketState.ABSENT)


def test_an_absent_citizen_is_called_by_number_within_the_grace(at_one: Day) -> None:
    at_one.absent()
    at_one.minutes(15)
    called = at_one.desk.do(actions.call_number, 2, "A001", "waiting-inside").ticket
    assert called is not None
    assert (called.state, called.counter, called.recalls, called.absent_at) == (TicketState.CALLED, 2, 0, None)


def test_only_who_is_absent_comes_back(at_one: Day) -> None:
    with pytest.raises(Refused) as caught:
        at_one.desk.do(actions.come_back, A1)
    assert caught.value.code == "ticket.not_absent"


def test_a_called_and_a_served_ticket_can_be_held_and_resumed_at_a_free_counter(serving: Day) -> None:
    held_ticket = serving.desk.do(actions.hold, 1, "documents")
    assert (held_ticket.state, held_ticket.counter, held_ticket.reason, serving.counter().in_hand) == (
        TicketState.HELD,
        None,
        "documents",
        None,
    )
    serving.minutes(5)
    seq = serving.desk.head.seq
    back = serving.desk.do(actions.resume, 2, "A001")
    assert (back.ticket, back.why) == (serving.ticket("A001"), {"rule": "resumed", "passed": [], "passes": 0})
    assert (serving.state("A001"), serving.counter(2).in_hand, serving.desk.head.seq) == (
        TicketState.CALLED,
        A1,
        seq + 1,
    )
    assert serving.desk.do(actions.hold, 2, None).reason is None


def test_resume_is_refused_over_a_ticket_in_hand_and_for_one_not_held(serving: Day) -> None:
    serving.desk.do(actions.hold, 1, None)
    serving.issue()
    serving.next()
    codes = []
    for counter, number in ((1, "A001"), (2, "A002")):
        with pytest.raises(Refused) as caught:
            serving.desk.do(actions.resume, counter, number)
        codes.append(caught.value.code)
    assert codes == ["counter.has_called", "ticket.not_held"]


def test_every_stretch_of_serving_is_a_leg_of_its_own(serving: Day) -> None:
    serving.minutes(3)
    serving.desk.do(actions.hold, 1, None)
    serving.minutes(10)
    serving.desk.do(actions.resume, 2, "A001")
    serving.minutes(1)
    serving.desk.do(actions.start, 2)
    serving.minutes(2)
    serving.desk.do(actions.transfer, 2, "birth", None)
    assert serving.next(3) == "A001"
    serving.desk.do(actions.start, 3)
    serving.desk.do(actions.finish, 3)
    with serving.desk.read() as db:
        legs = [
            tuple(row)
            for row in db.execute("SELECT officer, substr(started_at, 12, 5), substr(ended_at, 12, 5), how FROM legs")
        ]
    assert legs == [
        (11, "01:00", "01:03", "hold"),
        (12, "01:14", "01:16", "transfer"),
        (13, "01:16", "01:16", "finish"),
    ]


def test_a_transfer_keeps_number_and_place(serving: Day) -> None:
    serving.issue("birth")
    serving.minutes(5)
    sent = serving.desk.do(actions.transfer, 1, "birth", None)
    assert (sent.number, sent.service, sent.state, sent.issued_at) == (
        "A001",
        "birth",
        TicketState.WAITING,
        "2026-11-23T01:00:00.000Z",
    )
    assert serving.events[-1].event == events.TicketTransferred(A1, "A001", 1, 11, "birth", None)
    assert [serving.serve(3), serving.serve(3)] == ["A001", "H001"]


def test_only_who_is_being_served_is_transferred(at_one: Day) -> None:
    with pytest.raises(Refused) as caught:
        at_one.desk.do(actions.transfer, 1, "birth", None)
    assert caught.value.code == "ticket.not_serving"


@pytest.mark.parametrize(
    ("service", "counter", "expected"),
    [
        (None, None, "transfer.target"),
        ("birth", 2, "transfer.target"),
        ("nonsense", None, "service.unknown"),
        (None, 9, "counter.unknown"),
        (None, 1, "transfer.same"),
        ("copy", None, "transfer.same"),
    ],
)
def test_a_transfer_needs_one_target_that_exists(
    serving: Day, service: str | None, counter: int | None, expected: str
) -> None:
    with pytest.raises(Invalid) as caught:
        serving.desk.do(actions.transfer, 1, service, counter)
    assert caught.value.code == expected


def test_nobody_is_sent_to_a_counter_that_is_not_open(serving: Day) -> None:
    serving.desk.do(counter_actions.pause, 2, "break")
    with pytest.raises(Refused) as caught:
        serving.desk.do(actions.transfer, 1, None, 2)
    assert caught.value.code == "counter.not_open"


def test_a_transfer_to_a_counter_binds_even_to_one_that_does_not_serve_it(serving: Day) -> None:
    serving.minutes(1)
    serving.desk.do(actions.transfer, 1, None, 3)
    assert [serving.next(1), serving.next(2), serving.next(3)] == [None, None, "A001"]


@pytest.mark.parametrize("leave", ["pause", "close"])
def test_a_transfer_falls_back_to_its_service_when_the_counter_leaves(serving: Day, leave: str) -> None:
    serving.minutes(1)
    serving.desk.do(actions.transfer, 1, None, 3)
    serving.minutes(1)
    if leave == "pause":
        serving.desk.do(counter_actions.pause, 3, "break")
    else:
        serving.desk.do(counter_actions.close, 3)
    serving.desk.do(counter_actions.open_counter, 3, 13)
    assert [serving.next(3), serving.next(2)] == [None, "A001"]


def test_a_transfer_to_a_counter_that_was_removed_falls_back_to_its_service(serving: Day) -> None:
    def remove_three(tx: Tx) -> None:
        counter_store.replace_all(tx.db, [counter for counter in counter_store.list_all(tx.db) if counter.number != 3])

    serving.minutes(1)
    serving.desk.do(actions.transfer, 1, None, 3)
    serving.desk.do(remove_three)
    assert serving.next(2) == "A001"


def test_a_waiting_and_a_held_citizen_may_give_up(serving: Day) -> None:
    serving.issue()
    serving.desk.do(actions.hold, 1, None)
    gone = [serving.desk.do(actions.cancel, f"20261123-{number}") for number in ("A001", "A002")]
    assert [(ticket.state, ticket.reason) for ticket in gone] == [(TicketState.CANCELLED, "cancelled")] * 2
    with pytest.raises(Refused) as caught:
        serving.desk.do(actions.cancel, A1)
    assert caught.value.code == "ticket.wrong_state"


def test_a_number_is_not_given_out_again_after_a_cancel(serving: Day) -> None:
    serving.issue()
    serving.desk.do(actions.cancel, "20261123-A002")
    assert serving.issue() == "A003"


def test_a_called_ticket_is_not_cancelled(at_one: Day) -> None:
    before = at_one.ticket("A001")
    with pytest.raises(Refused):
        at_one.desk.do(actions.cancel, A1)
    assert at_one.ticket("A001") == before


def test_an_empty_hall_refuses_what_needs_a_ticket(hall: Hall) -> None:
    day = Day(hall).opened(1)
    codes = []
    for action in (actions.start, actions.finish, actions.mark_absent, actions.recall):
        with pytest.raises(Refused) as caught:
            day.desk.do(action, 1)
        codes.append(caught.value.code)
    assert codes == ["counter.idle"] * 4
