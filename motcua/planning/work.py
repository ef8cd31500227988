"""How long things take at a counter: what was observed becomes a hundred equally likely times.

Pure; times in milliseconds.
"""

from collections.abc import Iterable, Sequence
from math import exp, log, sqrt
from statistics import NormalDist
from typing import TypeVar

POINTS = 100
EMPIRICAL_FROM = 100
"""From so many observations on they speak for themselves; fewer are smoothed by a log-normal distribution."""
SPREAD_LEAST, SPREAD_FEW = 0.1, 0.6
LEAST_MS = 1000

T = TypeVar("T")


def make_table(observed: Sequence[int]) -> list[int]:
    """Return a hundred equally likely times from what was `observed` (at least one): its quantiles, or those of a
    log-normal fit.

    Source: the facts on estimates, `docs/adr/0009-waits-that-turn-out-true.md`.
    """
    times = sorted(max(LEAST_MS, time_ms) for time_ms in observed)
    if len(times) >= EMPIRICAL_FROM:
        return [times[int((point + 0.5) / POINTS * len(times))] for point in range(POINTS)]
    logs = [log(time_ms) for time_ms in times]
    mean = sum(logs) / len(logs)
    spread = sqrt(sum((log_time - mean) ** 2 for log_time in logs) / (len(logs) - 1)) if len(logs) > 1 else SPREAD_FEW
    fitted = NormalDist(mean, max(SPREAD_LEAST, spread))
    return [max(LEAST_MS, round(exp(fitted.inv_cdf((point + 0.5) / POINTS)))) for point in range(POINTS)]


def compute_remaining_ms(times: Sequence[int], elapsed: int, chance: float) -> int:
    """Return the remaining time after `elapsed`; `chance` is between 0 and 1.

    `times` is a table. After the longest time of the table a tenth of `elapsed` remains.
    """
    longer = [time_ms for time_ms in times if time_ms > elapsed]
    return longer[int(chance * len(longer))] - elapsed if longer else max(LEAST_MS, elapsed // 10)


def calibrate(
    target: float, level: float, hits: Iterable[bool], step: float = 0.01, least: float = 0.3, most: float = 0.97
) -> float:
    """Return the quantile to promise so that a share `target` of promises holds, learnt from which ones did (`hits`,
    oldest first).

    `level` is what was learnt before them, at first the target itself. After a promise that held it falls by `step *
    (1 - target)`, after one that did not it rises by `step * target`: in the long run the share is `target` whatever
    drifts. Source: I. Gibbs, E. Candès, Adaptive conformal inference under distribution shift, NeurIPS 34 (2021),
    equation 2.
    """
    for hit in hits:
        level += step * (target - hit)
        level = min(most, max(least, level))
    return level


def find_quantile(values: Sequence[T], level: float) -> T:
    """Return the value of sorted `values` that a share `level` of them does not exceed, its rank rounded up."""
    rank = level * (len(values) + 1)
    return values[min(len(values) - 1, max(0, -int(-rank // 1) - 1))]
