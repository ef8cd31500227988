"""Where the middle of many values lies, and how sure that is. Pure."""

from collections.abc import Sequence
from math import ceil, comb, exp, lgamma, log, sqrt

from msgspec import Struct


class Quartiles(Struct, frozen=True):
    """The nearest ranks at a quarter, a half and three quarters of `n` values."""

    lower: int
    median: int
    upper: int
    n: int


TAIL, Z_95 = 0.025, 1.959963984540054
"""What may lie beyond each end of an interval of 95 %, and how many standard deviations that is."""
EXACT_MAX = 2_000
"""From more values on the binomial distribution is taken as normal."""


class QuantileInterval(Struct, frozen=True):
    """The value below which some percent of `n` values lie (nearest rank), with its 95 % interval."""

    value: int
    low: int
    high: int
    n: int


class MedianInterval(Struct, frozen=True):
    """The median (nearest rank) of `n` values with its 95 % interval."""

    median: int
    low: int
    high: int
    n: int


def find_quartiles(values: Sequence[int]) -> Quartiles | None:
    """Return the quartiles by nearest rank: each is a value that occurs. None without values."""
    ordered = sorted(values)
    n = len(ordered)
    if not n:
        return None
    lower, median, upper = (ordered[ceil(n * quarter / 4) - 1] for quarter in (1, 2, 3))
    return Quartiles(lower, median, upper, n)


def measure_median(values: Sequence[int]) -> MedianInterval | None:
    """Return the median with an interval that supposes nothing about how the values are spread.

    Its ends are the values of equal rank from both ends between which the true median lies with at least 95 %: how many
    values lie below it is a throw of n coins. None for fewer than six values, of which no two say so much.

    Source: W. J. Conover, Practical Nonparametric Statistics, 3rd edition (1999), section 3.2.
    """
    ordered = sorted(values)
    n = len(ordered)
    rank, tail, limit = 0, 0, 2**n
    while 2 * 20 * (tail + comb(n, rank)) <= limit:
        tail += comb(n, rank)
        rank += 1
    if rank == 0:
        return None
    return MedianInterval(ordered[ceil(n / 2) - 1], ordered[rank - 1], ordered[n - rank], n)


def measure_quantile(values: Sequence[int], percent: int) -> QuantileInterval | None:
    """Return the value below which `percent` of the values lie, with an interval that supposes nothing of their spread.

    Its ends are values of such ranks that at most 2.5 % of chance lies beyond each. None where there are too few values
    for both ends: six for the median, 36 for 90 percent.

    Source: W. J. Conover, Practical Nonparametric Statistics, 3rd edition (1999), section 3.2.
    """
    ordered = sorted(values)
    n, share = len(ordered), percent / 100
    if n == 0:
        return None
    low, high = _find_ranks(n, share) if n <= EXACT_MAX else _guess_ranks(n, share)
    if low < 1 or high > n:
        return None
    return QuantileInterval(ordered[ceil(n * percent / 100) - 1], ordered[low - 1], ordered[high - 1], n)


def _find_ranks(n: int, share: float) -> tuple[int, int]:
    """Return the ranks of both ends, counted from 1; 0 or n + 1 where there is no such value."""
    chances = [
        exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(share) + (n - k) * log(1 - share))
        for k in range(n + 1)
    ]
    low, below = 0, 0.0
    while low <= n and below + chances[low] <= TAIL:
        below += chances[low]
        low += 1
    high, above = n + 1, 0.0
    while high > 1 and above + chances[high - 1] <= TAIL:
        above += chances[high - 1]
        high -= 1
    return low, high


def _guess_ranks(n: int, share: float) -> tuple[int, int]:
    spread = Z_95 * sqrt(n * share * (1 - share))
    return int(n * share - spread), ceil(n * share + spread) + 1
