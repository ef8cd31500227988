"""The simulator gives the waits that theory knows: Erlang's, Cobham's, and another engine's where there is no
formula.
"""

from math import sqrt
from random import Random
from statistics import mean, stdev

import ciw
import pytest

from motcua.desk import Invalid
from motcua.planning.floor import SimulatedFloor
from motcua.planning.line import Guard, Person, SimulatedCounter, WaitingLine
from motcua.planning.textbook import Textbook, simulate

pytestmark = pytest.mark.thorough
ERLANG = [(1, 0.5, 6.0), (2, 0.6, 3.375), (3, 0.7, 3.282), (5, 0.8, 3.325)]


@pytest.mark.parametrize(("servers", "utilisation", "wait_min"), ERLANG)
def test_the_formula_gives_the_known_table(servers: int, utilisation: float, wait_min: float) -> None:
    assert Textbook(servers, utilisation, 6.0).compute_mean_wait_min() == pytest.approx(wait_min, abs=0.0005)


@pytest.mark.parametrize(
    ("servers", "utilisation"), [(1, 0.5), (2, 0.6), (3, 0.7), (5, 0.8), (2, 0.05), (4, 0.97), (30, 0.9)]
)
def test_the_simulated_mean_is_erlangs_at_any_load(servers: int, utilisation: float) -> None:
    queue, runs = Textbook(servers, utilisation, 6.0), 20
    total, classes = simulate(queue, runs, 7)
    assert abs(total.mean_wait_min - queue.compute_mean_wait_min()) <= 4 * total.sd_wait_min / sqrt(runs)
    assert classes == {"ordinary": total}


@pytest.mark.parametrize(("servers", "utilisation"), [(1, 0.5), (5, 0.8)])
def test_a_run_begins_in_the_steady_state(servers: int, utilisation: float) -> None:
    """Many runs of a few people each: any error of the beginning would show."""
    queue, runs = Textbook(servers, utilisation, 6.0), 4000
    total, _classes = simulate(queue, runs, 1, people=8)
    assert abs(total.mean_wait_min - queue.compute_mean_wait_min()) <= 4 * total.sd_wait_min / sqrt(runs)


def test_two_classes_wait_as_cobham_says() -> None:
    queue, runs = Textbook(3, 0.85, 6.0, 0.3), 30
    total, classes = simulate(queue, runs, 3)
    exact = queue.compute_mean_waits_min()
    assert sorted(classes) == ["ordinary", "priority"]
    for name, class_means in classes.items():
        assert abs(class_means.mean_wait_min - exact[name]) <= 4 * class_means.sd_wait_min / sqrt(runs)
    assert 0.3 * exact["priority"] + 0.7 * exact["ordinary"] == pytest.approx(queue.compute_mean_wait_min())
    assert abs(total.mean_wait_min - queue.compute_mean_wait_min()) <= 4 * total.sd_wait_min / sqrt(runs)


def test_the_same_seed_gives_the_same_answer() -> None:
    queue = Textbook(2, 0.7, 5.0, 0.2)
    assert simulate(queue, 3, 11) == simulate(queue, 3, 11)
    assert simulate(queue, 3, 11) != simulate(queue, 3, 12)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ((0, 0.5, 6.0), "simulate.servers"),
        ((1, 1.0, 6.0), "simulate.utilisation"),
        ((1, 0.0, 6.0), "simulate.utilisation"),
        ((1, float("nan"), 6.0), "simulate.utilisation"),
        ((1, 0.5, 0.0), "simulate.service"),
        ((1, 0.5, float("inf")), "simulate.service"),
        ((1, 0.5, 6.0, 1.5), "simulate.share"),
    ],
)
def test_a_queue_without_a_mean_wait_is_refused(wrong: tuple[int, float, float], code: str) -> None:
    with pytest.raises(Invalid) as refused:
        Textbook(*wrong)
    assert refused.value.code == code


def test_one_run_has_no_deviation_and_is_refused() -> None:
    with pytest.raises(Invalid, match="2 to"):
        simulate(Textbook(1, 0.5, 6.0), 1, 1)


# --- the mixed case: two classes, two kinds of work, no formula -------------------------------------------------------

SERVERS, GAP, WORK = 3, {1: 8.0, 4: 2.6}, {1: (1.9, 0.5), 4: (1.5, 0.7)}
"""Minutes between arrivals, and mu and sigma of the log-normal minutes of work, by rank."""
PEOPLE, WARM, RUNS = 900, 150, 8


def ours(seed: int) -> dict[int, float]:
    dice, now, people = Random(seed), dict.fromkeys(GAP, 0.0), list[Person]()
    for rank, gap in GAP.items():
        while now[rank] < PEOPLE:
            now[rank] += dice.expovariate(1 / gap)
            work = round(dice.lognormvariate(*WORK[rank]) * 60_000)
            moment = round(now[rank] * 60_000)
            people.append(Person("", "any", rank, (moment, len(people)), moment, work=work))
    people.sort(key=lambda person: person.arrival)
    counters = [SimulatedCounter(number, ("any",)) for number in range(SERVERS)]
    SimulatedFloor(WaitingLine(Guard(0, 0)), lambda person, _station, _now: person.work, counters).run(people)
    counted = [person for person in people if WARM * 60_000 < person.since < PEOPLE * 60_000]
    waits = {rank: [(person.called or 0) - person.since for person in counted if person.rank == rank] for rank in GAP}
    return {rank: mean(rank_waits) / 60_000 for rank, rank_waits in waits.items()}


def theirs(seed: int) -> dict[int, float]:
    names = {1: "Class 0", 4: "Class 1"}
    network = ciw.create_network(
        arrival_distributions={names[rank]: [ciw.dists.Exponential(1 / gap)] for rank, gap in GAP.items()},
        service_distributions={names[rank]: [ciw.dists.Lognormal(*WORK[rank])] for rank in GAP},
        priority_classes={"Class 0": 0, "Class 1": 1},
        number_of_servers=[SERVERS],
    )
    ciw.seed(seed)
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_time(PEOPLE + 100)
    records = [record for record in simulation.get_all_records() if WARM < record.arrival_date < PEOPLE]
    return {
        rank: mean(record.waiting_time for record in records if record.customer_class == name)
        for rank, name in names.items()
    }


def test_a_mixed_queue_waits_as_long_as_in_another_engine() -> None:
    one, other = [ours(seed) for seed in range(RUNS * 4)], [theirs(seed) for seed in range(RUNS)]
    for rank in GAP:
        our_means, other_means = [run[rank] for run in one], [run[rank] for run in other]
        error = sqrt(stdev(our_means) ** 2 / len(our_means) + stdev(other_means) ** 2 / len(other_means))
        assert abs(mean(our_means) - mean(other_means)) <= 4 * error
