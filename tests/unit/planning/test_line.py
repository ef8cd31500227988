"""The simulator's line decides as the desk's own policy does, whoever waits."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.counters.model import Counter, CounterState
from motcua.desk import stamp
from motcua.planning.line import Guard, Person, SimulatedCounter, WaitingLine
from motcua.queue.model import WaitingTicket
from motcua.queue.rules import policy
from motcua.settings.model import QueueRules

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
SERVICES = ("copy", "birth", "land")


def stamped(minute: float) -> str:
    return stamp(NOW + timedelta(minutes=minute))


@st.composite
def crowds(draw: st.DrawFn) -> list[WaitingTicket]:
    """Draw who waits: some came back, some were booked, some were sent to a counter."""
    tickets = []
    for place, waited in enumerate(sorted(draw(st.lists(st.integers(0, 60), max_size=14)), reverse=True), start=1):
        issued = stamped(-waited)
        booked = draw(st.sampled_from([None, None, None, -15, -5, 5]))
        sent_on = draw(st.sampled_from([0, 0, 0, 10]))  # a transfer that lost its place
        arrived = stamped(max(-waited, -sent_on) if sent_on else -waited) if booked is None else stamped(booked - 15)
        due = None if booked is None else stamped(booked)
        bound = draw(st.sampled_from([None, None, None, None, 1, 2]))
        service, rank, returned = (
            draw(st.sampled_from(SERVICES)),
            draw(st.integers(1, 4)),
            draw(st.sampled_from([False, False, True])),
        )
        sent = issued if bound else None
        tickets.append(
            WaitingTicket(
                f"t{place}",
                f"A{place:03d}",
                "A",
                service,
                rank,
                None,
                place,
                issued,
                returned,
                bound,
                sent,
                arrived,
                due,
            )
        )
    return tickets


def milliseconds(at: str) -> int:
    return round((datetime.fromisoformat(at) - NOW).total_seconds() * 1000)


def person(ticket: WaitingTicket) -> Person:
    since = milliseconds(policy.get_waiting_since(ticket))
    arrived = milliseconds(ticket.arrived_at)
    return Person(
        ticket.id,
        ticket.service,
        ticket.rank,
        (arrived, ticket.place),
        since,
        returned=ticket.returned,
        bound=ticket.bound,
    )


@pytest.mark.thorough
@given(
    crowds(),
    st.sets(st.sampled_from(SERVICES), min_size=1),
    st.sets(st.sampled_from(SERVICES)),
    st.integers(0, 3),
    st.integers(0, 2),
    st.integers(0, 30),
)
@settings(max_examples=150, deadline=None)
def test_a_line_calls_whom_the_policy_calls(
    crowd: list[WaitingTicket], served: set[str], preferred: set[str], passes: int, guard_calls: int, guard_min: int
) -> None:
    lane = tuple(sorted(served))
    liked = tuple(sorted(served & preferred))
    counter = replace(Counter(1, "", lane, CounterState.OPEN), passes=passes, prefer=liked)
    rules = QueueRules(guard_calls=guard_calls, guard_wait_min=guard_min)
    line = WaitingLine(Guard.of(guard_calls, guard_min))
    station = SimulatedCounter(1, lane, frozenset(liked), passes)
    waiting = list(crowd)
    for ticket in crowd:
        if policy.is_due(ticket, stamp(NOW)):
            line.join(person(ticket))
    while True:
        choice = policy.choose(waiting, counter, {1: "", 2: ""}, rules, stamp(NOW))
        called_person = line.take(station, 0)
        assert (called_person.id if called_person else None) == (choice.ticket.id if choice else None)
        if choice is None:
            break
        assert station.passes == choice.passes
        waiting.remove(choice.ticket)
        counter = replace(counter, passes=choice.passes)


def test_who_was_sent_to_a_counter_waits_for_the_service_again_when_it_closes() -> None:
    line = WaitingLine(Guard.of(2, 20))
    line.join(Person("a", "copy", 4, (0, 1), 0, bound=2))
    here, there = SimulatedCounter(1, ("copy",)), SimulatedCounter(2, ("birth",))
    assert line.choose(here, 10) is None
    chosen = line.choose(there, 10)
    assert chosen is not None
    line.let_go(2)
    assert line.choose(there, 20) is None
    called_person = line.take(here, 20)
    assert called_person is not None
    assert (called_person.id, called_person.called, called_person.counter, line.count) == ("a", 20, 1, 0)
