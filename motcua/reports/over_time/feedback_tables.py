"""Tables of shares, of ratings by week, suggestions, quotas and devices. Pure."""

from collections.abc import Sequence

from msgspec import Struct

from motcua.desk.messages import mark
from motcua.reports.comparing.counts import Answers
from motcua.reports.comparing.weeks import ChartPoint, Signal, draw_chart
from motcua.reports.measures import measure_rate, round_to_tenths
from motcua.reports.model import Rate
from motcua.reports.over_time.model import Span
from motcua.reports.over_time.tables import Rows, describe_rate
from motcua.reports.values import (
    PERCENT,
    Cell,
    CellType,
    Phrase,
    ReportColumn,
    ReportTable,
    count_column,
    wait_columns,
)

SATISFIED = frozenset({4, 5})
_SIGNALS = {
    Signal.OUTSIDE: mark("beyond chance"),
    Signal.RUN: mark("nine weeks on one side of the mean"),
}


class LevelCount(Struct, frozen=True):
    """How many ratings of a day have one level; quarantined ones do not count."""

    day: str
    is_quarantined: bool
    level: int
    count: int


class QuotaUse(Struct, frozen=True):
    """A quota of a service in the morning or the afternoon: numbers taken, and the days on which none was left."""

    service: Cell
    is_morning: bool
    quota: int
    days: int
    taken: int
    used_up: int


def build_share_table(shares: Sequence[tuple[str, Rate | None]]) -> ReportTable:
    """Return named shares with their intervals."""
    rows = tuple((Phrase(name), *describe_rate(rate), rate.n if rate else 0) for name, rate in shares)
    columns = (
        ReportColumn("figure", CellType.TEXT, mark("Figure")),
        ReportColumn("percent_tenths", CellType.SHARE, mark("Share"), PERCENT),
        ReportColumn("low_tenths", CellType.SHARE, mark("Lower end"), PERCENT),
        ReportColumn("high_tenths", CellType.SHARE, mark("Upper end"), PERCENT),
        count_column("n", "n"),
    )
    return ReportTable("shares", mark("Shares"), columns, rows, mark("no data yet"))


def count_answers(levels: Sequence[LevelCount], *, with_quarantined: bool = False) -> Answers:
    """Return how many of these ratings are of the two best levels."""
    counted = [item for item in levels if with_quarantined or not item.is_quarantined]
    return Answers(sum(item.count for item in counted if item.level in SATISFIED), sum(item.count for item in counted))


def measure_answers(answers: Answers) -> Rate | None:
    """Return the share of satisfied answers, None without any."""
    return measure_rate(answers.satisfied, answers.n) if answers.n else None


def build_week_table(levels: Sequence[LevelCount], weeks: Sequence[Span]) -> ReportTable:
    """Return the ratings by week with the limits of chance around the mean of the period."""
    answers = [count_answers([item for item in levels if week.first <= item.day <= week.last]) for week in weeks]
    chart = draw_chart(answers)
    rows: Rows = ()
    if chart.mean is not None:
        mean = round_to_tenths(chart.mean)
        rows = tuple(_week(week, point, mean) for week, point in zip(weeks, chart.points, strict=True))
    columns = (
        ReportColumn("first", CellType.DAY, mark("From")),
        ReportColumn("last", CellType.DAY, mark("To")),
        count_column("n", mark("Ratings")),
        count_column("satisfied", mark("Satisfied")),
        ReportColumn("percent_tenths", CellType.SHARE, mark("Share"), PERCENT),
        ReportColumn("low_tenths", CellType.SHARE, mark("Lower end"), PERCENT),
        ReportColumn("high_tenths", CellType.SHARE, mark("Upper end"), PERCENT),
        ReportColumn("mean_tenths", CellType.SHARE, mark("Mean of the period"), PERCENT),
        ReportColumn("limit_low_tenths", CellType.SHARE, mark("Lower limit of chance"), PERCENT),
        ReportColumn("limit_high_tenths", CellType.SHARE, mark("Upper limit of chance"), PERCENT),
        ReportColumn("signal", CellType.TEXT, mark("Signal")),
    )
    return ReportTable("weeks", mark("Satisfaction by week"), columns, rows, mark("Nobody rated in this period."))


def _week(week: Span, point: ChartPoint, mean: int) -> tuple[Cell, ...]:
    limits = point.limits
    return (
        week.first,
        week.last,
        point.answers.n,
        point.answers.satisfied,
        *describe_rate(measure_answers(point.answers)),
        mean,
        round_to_tenths(limits.low) if limits else None,
        round_to_tenths(limits.high) if limits else None,
        Phrase(_SIGNALS[point.signal]) if point.signal else None,
    )


def build_rating_table(prompts: tuple[int, int, int], statuses: dict[str, int]) -> ReportTable:
    """Return how many visits were asked about and what came of it."""
    asked, answered, skipped = prompts
    rows: Rows = (
        (Phrase(mark("Visits asked about")), asked),
        (Phrase(mark("Answered")), answered),
        (Phrase(mark("Skipped")), skipped),
        (Phrase(mark("Ratings that count")), statuses.get("counted", 0)),
        (Phrase(mark("Unprompted ratings")), statuses.get("unprompted", 0)),
        (Phrase(mark("Ratings set aside")), statuses.get("quarantined", 0)),
    )
    columns = (ReportColumn("figure", CellType.TEXT, mark("Figure")), count_column("count", mark("Number")))
    return ReportTable("ratings", mark("Ratings"), columns, rows, mark("no data yet"))


def build_quota_table(uses: Sequence[QuotaUse]) -> ReportTable:
    """Return how far quotas were used."""
    rows = tuple(
        (
            use.service,
            Phrase(mark("Morning") if use.is_morning else mark("Afternoon")),
            use.quota,
            use.days,
            use.taken,
            use.used_up,
        )
        for use in uses
    )
    columns = (
        ReportColumn("service", CellType.TEXT, mark("Service")),
        ReportColumn("half", CellType.TEXT, mark("Half-day")),
        count_column("quota", mark("Quota")),
        count_column("days", mark("Days")),
        count_column("taken", mark("Numbers taken")),
        count_column("used_up", mark("Days without a number left")),
    )
    return ReportTable("quotas", mark("Quotas"), columns, rows, mark("No service has a quota."))


def build_device_table(downtimes: Sequence[tuple[str, int, int, int]]) -> ReportTable:
    """Return devices with how often and for how many milliseconds they were down, and how often they still are."""
    columns = (
        ReportColumn("device", CellType.TEXT, mark("Device")),
        count_column("times", mark("Times down")),
        *wait_columns([("down_s", mark("Down"))]),
        count_column("open", mark("Still down")),
    )
    rows = tuple((name, times, spent / 1000, still) for name, times, spent, still in downtimes)
    return ReportTable(
        "devices", mark("Devices that did not work"), columns, rows, mark("No device was reported down.")
    )
