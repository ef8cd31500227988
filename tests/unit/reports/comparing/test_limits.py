"""Funnel, reliability, weeks and mixed rates: by hand, by scipy, by property."""

from math import sqrt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from motcua.reports.comparing.counts import Answers
from motcua.reports.comparing.funnel import WITHIN_95, WITHIN_998, compute_limits, is_signal
from motcua.reports.comparing.mix import standardise
from motcua.reports.comparing.reliability import compute_reliability, measure_reliability
from motcua.reports.comparing.weeks import RUN, Signal, draw_chart

pytestmark = pytest.mark.thorough  # scipy takes a second to import


def interpolate_limit(target: float, n: int, share: float) -> float:
    """Return Spiegelhalter's limit by scipy's quantile."""
    count = int(stats.binom.ppf(share, n, target))
    above, below = stats.binom.cdf(count, n, target), stats.binom.cdf(count - 1, n, target)
    return min(1.0, max(0.0, float((count - (above - share) / (above - below)) / n)))


@given(st.floats(0.02, 0.98), st.integers(1, 600))
@settings(max_examples=60)
def test_limits_are_the_exact_binomial_ones_interpolated(target: float, n: int) -> None:
    for within in (WITHIN_95, WITHIN_998):
        limits, tail = compute_limits(target, n, within), (1 - within) / 2
        assert limits.low == pytest.approx(interpolate_limit(target, n, tail), abs=1e-7)
        assert limits.high == pytest.approx(interpolate_limit(target, n, 1 - tail), abs=1e-7)


def test_limits_close_with_more_answers_and_widen_with_their_share() -> None:
    few, many = compute_limits(0.9, 30, WITHIN_95), compute_limits(0.9, 3000, WITHIN_95)
    assert few.low < many.low < 0.9 < many.high < few.high
    assert compute_limits(0.9, 30, WITHIN_998).low < few.low
    assert many.low == pytest.approx(0.9 - 1.96 * sqrt(0.09 / 3000), abs=1e-3)


def test_where_all_are_satisfied_nobody_stands_out() -> None:
    assert not is_signal(Answers(40, 40), Answers(400, 400))
    assert not is_signal(Answers(0, 0), Answers(5, 9))
    assert is_signal(Answers(60, 100), Answers(900, 1000))


def test_among_equal_officers_at_most_one_in_a_hundred_stands_out() -> None:
    dice = Random(15)
    flagged = 0
    for _ in range(400):
        office = [Answers(sum(dice.random() < 0.9 for _ in range(60)), 60) for _ in range(8)]
        together = Answers(sum(one.satisfied for one in office), 480)
        flagged += sum(is_signal(one, together) for one in office)
    assert flagged <= 32


def test_the_gate_opens_at_the_known_numbers() -> None:
    assert compute_reliability(0.03**2, 0.9, 233) == pytest.approx(0.70, abs=0.001)
    assert compute_reliability(0.05**2, 0.9, 84) == pytest.approx(0.70, abs=0.001)
    assert compute_reliability(0.03**2, 0.9, 0) == 0


def test_officers_who_do_not_differ_are_not_set_side_by_side() -> None:
    assert not any(one.is_open for one in measure_reliability([Answers(27, 30)] * 8))
    assert not any(one.is_open for one in measure_reliability([Answers(225, 250)] * 8))


def test_officers_who_differ_widely_are_once_there_are_enough_answers() -> None:
    wide = [Answers(round(500 * rate), 500) for rate in (0.99, 0.95, 0.9, 0.85, 0.8, 0.97, 0.7, 0.92)]
    assert all(one.is_open for one in measure_reliability(wide))
    newcomer = measure_reliability([*wide, Answers(4, 5)])[-1]
    assert not newcomer.is_open
    assert newcomer.missing is not None
    assert 0 < newcomer.missing < 200


def test_one_officer_is_compared_with_nobody() -> None:
    (alone,) = measure_reliability([Answers(90, 100)])
    assert (alone.value, alone.missing, alone.is_open) == (0.0, None, False)
    assert measure_reliability([]) == []


def test_a_bad_week_stands_out_and_chance_does_not() -> None:
    chart = draw_chart([Answers(45, 50)] * 8 + [Answers(25, 50)])
    assert [point.signal for point in chart.points] == [None] * 8 + [Signal.OUTSIDE]
    quiet = draw_chart([Answers(45, 50), Answers(44, 50), Answers(47, 50), Answers(43, 50)])
    assert not any(point.signal for point in quiet.points)


def test_a_lasting_change_stands_out_though_each_week_is_within_its_limits() -> None:
    chart = draw_chart([Answers(44, 50)] * RUN + [Answers(47, 50)] * RUN)
    assert [place for place, point in enumerate(chart.points) if point.signal] == [RUN - 1, 2 * RUN - 1]
    assert chart.points[-1].signal is Signal.RUN


def test_empty_weeks_are_gaps() -> None:
    chart = draw_chart([Answers(0, 0), Answers(44, 50), Answers(0, 0)])
    assert [point.limits is None for point in chart.points] == [True, False, True]
    assert draw_chart([Answers(0, 0)]).mean is None
    assert draw_chart([]).points == ()


def test_who_serves_what_is_hard_is_not_behind_for_that() -> None:
    desk = {"A": Answers(950, 1000), "B": Answers(700, 1000)}
    hard = standardise({"A": Answers(10, 10), "B": Answers(63, 90)}, desk)
    easy = standardise({"A": Answers(86, 90), "B": Answers(7, 10)}, desk)
    assert hard is not None
    assert easy is not None
    assert hard.rate == pytest.approx(0.5 * 1 + 0.5 * 0.7)
    assert easy.rate == pytest.approx(0.5 * 86 / 90 + 0.5 * 0.7)
    assert (hard.n, hard.covered) == (100, 1.0)
    assert hard.low < hard.rate <= hard.high


def test_a_rate_says_for_how_much_of_the_desk_it_speaks() -> None:
    desk = {"A": Answers(75, 100), "B": Answers(200, 300)}
    only = standardise({"A": Answers(8, 10), "C": Answers(5, 5)}, desk)
    assert only is not None
    assert (only.rate, only.n, only.covered) == (0.8, 10, 0.25)
    assert standardise({"C": Answers(5, 5)}, desk) is None
    assert standardise({}, {}) is None
