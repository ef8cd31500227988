"""The tables and notes of the report by officer. Rates of several officers stand there from the gate on. Pure."""

from collections.abc import Mapping, Sequence

from motcua.desk.messages import mark
from motcua.feedback.channels import Channel
from motcua.reports import measures
from motcua.reports.comparing.counts import Answers
from motcua.reports.comparing.reliability import GATE, Reliability
from motcua.reports.comparing.shrinkage import Shrunk
from motcua.reports.model import Rate
from motcua.reports.officers.comparison import GroupComparison, MixedOfficer
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

SECOND_MS, HOUR_MS = 1000, 3_600_000
_OFFICER = ReportColumn("officer", CellType.TEXT, mark("Officer"))
_NUMBER = ReportColumn("account", CellType.TEXT, mark("Account"))
_ENDS = (("low_tenths", mark("Lower end")), ("high_tenths", mark("Upper end")))
_WORK = (
    _NUMBER,
    _OFFICER,
    count_column("served", mark("Served")),
    *wait_columns(
        [
            ("present_s", mark("Present")),
            ("service_s", mark("Serving")),
            ("calling_s", mark("Calling")),
            ("idle_s", mark("Free")),
            ("paused_s", mark("Paused")),
            ("median_service_s", mark("Median service")),
        ]
    ),
    ReportColumn("served_per_hour", CellType.COEFFICIENT, mark("Served per hour")),
    ReportColumn("ratings_per_hour", CellType.COEFFICIENT, mark("Ratings per hour")),
)
_PAUSES = (
    _NUMBER,
    _OFFICER,
    ReportColumn("reason", CellType.TEXT, mark("Reason")),
    *wait_columns([("paused_s", mark("Paused"))]),
)
_PROMPTS = (
    _NUMBER,
    _OFFICER,
    count_column("asked", mark("Asked")),
    count_column("answered", mark("Answered")),
    count_column("skipped", mark("Skipped")),
    count_column("unprompted", mark("For no visit")),
    count_column("quarantined", mark("Set aside")),
    count_column("counted", mark("Counted")),
    *(count_column(channel.value, channel.label) for channel in Channel),
)
_RATES = (
    ReportColumn("raw_tenths", CellType.SHARE, mark("Satisfied"), PERCENT),
    *(ReportColumn(f"raw_{name}", CellType.SHARE, label, PERCENT) for name, label in _ENDS),
    ReportColumn("shrunk_tenths", CellType.SHARE, mark("Drawn to the mean"), PERCENT),
    *(ReportColumn(f"shrunk_{name}", CellType.SHARE, label, PERCENT) for name, label in _ENDS),
)
_SATISFACTION = (
    ReportColumn("letter", CellType.TEXT, mark("Letter")),
    _NUMBER,
    _OFFICER,
    count_column("n", "n"),
    *_RATES,
    ReportColumn("state", CellType.TEXT, mark("Comparison")),
)
_MIXED = (
    _NUMBER,
    _OFFICER,
    ReportColumn("letters", CellType.TEXT, mark("Letters")),
    count_column("n", "n"),
    ReportColumn("rate_tenths", CellType.SHARE, mark("Satisfied with the desk's mix"), PERCENT),
    *(ReportColumn(name, CellType.SHARE, label, PERCENT) for name, label in _ENDS),
    ReportColumn("covered_tenths", CellType.SHARE, mark("Part of the desk's answers"), PERCENT),
    ReportColumn("state", CellType.TEXT, mark("Comparison")),
)
NOBODY = mark("nobody signed in")
LEFT = mark("%(name)s (account closed)")
NO_WORK = mark("Nobody worked at a counter on these days.")
NO_ANSWERS = mark("Nobody was rated on these days.")
OPEN = mark("enough data")
MISSING = mark("not enough data: %(count)s answers are missing")
NO_DIFFERENCE = mark("not enough data: no difference between officers can be measured")
ALONE = mark("not enough data: fewer than two officers have answers")
TOO_FEW_OTHERS = mark("not enough data: no other officer has enough answers")
NOTES = (
    Phrase(
        mark(
            "Served: visits that ended at the officer's counter, by stretches of serving. A visit that went to several"
            " officers counts for the last one; the time of each counts for each."
        )
    ),
    Phrase(
        mark(
            "Present: from opening a counter to closing it, less pauses, by the journal. Who did not sign out counts"
            " until the last entry of the day. Serving, calling and free time are parts of it."
        )
    ),
    Phrase(
        mark(
            "Calling: from the call to the start of serving. Time for somebody who was called and did not come counts"
            " as free. A visit that only the end of the day ended has no service time."
        )
    ),
    Phrase(
        mark(
            "Asked: the pad or the keypad showed the question. An answer by phone makes a skipped question an answered"
            " one. Ratings count on the day of their visit, for the officer who served it last."
        )
    ),
    Phrase(
        mark(
            "Satisfied: the share of the two best of five levels among the ratings that count. Its interval is that of"
            " Wilson (1927), 95 percent. Ratings that are set aside are counted apart."
        )
    ),
    Phrase(
        mark(
            "Drawn to the mean: the rate in the light of the other officers of the same group of services, with its 95"
            " percent interval (beta-binomial, integrated over a grid). Few answers are drawn to the mean more."
        )
    ),
    Phrase(
        mark(
            "Rates stand side by side only from a reliability of %(gate)s percent on: at least that part of the"
            " difference between officers must be no chance. Otherwise each officer is compared with the own past only,"
            " on a page of their own."
        ),
        {"gate": round(GATE * 100)},
    ),
    Phrase(
        mark("The group is that of the number's letter, also after a transfer or when a service gets another name.")
    ),
    Phrase(mark("Officers are ordered by name. No figure here is a rank, and none of the camera is part of it.")),
)
"""How the figures are computed."""


def write_officer(figures: OfficerFigures) -> Cell:
    """Return how a table names an officer."""
    if figures.officer is None:
        return Phrase(NOBODY)
    return Phrase(LEFT, {"name": figures.name}) if figures.has_left else figures.name


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
) -> tuple[ReportTable, ...]:
    """Return the tables of the officers in the order given; `reasons` are the labels of pauses by their code."""
    names = {figures.officer: figures for figures in everybody}
    return (
        ReportTable("work", mark("Work"), _WORK, tuple(_work(one) for one in everybody), NO_WORK),
        ReportTable(
            "pauses",
            mark("Pauses by reason"),
            _PAUSES,
            tuple(
                (*_who(one), reasons.get(reason, reason), lasted_ms / SECOND_MS)
                for one in everybody
                for reason, lasted_ms in one.presence.paused_ms.items()
            ),
            mark("Nobody paused on these days."),
        ),
        ReportTable("prompts", mark("Ratings"), _PROMPTS, tuple(_prompts(one) for one in everybody), NO_ANSWERS),
        ReportTable(
            "satisfaction",
            mark("Satisfaction by group of services"),
            _SATISFACTION,
            tuple(row for group in groups for row in _satisfaction(group, names)),
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


def _who(figures: OfficerFigures) -> tuple[Cell, Cell]:
    return "" if figures.officer is None else str(figures.officer), write_officer(figures)


def _work(one: OfficerFigures) -> tuple[Cell, ...]:
    service, presence = one.service, one.presence
    spans_ms = (presence.present_ms, service.service_ms, service.calling_ms, one.idle_ms)
    return (
        *_who(one),
        service.served,
        *(span_ms / SECOND_MS for span_ms in spans_ms),
        sum(presence.paused_ms.values()) / SECOND_MS,
        None if service.median_ms is None else service.median_ms / SECOND_MS,
        count_per_hour(service.served, presence.present_ms),
        count_per_hour(one.prompts.counted, presence.present_ms),
    )


def count_per_hour(count: int, present_ms: int) -> int | None:
    """Return hundredths of how many there were in an hour at the counter; None for less than an hour."""
    return int(count * HOUR_MS * 100 / present_ms + 0.5) if present_ms >= HOUR_MS else None


def _prompts(one: OfficerFigures) -> tuple[Cell, ...]:
    prompts = one.prompts
    return (
        *_who(one),
        prompts.asked,
        prompts.answered,
        prompts.skipped,
        prompts.unprompted,
        prompts.quarantined,
        prompts.counted,
        *(prompts.channels.get(channel.value, 0) for channel in Channel),
    )


def _satisfaction(group: GroupComparison, names: Mapping[int | None, OfficerFigures]) -> list[tuple[Cell, ...]]:
    answering = sum(bool(one.answers.n) for one in group.officers)
    return [
        (
            group.letter,
            *_who(names[one.officer]),
            one.answers.n,
            *(write_rate(one.answers) if one.shrunk is not None else (None, None, None)),
            *write_shrunk(one.shrunk),
            write_state(one.reliability, group.is_open, answering),
        )
        for one in group.officers
    ]


def _mixed(one: MixedOfficer, names: Mapping[int | None, OfficerFigures], answering: int) -> tuple[Cell, ...]:
    rate = one.rate
    shares = (None,) * 4 if rate is None else (rate.rate, rate.low, rate.high, rate.covered)
    return (
        *_who(names[one.officer]),
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
