"""Where the middle of many values lies, and how sure that is. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, comb


@dataclass(frozen=True)
class Quartiles:
    """The nearest ranks at a quarter, a half and three quarters of `n` values."""

    lower: int
    median: int
    upper: int
    n: int


@dataclass(frozen=True)
class MedianInterval:
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
