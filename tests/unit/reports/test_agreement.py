"""Agreement of two scales, and medians with their intervals: by hand, by property, against another library."""

from math import atanh, sqrt, tanh
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from motcua.reports import measures

PAIRS = st.lists(st.tuples(st.integers(0, 100), st.integers(1, 5)), min_size=2, max_size=60)

pytestmark = pytest.mark.thorough  # another library's figures, and samples drawn a thousand times


def rho_of(pairs: list[tuple[int, int]]) -> Any:
    return measures.measure_rho(measures.count_cells(pairs))


def kappa_of(pairs: list[tuple[int, int]]) -> Any:
    return measures.measure_kappa(measures.count_cells(pairs))


def test_rho_of_five_pairs_with_ties_as_counted_by_hand() -> None:
    # ranks 1.5 1.5 3 4.5 4.5 and 1 2.5 2.5 4.5 4.5: their products about 3 sum to 8.25, their squares to 9 and 9
    found = rho_of([(2, 1), (2, 3), (4, 3), (5, 4), (5, 4)])
    assert found.value == pytest.approx(8.25 / 9)
    assert (found.low, found.high, found.n) == (None, None, 5)


def test_kappa_of_a_small_table_as_counted_by_hand() -> None:
    # 3 levels, 10 pairs: 4 + 2 + 1 agree, 2 are one level apart, 1 is two apart; chance alone: see below
    pairs = [(1, 1)] * 4 + [(2, 2)] * 2 + [(3, 3)] + [(1, 2), (2, 1)] + [(3, 1)]
    # weights 1, 0.75, 0: (7 + 2 x 0.75 + 0) / 10; rows 5 3 2, columns 6 3 1:
    # (5x6 + 3x3 + 2x1 + 0.75 (5x3 + 3x6 + 3x1 + 2x3)) / 100 = (41 + 31.5) / 100
    found = measures.measure_kappa(measures.count_cells(pairs), levels=3)
    assert found is not None
    assert found.value == pytest.approx((0.85 - 0.725) / (1 - 0.725))


@given(PAIRS)
def test_rho_is_what_another_library_says(pairs: list[tuple[int, int]]) -> None:
    found = rho_of(pairs)
    first, second = zip(*pairs, strict=True)
    if len(set(first)) == 1 or len(set(second)) == 1:
        assert found is None
    else:
        assert found.value == pytest.approx(stats.spearmanr(first, second).statistic)


@given(PAIRS)
def test_rho_counts_order_alone_and_turns_its_sign_with_one_side(pairs: list[tuple[int, int]]) -> None:
    found = rho_of(pairs)
    stretched = rho_of([(score**2 + 7, level) for score, level in pairs])
    turned = rho_of([(100 - score, level) for score, level in pairs])
    swapped = rho_of([(level, score) for score, level in pairs])
    if found is None:
        assert (stretched, turned, swapped) == (None, None, None)
        return
    assert stretched.value == pytest.approx(found.value)
    assert turned.value == pytest.approx(-found.value)
    assert swapped.value == pytest.approx(found.value)
    for coefficient in (found, stretched, turned, swapped):
        assert coefficient.n == len(pairs)
        if coefficient.low is not None:
            assert -1 <= coefficient.low <= coefficient.value + 1e-9
            assert coefficient.value - 1e-9 <= coefficient.high <= 1


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=60))
def test_kappa_compares_squared_distances_with_those_of_chance(pairs: list[tuple[int, int]]) -> None:
    found = kappa_of(pairs)
    first, second = (np.array(side) for side in zip(*pairs, strict=True))
    by_chance = np.mean((first[:, None] - second[None, :]) ** 2)
    if by_chance == 0:
        assert found is None
    else:
        assert found.value == pytest.approx(1 - np.mean((first - second) ** 2) / by_chance)
        assert -1 <= found.value <= 1


def draw_pairs(n: int) -> tuple[Any, Any]:
    dice = np.random.default_rng(7)
    scores = dice.integers(0, 101, n)
    return scores, np.clip(scores // 25 + dice.integers(-1, 3, n), 1, 5)


@pytest.mark.parametrize("name", ["rho", "kappa"])
def test_an_interval_is_that_of_many_samples_drawn_from_the_same_pairs(name: str) -> None:
    scores, levels = draw_pairs(400)
    bands = np.array([measures.find_band(int(score)) for score in scores])
    first, measure = (scores, measures.measure_rho) if name == "rho" else (bands, measures.measure_kappa)
    found: Any = measure(measures.count_cells(zip(first.tolist(), levels.tolist(), strict=True)))
    dice = np.random.default_rng(8)
    drawn: list[float] = []
    for _ in range(1000):
        places = dice.integers(0, 400, 400)
        again: Any = measure(measures.count_cells(zip(first[places].tolist(), levels[places].tolist(), strict=True)))
        drawn.append(again.value)
    ends: Any = np.percentile(drawn, [2.5, 97.5])
    low, high = ends
    assert found.low == pytest.approx(low, abs=0.012)
    assert found.high == pytest.approx(high, abs=0.012)


def test_without_ties_and_without_agreement_the_interval_is_nearly_that_of_fisher() -> None:
    dice = np.random.default_rng(4)
    found = rho_of(list(zip(range(500), dice.permutation(500).tolist(), strict=True)))
    half = 1.96 / sqrt(500 - 3)
    assert found.low == pytest.approx(tanh(atanh(found.value) - half), abs=0.01)
    assert found.high == pytest.approx(tanh(atanh(found.value) + half), abs=0.01)


def test_what_cannot_be_compared_has_no_coefficient_and_what_is_sure_no_interval() -> None:
    assert rho_of([]) is None
    assert kappa_of([]) is None
    assert rho_of([(5, 3)] * 40) is None
    assert kappa_of([(3, 3)] * 40) is None
    whole = rho_of([(score, score) for score in range(40)])
    assert (whole.value, whole.low, whole.high, whole.n) == (pytest.approx(1), None, None, 40)


def test_each_score_is_in_one_of_five_equal_bands() -> None:
    levels = [measures.find_band(score) for score in range(101)]
    assert [levels.count(level) for level in range(1, 6)] == [20, 20, 20, 20, 21]
    assert levels == sorted(levels)


def test_quartiles_are_nearest_ranks() -> None:
    assert measures.find_quartiles([]) is None
    assert measures.find_quartiles([7]) == measures.Quartiles(7, 7, 7, 1)
    assert measures.find_quartiles([40, 10, 30, 20]) == measures.Quartiles(10, 20, 30, 4)
    assert measures.find_quartiles([50, 10, 40, 20, 30]) == measures.Quartiles(20, 30, 40, 5)


def test_the_interval_of_a_median_has_the_ranks_of_the_tables() -> None:
    # ranks by the tables of the sign test: n = 6: 1 and 6; n = 10: 2 and 9; n = 30: 10 and 21; n = 100: 40 and 61
    for n, low, high in ((6, 1, 6), (10, 2, 9), (30, 10, 21), (100, 40, 61)):
        found = measures.measure_median(list(range(1, n + 1)))
        assert found == measures.MedianInterval((n + 1) // 2, low, high, n)
        half = measures.measure_quantile(list(range(1, n + 1)), 50)
        assert found is not None
        assert half is not None
        assert (half.value, half.low, half.high) == (found.median, found.low, found.high)
    assert measures.measure_quantile(list(range(5)), 50) is None
    assert measures.measure_quantile(list(range(35)), 90) is None
    most = measures.measure_quantile(list(range(1, 37)), 90)
    assert most is not None
    assert (most.value, most.low, most.high) == (33, 29, 36)
    many = measures.measure_quantile(list(range(1, 10_001)), 90)
    assert many is not None
    assert (many.value, many.low, many.high) == (9000, 8941, 9060)
    assert measures.measure_median(list(range(5))) is None
    assert measures.measure_median([]) is None


@given(st.lists(st.integers(0, 100), min_size=6, max_size=80))
def test_a_median_lies_in_its_interval_and_the_ends_leave_at_most_a_fortieth_outside(values: list[int]) -> None:
    found = measures.measure_median(values)
    assert found is not None
    assert found.low <= found.median <= found.high
    rank = stats.binom.ppf(0.025, len(values), 0.5)
    assert found.low == sorted(values)[int(rank) - 1]
