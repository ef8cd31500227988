"""Whether the reports are what the journal says: each is computed from the desk and from a store rebuilt from it."""

import json
import tempfile
from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec import Struct

from motcua.audit.rebuilding import JournalRow, rebuild_store
from motcua.audit.setting import compare_values
from motcua.desk import Reader, Refused
from motcua.desk.database import Room, open_reader
from motcua.reports import store
from motcua.reports.kinds import REPORTS
from motcua.reports.values import CAUTION, EVERYTHING, Period, ReportKind


class ReportDifference(Struct, frozen=True):
    """A figure of a report that the journal does not confirm: what the desk says, and what the journal says."""

    report: str
    period: Period
    place: str
    stored: Any
    journal: Any


@dataclass
class ReportComparison:
    """How many reports were compared, where they differ, and what was left out: the report's id, what, and why."""

    count: int = 0
    differences: list[ReportDifference] = field(default_factory=list)
    left_out: dict[tuple[str, str], str] = field(default_factory=dict)


def compare_reports(
    db: Reader, rows: Iterable[JournalRow], rooms: Collection[Room], reports: Collection[ReportKind] = REPORTS
) -> ReportComparison:
    """Compare every report of every day or month with tickets with the same one from the journal (`rows`) alone.

    Raises `UntoldRowError` for a journal that lacks something.
    """
    comparison = ReportComparison()
    with tempfile.TemporaryDirectory(prefix="motcua-rebuilt-") as folder:
        path = Path(folder) / "desk.db"
        rebuild_store(rows, db, path, list(rooms))
        with closing(open_reader(path)) as rebuilt:
            days = sorted({*store.list_days(db), *store.list_days(rebuilt)})
            for report in reports:
                comparison.left_out |= {(report.id, what): why for what, why in report.beside_journal.items()}
                if EVERYTHING in report.beside_journal:
                    continue
                for period in _list_periods(report, days):
                    comparison.count += 1
                    comparison.differences += _compare(report, period, db, rebuilt)
    return comparison


def _list_periods(report: ReportKind, days: list[str]) -> Iterator[Period]:
    if report.period == "day":
        yield from (Period(day, day) for day in days)
        return
    for month in sorted({day[:7] for day in days}):
        last = monthrange(int(month[:4]), int(month[5:]))[1]
        yield Period(f"{month}-01", f"{month}-{last:02d}")


def _compare(report: ReportKind, period: Period, db: Reader, rebuilt: Reader) -> Iterator[ReportDifference]:
    stored, journal = (_get_figures(report, reader, period) for reader in (db, rebuilt))
    for place, journal_value, stored_value in compare_values(journal, stored):
        yield ReportDifference(report.id, period, place, stored_value, journal_value)
    if stored != journal and list(compare_values(journal, stored)) == []:
        yield ReportDifference(report.id, period, "", stored, journal)


def _get_figures(report: ReportKind, reader: Reader, period: Period) -> Any:
    """Return the report's JSON without what the journal cannot rebuild; the code of a refusal where it refuses."""
    try:
        facts = report.build(reader, period).as_json()
    except Refused as refusal:
        return {"refused": refusal.code}
    if CAUTION in report.beside_journal:
        facts.pop(CAUTION, None)
    if isinstance(facts.get("tables"), list):
        facts["tables"] = [table for table in facts["tables"] if table["id"] not in report.beside_journal]
    return json.loads(json.dumps(facts))
