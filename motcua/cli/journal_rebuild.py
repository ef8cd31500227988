"""`motcua journal rebuild`: computes every report from the journal alone, and compares it with the desk's."""

import argparse
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from motcua.audit.rebuilding import UntoldRowError
from motcua.checks.rebuilt_reports import ReportComparison, ReportDifference, compare_reports
from motcua.cli.door import open_reading
from motcua.cli.texts import say
from motcua.desk import Invalid, Reader, journal
from motcua.desk.event import Json
from motcua.desk.messages import mark
from motcua.reports.values import EVERYTHING
from motcua.setup.rooms import ROOMS
from motcua.typed.files import NotTextError, decode_input

LINES_MAX = 200
BROKEN = mark("The journal is broken at row %(row)s. Run: motcua journal verify")
_FIELDS = frozenset({"seq", "at", "day", "actor", "action", "subject", "data", "prev", "hash"})


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of `rebuild`."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument(
        "--journal", type=Path, metavar="FILE", help="an exported journal; without it the journal of the desk itself"
    )
    parser.add_argument("--json", action="store_true", help="one object: ok, reports, left_out, differences")


def main(options: argparse.Namespace) -> int:
    """Compare, print, and return 0 where every figure is the same."""
    with open_reading(options.data) as db:
        rows = read_exported(options.journal) if options.journal else _read_own(db)
        broken = journal.find_broken_link(iter(rows))
        if broken is not None:
            raise Invalid("journal.broken", BROKEN, row=broken.seq)
        try:
            comparison = compare_reports(db, rows, ROOMS)
        except UntoldRowError as error:
            raise Invalid("journal.untold", "Row %(row)s of the journal lacks something.", row=error.seq) from error
    if options.json:
        print(json.dumps(_describe(comparison), ensure_ascii=False))
    else:
        _print(comparison)
    return 1 if comparison.differences else 0


def _read_own(db: Reader) -> list[dict[str, Json]]:
    try:
        return list(journal.read_strict_rows(db))
    except journal.NotCanonicalError as error:
        raise Invalid("journal.broken", BROKEN, row=error.seq) from error


def read_exported(path: Path) -> list[dict[str, Json]]:
    """Return the rows of an exported journal. Raises `Invalid("journal.unreadable")` with the first bad line."""
    try:
        lines = decode_input(path.read_bytes()).splitlines()
    except NotTextError as error:
        raise _unreadable(path, 1) from error
    rows = list(_parse(lines))
    for number, row in enumerate(rows, start=1):
        if row is None:
            raise _unreadable(path, number)
    return [row for row in rows if row is not None]


def _parse(lines: list[str]) -> Iterator[dict[str, Json] | None]:
    for line in lines:
        row: Any = None
        with suppress(ValueError, RecursionError):
            row = json.loads(line)
        yield row if isinstance(row, dict) and row.keys() == _FIELDS and isinstance(row["data"], dict) else None


def _unreadable(path: Path, line: int) -> Invalid:
    return Invalid(
        "journal.unreadable",
        "%(path)s is not an exported journal: line %(line)s cannot be read. Make one with: motcua journal export",
        path=path,
        line=line,
    )


def _describe(comparison: ReportComparison) -> dict[str, Any]:
    return {
        "ok": not comparison.differences,
        "reports": comparison.count,
        "left_out": [{"report": report, "parts": what, "why": why} for report, why, what in group_left_out(comparison)],
        "differences": [to_builtins(item) for item in comparison.differences],
    }


def _print(comparison: ReportComparison) -> None:
    for item in comparison.differences[:LINES_MAX]:
        print(_describe_difference(item))
    if len(comparison.differences) > LINES_MAX:
        print(say("… and %(count)s more.", count=len(comparison.differences) - LINES_MAX))
    for report, why, what in group_left_out(comparison):
        parts = say("the whole report") if EVERYTHING in what else ", ".join(what)
        print(say("Not compared: %(report)s (%(parts)s). %(why)s", report=report, parts=parts, why=say(why)))
    if not comparison.differences:
        print(say("%(count)s reports are exactly what the journal says.", count=comparison.count))


def group_left_out(comparison: ReportComparison) -> list[tuple[str, str, list[str]]]:
    """Return what was not compared: report, reason, and the parts that share it."""
    groups: dict[tuple[str, str], list[str]] = {}
    for (report, what), why in comparison.left_out.items():
        groups.setdefault((report, why), []).append(what)
    return [(report, why, what) for (report, why), what in groups.items()]


def _describe_difference(item: ReportDifference) -> str:
    return say(
        "Report %(report)s, %(days)s, %(place)s: the desk has %(stored)s, the journal has %(journal)s.",
        report=item.report,
        days=item.period.name,
        place=item.place or "-",
        stored=json.dumps(item.stored, ensure_ascii=False)[:200],
        journal=json.dumps(item.journal, ensure_ascii=False)[:200],
    )
