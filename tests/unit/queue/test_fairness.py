"""Nobody waits beyond the bound: any hall, any arrivals, also such as are meant to keep somebody waiting."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.counters import rules as counter_rules
from motcua.counters.model import Counter, CounterState
from motcua.desk import stamp
from motcua.queue.model import WaitingTicket
from motcua.queue.rules import fairness, policy
from motcua.settings.model import QueueRules

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
SERVICES = {"copy": "A", "signature": "A", "birth": "H", "land": "D"}


@dataclass
class Watch:
    """An overdue ticket: which appearances stood before it, the counters that may call it, and how often they called
    somebody else.
    """

    ahead: set[tuple[str, int]] = field(default_factory=set)
    counters: set[int] = field(default_factory=set)
    calls: int = 0


class Hall:
    """A hall where anything happens in any order; each call checks every ticket that has waited too long against its
    bound.
    """

    def __init__(self, chance: Random, rules: QueueRules, *, one_counter: bool = False) -> None:
        self.chance, self.rules, self.minute = chance, rules, 0.0
        names = [*SERVICES, *"AHD"]
        codes = list(SERVICES)

        def some(of: list[str], most: int) -> tuple[str, ...]:
            return tuple(chance.sample(of, chance.randint(0, most)))

        served = [tuple(codes)] + [some(codes, 4) for _ in range(0 if one_counter else 2)]
        self.counters = [
            Counter(n, "", services, CounterState.OPEN, prefer=some(names, 2), must=some(names, 1) if n == 1 else ())
            for n, services in enumerate(served, start=1)
        ]
        self.left_at = {counter.number: "" for counter in self.counters}
        self.waiting: list[WaitingTicket] = []
        self.absent: list[WaitingTicket] = []
        self.watched: dict[str, Watch] = {}
        self.appeared: dict[str, int] = {}
        self.place = 0

    @property
    def now(self) -> str:
        return stamp(START + timedelta(minutes=self.minute))

    def lanes(self) -> list[Counter]:
        return [counter_rules.resolve_lane(counter, self.counters, SERVICES) for counter in self.counters]

    def join(self, ticket: WaitingTicket) -> None:
        """Let `ticket` wait, perhaps once more."""
        self.waiting.append(ticket)
        self.appeared[ticket.id] = self.appeared.get(ticket.id, 0) + 1

    def arrive(self, rank: int, service: str, *, slot_in: float | None = None) -> WaitingTicket:
        self.place += 1
        due = None if slot_in is None else stamp(START + timedelta(minutes=self.minute + slot_in))
        arrived = self.now if slot_in is None else stamp(START + timedelta(minutes=self.minute + slot_in - 15))
        name = f"A{self.place:03d}"
        ticket = WaitingTicket(
            f"t{self.place}",
            name,
            SERVICES[service],
            service,
            rank,
            None,
            self.place,
            self.now,
            False,
            None,
            None,
            arrived,
            due,
        )
        self.join(ticket)
        return ticket

    def call(self, number: int) -> WaitingTicket | None:
        """Let a counter call who is next, having looked at who has waited too long."""
        lanes = {lane.number: lane for lane in self.lanes()}
        limit = stamp(START + timedelta(minutes=self.minute - self.rules.guard_wait_min))
        overdue = [one for one in self.waiting if fairness.is_overdue(one, limit, self.now)]
        for one in overdue:
            watch = self.watched.setdefault(one.id, Watch())
            watch.ahead |= {
                (other.id, self.appeared[other.id])
                for other in fairness.list_ahead(one, self.waiting, list(lanes.values()), self.left_at)
            }
            watch.counters |= set(fairness.list_callers(one, lanes.values(), self.left_at))
        lane = lanes[number]
        choice = policy.choose(self.waiting, lane, self.left_at, self.rules, self.now)
        candidates = [
            one for one in self.waiting if policy.can_call(lane, one, self.left_at) and policy.is_due(one, self.now)
        ]
        assert (choice is None) == (not candidates)
        if choice is None:
            return None
        assert choice.ticket in candidates
        mixed = self.chance.sample(self.waiting, len(self.waiting))
        assert policy.choose(mixed, lane, self.left_at, self.rules, self.now) == choice
        for one in overdue:
            watch = self.watched[one.id]
            if number in fairness.list_callers(one, [lane], self.left_at) and one != choice.ticket:
                watch.calls += 1
                most = fairness.count_calls_at_most(len(watch.ahead), len(watch.counters), self.rules.guard_calls)
                assert watch.calls <= most, (one, watch, most)
        self.waiting.remove(choice.ticket)
        self.watched.pop(choice.ticket.id, None)
        at = number - 1
        self.counters[at] = replace(self.counters[at], passes=choice.passes)
        return choice.ticket

    def happen(self) -> None:
        """Let one thing happen."""
        chance = self.chance
        number = chance.choice(self.counters).number
        kind = chance.choice(
            ["call", "call", "call", "ordinary", "priority", "booked", "return", "transfer", "leave", "time"]
        )
        if kind == "call":
            called = self.call(number)
            if called is not None and chance.random() < 0.3:
                self.absent.append(called)
        elif kind in {"ordinary", "priority", "booked"}:
            rank = {"ordinary": 4, "priority": chance.randint(1, 3)}.get(kind, 4)
            slot_in = chance.choice([-10, 0, 10, 25]) if kind == "booked" else None
            self.arrive(rank, chance.choice(list(SERVICES)), slot_in=slot_in)
        elif kind == "return" and self.absent:
            self.join(self.absent.pop()._replace(returned=self.rules.returned_first))
        elif kind == "transfer" and self.absent:
            sent = self.absent.pop()._replace(bound=number, bound_at=self.now, due_at=None)
            self.join(sent if self.rules.transfer_keeps_place else sent._replace(arrived_at=self.now))
        elif kind == "leave":
            self.left_at[number] = self.now
        else:
            self.minute += chance.choice([0.5, 2, 6, 25])


RULES = st.builds(
    QueueRules,
    guard_calls=st.integers(1, 3),
    guard_wait_min=st.integers(1, 30),
    returned_first=st.booleans(),
    transfer_keeps_place=st.booleans(),
)


@pytest.mark.thorough
@given(st.integers(0, 2**32), RULES)
@settings(max_examples=40, deadline=None)
def test_whatever_happens_nobody_waits_beyond_the_bound_and_counters_call_only_their_own(
    seed: int, rules: QueueRules
) -> None:
    hall = Hall(Random(seed), rules)
    for _ in range(150):
        hall.happen()


Push = Callable[[Hall, Counter], None]


def by_rank(hall: Hall, _counter: Counter) -> None:
    hall.arrive(1, "copy")


def by_lane(hall: Hall, _counter: Counter) -> None:
    hall.arrive(4, "birth")


def by_return(hall: Hall, _counter: Counter) -> None:
    hall.place += 1
    hall.join(
        WaitingTicket(f"t{hall.place}", "", "A", "copy", 3, None, hall.place, hall.now, True, None, None, hall.now)
    )


def from_both_sides(hall: Hall, counter: Counter) -> None:
    """Keep a middle class waiting: higher ranks come until the guard is due, then only a lower one may profit."""
    if counter.passes < hall.rules.guard_calls:
        hall.arrive(1, "copy")


@pytest.mark.thorough
@pytest.mark.parametrize("push", [by_rank, by_lane, by_return, from_both_sides])
@given(guard_calls=st.integers(1, 4), pool=st.integers(0, 6), several=st.booleans())
@example(guard_calls=2, pool=6, several=False)
@settings(max_examples=10, deadline=None)
def test_who_is_pushed_back_at_every_call_is_still_called_within_the_bound(
    push: Push, guard_calls: int, pool: int, several: bool
) -> None:
    hall = Hall(Random(1), QueueRules(guard_calls=guard_calls), one_counter=not several)
    hall.counters = [replace(one, services=tuple(SERVICES), prefer=("birth",), must=()) for one in hall.counters]
    hall.arrive(3, "copy")
    hall.minute = 1
    for _ in range(pool):
        hall.arrive(4, "copy")
    hall.minute = 30
    most = fairness.count_calls_at_most(0, len(hall.counters), guard_calls)
    for calls in range(most + 1):
        counter = hall.counters[calls % len(hall.counters)]
        push(hall, counter)
        called = hall.call(counter.number)
        if called is not None and called.id == "t1":
            return
    pytest.fail("the first ticket was never called")


def test_the_guards_turn_does_not_go_to_the_lowest_class_for_ever() -> None:
    hall = Hall(Random(1), QueueRules(guard_calls=2), one_counter=True)
    hall.counters = [Counter(1, "", ("copy",), CounterState.OPEN)]
    middle = hall.arrive(3, "copy")
    hall.minute = 1
    low = [hall.arrive(4, "copy") for _ in range(2)]
    hall.minute = 30
    high = [hall.arrive(1, "copy") for _ in range(2)]
    assert [hall.call(1) for _ in range(3)] == [
        *high,
        low[0],
    ]  # the guard's turn goes before the middle one, who had come earlier
    assert hall.counters[0].passes == 3
    late = hall.arrive(1, "copy")
    assert [hall.call(1) for _ in range(3)] == [middle, late, low[1]]


def test_the_bound_by_its_numbers() -> None:
    assert [
        fairness.count_calls_at_most(0, 1, 2),
        fairness.count_calls_at_most(3, 2, 2),
        fairness.count_calls_at_most(3, 2, 1),
        fairness.count_calls_at_most(3, 2, 0),
    ] == [3, 18, 13, 3]
    with pytest.raises(ValueError, match="less than nothing"):
        fairness.count_calls_at_most(-1, 1, 2)
