"""The tables of the report of dossiers. Officers are listed by name, shares only where comparing is fair. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from motcua.desk.messages import mark
from motcua.reports.comparing.counts import Answers
from motcua.reports.comparing.reliability import Reliability
from motcua.reports.dossiers.digital import DigitalShare
from motcua.reports.dossiers.figures import DossierCounts, ReportedFacts, is_in_time
from motcua.reports.measures import measure_quantile, measure_rate
from motcua.reports.officers.comparison import GroupComparison, compare_group
from motcua.reports.officers.tables import NO_DIFFERENCE, OPEN
from motcua.reports.values import PERCENT, Cell, CellType, Phrase, ReportColumn, ReportTable, count_column
from motcua.settings.model import Settings

HALF, MOST = 50, 90
"""Percent of the dossiers that took at most so long."""
ALONE = mark("not enough data: fewer than two officers have settled dossiers here")
TOO_FEW_OTHERS = mark("not enough data: no other officer has settled enough dossiers")
NO_FIELD = mark("Without a field")
NONE = mark("No dossier in these days.")
_SHARE = (
    count_column("count", mark("Number")),
    count_column("of", mark("of")),
    ReportColumn("share", CellType.SHARE, mark("Share"), PERCENT),
    ReportColumn("low", CellType.SHARE, mark("Lower end"), PERCENT),
    ReportColumn("high", CellType.SHARE, mark("Upper end"), PERCENT),
)
_TOTALS = (ReportColumn("figure", CellType.TEXT, mark("Figure")), *_SHARE)
_COUNTS = (
    count_column("received", mark("Came in")),
    count_column("early", mark("Before the day")),
    count_column("on_day", mark("On the day")),
    count_column("late", mark("Late")),
    count_column("refused", mark("Refused")),
    count_column("withdrawn", mark("Withdrawn")),
    count_column("requests", mark("Supplements")),
    count_column("waiting", mark("Waiting")),
    count_column("waiting_late", mark("Waiting and late")),
)
_FIELD = ReportColumn("field", CellType.TEXT, mark("Field"))
_PROCEDURE = (
    ReportColumn("code", CellType.TEXT, mark("Code")),
    ReportColumn("procedure", CellType.TEXT, mark("Procedure")),
)
_OFFICER = (
    ReportColumn("account", CellType.TEXT, mark("Account")),
    ReportColumn("officer", CellType.TEXT, mark("Officer")),
)
_TIMES = (
    count_column("n", "n"),
    count_column("median", mark("Median")),
    count_column("median_low", mark("Lower end")),
    count_column("median_high", mark("Upper end")),
    count_column("most", mark("90 percent took at most")),
    count_column("most_low", mark("Lower end")),
    count_column("most_high", mark("Upper end")),
)
_ON_TIME = (
    _FIELD,
    *_OFFICER,
    count_column("n", "n"),
    ReportColumn("share", CellType.SHARE, mark("Not late"), PERCENT),
    ReportColumn("low", CellType.SHARE, mark("Lower end"), PERCENT),
    ReportColumn("high", CellType.SHARE, mark("Upper end"), PERCENT),
    ReportColumn("state", CellType.TEXT, mark("Comparison")),
)
_DIGITAL = (*_TOTALS, ReportColumn("target", CellType.SHARE, mark("Target"), PERCENT))


class DossierGroups(Struct, frozen=True):
    """The counts of everything, by field, by procedure, by officer, and by field and officer."""

    everything: DossierCounts
    fields: Mapping[str, DossierCounts]
    procedures: Mapping[str, DossierCounts]
    officers: Mapping[int | None, DossierCounts]
    pairs: Mapping[tuple[str, int | None], DossierCounts]


def build_tables(
    settings: Settings,
    facts: ReportedFacts,
    groups: DossierGroups,
    names: Mapping[int | None, Cell],
    procedures: Mapping[str, str],
) -> Iterator[ReportTable]:
    """Yield the tables. `names` are those of officers in their order, `procedures` the names by code."""
    yield ReportTable("totals", mark("All dossiers"), _TOTALS, tuple(_list_totals(settings, facts, groups)), "")
    fields = sorted(groups.fields.items())
    yield ReportTable(
        "fields", mark("By field"), (_FIELD, *_COUNTS), tuple((_field(key), *_counts(one)) for key, one in fields), NONE
    )
    yield ReportTable(
        "times",
        mark("How long settling took, in working days"),
        (_FIELD, *_TIMES),
        tuple((_field(key), *_times(one.days)) for key, one in fields if one.days),
        mark("No dossier was settled in these days."),
        about=mark("without the time in which the applicant was waited for"),
    )
    yield ReportTable(
        "procedures",
        mark("By procedure"),
        (*_PROCEDURE, *_COUNTS),
        tuple((key, procedures.get(key, key), *_counts(one)) for key, one in sorted(groups.procedures.items())),
        NONE,
    )
    yield ReportTable(
        "officers",
        mark("By officer who took them in"),
        (*_OFFICER, *_COUNTS),
        tuple((*_who(key, names), *_counts(groups.officers[key])) for key in names if key in groups.officers),
        NONE,
    )
    yield ReportTable(
        "officers_on_time",
        mark("Not late, by field and officer"),
        _ON_TIME,
        tuple(_list_on_time(groups, names)),
        mark("No dossier was settled in these days."),
        about=mark("rates only where the comparison is open"),
    )


def build_digital(shares: Sequence[DigitalShare]) -> ReportTable:
    """Return the shares of papers and results that are digital, beside the unit's targets."""
    rows = tuple(
        (*_share(Phrase(one.label), one.count, one.of), one.target * 10 if one.target else None) for one in shares
    )
    return ReportTable("digital", mark("Digital papers and results"), _DIGITAL, rows, "")


def _list_totals(settings: Settings, facts: ReportedFacts, groups: DossierGroups) -> Iterator[tuple[Cell, ...]]:
    one, over = groups.everything, facts.over_day
    again = sum(request.is_again for request in facts.requests)
    apologised = [item for item in over if item.apologised_on is not None]
    yield _share(Phrase(mark("Came in")), one.received)
    yield _share(Phrase(mark("Settled, with a promised day")), one.settled)
    yield _share(Phrase(mark("… before the promised day")), one.early, one.settled)
    yield _share(Phrase(mark("… on the promised day")), one.on_day, one.settled)
    yield _share(Phrase(mark("… late")), one.late, one.settled)
    yield _share(Phrase(mark("Refused")), one.refused)
    yield _share(Phrase(mark("Withdrawn by the applicant")), one.withdrawn)
    yield _share(Phrase(mark("Supplements asked for")), one.requests)
    yield _share(Phrase(mark("… for the second time")), again, one.requests)
    yield _share(Phrase(mark("Waiting at the end of the period")), one.waiting)
    yield _share(Phrase(mark("… and late")), one.waiting_late, one.waiting)
    yield _share(Phrase(mark("Late, settled or waiting: an apology was due")), len(over))
    yield _share(Phrase(mark("… with an apology")), len(apologised), len(over))
    in_time = sum(is_in_time(settings, item) for item in apologised)
    yield _share(Phrase(mark("… with an apology in time")), in_time, len(over))


def _share(label: Cell, count: int, of: int | None = None) -> tuple[Cell, ...]:
    if not of:
        return label, count, of, None, None, None
    rate = measure_rate(count, of)
    return label, count, of, rate.percent_tenths, rate.low_tenths, rate.high_tenths


def _counts(one: DossierCounts) -> tuple[Cell, ...]:
    return (
        one.received, one.early, one.on_day, one.late, one.refused, one.withdrawn, one.requests, one.waiting,
        one.waiting_late,
    )  # fmt: skip


def _times(days: Sequence[int]) -> tuple[Cell, ...]:
    cells: list[Cell] = [len(days)]
    for percent in (HALF, MOST):
        quantile = measure_quantile(days, percent)
        cells += [None, None, None] if quantile is None else [quantile.value, quantile.low, quantile.high]
    return tuple(cells)


def _list_on_time(groups: DossierGroups, names: Mapping[int | None, Cell]) -> Iterator[tuple[Cell, ...]]:
    for key in sorted({key for key, _officer in groups.pairs}):
        answers = {
            officer: Answers(groups.pairs[key, officer].settled - groups.pairs[key, officer].late, count)
            for officer in names
            if officer is not None and (key, officer) in groups.pairs and (count := groups.pairs[key, officer].settled)
        }
        yield from _compare(key, compare_group(key, answers), names)


def _compare(key: str, group: GroupComparison, names: Mapping[int | None, Cell]) -> Iterator[tuple[Cell, ...]]:
    answering = sum(bool(one.answers.n) for one in group.officers)
    for one in group.officers:
        rate = measure_rate(one.answers.satisfied, one.answers.n) if one.shrunk is not None else None
        shares = (rate.percent_tenths, rate.low_tenths, rate.high_tenths) if rate else (None, None, None)
        state = _write_state(one.reliability, group.is_open, answering)
        yield _field(key), *_who(one.officer, names), one.answers.n, *shares, state


def _write_state(reliability: Reliability, is_open: bool, settling: int) -> Phrase:
    """Return whether a share may stand beside others, or what is missing; `settling` officers have settled ones."""
    if reliability.missing:
        return Phrase(mark("not enough data: %(count)s settled dossiers are missing"), {"count": reliability.missing})
    if reliability.missing is None:
        return Phrase(NO_DIFFERENCE if settling > 1 else ALONE)
    return Phrase(OPEN if is_open else TOO_FEW_OTHERS)


def _field(key: str) -> Cell:
    return key or Phrase(NO_FIELD)


def _who(officer: int | None, names: Mapping[int | None, Cell]) -> tuple[Cell, Cell]:
    return "" if officer is None else str(officer), names[officer]
