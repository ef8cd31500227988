"""Whether officers may be set side by side at all: how much of what differs between them is no chance."""

from collections.abc import Sequence

from msgspec import Struct

from motcua.reports.comparing.counts import Answers
from motcua.reports.comparing.shrinkage import Belief, weigh_beliefs

GATE = 0.70
"""From here on a comparison says more than chance. With a rate of 90 % that takes about 231 answers each where true
rates differ by a standard deviation of 3 points, 82 where by 5."""
ANSWERS_MAX = 100_000
TWO = 2


class Reliability(Struct, frozen=True):
    """How much of somebody's distance from the mean is true, 0 to 1, with `n` answers.

    `missing` is about how many answers more it takes to reach the gate, 0 where it is reached; None where no number
    of answers would do, as officers do not measurably differ.
    """

    value: float
    n: int
    missing: int | None

    @property
    def is_open(self) -> bool:
        """Say whether the gate is reached."""
        return self.missing == 0


def measure_reliability(everybody: Sequence[Answers], gate: float = GATE) -> list[Reliability]:
    """Return each one's reliability in the order given; 0 and no way to the gate for fewer than two with answers.

    It is the part of the variance between officers in that variance and the one of chance. Each spread that officers
    may have counts as much as the answers speak for it.
    """
    if sum(1 for one in everybody if one.n) < TWO:
        return [Reliability(0.0, one.n, None) for one in everybody]
    spreads = [_measure_spread(one) for one in weigh_beliefs(everybody)]
    needed = _find_needed(spreads, gate)
    return [_describe(one.n, spreads, needed) for one in everybody]


def compute_reliability(variance: float, rate: float, n: int) -> float:
    """Return the part of the true `variance` between officers in all variance at `n` answers; 0 without answers.

    Source: J. L. Adams, The Reliability of Provider Profiling, RAND TR-653 (2009), equation 2.
    """
    return variance / (variance + rate * (1 - rate) / n) if n and variance > 0 else 0.0


Spread = tuple[float, float]
"""A weight, and the variance of one answer as a multiple of the true variance between officers."""


def _measure_spread(belief: Belief) -> Spread:
    rate = belief.a / (belief.a + belief.b)
    return belief.weight, rate * (1 - rate) / belief.variance


def _describe(n: int, spreads: Sequence[Spread], needed: int | None) -> Reliability:
    return Reliability(_expect(spreads, n), n, None if needed is None else max(0, needed - n))


def _expect(spreads: Sequence[Spread], n: int) -> float:
    """Return what `compute_reliability` gives on the average: n / (n + the multiple)."""
    return n * sum([weight / (n + multiple) for weight, multiple in spreads]) if n else 0.0


def _find_needed(spreads: Sequence[Spread], gate: float) -> int | None:
    """Return the smallest number of answers that reaches the gate."""
    if _expect(spreads, ANSWERS_MAX) < gate:
        return None
    low, high = 0, ANSWERS_MAX
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _expect(spreads, middle) >= gate else (middle, high)
    return high
