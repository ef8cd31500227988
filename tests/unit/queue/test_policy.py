"""Who is called next, by property: fair, bounded, explained, and the same for the same hall."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.counters.model import Counter, CounterState
from motcua.desk import parse, stamp
from motcua.queue.model import PASSED_SHOWN, PassedTicket, Ticket, TicketState, Why
from motcua.queue.rules import policy
from motcua.settings.model import QueueRules
from tests.unit.queue.at_the_desk import Day

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
RULES = QueueRules()
COUNTER = Counter(1, "", ("copy", "birth"), CounterState.OPEN)
OTHERS = {1: "", 2: stamp(NOW - timedelta(minutes=10)), 3: ""}


def ticket(
    place: int, waited_min: float = 0, rank: int = 4, service: str = "copy", *, returned: bool = False
) -> Ticket:
    arrived = stamp(NOW - timedelta(minutes=waited_min))
    number = f"A{place:03d}"
    return Ticket(
        f"20261123-{number}",
        "2026-11-23",
        number,
        "A",
        place,
        service,
        rank,
        None,
        TicketState.WAITING,
        arrived,
        number,
        place,
        returned=returned,
    )


@st.composite
def halls(draw: st.DrawFn) -> list[Ticket]:
    """Draw who waits, in the order of arrival; some came back, some are bound to a counter by a transfer."""
    waits = sorted(draw(st.lists(st.integers(0, 60), max_size=15)), reverse=True)
    people = []
    for place, waited in enumerate(waits, start=1):
        person = ticket(
            place,
            waited,
            draw(st.integers(1, 4)),
            draw(st.sampled_from(["copy", "birth", "business"])),
            returned=draw(st.sampled_from([False, False, False, True])),
        )
        bound = draw(st.sampled_from([None, None, None, 1, 2, 3, 9]))
        sent = stamp(NOW - timedelta(minutes=draw(st.integers(0, 20))))
        people.append(person._replace(bound=bound, bound_at=sent if bound else None))
    return people


COUNTERS = st.builds(replace, st.just(COUNTER), passes=st.integers(0, 3))


def bound_elsewhere(ticket: Ticket) -> bool:
    return ticket.bound in {2, 3} and (ticket.bound_at or "") > OTHERS[ticket.bound]


@pytest.mark.thorough
@given(halls(), COUNTERS, st.randoms())
@settings(max_examples=25, deadline=None)
def test_the_choice_depends_on_nothing_but_its_arguments(
    people: list[Ticket], counter: Counter, random: object
) -> None:
    shuffled = list(people)
    getattr(random, "shuffle")(shuffled)  # noqa: B009 -- Hypothesis' own generator
    chosen = policy.choose(people, counter, OTHERS, RULES, stamp(NOW))
    assert policy.choose(shuffled, counter, OTHERS, RULES, stamp(NOW)) == chosen
    assert policy.choose(people, counter, OTHERS, RULES, stamp(NOW)) == chosen


@pytest.mark.thorough
@given(halls(), COUNTERS)
@settings(max_examples=60, deadline=None)
def test_a_counter_gets_only_what_it_may_serve_and_never_nobody_while_somebody_waits_for_it(
    people: list[Ticket], counter: Counter
) -> None:
    chosen = policy.choose(people, counter, OTHERS, RULES, stamp(NOW))
    bound_here = [one for one in people if one.bound == 1 and (one.bound_at or "") > ""]
    candidates = [
        one for one in people if one in bound_here or (one.service in counter.services and not bound_elsewhere(one))
    ]
    assert (chosen is None) == (not candidates)
    assert chosen is None or chosen.ticket in candidates


@pytest.mark.thorough
@given(halls(), COUNTERS)
@settings(max_examples=60, deadline=None)
def test_why_names_exactly_those_who_came_earlier_and_those_the_guard_passed(
    people: list[Ticket], counter: Counter
) -> None:
    chosen = policy.choose(people, counter, OTHERS, RULES, stamp(NOW))
    if chosen is None:
        return
    candidates = policy.list_eligible(people, counter, OTHERS, stamp(NOW))
    called, guarded = chosen.ticket, chosen.why.rule == "guard"
    passed = {one.id for one in candidates if one.place < called.place or (guarded and one.rank < called.rank)}
    names = [one.ticket for one in chosen.why.passed]
    assert set(names) <= passed
    assert len(names) == min(len(passed), PASSED_SHOWN)
    assert guarded or chosen.why.rule == ("returned" if called.returned else "priority" if passed else "first")


@pytest.mark.thorough
@given(halls(), COUNTERS)
@settings(max_examples=60, deadline=None)
def test_within_a_class_who_came_first_is_called_first(people: list[Ticket], counter: Counter) -> None:
    chosen = policy.choose(people, counter, OTHERS, RULES, stamp(NOW))
    if chosen is None:
        return
    same = [one for one in policy.list_eligible(people, counter, OTHERS, stamp(NOW)) if one.rank == chosen.ticket.rank]
    if chosen.why.rule == "guard":
        assert chosen.ticket.place == min(one.place for one in same)
    else:
        assert chosen.ticket == min(same, key=lambda one: (not one.returned, one.place))


@pytest.mark.thorough
@given(st.lists(st.integers(1, 3), min_size=8, max_size=8), st.integers(1, 3), st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_who_waits_too_long_is_called_after_at_most_two_who_pass(
    ranks: list[int], guard_calls: int, passes: int
) -> None:
    people = [ticket(1, 21)] + [ticket(place, 1, rank) for place, rank in enumerate(ranks, start=2)]
    counter, called = replace(COUNTER, passes=passes), 0
    rules = QueueRules(guard_calls=guard_calls)
    while True:
        chosen = policy.choose(people, counter, OTHERS, rules, stamp(NOW))
        assert chosen is not None
        if chosen.ticket.place == 1:
            break
        people.remove(chosen.ticket)
        counter, called = replace(counter, passes=chosen.passes), called + 1
    assert called == max(guard_calls - passes, 0)
    assert (chosen.why.rule, chosen.passes) == ("guard", 0)


def test_twenty_minutes_exactly_are_not_over_twenty_minutes() -> None:
    people = [ticket(1, 20), ticket(2, 1, 1)]
    chosen = policy.choose(people, replace(COUNTER, passes=2), OTHERS, RULES, stamp(NOW))
    assert chosen == policy.PolicyChoice(
        people[1], Why("priority", (PassedTicket("20261123-A001", "lower_rank"),), 0), 0
    )


def test_of_several_who_waited_too_long_the_longest_waiting_is_called() -> None:
    people = [ticket(1, 40, 4), ticket(2, 35, 3), ticket(3, 30, 1), ticket(4, 1, 1)]
    chosen = policy.choose(people, replace(COUNTER, passes=2), OTHERS, RULES, stamp(NOW))
    passed = tuple(PassedTicket(one.id, "guard") for one in people[1:])
    assert chosen == policy.PolicyChoice(people[0], Why("guard", passed, 0), 0)


def test_a_reason_tells_rank_long_waits_and_returns_apart() -> None:
    people = [ticket(1, 30, 4), ticket(2, 5, 4), ticket(3, 5, 1), ticket(4, 4, 1, returned=True)]
    chosen = policy.choose(people, COUNTER, OTHERS, RULES, stamp(NOW))
    assert chosen is not None
    assert chosen.why == Why(
        "returned",
        (
            PassedTicket("20261123-A001", "lower_rank_waiting_long"),
            PassedTicket("20261123-A002", "lower_rank"),
            PassedTicket("20261123-A003", "returned_first"),
        ),
        1,
    )


@pytest.mark.thorough
def test_the_guard_works_at_a_real_counter_and_counts_per_counter(day: Day) -> None:
    day.opened(1, 2)
    for _ in range(2):
        day.issue()
    day.minutes(21)
    for _ in range(6):
        day.issue("copy", "elder75")
    order = [day.serve(counter) for counter in (1, 2, 1, 2, 1, 2)]
    assert order == ["A003", "A004", "A005", "A006", "A001", "A002"]
    assert parse(day.ticket("A001").issued_at) < parse(day.ticket("A003").issued_at)


def test_a_call_without_a_long_wait_breaks_the_row(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.minutes(21)
    day.issue("copy", "merit")
    assert (day.serve(), day.counter().passes) == ("A002", 1)
    assert (day.serve(), day.counter().passes) == ("A001", 0)
