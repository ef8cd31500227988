"""A simulated year of a ward: officers come, go and differ, counters stay closed, what people come for drifts.

Do promised waits hold?

The hall's truth is made here and hidden from the estimate, which learns from what it can see, as the desk does: how
long counters were busy, who came, which promises held.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from motcua.estimates.observed import HALF_HOURS, TARGETS, Observed, ObservedDay, sum_days
from motcua.planning.estimate import AHEAD, Outlook, count_runs, estimate
from motcua.planning.floor import Shift, SimulatedFloor
from motcua.planning.line import MINUTE_MS, Guard, Person, SimulatedCounter, WaitingLine
from motcua.planning.work import calibrate

MINUTES = {"copy": 4.0, "signature": 6.0, "birth": 11.0, "extract": 5.0, "residence": 9.0, "land": 13.0, "result": 2.5}
"""Median minutes of serving for an officer of middling speed."""
SHARES = {
    "copy": 46.0,
    "signature": 10.0,
    "birth": 10.0,
    "extract": 6.0,
    "residence": 10.0,
    "land": 8.0,
    "result": 10.0,
}
DRIFT = {"copy": -0.35, "land": 0.9, "residence": 0.5, "birth": 0.2}
"""By how much of itself a share changes over the year."""
LANES = (
    ("copy", "signature"), ("copy", "signature", "result"), ("copy", "signature", "birth", "extract"),
    ("birth", "extract"), ("residence", "copy"), ("land", "result", "residence"),
)  # fmt: skip
RANKS = {1: 8.0, 2: 3.0, 3: 10.0, 4: 79.0}
HOURS = ((450, 690), (780, 1020))
HALF_HOUR = 30 * MINUTE_MS
PROFILE = (9.0, 12.0, 13.0, 12.5, 10.0, 7.0, 5.0, 2.5, 6.0, 7.0, 7.0, 6.0, 5.0, 3.5, 2.0, 0.8)
"""Relative arrivals in the half-hours of `HOURS`."""
GUARD = Guard.of(2, 20)
WINDOW_DAYS, LEAST_VISITS = 43, 30
"""Sixty days on the calendar have some 43 working days."""
WALK_S, TIDY_S, REACT_S = (8, 35), (3, 25), (2, 20)
FIRST = date(2026, 1, 5)
YEAR_DAYS = 250


@dataclass
class Officer:
    """Who sits at a counter: how slow, how far from the middle each service takes them."""

    slowness: float

    @classmethod
    def hired(cls, dice: Random) -> "Officer":
        """Return somebody new."""
        return cls(dice.lognormvariate(0, 0.22))


@dataclass(frozen=True)
class Promise:
    """What one citizen was told, and what came of it, in milliseconds."""

    day: date
    p50: int
    p80: int
    waited: int


@dataclass
class Ward:
    """The hall's hidden truth on one day of the year."""

    dice: Random
    officers: list[Officer] = field(default_factory=list)

    def change_staff(self, number: int) -> None:
        """Let somebody be replaced now and then, and everybody get a little faster or slower."""
        if not self.officers:
            self.officers = [Officer.hired(self.dice) for _ in LANES]
        if number % 30 == 29:  # noqa: PLR2004 -- every six weeks
            self.officers[self.dice.randrange(len(LANES))] = Officer.hired(self.dice)
        for officer in self.officers:
            officer.slowness *= self.dice.lognormvariate(0, 0.015)

    def people(self, number: int, weekday: int) -> list[Person]:
        """Return who comes on working day `number` of the year."""
        passed = number / YEAR_DAYS
        shares = {service: share * (1 + DRIFT.get(service, 0.0) * passed) for service, share in SHARES.items()}
        busy = (1.15 if weekday < 2 else 0.95) * (0.85 + 0.3 * passed) * self.dice.lognormvariate(0, 0.08)  # noqa: PLR2004
        total = 165 * busy
        slots = [start + 30 * step for start, end in HOURS for step in range((end - start) // 30)]
        moments = sorted(
            slot * MINUTE_MS + self.dice.randrange(HALF_HOUR)
            for slot, weight in zip(slots, PROFILE, strict=True)
            for _ in range(round(self.dice.gauss(1, 0.1) * total * weight / sum(PROFILE)))
        )
        services, ranks = list(shares), list(RANKS)
        people = []
        for place, moment in enumerate(moments, start=1):
            service = self.dice.choices(services, list(shares.values()))[0]
            rank = self.dice.choices(ranks, list(RANKS.values()))[0]
            work = round(MINUTES[service] * MINUTE_MS * self.dice.lognormvariate(0, 0.5))
            people.append(Person(f"p{place}", service, rank, (moment, place), moment, work=work))
        return people

    def shifts(self) -> tuple[list[Shift], set[int]]:
        """Return when counters open, pause and go on, and which stay closed: each tenth one, never the only one of a
        service.
        """
        closed: set[int] = set()
        for number in range(1, len(LANES) + 1):
            others = {
                service
                for other, lane in enumerate(LANES, start=1)
                if other not in closed | {number}
                for service in lane
            }
            if self.dice.random() < 0.1 and set(LANES[number - 1]) <= others:  # noqa: PLR2004
                closed.add(number)
        shifts: list[Shift] = []
        for number in range(1, len(LANES) + 1):
            if number in closed:
                continue
            counter = SimulatedCounter(number, LANES[number - 1])
            shifts.append((HOURS[0][0] * MINUTE_MS + self.dice.randrange(4 * MINUTE_MS), number, counter, True))
            for start, end in HOURS:
                pause = (start + self.dice.randrange(60, end - start - 30)) * MINUTE_MS
                shifts += [
                    (pause, number, counter, False),
                    (pause + self.dice.randrange(4, 16) * MINUTE_MS, number, counter, True),
                ]
        return sorted(shifts, key=lambda shift: shift[:2]), closed


class SimulatedHall(SimulatedFloor):
    """A simulated day in the hall. It knows the busy counters, and calls `promiser` for each sampled person."""

    def __init__(self, ward: Ward, record: ObservedDay, sampled: set[str], promiser: "Promiser") -> None:
        super().__init__(WaitingLine(GUARD), self._really)
        self._ward, self._record, self._sampled, self._promiser = ward, record, sampled, promiser
        self.hands: dict[int, tuple[str, int, int]] = {}
        self.left_at: dict[int, int] = {}
        self.stations: dict[int, SimulatedCounter] = {}

    def _really(self, person: Person, counter: SimulatedCounter, now: int) -> int:
        dice = self._ward.dice
        walk, tidy, react = (dice.randrange(*span) * 1000 for span in (WALK_S, TIDY_S, REACT_S))
        served = walk + round(person.work * self._ward.officers[counter.number - 1].slowness)
        if person.since == now:  # the officer rested: it takes a moment to see that somebody came
            self._record.reactions.append(react)
            person.called = now + react
            served += react
        self._record.busy.append((person.service, served))
        self._record.gaps.append(tidy)
        self._record.visits[person.service] += 1
        self.hands[counter.number] = (person.service, now, now + served + tidy)
        return served + tidy

    def call(self, counter: SimulatedCounter, now: int, person: Person | None = None) -> Person | None:
        """Call who is next, or who has just come."""
        self.stations[counter.number] = counter
        self.left_at.pop(counter.number, None)
        return super().call(counter, now, person)

    def _shift(self, counter: SimulatedCounter, now: int, *, opens: bool) -> None:
        self.stations[counter.number] = counter
        if opens:
            self.left_at.pop(counter.number, None)
        else:
            self.left_at[counter.number] = now
        super()._shift(counter, now, opens=opens)

    def _arrive(self, person: Person, now: int) -> None:
        self._record.arrivals[now // HALF_HOUR, person.service, person.rank] += 1
        if person.id in self._sampled:
            self._promiser(self, person, now)
        super()._arrive(person, now)


class Promiser:
    """Promises waits as the desk would: it learns day by day and promises ticket by ticket."""

    def __init__(self, seed: int) -> None:
        self._seed = seed
        self._days: list[ObservedDay] = []
        self._levels: tuple[float, float] = TARGETS
        self.observed: Observed | None = None
        self.promised: dict[str, tuple[int, int]] = {}

    def __call__(self, hall: SimulatedHall, person: Person, now: int) -> None:
        """Promise `person` a wait, if enough is known."""
        observed = self.observed
        if observed is None or observed.pooled is None or observed.visits.get(person.service, 0) < LEAST_VISITS:
            return
        work = {service: observed.work.get(service, observed.pooled) for service in MINUTES}
        slot = now // HALF_HOUR
        slots = [observed.coming[(slot + ahead) % HALF_HOURS] for ahead in range(AHEAD)]
        coming = [{kind: mean for kind, mean in rates.items() if kind[1] < max(RANKS)} for rates in slots]
        waiting = [
            Person(one.id, one.service, one.rank, (one.arrival[0] - now, one.arrival[1]), one.since - now)
            for one in hall.line.list_people()
        ]
        outlook = Outlook(
            GUARD,
            list(self._stations(hall, now)),
            waiting,
            work,
            coming,
            [(person.service, person.rank)],
            observed.reactions,
        )
        ranges, _tickets = estimate(outlook, count_runs(len(waiting)), f"{self._seed} {now} {person.id}", self._levels)
        if (person.service, person.rank) in ranges:
            self.promised[person.id] = ranges[person.service, person.rank]

    def _stations(self, hall: SimulatedHall, now: int) -> Iterator[tuple[SimulatedCounter, str | None, int]]:
        for number, counter in hall.stations.items():
            service, began, until = hall.hands.get(number, ("", 0, 0))
            if until > now:
                yield counter, service, now - began
            elif number in hall.left_at:
                yield counter, None, max(MINUTE_MS, 10 * MINUTE_MS - (now - hall.left_at[number]))
            else:
                yield counter, None, 0

    def learn(self, day: ObservedDay, hits: Sequence[tuple[bool, bool]]) -> None:
        """Learn from a day that is over and from the promises that held."""
        self._days = [*self._days, day][-WINDOW_DAYS:]
        self.observed = sum_days(self._days)
        low, high = (
            calibrate(target, self._levels[end], [hit[end] for hit in hits]) for end, target in enumerate(TARGETS)
        )
        self._levels = (low, high)
        self.promised = {}


def simulate_promises(seed: int, days: int, a_day: int) -> Iterator[Promise]:
    """Yield what `a_day` citizens on each of `days` working days were promised, and how long they waited."""
    dice = Random(f"{seed} year")  # noqa: S311 -- a simulated year must be repeatable
    ward, promiser = Ward(dice), Promiser(seed)
    day = FIRST
    for number in range(days):
        while day.weekday() >= 5:  # noqa: PLR2004 -- Saturday
            day += timedelta(days=1)
        ward.change_staff(number)
        people = ward.people(number, day.weekday())
        record = ObservedDay()
        sampled = {person.id for person in dice.sample(people, min(a_day, len(people)))}
        shifts, _closed = ward.shifts()
        SimulatedHall(ward, record, sampled, promiser).run(people, shifts, begin=HOURS[0][0] * MINUTE_MS)
        hits = []
        for person in people:
            if person.id in promiser.promised and person.called is not None:
                p50, p80 = promiser.promised[person.id]
                waited = person.called - person.since
                hits.append((waited <= p50, waited <= p80))
                yield Promise(day, p50, p80, waited)
        promiser.learn(record, hits)
        day += timedelta(days=1)
