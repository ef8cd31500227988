"""The funnel: between which limits a rate lies by chance alone, by its number of answers.

Outside the wide limits means "look into it", never "punish".
Source: D. J. Spiegelhalter, Funnel plots for comparing institutional performance, Statistics in Medicine 24 (2005),
1185-1202, appendix A.1.1: exact binomial limits, interpolated between neighbouring counts.
"""

from functools import lru_cache
from math import exp, lgamma, log, log1p

from msgspec import Struct

from motcua.reports.comparing.counts import Answers

WITHIN_95, WITHIN_998 = 0.95, 0.998
FAINT = 1e-18
"""Smaller chances of a number of satisfied answers change no limit."""
REMEMBERED = 512


class ChanceLimits(Struct, frozen=True):
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
    first, chances = _list_chances(target, n)
    for count, chance in enumerate(chances, first):
        if below + chance > share:
            part = (below + chance - share) / chance
            return min(1.0, max(0.0, (count - part) / n))
        below += chance
    return 1.0


@lru_cache(maxsize=REMEMBERED)
def _list_chances(target: float, n: int) -> tuple[int, tuple[float, ...]]:
    """Return the chances of `first` and more satisfied answers, with `first`; what is left out is `FAINT`."""
    odds, middle = target / (1 - target), min(n, int((n + 1) * target))
    usual = exp(
        lgamma(n + 1)
        - lgamma(middle + 1)
        - lgamma(n - middle + 1)
        + middle * log(target)
        + (n - middle) * log1p(-target)
    )
    below, chance, count = [], usual, middle
    while count > 0 and chance > FAINT:
        chance *= count / ((n - count + 1) * odds)
        count -= 1
        below.append(chance)
    chances, chance = [*reversed(below), usual], usual
    for more in range(middle + 1, n + 1):
        chance *= (n - more + 1) * odds / more
        if chance <= FAINT:
            break
        chances.append(chance)
    return count, tuple(chances)
