"""Each officer's rate of satisfaction in the light of everybody's: small numbers of answers are drawn to the mean.

Model: an officer's true rate comes from a beta distribution that all officers of the desk share. Its mean and its
spread are not plugged in but integrated over a grid. With eight officers, intervals that take the best pair for
granted cover only 52 to 92 % of true rates. How many ours cover is printed by `python -m bench comparing`.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from math import exp, sqrt

from msgspec import Struct

from motcua.reports.comparing.beta import log_beta
from motcua.reports.comparing.counts import Answers, sum_answers
from motcua.reports.comparing.mixture import Mixture

MEANS = 24
"""Means that the grid tries, evenly within what all answers together leave possible."""
SPREADS = 16
"""Standard deviations between officers that the grid tries, evenly up to `SPREAD_MAX`."""
SPREAD_MAX = 0.20
"""Twenty points: officers of one desk who differ by more are not of one kind."""
REACH = 5.0
NEGLIGIBLE = 1e-8
"""Pairs whose weight is a smaller part of the largest are left out."""
REMEMBERED = 64


class Belief(Struct, frozen=True):
    """A beta distribution that officers' rates may come from, and how likely it is in the light of all answers."""

    a: float
    b: float
    weight: float

    @property
    def variance(self) -> float:
        """Return the variance of true rates between officers."""
        whole = self.a + self.b
        return self.a * self.b / (whole * whole * (whole + 1))


class Shrunk(Struct, frozen=True):
    """A rate drawn to the desk's mean, with its 95 % interval, as fractions; `n` is the number of own answers."""

    rate: float
    low: float
    high: float
    n: int


def weigh_beliefs(everybody: Sequence[Answers]) -> list[Belief]:
    """Return the distributions that officers' rates may come from, weights summing to 1; none without any answer.

    Before the answers each mean and each standard deviation is equally likely.
    Source: A. Gelman et al., Bayesian Data Analysis, 3rd ed. (2013), section 5.3.
    """
    answered = tuple(one for one in everybody if one.n)
    return list(_weigh_all(answered)) if answered else []


@lru_cache(maxsize=REMEMBERED)
def _weigh_all(answered: tuple[Answers, ...]) -> tuple[Belief, ...]:
    """Return what `weigh_beliefs` does: a comparison asks for the same answers more than once."""
    logs = [(a, b, _weigh(a, b, answered)) for a, b in _list_pairs(sum_answers(answered))]
    best = max(value for _a, _b, value in logs)
    raw = [(a, b, weight) for a, b, value in logs if (weight := exp(value - best)) > NEGLIGIBLE]
    whole = sum(weight for _a, _b, weight in raw)
    return tuple(Belief(a, b, weight / whole) for a, b, weight in raw)


def _list_pairs(together: Answers) -> Iterator[tuple[float, float]]:
    """Yield `a`, `b` of the grid: means within reach of the common rate, spreads that such a mean can have."""
    middle = (together.satisfied + 1) / (together.n + 2)
    reach = REACH * sqrt(middle * (1 - middle) / (together.n + 3)) + SPREAD_MAX / 2
    low, high = max(0.0, middle - reach), min(1.0, middle + reach)
    for place in range(MEANS):
        mean = low + (high - low) * (place + 0.5) / MEANS
        for step in range(SPREADS):
            spread = SPREAD_MAX * (step + 0.5) / SPREADS
            size = mean * (1 - mean) / (spread * spread) - 1
            if size > 0:
                yield mean * size, (1 - mean) * size


def _weigh(a: float, b: float, answered: Sequence[Answers]) -> float:
    start = log_beta(a, b)
    return sum(log_beta(a + one.satisfied, b + one.n - one.satisfied) - start for one in answered)


def shrink(answers: Answers, beliefs: Sequence[Belief]) -> Shrunk:
    """Return the rate of somebody with these answers, who is one of those behind `beliefs`.

    With none it is what is known of everybody. Raises `ValueError` without beliefs.
    """
    return shrink_each([answers], beliefs)[0]


def shrink_each(some: Sequence[Answers], beliefs: Sequence[Belief]) -> list[Shrunk]:
    """Return the rates of those with these answers, in the order given. Raises `ValueError` without beliefs."""
    if not beliefs:
        raise ValueError("no answers of anybody")
    mixture = Mixture([(one.a, one.b, one.weight) for one in beliefs], some)
    shrunk = []
    for answers in some:
        middle = sum(one.weight * (one.a + answers.satisfied) / (one.a + one.b + answers.n) for one in beliefs)
        shrunk.append(Shrunk(middle, *mixture.find_interval(answers), answers.n))
    return shrunk


def shrink_all(everybody: Sequence[Answers]) -> list[Shrunk]:
    """Return each one's rate in the order given; none where nobody has an answer."""
    beliefs = weigh_beliefs(everybody)
    return shrink_each(everybody, beliefs) if beliefs else []
