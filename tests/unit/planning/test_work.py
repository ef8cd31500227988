"""How long things take: tables from what was observed, what is left of what has begun, and promises that learn."""

from itertools import pairwise
from random import Random
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.planning.work import POINTS, calibrate, compute_remaining_ms, find_quantile, make_table

TIMES = st.lists(st.integers(1000, 3_600_000), min_size=1, max_size=160)


@pytest.mark.thorough
@given(TIMES)
@settings(max_examples=40, deadline=None)
def test_a_table_is_a_hundred_rising_times(times: list[int]) -> None:
    times_ms = make_table(times)
    assert len(times_ms) == POINTS
    assert all(one <= other for one, other in pairwise(times_ms))
    assert all(ms > 0 for ms in times_ms)
    if len(times) >= 100:
        assert set(times_ms) <= set(times)


def test_many_times_speak_for_themselves_and_few_are_smoothed() -> None:
    dice = Random(4)
    many = [round(300_000 * dice.lognormvariate(0, 0.5)) for _ in range(2000)]
    assert median(make_table(many)) == pytest.approx(median(many), rel=0.03)
    assert median(make_table(many[:40])) == pytest.approx(median(many), rel=0.25)
    assert make_table([240_000])[0] < 240_000 < make_table([240_000])[-1]


@pytest.mark.thorough
@given(TIMES, st.integers(0, 4_000_000), st.floats(0, 0.999))
@settings(max_examples=40, deadline=None)
def test_what_is_left_is_positive_and_ends_within_what_was_seen(times: list[int], elapsed: int, chance: float) -> None:
    times_ms = make_table(times)
    left = compute_remaining_ms(times_ms, elapsed, chance)
    assert left > 0
    assert left == max(1000, elapsed // 10) if elapsed >= times_ms[-1] else elapsed + left in times_ms


@pytest.mark.thorough
@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=60), st.floats(0.01, 0.99))
@settings(max_examples=40, deadline=None)
def test_a_quantile_is_exceeded_by_no_more_than_its_share(values: list[int], level: float) -> None:
    ordered = sorted(values)
    quantile_value = find_quantile(ordered, level)
    assert quantile_value in ordered
    assert sum(value > quantile_value for value in ordered) <= (1 - level) * (len(ordered) + 1)


def test_promises_that_fail_too_often_are_made_more_carefully() -> None:
    assert calibrate(0.8, 0.8, []) == 0.8
    assert calibrate(0.8, 0.8, [False] * 10) == pytest.approx(0.88)
    assert calibrate(0.8, 0.9, [True] * 10) == pytest.approx(0.88)
    assert calibrate(0.8, 0.8, [False] * 500) == 0.97
    assert calibrate(0.8, 0.8, [True, True, True, True, False] * 100) == pytest.approx(0.8)


@pytest.mark.parametrize("drift", [0.7, 1.0, 1.5])
def test_four_of_five_promises_hold_even_when_the_world_is_slower_or_faster_than_was_learnt(drift: float) -> None:
    dice, hits, level = Random(8), list[bool](), 0.8
    learnt = sorted(dice.lognormvariate(2, 0.6) for _ in range(500))
    for _ in range(3000):
        hits.append(drift * dice.lognormvariate(2, 0.6) <= find_quantile(learnt, level))
        level = calibrate(0.8, level, hits[-1:])
    assert 0.75 <= sum(hits[500:]) / len(hits[500:]) <= 0.85
