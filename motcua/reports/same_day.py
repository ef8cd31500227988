"""No-appointment days: how many results were promised for the same day, how many were handed out, and why not."""

from collections import Counter
from collections.abc import Mapping
from itertools import groupby

from motcua.desk import Reader
from motcua.desk.messages import mark
from motcua.dossiers.store.promises import list_promises
from motcua.procedures.store import list_procedures, load_words
from motcua.reports.measures.rates import measure_rate
from motcua.reports.values import (
    Cell,
    CellType,
    Period,
    Phrase,
    ReportColumn,
    ReportSheet,
    ReportTable,
    count_column,
)
from motcua.settings import store as settings_store

NOTHING = mark("Nothing was promised for the same day.")
NOTES = (
    Phrase(mark("What was promised is what was taken in on a no-appointment day, complete and in time.")),
    Phrase(mark("It was kept if the result was handed out on that very day.")),
    Phrase(mark("A result that is only ready does not count.")),
)
_FIGURES = (
    count_column("promised", mark("Promised for the day")),
    count_column("kept", mark("Handed out on the day")),
    count_column("missed", mark("Not handed out")),
    ReportColumn("share", CellType.SHARE, mark("Share"), "%"),
    ReportColumn("low", CellType.SHARE, mark("at least"), "%"),
    ReportColumn("high", CellType.SHARE, mark("at most"), "%"),
)


def build(db: Reader, period: Period) -> ReportSheet:
    """Return what became of the promises of the days of `period`."""
    rows = list_promises(db, period.first, period.last)
    results = [(promise.day, procedure, returned == promise.day) for promise, procedure, returned in rows]
    missing = Counter(promise.reason or "" for promise, _procedure, returned in rows if returned != promise.day)
    labels = {item.code: item.label for item in settings_store.get_settings(db).same_day.reasons}
    offered, english = list_procedures(db, period.last), load_words().english
    days: list[tuple[Cell, ...]] = [
        (day, *_measure([result[2] for result in some])) for day, some in groupby(results, key=lambda result: result[0])
    ]
    procedures: list[tuple[Cell, ...]] = []
    for code in sorted({procedure for _day, procedure, _is_kept in results}):
        vi = offered[code].name if code in offered else code
        name = {"vi": vi, "en": english.get(code, vi)}
        procedures.append((code, name, *_measure([is_kept for _day, one, is_kept in results if one == code])))
    reasons: list[tuple[Cell, ...]] = [(_name_reason(labels, code), count) for code, count in missing.most_common()]
    day_column = ReportColumn("day", CellType.DAY, mark("Day"))
    names = (
        ReportColumn("procedure", CellType.TEXT, mark("Procedure code")),
        ReportColumn("name", CellType.TEXT, mark("Procedure")),
    )
    why = (ReportColumn("reason", CellType.TEXT, mark("Why not")), count_column("count", mark("Dossiers")))
    kept_all = mark("Every promise was kept.") if rows else NOTHING
    return ReportSheet(
        Phrase(mark("No-appointment days from %(first)s to %(last)s"), period.as_params()),
        period,
        (
            ReportTable("days", mark("By day"), (day_column, *_FIGURES), tuple(days), NOTHING),
            ReportTable("procedures", mark("By procedure"), (*names, *_FIGURES), tuple(procedures), NOTHING),
            ReportTable("reasons", mark("Why not"), why, tuple(reasons), kept_all),
        ),
        NOTES,
    )


def _name_reason(labels: Mapping[str, tuple[str, str]], code: str) -> Cell:
    if code in labels:
        return {"vi": labels[code][0], "en": labels[code][1]}
    return code or Phrase(mark("Nobody said it"))


def _measure(results: list[bool]) -> tuple[int, ...]:
    """Return how many were promised, kept and missed, and the share of those kept with its interval."""
    rate = measure_rate(sum(results), len(results))
    missed = len(results) - sum(results)
    return len(results), sum(results), missed, rate.percent_tenths, rate.low_tenths, rate.high_tenths
