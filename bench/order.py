"""The order and what follows from it: who is next, how long it will take, a day again; and whether promised waits
hold over a year.
"""

from collections.abc import Callable
from math import log
from random import Random
from statistics import median
from time import perf_counter

from motcua.counters.model import Counter, CounterState
from motcua.planning.estimate import Outlook, count_runs, estimate
from motcua.planning.floor import SimulatedFloor
from motcua.planning.line import MINUTE_MS, Guard, Person, SimulatedCounter, WaitingLine
from motcua.planning.work import make_table
from motcua.queue.model import WaitingTicket
from motcua.queue.rules import policy
from motcua.settings.model import QueueRules

from . import limits, year
from .days import replayed_day
from .run import Run

SEED = 1
SERVICES = tuple(f"service-{number}" for number in range(20))
RANKS, WEIGHTS = (1, 2, 3, 4), (8, 3, 10, 79)
MOMENT = "2026-11-23T02:00:00.000Z"
QUICK_DAYS, A_DAY = 40, 10


def speeds(run: Run) -> None:
    """Measure the policy, the estimate, the replay of a day, and the simulator beside another engine."""
    rounds = 5 if run.quick else 25
    report, dice = run.report, Random(SEED)  # noqa: S311 -- the same halls each time
    report.put(limits.CHOOSE.judge(_median_ms(_choosing(dice), rounds * 4)))
    report.put(limits.ESTIMATE.judge(_median_ms(_estimating(dice), rounds)))
    report.put(limits.REPLAY.judge(_median_ms(replayed_day(run.folder), rounds)))
    here, there = _timed_ms(_day_here, rounds * 8), _timed_ms(_day_there, rounds)
    report.put(
        limits.ENGINE.judge(min(here), min(there))
    )  # the least disturbed run of each: one is twenty times as long as the other


def coverage(run: Run) -> None:
    """Simulate a year and see how many waits were no longer than the promised P80, and P50."""
    promises = list(year.simulate_promises(SEED, QUICK_DAYS if run.quick else year.YEAR_DAYS, A_DAY))
    p50, p80 = (
        sum(within) / len(promises) * 100
        for within in zip(*((one.waited <= one.p50, one.waited <= one.p80) for one in promises), strict=True)
    )
    run.report.put(limits.COVERAGE.judge(abs(p80 - 80)))
    run.report.add(f"  waits within the promised P80, of {len(promises):,}", p80, "%")
    run.report.add("  waits within the promised P50 (most zero waits are within both)", p50, "%")


def _timed_ms(work: Callable[[], object], rounds: int) -> list[float]:
    times = []
    for _ in range(rounds):
        began = perf_counter()
        work()
        times.append((perf_counter() - began) * 1000)
    return times


def _median_ms(work: Callable[[], object], rounds: int) -> float:
    return median(_timed_ms(work, rounds))


def _choosing(dice: Random) -> Callable[[], object]:
    waiting = [
        WaitingTicket(
            f"t{place}", f"A{place:03d}", "A", dice.choice(SERVICES), dice.choices(RANKS, WEIGHTS)[0], None, place,
            f"2026-11-23T01:{place // 10:02d}:00.000Z", False, None, None, f"2026-11-23T01:{place // 10:02d}:00.000Z",
        )
        for place in range(1, 501)
    ]  # fmt: skip
    counter = Counter(1, "", SERVICES, CounterState.OPEN, passes=1)
    return lambda: policy.choose(waiting, counter, {1: ""}, QueueRules(), MOMENT)


def _estimating(dice: Random) -> Callable[[], object]:
    counters = [
        (
            SimulatedCounter(number, tuple(dice.sample(SERVICES, 8))),
            dice.choice(SERVICES),
            dice.randrange(5 * MINUTE_MS),
        )
        for number in range(1, 11)
    ]
    served = sorted({service for counter, _in_hand, _ms in counters for service in counter.services})
    waiting = []
    for place in range(1, 201):
        arrived, service, rank = -(201 - place) * 20_000, dice.choice(served), dice.choices(RANKS, WEIGHTS)[0]
        waiting.append(Person(f"t{place}", service, rank, (arrived, place), arrived))
    work = {
        service: make_table([round(6 * MINUTE_MS * dice.lognormvariate(0, 0.5)) for _ in range(150)])
        for service in SERVICES
    }
    coming = [{(service, rank): 0.05 for service in served for rank in RANKS[:-1]} for _ in range(8)]
    service_ranks = [(service, rank) for service in served for rank in RANKS]
    outlook = Outlook(Guard.of(2, 20), counters, waiting, work, coming, service_ranks)
    return lambda: estimate(outlook, count_runs(len(waiting)), "bench", (0.5, 0.8))


# --- a ward's day here and in ciw: 24 services, four ranks, 8 counters, 200 people in eight hours ---

PEOPLE, COUNTERS, GAP_MIN = 200, 8, 2.4
KINDS = [(f"s{number}", rank) for number in range(24) for rank in RANKS]
CHANCES = [WEIGHTS[RANKS.index(rank)] / sum(WEIGHTS) / 24 for _service, rank in KINDS]
WORK_MIN = {f"s{number}": 4.0 + number for number in range(24)}
GAP_MS, WORK_MS, SERVED = (
    GAP_MIN * MINUTE_MS,
    {service: minutes * MINUTE_MS for service, minutes in WORK_MIN.items()},
    tuple(WORK_MIN),
)


def _day_here() -> None:
    dice, now = Random(SEED), 0.0  # noqa: S311 -- the same day each time
    chance = dice.random
    people = []
    for place, (service, rank) in enumerate(dice.choices(KINDS, CHANCES, k=PEOPLE), start=1):
        now -= GAP_MS * log(1 - chance())
        moment = int(now)
        work = int(-WORK_MS[service] * log(1 - chance()))
        people.append(Person("", service, rank, (moment, place), moment, work=work))
    counters = [SimulatedCounter(number, SERVED) for number in range(1, COUNTERS + 1)]
    SimulatedFloor(WaitingLine(Guard(0, 0)), _own_work, counters).run(people)


def _own_work(person: Person, _station: SimulatedCounter, _now: int) -> int:
    return person.work


def _day_there() -> None:
    import ciw

    names = {kind: f"{kind[0]} {kind[1]}" for kind in KINDS}
    network = ciw.create_network(
        arrival_distributions={
            names[kind]: [ciw.dists.Exponential(chance / GAP_MIN)] for kind, chance in zip(KINDS, CHANCES, strict=True)
        },
        service_distributions={names[kind]: [ciw.dists.Exponential(1 / WORK_MIN[kind[0]])] for kind in KINDS},
        priority_classes={names[kind]: RANKS.index(kind[1]) for kind in KINDS},
        number_of_servers=[COUNTERS],
    )
    ciw.seed(SEED)
    ciw.Simulation(network).simulate_until_max_customers(PEOPLE, method="Finish")
