"""Each officer's rate of satisfaction in the light of everybody's: small numbers of answers are drawn to the mean.

Model: an officer's true rate comes from a beta distribution that all officers of the desk share. Its mean and its
spread are not plugged in but integrated over a grid. With eight officers, intervals that take the best pair for
granted cover only 52 to 92 % of true rates. How many ours cover is printed by `python -m bench comparing`.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import exp, log, log1p, sqrt

from motcua.reports.comparing.beta import log_beta
from motcua.reports.comparing.counts import Answers, sum_answers

MEANS = 24
"""Means that the grid tries, evenly within what all answers together leave possible."""
SPREADS = 16
"""Standard deviations between officers that the grid tries, evenly up to `SPREAD_MAX`."""
SPREAD_MAX = 0.20
"""Twenty points: officers of one desk who differ by more are not of one kind."""
REACH = 5.0
NEGLIGIBLE, FAINT = 1e-10, 1e-8
"""Pairs whose weight, and places whose density, is a smaller part of the largest are left out."""
ODDS_MAX, ROUGH_CELLS, CELLS = 25.0, 100, 200
"""Logarithms of odds among which an interval is looked for, roughly first and then in the cells where anything is."""
NEWTON_STEPS = 4
LOW, HIGH = 0.025, 0.975


@dataclass(frozen=True)
class Belief:
    """A beta distribution that officers' rates may come from, and how likely it is in the light of all answers."""

    a: float
    b: float
    weight: float

    @property
    def variance(self) -> float:
        """Return the variance of true rates between officers."""
        whole = self.a + self.b
        return self.a * self.b / (whole * whole * (whole + 1))


@dataclass(frozen=True)
class Shrunk:
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
    answered = [one for one in everybody if one.n]
    if not answered:
        return []
    logs = [(a, b, _weigh(a, b, answered)) for a, b in _list_pairs(sum_answers(answered))]
    best = max(value for _a, _b, value in logs)
    raw = [(a, b, weight) for a, b, value in logs if (weight := exp(value - best)) > NEGLIGIBLE]
    whole = sum(weight for _a, _b, weight in raw)
    return [Belief(a, b, weight / whole) for a, b, weight in raw]


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
    if not beliefs:
        raise ValueError("no answers of anybody")
    parts = [(one.a + answers.satisfied, one.b + answers.n - answers.satisfied, one.weight) for one in beliefs]
    low, high = _find_quantiles(parts)
    return Shrunk(sum(weight * a / (a + b) for a, b, weight in parts), low, high, answers.n)


def shrink_all(everybody: Sequence[Answers]) -> list[Shrunk]:
    """Return each one's rate in the order given; none where nobody has an answer."""
    beliefs = weigh_beliefs(everybody)
    return [shrink(one, beliefs) for one in everybody] if beliefs else []


def _find_quantiles(parts: Sequence[tuple[float, float, float]]) -> tuple[float, float]:
    """Return where 2.5 % and 97.5 % of the mixture lie.

    Its density is summed over the logarithm of the odds, where it is smooth up to both ends.
    """
    scaled = [(a, b, log(weight) - log_beta(a, b)) for a, b, weight in parts]
    rough = _list_cells(-ODDS_MAX, ODDS_MAX, ROUGH_CELLS)
    heights = [_compute_height(place, scaled) for place in rough]
    floor = max(heights) * FAINT
    within = [place for place, height in zip(rough, heights, strict=True) if height > floor]
    width = rough[1] - rough[0]
    cells = _list_cells(within[0] - width, within[-1] + width, CELLS)
    fine = [_compute_height(place, scaled) for place in cells]
    return _find_share(fine, cells, LOW), _find_share(fine, cells, HIGH)


def _list_cells(start: float, end: float, count: int) -> list[float]:
    width = (end - start) / count
    return [start + width * (place + 0.5) for place in range(count)]


def _compute_height(odds: float, scaled: Sequence[tuple[float, float, float]]) -> float:
    up, down = -log1p(exp(-odds)), -log1p(exp(odds))
    return sum(exp(front + a * up + b * down) for a, b, front in scaled)


def _find_share(heights: Sequence[float], cells: Sequence[float], share: float) -> float:
    """Return the rate below which `share` of the whole lies; within its cell the density is a sloping line."""
    summed = list(accumulate(heights))
    target = share * summed[-1]
    cell = bisect_left(summed, target)
    missing = target - (summed[cell] - heights[cell])
    around = heights[max(0, cell - 1) : cell + 2]
    slope = (around[-1] - around[0]) / (len(around) - 1)
    within = missing / heights[cell]
    for _ in range(NEWTON_STEPS):
        reached = heights[cell] * within + slope * (within * within - within) / 2
        within -= (reached - missing) / (heights[cell] + slope * (within - 0.5))
    odds = cells[cell] + (cells[1] - cells[0]) * (within - 0.5)
    return 1 / (1 + exp(-odds))
