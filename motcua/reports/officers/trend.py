"""An officer's rate by ISO week, against the own past: a p-chart. Pure."""

from collections.abc import Iterable
from datetime import date, timedelta

from msgspec import Struct

from motcua.reports.comparing.counts import Answers, sum_answers
from motcua.reports.comparing.weeks import Chart, draw_chart
from motcua.reports.officers.own import RatingBlock

TREND_WEEKS = 26
"""At least so many weeks are drawn, up to the last day that is asked for: fewer show no trend."""


class Trend(Struct, frozen=True):
    """The Mondays of the weeks, and their p-chart."""

    mondays: tuple[str, ...]
    chart: Chart


def find_trend_start(first: str, last: str) -> str:
    """Return the Monday on which the trend of the days from `first` to `last` begins."""
    least = date.fromisoformat(last) - timedelta(weeks=TREND_WEEKS - 1)
    return _find_monday(min(date.fromisoformat(first), least)).isoformat()


def draw_trend(first: str, last: str, days: Iterable[tuple[str, Answers]]) -> Trend:
    """Return the weeks from that of the day `first` to that of `last`; `days` have their answers."""
    weeks: dict[date, list[Answers]] = {}
    monday, end = _find_monday(date.fromisoformat(first)), date.fromisoformat(last)
    while monday <= end:
        weeks[monday] = []
        monday += timedelta(weeks=1)
    for day, answers in days:
        weeks[_find_monday(date.fromisoformat(day))].append(answers)
    return Trend(tuple(day.isoformat() for day in weeks), draw_chart([sum_answers(one) for one in weeks.values()]))


def list_block_days(blocks: Iterable[RatingBlock]) -> list[tuple[str, Answers]]:
    """Return each block on the day of its last visit: no part of a block has a day of its own."""
    return [(block.last, block.answers) for block in blocks]


def _find_monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
