"""Queries and answers of the calls about figures."""

from typing import Annotated, Any, Literal

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Both, Day
from motcua.api.shapes.replays import Figures
from motcua.api.texts import Code
from motcua.reports.values import CellType


class ReportQuery(ApiShape):
    """Of which days: one day, or a first and a last one.

    Without them today, or the month so far for a report of several days.
    """

    day: Day | None = Field(default=None)
    begin: Day | None = Field(default=None, alias="from")
    end: Day | None = Field(default=None, alias="to")


class CsvQuery(ReportQuery):
    """One `table` alone, from its headings on; without it all of them and the notes."""

    table: Code | None = Field(default=None)


class AnswerColumn(ApiShape):
    """A column of a report: its name, what its cells hold, in which unit people read them."""

    name: str
    type: CellType
    unit: str


class AnswerTable(ApiShape):
    """A table: each row has a value under the name of each column; durations in seconds, shares in tenths of a
    percent.
    """

    id: str
    columns: list[AnswerColumn]
    rows: list[dict[str, Any]]


class ReportAnswer(ApiShape):
    """A report of some days, as its tables have it; `caution` is what to know before any figure."""

    begin: str = Field(alias="from")
    end: str = Field(alias="to")
    caution: str | None
    tables: list[AnswerTable]


class ForecastQuery(ApiShape):
    """Below how many minutes four of five waits should stay; as the settings say when left out."""

    target_min: Annotated[int, Field(ge=1, le=120)] | None = None


class Share(ApiShape):
    """A share in tenths of a percent, its 95 % interval, and how many it was measured on."""

    percent_tenths: int
    low_tenths: int
    high_tenths: int
    n: int


class Target(ApiShape):
    """Between which shares it should lie."""

    low_tenths: int
    high_tenths: int


class Coverage(ApiShape):
    """How many promised waits held from a day to another; `week` is the ISO week of the first.

    `rate` is null without any.
    """

    week: str
    begin: str = Field(alias="from")
    end: str = Field(alias="to")
    rate: Share | None
    target: Target


class Weeks(ApiShape):
    """The last weeks, oldest first."""

    items: list[Coverage]


class Numbers(ApiShape):
    """What became of numbers; `here` are those whose visit has not ended."""

    issued: int
    served: int
    cancelled: int
    absent: int
    here: int


class GroupNumbers(Numbers):
    """What became of a group's numbers."""

    letter: str
    name: Both


class RankLabels(ApiShape):
    """The classes of one rank."""

    rank: int
    labels: list[Both]


class CounterWork(ApiShape):
    """What a counter finished, and the median time of it."""

    number: int
    label: str
    served: int
    median_service_s: int | None


class NumberCall(ApiShape):
    """A number that was called out of its order. `reason` is a code of the settings or `other`."""

    ticket: str
    number: str
    at: str
    counter: int
    officer: str | None
    reason: str
    reason_label: Both
    waited_s: int


class NumberCalls(ApiShape):
    """The calls out of order."""

    count: int
    items: list[NumberCall]


class DayReport(ApiShape):
    """A day.

    `figures` are those of a replay's `happened`, null where the journal tells too little; `before`, `after`: days
    with some.
    """

    day: str
    ended: bool
    before: str | None
    after: str | None
    totals: Numbers
    groups: list[GroupNumbers]
    figures: Figures | None
    ranks: list[RankLabels]
    counters: list[CounterWork]
    out_of_order: NumberCalls
    coverage: Coverage
    satisfaction: Share | None


class LeftOutDay(ApiShape):
    """A day that the forecast leaves out."""

    day: str
    why: Literal["holiday", "own_hours", "nobody", "unreadable"]
    name: str


class HalfHour(ApiShape):
    """A half-hour: mean arrivals, between which numbers eight of ten such half-hours lie, counters needed."""

    at: str
    mean: float
    low: int
    high: int
    counters: int


class WeekdayForecast(ApiShape):
    """A weekday (0 Monday) from `n_days` past ones; `counters` for the whole day, and the wait that four of five do
    not exceed then.
    """

    weekday: int
    n_days: int
    halves: list[HalfHour]
    counters: int
    p80_wait_min: float


class ThinWeekday(ApiShape):
    """A weekday with too few past days for a forecast."""

    weekday: int
    n_days: int


class Forecast(ApiShape):
    """Who will come and how many counters keep the wait below the target; not `enough` days: no weekday."""

    target_min: int
    weeks: int
    n_days: int
    begin: str = Field(alias="from")
    end: str = Field(alias="to")
    days_left_out: list[LeftOutDay]
    weekdays: list[WeekdayForecast]
    weekdays_short: list[ThinWeekday]
    enough: bool
