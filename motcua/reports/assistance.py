"""The help team over some days: how many people it helped, with what, and how much is filed online."""

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby

from motcua.assistance import store
from motcua.assistance.model import OUTCOME_LABELS, Assistance, AssistanceOutcome
from motcua.desk import Reader
from motcua.desk.messages import mark
from motcua.procedures.store import list_procedures, load_words
from motcua.reports.indices.store import read_facts
from motcua.reports.measures.rates import find_median, measure_rate
from motcua.reports.values import (
    MINUTES,
    Cell,
    CellType,
    Period,
    Phrase,
    ReportColumn,
    ReportSheet,
    ReportTable,
    count_column,
)

NOBODY = mark("The help team entered nobody.")
_HELPED = count_column("helped", mark("People helped"))
_COUNTS = tuple(count_column(code.value, label) for code, label in OUTCOME_LABELS.items())
_TIME = (
    count_column("timed", mark("With minutes")),
    ReportColumn("median_s", CellType.DURATION, mark("Half took at most"), MINUTES),
)
NOTES = (
    Phrase(mark("One entry is one person who was helped. Several things can be done for one person.")),
    Phrase(mark("Minutes are as the helpers gave them. They need not give any.")),
    Phrase(mark("The share of filings online is that of dossiers settled in the period whose way of filing is known.")),
    Phrase(mark("As far as we know the national targets count it so (unverified).")),
    Phrase(mark("A filing that the help team helped with counts in this share only once its dossier is known here.")),
)


def build(db: Reader, period: Period) -> ReportSheet:
    """Return what the help team did on the days of `period`."""
    items = store.list_assistances(db, period.first, period.last)
    return ReportSheet(
        Phrase(mark("Help team from %(first)s to %(last)s"), period.as_params()),
        period,
        (
            _make_outcomes(items),
            _make_days(items),
            _make_procedures(db, items, period.last),
            _make_online(db, period),
        ),
        NOTES,
    )


def _make_outcomes(items: Sequence[Assistance]) -> ReportTable:
    counts = Counter(outcome for item in items for outcome in item.outcomes)
    rows: list[tuple[Cell, ...]] = []
    for code, label in OUTCOME_LABELS.items() if items else ():
        rate = measure_rate(counts[code], len(items))
        rows.append((Phrase(label), counts[code], rate.percent_tenths, rate.low_tenths, rate.high_tenths, len(items)))
    columns = (
        ReportColumn("outcome", CellType.TEXT, mark("What was done")),
        count_column("count", mark("People")),
        *_share_columns(),
        count_column("n", mark("Of")),
    )
    return ReportTable("outcomes", mark("What was done"), columns, tuple(rows), NOBODY)


def _make_days(items: Sequence[Assistance]) -> ReportTable:
    days = [(day, list(some)) for day, some in groupby(items, key=lambda item: item.day)]
    rows: list[tuple[Cell, ...]] = [(day, *_count(some), *_time(some)) for day, some in days]
    columns = (ReportColumn("day", CellType.DAY, mark("Day")), _HELPED, *_COUNTS, *_TIME)
    return ReportTable("days", mark("By day"), columns, tuple(rows), NOBODY)


def _make_procedures(db: Reader, items: Sequence[Assistance], day: str) -> ReportTable:
    """Return a row for each procedure, the most frequent first; what was about none comes last."""
    offered, english = list_procedures(db, day), load_words().english
    groups: dict[str, list[Assistance]] = {}
    for item in items:
        groups.setdefault(item.procedure or "", []).append(item)
    rows: list[tuple[Cell, ...]] = []
    for code, some in sorted(groups.items(), key=lambda group: (not group[0], -len(group[1]), group[0])):
        vi = offered[code].name if code in offered else code
        name: Cell = {"vi": vi, "en": english.get(code, vi)} if code else Phrase(mark("No procedure named"))
        rows.append((code, name, *_count(some), *_time(some)))
    columns = (
        ReportColumn("procedure", CellType.TEXT, mark("Procedure code")),
        ReportColumn("name", CellType.TEXT, mark("Procedure")),
        _HELPED,
        *_COUNTS,
        *_TIME,
    )
    return ReportTable("procedures", mark("By procedure"), columns, tuple(rows), NOBODY)


def _make_online(db: Reader, period: Period) -> ReportTable:
    settled = read_facts(db, period).sources.dossiers or ()
    ways = [item.is_online for item in settled if item.is_online is not None]
    rows: list[tuple[Cell, ...]] = []
    if ways:
        rate = measure_rate(sum(ways), len(ways))
        rows.append(
            (sum(ways), rate.percent_tenths, rate.low_tenths, rate.high_tenths, len(ways), len(settled) - len(ways))
        )
    columns = (
        count_column("online", mark("Filed online")),
        *_share_columns(),
        count_column("n", mark("Of")),
        count_column("unknown", mark("Way of filing unknown")),
    )
    empty = mark("No dossier of these days is known, neither taken in here nor imported.")
    return ReportTable("online", mark("Share of filings online (unverified)"), columns, tuple(rows), empty)


def _share_columns() -> tuple[ReportColumn, ...]:
    return (
        ReportColumn("share", CellType.SHARE, mark("Share"), "%"),
        ReportColumn("low", CellType.SHARE, mark("at least"), "%"),
        ReportColumn("high", CellType.SHARE, mark("at most"), "%"),
    )


def _count(items: Sequence[Assistance]) -> Iterable[int]:
    """Return how many were helped, and for how many each outcome is true."""
    return (len(items), *(sum(code in item.outcomes for item in items) for code in AssistanceOutcome))


def _time(items: Iterable[Assistance]) -> tuple[int, int | None]:
    """Return of how many it is known how long they took, and the median of that in seconds."""
    seconds = [60.0 * item.minutes for item in items if item.minutes is not None]
    median = find_median(seconds)
    return len(seconds), None if median is None else int(median)
