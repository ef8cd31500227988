"""Whether something changed over time: a p-chart, not two bars of different height.

Sources: W. A. Shewhart, Economic Control of Quality of Manufactured Product (1931); L. S. Nelson, The Shewhart
control chart: tests for special causes, Journal of Quality Technology 16 (1984), tests 1 and 2.
"""

from collections.abc import Sequence
from enum import StrEnum

from msgspec import Struct

from motcua.reports.comparing.counts import Answers, sum_answers
from motcua.reports.comparing.funnel import ChanceLimits, compute_limits

WITHIN = 0.9973
"""Three standard deviations to each side, taken exactly for small numbers."""
RUN = 9
"""So many in a row on one side of the mean are no chance any more."""


class Signal(StrEnum):
    """Why a week stands out: `outside` the limits, or the last of a `run` on one side of the mean."""

    OUTSIDE = "outside"
    RUN = "run"


class ChartPoint(Struct, frozen=True):
    """One week: its answers, its limits (None without answers) and why it stands out, if it does."""

    answers: Answers
    limits: ChanceLimits | None
    signal: Signal | None


class Chart(Struct, frozen=True):
    """Weeks in their order, around the mean of all of them, as a fraction; None without any answer."""

    mean: float | None
    points: tuple[ChartPoint, ...]


def draw_chart(weeks: Sequence[Answers]) -> Chart:
    """Return the weeks with their limits and signals. A week without answers neither ends nor lengthens a run."""
    together = sum_answers(weeks)
    if not together.n:
        return Chart(None, tuple(ChartPoint(week, None, None) for week in weeks))
    mean = together.satisfied / together.n
    points, side, length = [], 0, 0
    for week in weeks:
        if not week.n:
            points.append(ChartPoint(week, None, None))
            continue
        rate = week.satisfied / week.n
        new_side = (rate > mean) - (rate < mean)
        length = length + 1 if new_side == side else 1
        side = new_side
        limits = compute_limits(mean, week.n, WITHIN)
        points.append(ChartPoint(week, limits, _find_signal(limits, rate, side, length)))
    return Chart(mean, tuple(points))


def _find_signal(limits: ChanceLimits, rate: float, side: int, length: int) -> Signal | None:
    if not limits.has(rate):
        return Signal.OUTSIDE
    return Signal.RUN if side and length >= RUN else None
