"""How long people will wait: the hall from this moment on, simulated again and again with the real policy.

Pure; milliseconds.

The line also holds *ghosts*, one for each service and rank: they are called when the policy would call a real person in
their place, but take nobody's turn. So one simulated hall answers for everybody who waits and for the next person
who may come.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from math import log, sqrt
from random import Random
from statistics import NormalDist
from typing import Any

from msgspec import Struct

from motcua.planning.floor import SimulatedFloor
from motcua.planning.line import Guard, Person, SimulatedCounter, WaitingLine
from motcua.planning.work import POINTS, compute_remaining_ms, find_quantile

RUNS_LEAST, RUNS_MOST, RUNS_BUDGET = 8, 100, 2000
FEW = 40
"""Fewer simulated waits than this are smoothed: with so many people ahead, a wait is the sum of many times and
nearly normal."""
HALF_HOUR_MS = 30 * 60_000
NOW = (0, 2**62)
"""The place of a number taken now: behind all earlier numbers, those of the same millisecond included."""
NOBODY = 99
"""A rank below all."""
AHEAD = 8
"""For how many half-hours to come arrivals with priority are simulated."""


@dataclass
class Ghost:
    """A person who could take a number now; `passes` counts for each counter how often it passed over them after a
    long wait.
    """

    service: str
    rank: int
    waits: list[int] = field(default_factory=list)
    passes: dict[int, int] = field(default_factory=dict)
    is_called: bool = False


class Outlook(Struct, frozen=True):
    """A hall at one moment.

    `counters` are those that call or will soon: with the service in hand and how long already, or with None and
    the milliseconds until they are there (0: somebody sits there and rests).

    `work` has a table of occupation times by service. `coming` has the mean number of arrivals by (service, rank) in
    the half-hours ahead. `reactions` is a table of the times until a resting officer calls a new arrival.
    """

    guard: Guard
    counters: Sequence[tuple[SimulatedCounter, str | None, int]]
    waiting: Sequence[Person]
    work: Mapping[str, Sequence[int]]
    coming: Sequence[Mapping[tuple[str, int], float]]
    classes: Sequence[tuple[str, int]]
    reactions: Sequence[int] = (0,)


def count_runs(waiting: int) -> int:
    """Return how often a hall with so many waiting people is simulated: fewer times where each takes longer."""
    return max(RUNS_LEAST, min(RUNS_MOST, RUNS_BUDGET // (waiting + 20)))


class _Hall(SimulatedFloor):
    """A hall in which ghosts are asked at each call whether it would have been theirs."""

    def __init__(self, outlook: Outlook, dice: Random, ghosts: Sequence[Ghost]) -> None:
        line = WaitingLine(outlook.guard)
        busy: list[tuple[int, SimulatedCounter]] = []
        chance = dice.random
        reaction = outlook.reactions[int(chance() * len(outlook.reactions))]
        for counter, service, elapsed in outlook.counters:
            fresh = SimulatedCounter(counter.number, counter.services, counter.preferred, counter.passes)
            if service is None:
                busy.append((elapsed or reaction, fresh))
            else:
                busy.append((compute_remaining_ms(outlook.work[service], elapsed, chance()), fresh))
        for one in outlook.waiting:
            if one.since <= 0:
                line.join(copy(one))
        super().__init__(line, self._work, busy=busy)
        self._tables, self._chance = outlook.work, chance
        self._ghosts: dict[str, list[Ghost]] = {}
        for ghost in ghosts:
            ghost.passes, ghost.is_called = {}, False
            self._ghosts.setdefault(ghost.service, []).append(ghost)
        self._at_rank = Counter(ghost.rank for ghost in ghosts)
        self._lowest = min(self._at_rank, default=NOBODY)
        self._last = max(self._at_rank, default=0)
        self.left = len(ghosts) + len(outlook.waiting)

    def _work(self, person: Person, _counter: SimulatedCounter, _now: int) -> int:
        return self._tables[person.service][int(self._chance() * POINTS)]

    def call(self, counter: SimulatedCounter, now: int, person: Person | None = None) -> Person | None:
        """Call who is next; ghosts that would have been called instead are, and go."""
        before, was_idle = counter.passes, person is not None
        person = super().call(counter, now, person)
        if person is not None and person.id:
            self.left -= 1
        if was_idle or (person is not None and self._is_before_all(counter, now)):
            return person
        for service in counter.services:
            ghosts = self._ghosts.get(service)
            if ghosts:
                self._haunt(service, ghosts, counter, person, before, now)
        return person

    def _is_before_all(self, counter: SimulatedCounter, now: int) -> bool:
        """Say whether the first person at the call of `counter` comes before every ghost and makes none of them wait
        too long.
        """
        first = self.line.first
        if first is None or first.arrival > NOW or first.returned or counter.preferred or self._lowest < first.rank:
            return False
        return first.rank >= self._last or now <= self.line.guard.wait_ms

    def _haunt(
        self, service: str, ghosts: list[Ghost], counter: SimulatedCounter, person: Person | None, before: int, now: int
    ) -> None:
        unwanted = service not in counter.preferred
        called = [ghost for ghost in ghosts if self._is_theirs(ghost, counter, person, before, now, unwanted=unwanted)]
        for ghost in called:
            ghost.waits.append(now)
            ghost.is_called = True
            self.left -= 1
        if called:
            self._ghosts[service] = [ghost for ghost in ghosts if not ghost.is_called]
            for ghost in called:
                self._at_rank[ghost.rank] -= 1
            while self._at_rank and not self._at_rank[self._lowest]:
                del self._at_rank[self._lowest]
                self._lowest = min(self._at_rank, default=NOBODY)

    def _is_theirs(
        self, ghost: Ghost, counter: SimulatedCounter, person: Person | None, before: int, now: int, *, unwanted: bool
    ) -> bool:
        """Say whether the policy would have called a person in the ghost's place, who took a number at 0, after
        everybody.

        Beside a person in the ghost's place the guard counts as it does here, but for those whom only the ghost
        makes it count.
        """
        guard, first, longest_waiting = self.line.guard, self.line.first, self.line.longest_waiting
        if person is None or first is None:
            return True
        limit = now - guard.wait_ms
        passes = ghost.passes.get(counter.number, before)
        is_guarded = 0 < guard.calls <= passes
        if (ghost.rank, True, unwanted, NOW) < (
            first.rank,
            not first.returned,
            first.service not in counter.preferred,
            first.arrival,
        ):
            return not (
                is_guarded and (longest_waiting is not None or (first.since < limit and first.rank > ghost.rank))
            )
        if limit <= 0 or ghost.rank < first.rank or (ghost.rank == first.rank and first.arrival < NOW):
            return False  # whom the ghost has not waited long enough for, or whom it stands behind in any case
        if is_guarded:
            ghost.passes[counter.number] = 0
            return longest_waiting is None or longest_waiting.arrival > NOW
        ghost.passes[counter.number] = passes + 1
        return False


def estimate(
    outlook: Outlook, runs: int, seed: str, levels: tuple[float, float]
) -> tuple[dict[tuple[str, int], tuple[int, int]], dict[str, tuple[int, int]]]:
    """Return two quantiles of the wait from now on, in milliseconds: by (service, rank) for the next person who
    comes, and by ticket.

    `levels` are the quantiles' shares, e.g. 0.5 and 0.8. Somebody whom no counter calls in any simulated hall has none.
    """
    ghosts = [Ghost(service, rank) for service, rank in outlook.classes]
    waits: dict[str, list[int]] = {person.id: [] for person in outlook.waiting}
    for run in range(runs):
        dice = Random(f"{seed} {run}")  # noqa: S311 -- a simulation must be repeatable
        hall = _Hall(outlook, dice, ghosts)
        people = list(hall.line.list_people())
        late_joiners = [copy(one) for one in outlook.waiting if one.since > 0]
        coming = sorted([*late_joiners, *_draw_arrivals(outlook, dice)], key=_since)
        hall.run(coming, is_done=lambda hall=hall: hall.left <= 0)  # type: ignore[misc]
        for person in (*people, *late_joiners):
            if person.called is not None:
                waits[person.id].append(person.called)
    least = max(2, runs // 2)
    ranges = {
        (ghost.service, ghost.rank): _compute_range(ghost.waits, levels)
        for ghost in ghosts
        if len(ghost.waits) >= least
    }
    return ranges, {
        ticket: _compute_range(ticket_waits, levels)
        for ticket, ticket_waits in waits.items()
        if len(ticket_waits) >= least
    }


def _since(person: Person) -> int:
    return person.since


def _compute_range(waits: list[int], levels: tuple[float, float]) -> tuple[int, int]:
    ordered = sorted(waits)
    if len(ordered) < FEW:
        mean = sum(ordered) / len(ordered)
        spread = sqrt(sum((wait - mean) ** 2 for wait in ordered) / (len(ordered) - 1) * (1 + 1 / len(ordered)))
        low, high = (max(0, round(mean + NormalDist().inv_cdf(level) * spread)) for level in levels)
    else:
        low, high = (find_quantile(ordered, level) for level in levels)
    return low, max(low, high)


def _draw_arrivals(outlook: Outlook, dice: Random) -> list[Person]:
    """Return who will come and could be called before somebody who waits: Poisson in each half-hour."""
    people = []
    for slot, rates in enumerate(outlook.coming):
        for (service, rank), mean in rates.items():
            at = 0.0
            while True:
                at -= log(1 - dice.random()) / mean * HALF_HOUR_MS
                if at >= HALF_HOUR_MS:
                    break
                moment = slot * HALF_HOUR_MS + int(at) + 1
                people.append(Person("", service, rank, (moment, 1), moment))
    return people


def task(request: dict[str, Any]) -> dict[str, Any]:
    """Estimate from plain values, for the helper process.

    `guard` [calls, wait_ms]; `stations` [number, services, preferred, passes, service in hand or null, ms];
    `waiting` [id, service, rank, arrived, place, since, returned, bound], moments in ms before (-) or after now;
    `work` tables by service; `reactions` a table; `coming` a list of [service, rank, mean] for each half-hour;
    `asked` [service, rank]; `seed`; `levels`. Answers `ranges` [service, rank, p50_s, p80_s] and `tickets` {id:
    [p50_s, p80_s]} in seconds.
    """
    outlook = Outlook(
        Guard(*request["guard"]),
        [
            (SimulatedCounter(number, tuple(services), frozenset(preferred), passes), in_hand, ms)
            for number, services, preferred, passes, in_hand, ms in request["stations"]
        ],
        [
            Person(name, service, rank, (arrived, place), since, returned, bound)
            for name, service, rank, arrived, place, since, returned, bound in request["waiting"]
        ],
        request["work"],
        [{(service, rank): mean for service, rank, mean in slot} for slot in request["coming"]],
        [(service, rank) for service, rank in request["asked"]],
        request["reactions"],
    )
    low, high = request["levels"]
    ranges, tickets = estimate(outlook, count_runs(len(outlook.waiting)), str(request["seed"]), (low, high))
    return {
        "ranges": [[service, rank, *map(_seconds, range_ms)] for (service, rank), range_ms in ranges.items()],
        "tickets": {ticket: list(map(_seconds, range_ms)) for ticket, range_ms in tickets.items()},
    }


def _seconds(ms: int) -> int:
    return -(-ms // 1000)
