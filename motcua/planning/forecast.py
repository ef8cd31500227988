"""Who will come by weekday and half-hour, and how many counters keep the wait below a target.

Pure; times in milliseconds.

Arrivals are counted on past working days. Counters are planned with the same simulated hall as the estimates, each
able to take every service: it says how many officers, not which ones.
"""

from collections.abc import Mapping, Sequence
from math import ceil, exp, lgamma, log
from random import Random
from typing import Any

from msgspec import Struct

from motcua.planning.floor import Shift, SimulatedFloor
from motcua.planning.line import MINUTE_MS, Guard, Person, SimulatedCounter, WaitingLine
from motcua.planning.work import POINTS, find_quantile

HALF_HOUR_MIN, HALF_HOUR_MS = 30, 30 * MINUTE_MS
DAYS_LEAST = 3
"""With fewer past days of a weekday there is no forecast for it."""
RUNS, ROUNDS, COUNTERS_MAX = 24, 60, 40
LOW, HIGH, P80 = 0.1, 0.9, 0.8


class Arrivals(Struct, frozen=True):
    """How many come in a half-hour: the mean, and between which numbers eight of ten such half-hours lie."""

    mean: float
    low: int
    high: int


def forecast_arrivals(counts: Sequence[int], dispersion: float) -> Arrivals:
    """Return the forecast of one half-hour from its `counts` on past days (at least one).

    The next count is negative binomial: Poisson around a mean that is known from so many days only, times the day's
    `dispersion`.
    """
    days = len(counts)
    mean = sum(counts) / days
    likely = max(mean, 0.5 / days)
    variance = likely * max(1.0, dispersion) + likely / days
    return Arrivals(mean, _negative_binomial(likely, variance, LOW), _negative_binomial(likely, variance, HIGH))


def _negative_binomial(mean: float, variance: float, level: float) -> int:
    """Return the smallest count that a share `level` of the distribution with this mean and variance (greater) does
    not exceed.
    """
    share = mean / variance
    size = mean * share / (1 - share)
    total, count = 0.0, 0
    while True:
        total += exp(
            lgamma(count + size) - lgamma(size) - lgamma(count + 1) + size * log(share) + count * log(1 - share)
        )
        if total >= level or count > 10 * mean + 100:
            return count
        count += 1


def measure_dispersion(days: Sequence[Mapping[int, int]], slots: Sequence[int]) -> float:
    """Return how much more days of a weekday differ than chance alone: Pearson's statistic by its degrees of
    freedom, at least 1.
    """
    if len(days) < 2:  # noqa: PLR2004 -- one day differs from nothing
        return 1.0
    total = freedom = 0.0
    for slot in slots:
        counts = [day.get(slot, 0) for day in days]
        mean = sum(counts) / len(counts)
        if mean > 0:
            total += sum((count - mean) ** 2 for count in counts) / mean
            freedom += len(counts) - 1
    return max(1.0, total / freedom) if freedom else 1.0


class Demand(Struct, frozen=True):
    """A day to staff: the mean arrivals of each half-hour in which numbers are given out, what people come for, how
    long it takes.
    """

    means: Mapping[int, float]
    mix: Sequence[tuple[str, int, int]]
    work: Mapping[str, Sequence[int]]
    guard: Guard

    def compute_mean_work_ms(self) -> float:
        """Return how long a counter is busy with somebody, on average."""
        weight = sum(count for _service, _rank, count in self.mix)
        return sum(count * sum(self.work[service]) / POINTS for service, _rank, count in self.mix) / weight


def simulate_day(demand: Demand, staff: Mapping[int, int], dice: Random) -> list[tuple[int, int]]:
    """Return (half-hour of arrival, wait) of everybody on one simulated day with so many counters in each half-hour."""
    services = tuple(sorted({service for service, _rank, _count in demand.mix}))
    kinds = [(service, rank) for service, rank, _count in demand.mix]
    weights = [count for _service, _rank, count in demand.mix]
    people: list[Person] = []
    for slot, mean in demand.means.items():
        for _ in range(_draw_poisson(mean, dice)):
            service, rank = dice.choices(kinds, weights)[0]
            moment = slot * HALF_HOUR_MS + int(dice.random() * HALF_HOUR_MS)
            work = demand.work[service][int(dice.random() * POINTS)]
            people.append(Person("", service, rank, (moment, len(people) + 1), moment, work=work))
    people.sort(key=lambda person: person.arrival)
    counters = [SimulatedCounter(number, services) for number in range(1, max(staff.values()) + 1)]
    SimulatedFloor(WaitingLine(demand.guard), _own_work).run(people, _list_shifts(staff, counters))
    return [
        (person.since // HALF_HOUR_MS, person.called - person.since) for person in people if person.called is not None
    ]


def _own_work(person: Person, _counter: SimulatedCounter, _now: int) -> int:
    return person.work


def _list_shifts(staff: Mapping[int, int], counters: Sequence[SimulatedCounter]) -> list[Shift]:
    """Return when counters open and close; after the last half-hour its counters stay until everybody is served."""
    shifts: list[Shift] = []
    slots = sorted(staff)
    before = 0
    for slot in slots:
        now = staff[slot]
        shifts += [(slot * HALF_HOUR_MS, index, counters[index], True) for index in range(before, now)]
        shifts += [(slot * HALF_HOUR_MS, index, counters[index], False) for index in range(now, before)]
        before = now
    return shifts


def _draw_poisson(mean: float, dice: Random) -> int:
    """Return a Poisson number by counting exponential times."""
    total, count = -log(1 - dice.random()), 0
    while total < mean:
        count += 1
        total -= log(1 - dice.random())
    return count


def simulate_p80(demand: Demand, staff: Mapping[int, int], seed: str) -> tuple[dict[int, int], int]:
    """Return the wait that four of five do not exceed, by half-hour of arrival and for the whole day."""
    waits: dict[int, list[int]] = {}
    for run in range(RUNS):
        for slot, wait in simulate_day(demand, staff, Random(f"{seed} {run}")):  # noqa: S311 -- a simulation must be repeatable
            waits.setdefault(slot, []).append(wait)
    day_waits = sorted(wait for slot_waits in waits.values() for wait in slot_waits)
    return {slot: find_quantile(sorted(slot_waits), P80) for slot, slot_waits in waits.items()}, find_quantile(
        day_waits, P80
    ) if day_waits else 0


def plan_staffing(demand: Demand, target_ms: int, seed: str) -> dict[int, int]:
    """Return the counters for each half-hour that keep P80 of the wait of those who come in it at or below `target_ms`.

    From the bare load upwards, one counter more in the first half-hour that misses the target, until none does.
    """
    busy = demand.compute_mean_work_ms()
    staff = {slot: max(1, ceil(mean * busy / HALF_HOUR_MS)) for slot, mean in demand.means.items()}
    for _round in range(ROUNDS):
        p80, _day = simulate_p80(demand, staff, seed)
        late = next(
            (slot for slot in sorted(staff) if p80.get(slot, 0) > target_ms and staff[slot] < COUNTERS_MAX), None
        )
        if late is None:
            break
        staff[late] += 1
    return staff


def plan_whole_day(demand: Demand, target_ms: int, seed: str) -> tuple[int, int]:
    """Return how many counters, the same all day, keep P80 of the day's waits at or below `target_ms`, and that P80."""
    load = max(demand.means.values(), default=0.0) * demand.compute_mean_work_ms() / HALF_HOUR_MS
    least, most = 1, min(COUNTERS_MAX, max(2, ceil(load) + 4))
    best_p80 = simulate_p80(demand, dict.fromkeys(demand.means, most), seed)[1]
    while least < most:
        middle = (least + most) // 2
        p80 = simulate_p80(demand, dict.fromkeys(demand.means, middle), seed)[1]
        if p80 <= target_ms:
            most, best_p80 = middle, p80
        else:
            least = middle + 1
    return most, best_p80


def task(request: dict[str, Any]) -> dict[str, Any]:
    """Forecast from plain values, for the helper process.

    `target_min`; `days` [{"day", "weekday" (0 Monday), "counts": {half-hour of the day 0..47: numbers given out}}],
    days off left out; `sessions` {weekday: [[start_min, end_min], …]}; `mix` [service, rank, count]; `work` tables
    (planning.work.table) by service; `guard` [calls, wait_ms]; `seed`. Answers `weekdays` [{"weekday", "n_days",
    "halves": [{"at", "mean", "low", "high", "counters"}], "counters", "p80_wait_min"}] for weekdays with at least
    three days; means and waits rounded to a tenth.
    """
    target_ms = request["target_min"] * MINUTE_MS
    mix = [(service, rank, count) for service, rank, count in request["mix"]]
    weekdays = []
    for weekday in sorted(int(name) for name in request["sessions"]):
        days = [
            {int(slot): count for slot, count in day["counts"].items()}
            for day in request["days"]
            if day["weekday"] == weekday
        ]
        sessions = request["sessions"][str(weekday)]
        slots = sorted(
            {slot for start, end in sessions for slot in range(start // HALF_HOUR_MIN, -(-end // HALF_HOUR_MIN))}
        )
        if len(days) < DAYS_LEAST or not slots or not mix:
            continue
        spread = measure_dispersion(days, slots)
        halves = {slot: forecast_arrivals([day.get(slot, 0) for day in days], spread) for slot in slots}
        demand = Demand(
            {slot: half.mean for slot, half in halves.items()}, mix, request["work"], Guard(*request["guard"])
        )
        seed = f"{request['seed']} {weekday}"
        staff = plan_staffing(demand, target_ms, seed)
        counters, p80 = plan_whole_day(demand, target_ms, seed)
        weekdays.append(
            {
                "weekday": weekday,
                "n_days": len(days),
                "halves": [
                    {
                        "at": f"{slot // 2:02d}:{slot % 2 * HALF_HOUR_MIN:02d}",
                        "mean": round(half.mean, 1),
                        "low": half.low,
                        "high": half.high,
                        "counters": staff[slot],
                    }
                    for slot, half in halves.items()
                ],
                "counters": counters,
                "p80_wait_min": round(p80 / MINUTE_MS, 1),
            }
        )
    return {"target_min": request["target_min"], "weekdays": weekdays, "enough": bool(weekdays)}
