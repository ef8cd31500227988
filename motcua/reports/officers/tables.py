"""The tables and notes of the report by officer. Rates of several officers stand there from the gate on. Pure."""

from collections.abc import Mapping, Sequence

from motcua.desk.messages import mark
from motcua.feedback.channels import Channel
from motcua.reports import measures
from motcua.reports.comparing.counts import Answers
from motcua.reports.comparing.reliability import Reliability
from motcua.reports.comparing.shrinkage import Shrunk
from motcua.reports.model import Rate
from motcua.reports.officers.comparison import GroupComparison, MixedOfficer
from motcua.reports.officers.hours_tables import NO_WORK, NUMBER, OFFICER, SECOND_MS, build_hours, describe_who
from motcua.reports.officers.model import OfficerFigures
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

HOUR_MS = 3_600_000
_ENDS = (("low_tenths", mark("Lower end")), ("high_tenths", mark("Upper end")))
_WORK = (
    NUMBER,
    OFFICER,
    count_column("served", mark("Served")),
    *wait_columns([("median_service_s", mark("Median service"))]),
    ReportColumn("served_per_hour", CellType.COEFFICIENT, mark("Served per hour")),
    ReportColumn("ratings_per_hour", CellType.COEFFICIENT, mark("Ratings per hour")),
)
_PROMPTS = (
    NUMBER,
    OFFICER,
    count_column("asked", mark("Asked")),
    count_column("answered", mark("Answered")),
    count_column("skipped", mark("Skipped")),
    count_column("unprompted", mark("For no visit")),
    count_column("quarantined", mark("Set aside")),
    count_column("confirmed", mark("Set aside, confirmed")),
    count_column("counted", mark("Counted")),
)
_CHANNELS = (
    NUMBER,
    OFFICER,
    ReportColumn("channel", CellType.TEXT, mark("Channel")),
    count_column("counted", mark("Counted")),
)
_LETTER = ReportColumn("letter", CellType.TEXT, mark("Letter"))
_SATISFACTION = (
    _LETTER,
    NUMBER,
    OFFICER,
    count_column("n", "n"),
    ReportColumn("raw_tenths", CellType.SHARE, mark("Satisfied"), PERCENT),
    *(ReportColumn(f"raw_{name}", CellType.SHARE, label, PERCENT) for name, label in _ENDS),
    ReportColumn("state", CellType.TEXT, mark("Comparison")),
)
_SHRUNK = (
    _LETTER,
    NUMBER,
    OFFICER,
    count_column("n", "n"),
    ReportColumn("shrunk_tenths", CellType.SHARE, mark("Drawn to the mean"), PERCENT),
    *(ReportColumn(f"shrunk_{name}", CellType.SHARE, label, PERCENT) for name, label in _ENDS),
)
_MIXED = (
    NUMBER,
    OFFICER,
    ReportColumn("letters", CellType.TEXT, mark("Letters")),
    count_column("n", "n"),
    ReportColumn("rate_tenths", CellType.SHARE, mark("Satisfied with the desk's mix"), PERCENT),
    *(ReportColumn(name, CellType.SHARE, label, PERCENT) for name, label in _ENDS),
    ReportColumn("covered_tenths", CellType.SHARE, mark("Part of the desk's answers"), PERCENT),
    ReportColumn("state", CellType.TEXT, mark("Comparison")),
)
NO_ANSWERS = mark("Nobody was rated on these days.")
OPEN = mark("enough data")
MISSING = mark("not enough data: %(count)s answers are missing")
NO_DIFFERENCE = mark("not enough data: no difference between officers can be measured")
ALONE = mark("not enough data: fewer than two officers have answers")
TOO_FEW_OTHERS = mark("not enough data: no other officer has enough answers")


def write_state(reliability: Reliability, is_open: bool, answering: int) -> Phrase:
    """Return whether a rate may stand beside others, or what is missing; `answering` officers have answers."""
    if reliability.missing:
        return Phrase(MISSING, {"count": reliability.missing})
    if reliability.missing is None:
        return Phrase(NO_DIFFERENCE if answering > 1 else ALONE)
    return Phrase(OPEN if is_open else TOO_FEW_OTHERS)


def build_tables(
    everybody: Sequence[OfficerFigures],
    groups: Sequence[GroupComparison],
    mixed: Sequence[MixedOfficer],
    reasons: Mapping[str, Cell],
    correction_reasons: Mapping[str, Cell],
) -> tuple[ReportTable, ...]:
    """Return the tables of the officers in the order given; the labels of pauses and corrections are by their code."""
    names = {figures.officer: figures for figures in everybody}
    return (
        ReportTable("work", mark("Work"), _WORK, tuple(_work(one) for one in everybody), NO_WORK),
        *build_hours(everybody, reasons, correction_reasons),
        ReportTable("prompts", mark("Ratings"), _PROMPTS, tuple(_prompts(one) for one in everybody), NO_ANSWERS),
        ReportTable(
            "channels",
            mark("Ratings by channel"),
            _CHANNELS,
            tuple(row for one in everybody for row in _channels(one)),
            NO_ANSWERS,
        ),
        ReportTable(
            "satisfaction",
            mark("Satisfaction by group of services"),
            _SATISFACTION,
            tuple(row for group in groups for row in _satisfaction(group, names)),
            NO_ANSWERS,
            about=mark("rates only where the comparison is open"),
        ),
        ReportTable(
            "shrunk",
            mark("Satisfaction drawn to the mean of the group"),
            _SHRUNK,
            tuple(row for group in groups for row in _shrunk(group, names)),
            NO_ANSWERS,
            about=mark("rates only where the comparison is open"),
        ),
        ReportTable(
            "mixed",
            mark("Over all groups, with the desk's mix of services"),
            _MIXED,
            tuple(_mixed(one, names, sum(bool(other.answers.n) for other in mixed)) for one in mixed),
            mark("There are no answers in two groups of services."),
            about=mark("rates only where the comparison is open"),
        ),
    )


def _work(one: OfficerFigures) -> tuple[Cell, ...]:
    service, present_ms = one.service, one.presence.present_ms
    return (
        *describe_who(one),
        service.served,
        None if service.median_ms is None else service.median_ms / SECOND_MS,
        count_per_hour(service.served, present_ms),
        count_per_hour(one.prompts.counted, present_ms),
    )


def count_per_hour(count: int, present_ms: int) -> int | None:
    """Return hundredths of how many there were in an hour at the counter; None for less than an hour."""
    return int(count * HOUR_MS * 100 / present_ms + 0.5) if present_ms >= HOUR_MS else None


def _prompts(one: OfficerFigures) -> tuple[Cell, ...]:
    prompts = one.prompts
    return (
        *describe_who(one),
        prompts.asked,
        prompts.answered,
        prompts.skipped,
        prompts.unprompted,
        prompts.quarantined,
        prompts.confirmed,
        prompts.counted,
    )


def _channels(one: OfficerFigures) -> list[tuple[Cell, ...]]:
    counts = one.prompts.channels
    return [
        (*describe_who(one), Phrase(channel.label), counts[channel.value])
        for channel in Channel
        if channel.value in counts
    ]


def _satisfaction(group: GroupComparison, names: Mapping[int | None, OfficerFigures]) -> list[tuple[Cell, ...]]:
    answering = sum(bool(one.answers.n) for one in group.officers)
    return [
        (
            group.letter,
            *describe_who(names[one.officer]),
            one.answers.n,
            *(write_rate(one.answers) if one.shrunk is not None else (None, None, None)),
            write_state(one.reliability, group.is_open, answering),
        )
        for one in group.officers
    ]


def _shrunk(group: GroupComparison, names: Mapping[int | None, OfficerFigures]) -> list[tuple[Cell, ...]]:
    return [
        (group.letter, *describe_who(names[one.officer]), one.answers.n, *write_shrunk(one.shrunk))
        for one in group.officers
    ]


def _mixed(one: MixedOfficer, names: Mapping[int | None, OfficerFigures], answering: int) -> tuple[Cell, ...]:
    rate = one.rate
    shares = (None,) * 4 if rate is None else (rate.rate, rate.low, rate.high, rate.covered)
    return (
        *describe_who(names[one.officer]),
        ", ".join(one.letters),
        one.answers.n,
        *(None if share is None else measures.round_to_tenths(share) for share in shares),
        write_state(one.reliability, rate is not None, answering),
    )


def write_rate(answers: Answers) -> tuple[int | None, int | None, int | None]:
    """Return a rate and the ends of its interval in tenths of a percent; nothing without answers."""
    if not answers.n:
        return None, None, None
    rate: Rate = measures.measure_rate(answers.satisfied, answers.n)
    return rate.percent_tenths, rate.low_tenths, rate.high_tenths


def write_shrunk(shrunk: Shrunk | None) -> tuple[int | None, int | None, int | None]:
    """Return a rate that was drawn to the mean and the ends of its interval in tenths of a percent."""
    if shrunk is None:
        return None, None, None
    low, middle, high = (measures.round_to_tenths(share) for share in (shrunk.low, shrunk.rate, shrunk.high))
    return middle, low, high
