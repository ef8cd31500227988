"""Whether officers' points may stand side by side: how much of what differs between them is no chance. Pure.

Source: J. L. Adams, The Reliability of Provider Profiling, RAND TR-653 (2009); the variances by one-way analysis of
variance with unequal sizes.
"""

from collections.abc import Mapping, Sequence
from math import ceil

from msgspec import Struct

from motcua.dossiers.model.outcomes import DossierOutcome
from motcua.reports.comparing.reliability import GATE
from motcua.reports.indices.circular import SCORES, score_dossier
from motcua.settings.sections.index_choices import USUAL, IndexChoices


class PointReliability(Struct, frozen=True):
    """How much of an officer's distance from the mean is true, 0 to 1, with `n` dossiers.

    `missing` is how many dossiers more it takes to reach the gate, 0 where it is reached; None where no number would
    do, as officers do not measurably differ.
    """

    value: float
    n: int
    missing: int | None

    @property
    def is_open(self) -> bool:
        """Say whether the gate is reached."""
        return self.missing == 0


def score_mean(dossier: DossierOutcome, history: Sequence[IndexChoices] = (USUAL,)) -> float | None:
    """Return the mean points of a dossier over the indices for which it has data; None for none."""
    points = [score for index in SCORES if (score := score_dossier(index, dossier, history)) is not None]
    return sum(points) / len(points) if points else None


def measure_point_reliability(
    dossiers: Mapping[int, Sequence[DossierOutcome]], history: Sequence[IndexChoices] = (USUAL,)
) -> dict[int, PointReliability]:
    """Return the reliability of each officer's points, by account."""
    points = {
        officer: sorted(score for item in items if (score := score_mean(item, history)) is not None)
        for officer, items in dossiers.items()
    }
    filled = [scores for scores in points.values() if scores]
    between, within = _measure_variances(filled)
    return {officer: _describe(len(scores), between, within) for officer, scores in points.items()}


def _measure_variances(groups: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Return the variance between officers and the one within; no variance between where there is too little."""
    n, count = sum(map(len, groups)), len(groups)
    if count <= 1 or n <= count:
        return 0.0, 0.0
    mean = sum(map(sum, groups)) / n
    means = [sum(group) / len(group) for group in groups]
    squares_between = sum(len(group) * (one - mean) ** 2 for group, one in zip(groups, means, strict=True))
    squares_within = sum((x - one) ** 2 for group, one in zip(groups, means, strict=True) for x in group)
    within = squares_within / (n - count)
    size = (n - sum(len(group) ** 2 for group in groups) / n) / (count - 1)
    return max(0.0, (squares_between / (count - 1) - within) / size), within


def _describe(n: int, between: float, within: float) -> PointReliability:
    if between <= 0 or n == 0:
        return PointReliability(0.0, n, None)
    needed = max(1, ceil(within * GATE / (1 - GATE) / between - 1e-9))
    return PointReliability(between / (between + within / n), n, max(0, needed - n))
