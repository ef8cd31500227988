"""Issue, next, call a number, recall, start, finish: what each does and when it is refused."""

import re

import pytest

from motcua.counters import actions as counter_actions
from motcua.counters.model import LastMove
from motcua.desk import Invalid, Refused, Unknown, stamp
from motcua.queue import actions, events
from motcua.queue.model import CallResult, TicketState
from motcua.queue.rules import moves
from tests.unit.queue.at_the_desk import Day, code


def test_a_new_ticket_carries_its_place_rank_and_a_secret_code(day: Day) -> None:
    issued = day.desk.do(actions.issue, "copy", "merit")
    ticket = issued.ticket
    assert (issued.people_ahead, ticket.id, ticket.number, ticket.letter, ticket.rank, ticket.priority) == (
        0,
        "20261123-A001",
        "A001",
        "A",
        2,
        "merit",
    )
    assert (ticket.state, ticket.issued_at, ticket.day) == (
        TicketState.WAITING,
        "2026-11-23T01:00:00.000Z",
        "2026-11-23",
    )
    assert re.fullmatch(r"[A-Za-z0-9_-]{12}", ticket.code)
    assert day.ticket("A001") == ticket


def test_numbers_count_by_letter_not_by_service(day: Day) -> None:
    assert [day.issue(service) for service in ("copy", "signature", "birth", "copy", "business")] == [
        "A001",
        "A002",
        "H001",
        "A003",
        "K001",
    ]


def test_a_number_has_four_digits_after_999() -> None:
    assert [moves.format_number("A", serial) for serial in (1, 999, 1000)] == ["A001", "A999", "A1000"]


def test_the_journal_of_a_ticket_holds_its_rank_and_never_its_class(day: Day) -> None:
    day.issue("copy", "disabled")
    assert day.events[0].event == events.TicketIssued("20261123-A001", "A001", "copy", "A", 1, 0, None)


@pytest.mark.parametrize(
    ("service", "priority", "expected"), [("nonsense", None, "service.unknown"), ("copy", "vip", "priority.unknown")]
)
def test_unknown_codes_are_invalid(day: Day, service: str, priority: str | None, expected: str) -> None:
    with pytest.raises(Invalid) as caught:
        day.desk.do(actions.issue, service, priority)
    assert caught.value.code == expected


def test_next_calls_the_first_and_finishes_who_was_served_in_one_event(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.issue()
    assert day.next() == "A001"
    day.desk.do(actions.start, 1)
    seq = day.desk.head.seq
    called = day.call()
    assert (called.ticket, called.finished) == (day.ticket("A002"), day.ticket("A001"))
    assert (day.state("A001"), day.state("A002"), day.counter().in_hand) == (
        TicketState.SERVED,
        TicketState.CALLED,
        "20261123-A002",
    )
    assert day.desk.head.seq == seq + 1
    event = day.events[-1].event
    assert isinstance(event, events.TicketCalled)
    assert (event.ticket, event.finished, event.officer) == ("20261123-A002", "20261123-A001", 11)


def test_next_with_nobody_waiting_finishes_who_is_served(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.next()
    day.desk.do(actions.start, 1)
    assert day.call() == CallResult(None, None, day.ticket("A001"))
    assert (day.state("A001"), day.kinds()[-1]) == (TicketState.SERVED, "ticket.served")


def test_next_with_nobody_there_at_all_changes_nothing(day: Day) -> None:
    day.opened(1)
    head = day.desk.head
    assert (day.call(), day.desk.head) == (CallResult(None, None, None), head)


def test_next_is_refused_while_a_ticket_is_only_called(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.next()
    with pytest.raises(Refused) as caught:
        day.call()
    assert code(caught.value) == ("Refused", "counter.has_called")


def test_next_is_refused_at_a_closed_a_paused_and_an_unknown_counter(day: Day) -> None:
    day.opened(2)
    day.desk.do(counter_actions.pause, 2, "break")
    refusals = []
    for counter in (1, 2, 9):
        with pytest.raises(Refused) as caught:
            day.call(counter)
        refusals.append(code(caught.value))
    assert refusals == [
        ("Refused", "counter.not_open"),
        ("Refused", "counter.not_open"),
        ("Unknown", "counter.unknown"),
    ]


def test_a_counter_never_calls_what_it_does_not_serve(day: Day) -> None:
    day.opened(1, 3)
    day.issue("birth")
    assert (day.next(1), day.next(3)) == (None, "H001")


def test_recall_changes_no_state_and_not_the_first_call(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.next()
    before = day.ticket("A001")
    day.minutes(1)
    day.desk.do(actions.recall, 1)
    assert day.ticket("A001") == before._replace(recalled_at="2026-11-23T01:01:00.000Z", recalls=1)


def test_recall_is_refused_when_idle_and_while_serving(day: Day) -> None:
    day.opened(1)
    with pytest.raises(Refused) as idle:
        day.desk.do(actions.recall, 1)
    day.issue()
    day.next()
    day.desk.do(actions.start, 1)
    with pytest.raises(Refused) as serving:
        day.desk.do(actions.recall, 1)
    assert (idle.value.code, serving.value.code) == ("counter.idle", "ticket.not_called_here")


def test_finish_on_a_called_ticket_counts_as_started_when_called(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.next()
    day.minutes(2)
    served = day.desk.do(actions.finish, 1)
    assert (served.state, served.started_at, served.finished_at) == (
        TicketState.SERVED,
        "2026-11-23T01:00:00.000Z",
        "2026-11-23T01:02:00.000Z",
    )
    with day.desk.read() as db:
        legs = [
            tuple(row) for row in db.execute("SELECT counter, officer, called_at, started_at, ended_at, how FROM legs")
        ]
    assert legs == [(1, 11, served.called_at, served.started_at, served.finished_at, "finish")]


def test_a_number_is_called_out_of_order_with_a_reason_that_is_a_code(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.issue("birth")
    called = day.desk.do(actions.call_number, 1, "h001", "waiting-inside")
    assert (called.ticket, called.why) == (day.ticket("H001"), {"rule": "number", "passed": [], "passes": 0})
    event = day.events[-1].event
    assert isinstance(event, events.TicketCalled)
    assert (event.reason, event.text) == ("waiting-inside", None)


def test_own_words_never_enter_the_journal(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.desk.do(actions.call_number, 1, "A001", "bà Nguyễn Thị Hoa bị mệt")
    event = day.events[-1].event
    assert isinstance(event, events.TicketCalled)
    assert event.reason == "other"
    with day.desk.read() as db:
        journal = "\n".join(row[0] for row in db.execute("SELECT data FROM journal"))
        body = db.execute("SELECT body FROM texts WHERE commitment = ?", (event.text,)).fetchone()[0]
    assert "Hoa" not in journal
    assert body == "bà Nguyễn Thị Hoa bị mệt"


def test_a_number_is_not_called_over_a_ticket_in_hand(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.issue()
    day.next()
    with pytest.raises(Refused) as called:
        day.desk.do(actions.call_number, 1, "A002", "waiting-inside")
    day.desk.do(actions.start, 1)
    with pytest.raises(Refused) as serving:
        day.desk.do(actions.call_number, 1, "A002", "waiting-inside")
    assert (called.value.code, serving.value.code) == ("counter.has_called", "counter.has_ticket")


def test_a_body_that_names_no_ticket_is_invalid_and_a_path_is_unknown(day: Day) -> None:
    day.opened(1)
    with pytest.raises(Invalid, match="no ticket A777"):
        day.desk.do(actions.call_number, 1, "A777", "waiting-inside")
    with pytest.raises(Unknown, match="no ticket 20261123-A777"):
        day.desk.do(actions.cancel, "20261123-A777")


def test_a_refusal_writes_nothing(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.next()
    head, ticket, counter = day.desk.head, day.ticket("A001"), day.counter()
    with pytest.raises(Refused):
        day.desk.do(actions.mark_absent, 1)
    with pytest.raises(Refused):
        day.desk.do(actions.transfer, 1, "birth", None)
    assert (day.desk.head, day.ticket("A001"), day.counter()) == (head, ticket, counter)


def test_the_history_tells_every_step_with_its_actor(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.desk.by("officer:11").do(actions.call_next, 1)
    day.desk.by("officer:11").do(actions.start, 1)
    day.desk.by("counter:1").do(actions.hold, 1, "documents")
    with day.desk.read() as db:
        steps = [tuple(row) for row in db.execute("SELECT move, counter, actor, reason FROM moves ORDER BY id")]
    assert steps == [
        ("issued", None, "desk", None),
        ("called", 1, "officer:11", None),
        ("started", 1, "officer:11", None),
        ("held", 1, "counter:1", "documents"),
    ]


def test_the_last_finish_is_remembered_with_its_moment(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.serve()
    assert day.counter().last == LastMove("finish", "20261123-A001", stamp(day.hall.clock.now()))
