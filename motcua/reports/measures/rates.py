"""Shares of what happened, with their intervals. Pure."""

from collections.abc import Iterable
from math import sqrt

from motcua.reports.model import Rate

Z_95 = 1.959963984540054
KEPT_TARGET_TENTHS = (750, 850)
"""Between which shares (tenths of a percent) promised P80 waits should hold: four of five, give or take what a
week's chance may do."""


def compute_wilson_interval(successes: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """Return the interval of a share of `successes` among `n` > 0, as fractions.

    Source: E. B. Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927), 209-212.
    """
    share = successes / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def measure_satisfaction(levels: dict[int, int]) -> Rate | None:
    """Return the share of levels 4 and 5 among all answers, given how many answers had each level; None without
    answers.

    Basis: LEGAL.md#sipas-rate.
    """
    n = sum(levels.values())
    if n == 0:
        return None
    return measure_rate(levels.get(4, 0) + levels.get(5, 0), n)


def measure_kept(waits: Iterable[tuple[int | None, int]]) -> Rate | None:
    """Return the share of waits that were not longer than promised; None without waits.

    Each is the wait until the first call (None: never called, so longer than any promise) and the promised P80, in
    the same unit.
    """
    kept_count, total = count_kept(waits)
    return measure_rate(kept_count, total) if total else None


def count_kept(waits: Iterable[tuple[int | None, int]]) -> tuple[int, int]:
    """Return how many of the waits were not longer than promised, and how many there are."""
    within = [wait is not None and wait <= promised for wait, promised in waits]
    return sum(within), len(within)


def measure_rate(successes: int, n: int) -> Rate:
    """Return the share of `successes` among `n` > 0 with its interval."""
    low, high = compute_wilson_interval(successes, n)
    return Rate(round_to_tenths(successes / n), round_to_tenths(low), round_to_tenths(high), n)


def round_to_tenths(share: float) -> int:
    """Return a fraction in tenths of a percent, half rounded up."""
    return int(share * 1000 + 0.5)


def find_median(values: list[float]) -> float | None:
    """Return the middle value, the mean of the two middle ones for an even number; None for none."""
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2
