"""Between which rates 95 percent of a mixture of beta distributions lie, for several officers at once. Pure.

The density is summed over the logarithm of the odds, where it is smooth up to both ends. It is that of the common
distributions times the likelihood of the own answers. The former is computed once at each place, for everybody.
"""

from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from math import exp, log, log1p, log2, sqrt
from operator import mul

from motcua.reports.comparing.beta import log_beta
from motcua.reports.comparing.counts import Answers

ODDS_MAX, CELLS_OF_DEVIATION = 25.0, 4
"""Logarithms of odds among which an interval is looked for, and in how many cells a standard deviation is cut."""
NOTABLE, NARROWEST = 1e-3, 0.5
"""No cell is wider than the deviation of a part with so much of the largest weight, but for much narrower parts."""
FAINT = 1e-7
"""Places whose density is a smaller part of the largest are left out."""
NEWTON_STEPS = 6
LOW, HIGH = 0.025, 0.975
Part = tuple[float, float, float]
"""Both shapes of a beta distribution, and its weight."""


class Mixture:
    """The distributions that the rates of `some` officers may come from."""

    def __init__(self, parts: Sequence[Part], some: Sequence[Answers]) -> None:
        self._parts = parts
        self._logs = [log(weight) + a * log(a / (a + b)) + b * log(b / (a + b)) for a, b, weight in parts]
        self._peaks = [log(weight) - whole for (_a, _b, weight), whole in zip(parts, self._logs, strict=True)]
        self._widths = {answers: _choose_width(_add(parts, answers)) for answers in some}
        self._width = min(self._widths.values())
        self._rows: dict[int, list[float]] = {}

    def find_interval(self, answers: Answers) -> tuple[float, float]:
        """Return where 2.5 % and 97.5 % of somebody's rate lie."""
        shifted = _add(self._parts, answers)
        logs = [whole - log_beta(a, b) for whole, (a, b, _weight) in zip(self._logs, shifted, strict=True)]
        top = max(logs)
        weights = [exp(whole - top) for whole in logs]
        modes = [log(a / b) for a, b, _weight in shifted]
        stride = 1 << max(0, int(log2(self._widths[answers] / self._width)))
        middle = sum(map(mul, self._list_weights(), modes))
        start = stride * round(middle / self._width / stride)
        right = self._climb_down(start, stride, max(modes), answers, weights)
        left = self._climb_down(start - stride, -stride, -min(modes), answers, weights)
        heights, width = [*reversed(left), *right], self._width * stride
        begin = self._width * start - width * (len(left) + 0.5)
        return _find_share(heights, begin, width, LOW), _find_share(heights, begin, width, HIGH)

    def _list_weights(self) -> list[float]:
        return [weight for _a, _b, weight in self._parts]

    def _climb_down(
        self, place: int, step: int, last: float, answers: Answers, weights: Sequence[float]
    ) -> list[float]:
        """Return the density at every so many places from `place` on, past the mode `last`, until hardly any is left.

        `last` grows in the direction of `step`.
        """
        heights: list[float] = []
        highest, odds = 0.0, self._width * place
        peak = _log_likelihood(answers, log((answers.satisfied + 1) / (answers.n - answers.satisfied + 1)))
        while abs(odds) < ODDS_MAX:
            height = exp(_log_likelihood(answers, odds) - peak) * sum(map(mul, weights, self._get_row(place)))
            heights.append(height)
            highest = max(highest, height)
            if height <= highest * FAINT and (odds > last if step > 0 else -odds > last):
                break
            place += step
            odds = self._width * place
        return heights

    def _get_row(self, place: int) -> list[float]:
        """Return the density of each distribution at a place, as a part of its own largest."""
        if (row := self._rows.get(place)) is None:
            odds = self._width * place
            up, down = -log1p(exp(-odds)), -log1p(exp(odds))
            row = [
                exp(peak + a * up + b * down) for peak, (a, b, _weight) in zip(self._peaks, self._parts, strict=True)
            ]
            self._rows[place] = row
        return row


def _log_likelihood(answers: Answers, odds: float) -> float:
    return -answers.satisfied * log1p(exp(-odds)) - (answers.n - answers.satisfied) * log1p(exp(odds))


def _add(parts: Sequence[Part], answers: Answers) -> list[Part]:
    return [(a + answers.satisfied, b + answers.n - answers.satisfied, weight) for a, b, weight in parts]


def _choose_width(parts: Sequence[Part]) -> float:
    """Return how wide a cell may be: a part of the deviation of the mixture, and of its narrow distributions."""
    widths = [_measure_width(a) + _measure_width(b) for a, b, _weight in parts]
    modes = [log(a / b) for a, b, _weight in parts]
    weights = [weight for _a, _b, weight in parts]
    middle = sum(map(mul, weights, modes))
    whole = sum(map(mul, weights, [spread + (mode - middle) ** 2 for spread, mode in zip(widths, modes, strict=True)]))
    least = NOTABLE * max(weights)
    narrow = sqrt(min(spread for spread, weight in zip(widths, weights, strict=True) if weight >= least))
    usual = sqrt(whole) / CELLS_OF_DEVIATION
    return max(min(usual, narrow), usual * NARROWEST)


def _measure_width(shape: float) -> float:
    """Return about the variance of the logarithm of a gamma variable: of one side of the odds.

    Below 1 the tail grows long; what is returned then is that of the part in the middle.
    """
    size = shape if shape > 1 else 1
    return (1 + 0.5 / size) / size


def _find_share(heights: Sequence[float], start: float, width: float, share: float) -> float:
    """Return the rate below which `share` of the whole lies.

    Sums of cells are corrected at their edges (Euler and Maclaurin); within a cell the sum is a cubic curve that has
    the density at both edges as its slope.
    """
    padded = [0.0, 0.0, *heights, 0.0, 0.0]
    slopes = [
        (9 * (padded[edge + 1] + padded[edge + 2]) - padded[edge] - padded[edge + 3]) / 16
        for edge in range(len(heights) + 1)
    ]
    summed = [
        whole + (padded[edge + 2] - padded[edge + 1]) / 24
        for edge, whole in enumerate(accumulate(heights, initial=0.0))
    ]
    target = share * summed[-1]
    cell = min(max(0, bisect_left(summed, target) - 1), len(heights) - 1)
    low, high, begin, end = summed[cell], summed[cell + 1], slopes[cell], slopes[cell + 1]
    square, cube = 3 * (high - low) - 2 * begin - end, 2 * (low - high) + begin + end
    within = 0.5
    for _ in range(NEWTON_STEPS):
        reached = low + within * (begin + within * (square + within * cube))
        slope = begin + within * (2 * square + within * 3 * cube)
        within = min(1.0, max(0.0, within - (reached - target) / slope)) if slope > 0 else within
    odds = start + width * (cell + within)
    return 1 / (1 + exp(-odds))
