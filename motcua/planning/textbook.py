"""The simulated hall as a queue from a textbook: Poisson arrivals, exponential service, one or two classes.

Its mean waits are known.

One class is M/M/c: A. K. Erlang's delay formula (1917). Two classes with non-preemptive priority: A. Cobham,
Priority assignment in waiting line problems, Operations Research 2 (1954), 70-76. The formulas are here so that
tests can compare the simulator with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log, sqrt
from random import Random

from msgspec import Struct

from motcua.desk.errors import Invalid
from motcua.planning.floor import SimulatedFloor
from motcua.planning.line import Guard, Person, SimulatedCounter, WaitingLine

SERVICE = "any"
PRIORITY, ORDINARY = 1, 4
CLASSES = {PRIORITY: "priority", ORDINARY: "ordinary"}
MEAN = 1_000_000
"""The mean service in the simulator's own units: fine enough that whole numbers do not matter."""
LEAST, MOST, WARM = 2000, 6000, 500
"""How many people a run counts, and how many pass before them where two classes have to mix first. Short runs have
skewed means."""
SERVERS_MAX, RUNS_MAX = 1000, 1_000_000


@dataclass(frozen=True)
class Textbook:
    """A queue: servers, utilisation (0 to 1, both excluded), mean service in minutes, share of arrivals with
    priority (0 to 1).
    """

    servers: int
    utilisation: float
    mean_service_min: float
    priority_share: float = 0.0

    def __post_init__(self) -> None:
        """Raise `Invalid` for a queue that has no mean wait."""
        if not 1 <= self.servers <= SERVERS_MAX:
            raise Invalid("simulate.servers", "There are 1 to %(most)s servers.", most=SERVERS_MAX)
        if not 0 < self.utilisation < 1:
            raise Invalid(
                "simulate.utilisation", "The utilisation must be between 0 and 1: at 1 the queue grows without end."
            )
        if not 0 < self.mean_service_min < float("inf"):
            raise Invalid("simulate.service", "The mean service time must be a number of minutes above 0.")
        if not 0 <= self.priority_share <= 1:
            raise Invalid("simulate.share", "The share of priority must be between 0 and 1.")

    def compute_delay_probability(self) -> float:
        """Return the chance that somebody has to wait: Erlang's C formula, computed by Erlang B's recursion."""
        offered, blocked = self.servers * self.utilisation, 1.0
        for server in range(1, self.servers + 1):
            blocked = offered * blocked / (server + offered * blocked)
        return blocked / (1 - self.utilisation * (1 - blocked))

    def compute_mean_wait_min(self) -> float:
        """Return the mean wait of everybody in minutes (Erlang); priority does not change it."""
        return self.compute_delay_probability() * self.mean_service_min / (self.servers * (1 - self.utilisation))

    def compute_mean_waits_min(self) -> dict[str, float]:
        """Return the mean wait of each class in minutes (Cobham)."""
        first = self.utilisation * self.priority_share
        ahead = self.compute_delay_probability() * self.mean_service_min / self.servers
        waits = {"priority": ahead / (1 - first), "ordinary": ahead / ((1 - first) * (1 - self.utilisation))}
        shares = {"priority": self.priority_share, "ordinary": 1 - self.priority_share}
        return {name: waits[name] for name, share in shares.items() if share > 0}


class Means(Struct, frozen=True):
    """What R independent runs gave: the mean of their means and the standard deviation between them, in minutes."""

    mean_wait_min: float
    sd_wait_min: float

    def to_json(self) -> dict[str, float]:
        """Return it as the command line shows it."""
        return {"mean_wait_min": self.mean_wait_min, "sd_wait_min": self.sd_wait_min}


def simulate(queue: Textbook, runs: int, seed: int, people: int | None = None) -> tuple[Means, dict[str, Means]]:
    """Return the simulated waits of everybody and of each class.

    Raises `Invalid("simulate.runs")` for fewer than two runs.

    A run counts so many `people`, by default the more the higher the load.

    Each run starts in the steady state and counts some thousand people, so that a mean is right soon at any load.
    """
    if not 2 <= runs <= RUNS_MAX:  # noqa: PLR2004 -- one run has no deviation
        raise Invalid("simulate.runs", "There are 2 to %(most)s runs.", most=RUNS_MAX)
    people_count = people or min(MOST, max(LEAST, int(40 / (1 - queue.utilisation) ** 2)))
    waits_by_run = [_run(queue, people_count, Random(f"{seed} {run}")) for run in range(runs)]  # noqa: S311 -- a simulation must be repeatable
    classes = [name for rank, name in CLASSES.items() if any(rank in waits for waits in waits_by_run)]
    ranks = {name: rank for rank, name in CLASSES.items()}
    unit = queue.mean_service_min / MEAN
    total = _summarise([sum(map(sum, waits.values())) / sum(map(len, waits.values())) for waits in waits_by_run], unit)
    return total, {
        name: _summarise(
            [sum(waits[ranks[name]]) / len(waits[ranks[name]]) for waits in waits_by_run if waits.get(ranks[name])],
            unit,
        )
        for name in classes
    }


def _summarise(values: list[float], unit: float) -> Means:
    mean = sum(values) / len(values)
    spread = sqrt(sum((value - mean) ** 2 for value in values) / max(1, len(values) - 1))
    return Means(mean * unit, spread * unit)


def _run(queue: Textbook, people_count: int, dice: Random) -> dict[int, list[int]]:
    """Return the waits of one run by rank: of the `people_count` people who came first after the warm-up."""
    warm = WARM if 0 < queue.priority_share < 1 else 0
    line, waits = WaitingLine(Guard(0, 0)), dict[int, list[int]]()
    counted = 0

    def occupy(person: Person, _counter: SimulatedCounter, now: int) -> int:
        nonlocal counted
        if warm < person.arrival[1] <= warm + people_count:
            waits.setdefault(person.rank, []).append(now - person.arrival[0])
            counted += 1
        return round(-MEAN * log(1 - dice.random()))

    waiting, busy = _draw_steady_state(queue, dice)
    counters = [SimulatedCounter(number, (SERVICE,)) for number in range(1, queue.servers + 1)]
    for place, rank in enumerate(waiting):
        line.join(Person("", SERVICE, rank, (place - len(waiting), 0), place - len(waiting)))
    serving = [(round(-MEAN * log(1 - dice.random())), counter) for counter in counters[:busy]]
    SimulatedFloor(line, occupy, counters[busy:], serving).run(
        _draw_arrivals(queue, dice), is_done=lambda: counted >= people_count
    )
    return waits


def _draw_rank(queue: Textbook, dice: Random) -> int:
    return PRIORITY if dice.random() < queue.priority_share else ORDINARY


def _draw_arrivals(queue: Textbook, dice: Random) -> Iterator[Person]:
    """Yield people without end, exponential times apart, the first at once: so each of them meets the steady state.

    (Who comes first after a moment chosen blindly meets a hall into which nobody came for a while.)
    """
    gap, now, place = MEAN / (queue.servers * queue.utilisation), 0.0, 1
    while True:
        moment = round(now)
        yield Person("", SERVICE, _draw_rank(queue, dice), (moment, place), moment)
        now -= gap * log(1 - dice.random())
        place += 1


def _draw_steady_state(queue: Textbook, dice: Random) -> tuple[list[int], int]:
    """Return who waits (by rank, in the order of arrival) and how many servers are busy, drawn from the steady state
    of M/M/c.

    How many wait is exact. So is how many of them have priority, alone: geometric with the load of that class. The
    warm-up mixes them.
    """
    if dice.random() < queue.compute_delay_probability():
        count = _draw_geometric(queue.utilisation, dice)
        first = min(count, _draw_geometric(queue.utilisation * queue.priority_share, dice))
        ranks = [PRIORITY] * first + [ORDINARY] * (count - first) if queue.priority_share < 1 else [PRIORITY] * count
        return ranks, queue.servers
    offered, weights, weight = queue.servers * queue.utilisation, list[float](), 1.0
    for busy in range(queue.servers):
        weights.append(weight)
        weight *= offered / (busy + 1)
    threshold = dice.random() * sum(weights)
    for busy, busy_weight in enumerate(weights):
        threshold -= busy_weight
        if threshold < 0:
            return [], busy
    return [], queue.servers - 1


def _draw_geometric(ratio: float, dice: Random) -> int:
    """Return k = 0, 1, 2 … with chance (1 - ratio) * ratio^k."""
    return int(log(1 - dice.random()) / log(ratio)) if ratio > 0 else 0
