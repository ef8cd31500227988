"""What many timings of one thing come to."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Spread:
    """Middle and tail of some timings, in milliseconds; `n` is how many there were."""

    p50: float
    p99: float
    n: int

    @classmethod
    def of_seconds(cls, seconds: Iterable[float]) -> "Spread":
        """Return the spread of timings given in seconds (nearest rank). Raises `ValueError` when there are none."""
        ranked = sorted(seconds)
        if not ranked:
            raise ValueError("no timings")
        last = len(ranked) - 1
        return cls(ranked[round(last * 0.50)] * 1000, ranked[round(last * 0.99)] * 1000, len(ranked))

    @classmethod
    def middle(cls, runs: Iterable["Spread"]) -> "Spread":
        """Return the median p50 and the median p99 of several runs, so that one disturbed run does not count."""
        every = list(runs)
        return cls(median(run.p50 for run in every), median(run.p99 for run in every), sum(run.n for run in every))
