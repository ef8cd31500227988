"""The funnel: between which limits a rate lies by chance alone, by its number of answers.

Outside the wide limits means "look into it", never "punish".
Source: D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005),
1185-1202, appendix A.1.1: exact binomial limits, interpolated between neighbouring counts.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, lgamma, log, log1p

from motcua.reports.comparing.counts import Answers

WITHIN_95, WITHIN_998 = 0.95, 0.998


@dataclass(frozen=True)
class ChanceLimits:
    """Between which rates, as fractions, a share `within` of all rates of `n` answers lies by chance."""

    n: int
    within: float
    low: float
    high: float

    def has(self, rate: float) -> bool:
        """Say whether a rate lies between the limits."""
        return self.low <= rate <= self.high


def compute_limits(target: float, n: int, within: float) -> ChanceLimits:
    """Return the limits of `n` answers around the rate `target`. Raises `ValueError` for what is no rate or no n."""
    if not (0 <= target <= 1 and n > 0 and 0 < within < 1):
        raise ValueError((target, n, within))
    if target in (0, 1):
        return ChanceLimits(n, within, target, target)
    tail = (1 - within) / 2
    return ChanceLimits(n, within, _find_limit(target, n, tail), _find_limit(target, n, 1 - tail))


def is_signal(answers: Answers, everybody: Answers, within: float = WITHIN_998) -> bool:
    """Say whether somebody's rate lies outside the limits around the rate of everybody; never without answers."""
    if not answers.n or not everybody.n:
        return False
    return not compute_limits(everybody.satisfied / everybody.n, answers.n, within).has(answers.satisfied / answers.n)


def _find_limit(target: float, n: int, share: float) -> float:
    below = 0.0
    for count, chance in enumerate(_list_chances(target, n)):
        if below + chance > share:
            part = (below + chance - share) / chance
            return min(1.0, max(0.0, (count - part) / n))
        below += chance
    return 1.0


def _list_chances(target: float, n: int) -> Iterator[float]:
    """Yield the chance of 0, 1 … `n` satisfied answers."""
    up, down = log(target), log1p(-target)
    whole = lgamma(n + 1)
    for count in range(n + 1):
        yield exp(whole - lgamma(count + 1) - lgamma(n - count + 1) + count * up + (n - count) * down)
