"""Estimates: what they say of a hall that can be computed by hand, and that a ghost takes nobody's turn."""

from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.planning.estimate import Outlook, count_runs, estimate, task
from motcua.planning.line import Guard, Person, SimulatedCounter
from motcua.planning.work import POINTS

MIN = 60_000
FIVE = [5 * MIN] * POINTS
GUARD = Guard.of(2, 20)
LEVELS = (0.5, 0.8)


def person(
    place: int, rank: int = 4, service: str = "copy", *, waited_min: float = 1, bound: int | None = None
) -> Person:
    arrived = round(-waited_min * MIN)
    return Person(f"t{place}", service, rank, (arrived, place), arrived, bound=bound)


def outlook(
    waiting: list[Person],
    counters: Sequence[tuple[SimulatedCounter, str | None, int]],
    classes: list[tuple[str, int]],
    coming: dict[tuple[str, int], float] | None = None,
    guard: Guard = GUARD,
) -> Outlook:
    return Outlook(guard, counters, waiting, {"copy": FIVE, "birth": FIVE}, [coming] * 8 if coming else [], classes)


def test_two_before_you_at_one_counter_are_ten_minutes() -> None:
    hall = outlook([person(1), person(2)], [(SimulatedCounter(1, ("copy",)), None, 0)], [("copy", 4), ("copy", 1)])
    ranges, tickets = estimate(hall, 10, "x", LEVELS)
    assert tickets == {"t1": (0, 0), "t2": (5 * MIN, 5 * MIN)}
    assert ranges == {("copy", 4): (10 * MIN, 10 * MIN), ("copy", 1): (0, 0)}


def test_a_counter_that_is_busy_calls_when_it_is_free() -> None:
    busy = [(SimulatedCounter(1, ("copy",)), "copy", 2 * MIN), (SimulatedCounter(2, ("birth",)), None, 0)]
    ranges, tickets = estimate(outlook([person(1)], busy, [("copy", 4), ("birth", 4)]), 10, "x", LEVELS)
    assert tickets == {"t1": (3 * MIN, 3 * MIN)}
    assert ranges == {("copy", 4): (8 * MIN, 8 * MIN), ("birth", 4): (0, 0)}


def test_an_officer_who_rests_takes_a_moment_to_call() -> None:
    hall = outlook(
        [], [(SimulatedCounter(1, ("copy",)), None, 0), (SimulatedCounter(2, ("copy",)), None, 0)], [("copy", 4)]
    )
    slow = replace(hall, reactions=[7000] * 50 + [20_000] * 50)
    assert estimate(slow, 60, "x", LEVELS)[0][("copy", 4)][1] == 20_000


def test_a_paused_counter_comes_back() -> None:
    hall = outlook([], [(SimulatedCounter(1, ("copy",)), None, 4 * MIN)], [("copy", 4)])
    assert estimate(hall, 10, "x", LEVELS)[0] == {("copy", 4): (4 * MIN, 4 * MIN)}


def test_who_was_sent_to_a_counter_waits_for_that_one() -> None:
    counters = [(SimulatedCounter(1, ("copy",)), None, 0), (SimulatedCounter(2, ("birth",)), "birth", MIN)]
    _ranges, tickets = estimate(outlook([person(1, bound=2)], counters, []), 10, "x", LEVELS)
    assert tickets == {"t1": (4 * MIN, 4 * MIN)}


def test_nobody_is_promised_a_time_that_no_counter_can_keep() -> None:
    ranges, tickets = estimate(
        outlook([person(1, service="birth")], [(SimulatedCounter(1, ("copy",)), None, 0)], []), 10, "x", LEVELS
    )
    assert (ranges, tickets) == ({}, {})


def test_the_guard_calls_a_ghost_too() -> None:
    """Priority people keep coming; after twenty minutes and two who passed, whoever has no priority is called all
    the same.
    """
    coming = {("copy", 1): 7.0}
    hall = outlook([], [(SimulatedCounter(1, ("copy",)), "copy", 0)], [("copy", 4)], coming)
    (low, high) = estimate(hall, 60, "x", LEVELS)[0][("copy", 4)]
    assert 4 * MIN <= low <= high <= (20 + 5 * 4) * MIN


def ghosts_and_people(seed: int, guard: Guard) -> list[bool]:
    """Return for some classes in a random hall whether a ghost waits as long as a real person in its place; it takes
    nobody's turn.
    """
    dice = Random(seed)
    crowd = [
        person(place, dice.choice([1, 3, 4, 4]), dice.choice(["copy", "birth"]), waited_min=30 - place)
        for place in range(1, dice.randrange(14))
    ]
    counters = [
        (SimulatedCounter(number, ("copy", "birth")), "copy", dice.randrange(1, 5) * MIN)
        for number in range(1, dice.randrange(2, 5))
    ]
    alone = estimate(outlook(crowd, counters, [], guard=guard), 2, "x", LEVELS)[1]
    ranges, beside = estimate(
        outlook(crowd, counters, [("copy", 4), ("birth", 3), ("copy", 1)], guard=guard), 2, "x", LEVELS
    )
    assert beside == alone
    me = {kind: Person("me", *kind, (0, 99), 0) for kind in ranges}
    return [
        estimate(outlook([*crowd, me[kind]], counters, [], guard=guard), 2, "x", LEVELS)[1]["me"] == ranges[kind]
        for kind in ranges
    ]


@pytest.mark.thorough
@given(st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_a_ghost_waits_as_long_as_a_real_person_in_its_place_and_takes_nobodys_turn(seed: int) -> None:
    assert ghosts_and_people(seed, Guard(0, 0)) == [True] * 3


@pytest.mark.thorough
def test_with_the_guard_a_ghost_is_right_but_for_a_few_halls_in_which_its_wait_changes_who_else_is_guarded() -> None:
    same = [pair for seed in range(100) for pair in ghosts_and_people(seed, GUARD)]
    assert sum(same) >= 0.98 * len(same)


def test_the_more_wait_the_fewer_times_a_hall_is_simulated() -> None:
    assert [count_runs(waiting) for waiting in (0, 20, 60, 200, 1000)] == [100, 50, 25, 9, 8]


def test_the_task_speaks_plain_values_and_whole_seconds() -> None:
    given_ = {
        "guard": [2, 20 * MIN],
        "stations": [[1, ["copy"], [], 0, "copy", 2 * MIN + 500]],
        "waiting": [["t1", "copy", 4, -MIN, 1, -MIN, False, None]],
        "work": {"copy": FIVE},
        "coming": [],
        "reactions": [0],
        "asked": [["copy", 4]],
        "seed": 5,
        "levels": [0.5, 0.8],
    }
    assert task(given_) == {"ranges": [["copy", 4, 480, 480]], "tickets": {"t1": [180, 180]}}
    assert task(given_) == task(given_)


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_a_range_holds_for_the_share_it_names(share: float) -> None:
    """In a hall that is as the estimate thinks, half of those who wait are called by the first end, four of five by
    the second.
    """
    dice = Random(3)
    work = {"copy": sorted(round(dice.lognormvariate(1.5, 0.6) * MIN) for _ in range(POINTS))}
    hall = Outlook(
        GUARD,
        [(SimulatedCounter(1, ("copy",)), None, 0)],
        [person(place) for place in range(1, 4)],
        work,
        [],
        [("copy", 4)],
    )
    (low, high) = estimate(hall, 100, "learnt", LEVELS)[0][("copy", 4)]
    truth = [sum(dice.choice(work["copy"]) for _ in range(3)) for _ in range(2000)]
    covered_share = sum(wait <= (low if share == 0.5 else high) for wait in truth) / len(truth)
    assert abs(covered_share - share) <= 0.12
