"""Rates drawn to the mean: against an independent computation, and what must hold whatever the answers are."""

from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from motcua.reports.comparing.beta import compute_beta_share
from motcua.reports.comparing.counts import Answers, sum_answers
from motcua.reports.comparing.shrinkage import SPREAD_MAX, shrink, shrink_all, weigh_beliefs

pytestmark = pytest.mark.thorough  # scipy takes a second to import

WARD = [Answers(satisfied, 30) for satisfied in (27, 25, 29, 30, 26, 28, 24, 27)]
AN_OFFICE = st.lists(
    st.integers(0, 300).flatmap(lambda n: st.builds(Answers, st.integers(0, n), st.just(n))), min_size=1, max_size=8
)


@given(st.floats(0.001, 0.999), st.floats(0.05, 900), st.floats(0.05, 900))
def test_shares_of_a_beta_distribution_are_those_of_scipy(x: float, a: float, b: float) -> None:
    assert isclose(compute_beta_share(x, a, b), float(stats.beta.cdf(x, a, b)), rel_tol=1e-9, abs_tol=1e-12)


def integrate_rate(own: Answers, everybody: list[Answers]) -> float:
    """Return the rate by scipy's adaptive integration over mean and spread, without any grid."""

    def weigh(spread: float, mean: float, *, with_rate: bool) -> float:
        size = mean * (1 - mean) / spread**2 - 1
        if size <= 0:
            return 0.0
        a, b = mean * size, (1 - mean) * size
        likelihood = 1.0
        for one in everybody:
            likelihood *= stats.betabinom.pmf(one.satisfied, one.n, a, b)
        return float(likelihood) * ((a + own.satisfied) / (a + b + own.n) if with_rate else 1.0)

    parts = [
        integrate.dblquad(
            lambda spread, mean, flag=flag: weigh(spread, mean, with_rate=flag),
            0.6,
            0.999,
            1e-4,
            SPREAD_MAX,
            epsabs=1e-13,
            epsrel=1e-4,
        )[0]
        for flag in (True, False)
    ]
    return float(parts[0] / parts[1])


def test_the_grid_gives_what_an_adaptive_integral_gives() -> None:
    everybody = WARD[:3]
    assert shrink_all(everybody)[0].rate == pytest.approx(integrate_rate(everybody[0], everybody), abs=2e-3)


def test_a_mixture_of_these_beliefs_has_the_rate_and_the_interval_of_scipy() -> None:
    beliefs = weigh_beliefs(WARD)
    for own in (Answers(30, 30), Answers(24, 30), Answers(2700, 3000), Answers(0, 0)):
        shrunk = shrink(own, beliefs)
        parts = [(one.weight, stats.beta(one.a + own.satisfied, one.b + own.n - own.satisfied)) for one in beliefs]
        assert shrunk.rate == pytest.approx(sum(weight * part.mean() for weight, part in parts), abs=1e-6)
        for place, share in ((shrunk.low, 0.025), (shrunk.high, 0.975)):
            assert sum(weight * part.cdf(place) for weight, part in parts) == pytest.approx(share, abs=1e-4)


def test_weights_of_beliefs_are_the_likelihoods_of_scipy() -> None:
    beliefs = weigh_beliefs(WARD)
    likelihoods = []
    for one in beliefs[:: len(beliefs) // 20]:
        chance = 1.0
        for answers in WARD:
            chance *= float(stats.betabinom.pmf(answers.satisfied, answers.n, one.a, one.b))
        likelihoods.append((one.weight, chance))
    ratio = likelihoods[0][0] / likelihoods[0][1]
    for weight, chance in likelihoods:
        assert weight == pytest.approx(chance * ratio, rel=1e-6)
    assert sum(one.weight for one in beliefs) == pytest.approx(1, abs=1e-12)


@given(AN_OFFICE)
@settings(max_examples=12)
def test_a_rate_lies_in_its_interval_and_between_the_raw_rate_and_the_mean(everybody: list[Answers]) -> None:
    together = sum_answers(everybody)
    for own, shrunk in zip(everybody, shrink_all(everybody), strict=False):
        assert 0 <= shrunk.low <= shrunk.rate <= shrunk.high <= 1
        if own.n >= 10 and len([one for one in everybody if one.n]) > 1:
            raw = own.satisfied / own.n
            ends = sorted((raw, (together.satisfied + 1) / (together.n + 2)))
            assert ends[0] - SPREAD_MAX <= shrunk.rate <= ends[1] + SPREAD_MAX


@given(st.lists(st.integers(0, 50), min_size=2, max_size=6), st.integers(0, 5))
@settings(max_examples=12)
def test_one_more_satisfied_answer_never_lowers_the_own_rate(satisfied: list[int], place: int) -> None:
    everybody = [Answers(one, 50) for one in satisfied]
    place %= len(everybody)
    better = [*everybody]
    better[place] = Answers(everybody[place].satisfied + 1, 51)
    assert shrink_all(better)[place].rate >= shrink_all(everybody)[place].rate - 1e-6


@given(AN_OFFICE, st.randoms(use_true_random=False))
@settings(max_examples=8)
def test_the_order_of_officers_says_nothing(everybody: list[Answers], dice: object) -> None:
    order = list(range(len(everybody)))
    dice.shuffle(order)  # type: ignore[attr-defined]
    straight = shrink_all(everybody)
    for place, shrunk in zip(order, shrink_all([everybody[place] for place in order]), strict=False):
        assert shrunk.rate == pytest.approx(straight[place].rate, abs=1e-9)


def test_few_answers_are_drawn_further_than_many() -> None:
    few, _others = shrink_all([Answers(2, 4), Answers(900, 1000)])
    many, _others = shrink_all([Answers(500, 1000), Answers(900, 1000)])
    assert few.rate > many.rate + 0.05
    assert few.high - few.low > many.high - many.low


def test_nobody_rated_gives_nothing_and_no_own_answers_give_what_is_known_of_all() -> None:
    assert shrink_all([Answers(0, 0), Answers(0, 0)]) == []
    newcomer, *_others = shrink_all([Answers(0, 0), *WARD])
    assert newcomer.n == 0
    assert newcomer.rate == pytest.approx(0.9, abs=0.02)
    assert newcomer.high - newcomer.low > 0.15


def test_more_satisfied_than_answers_is_refused() -> None:
    with pytest.raises(ValueError, match="31 of 30"):
        Answers(31, 30)
