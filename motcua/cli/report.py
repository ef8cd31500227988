"""`motcua report`: a report of past days or of today, as JSON, CSV, XLSX or PDF; the desk may be serving meanwhile."""

import argparse
import json
from pathlib import Path

from motcua.cli.door import open_reading
from motcua.cli.options import STANDARD, write_output
from motcua.cli.texts import translate_into
from motcua.desk import Invalid, get_local_day, get_zone, system_clock
from motcua.reports import pdf
from motcua.reports.kinds import REPORTS, get_report
from motcua.reports.periods import choose_period
from motcua.reports.printing import LAYOUT, print_values
from motcua.reports.sheet import write_csv
from motcua.reports.values import ReportSheet
from motcua.reports.wording import Wording
from motcua.reports.workbook import write_xlsx
from motcua.settings import store as settings_store
from motcua.settings.model import Settings

FORMATS = ("json", "csv", "xlsx", "pdf")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command."""
    parser.add_argument(
        "name", metavar="NAME", choices=[report.id for report in REPORTS], help="which report: %(choices)s"
    )
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--day", metavar="D", help="one day, like 2026-11-23; today without it")
    parser.add_argument("--from", dest="first", metavar="D", help="the first of several days")
    parser.add_argument("--to", dest="last", metavar="D", help="the last of several days")
    parser.add_argument("--format", choices=FORMATS, help="json without it")
    parser.add_argument("--table", metavar="NAME", help="one table alone, for csv and xlsx")
    parser.add_argument("--lang", choices=("vi", "en"), default="vi", help="the language of csv, xlsx and pdf")
    parser.add_argument(
        "--out", type=Path, metavar="FILE", help="where it is written; standard output without it, or for -"
    )
    short = parser.add_mutually_exclusive_group()
    for name in FORMATS:
        about = f"short for --format {name} --out FILE"
        short.add_argument(f"--{name}", type=Path, nargs="?", const=STANDARD, metavar="FILE", help=about)


def main(options: argparse.Namespace) -> int:
    """Write the report."""
    report = get_report(options.name)
    file_format, file = _destination(options)
    with open_reading(options.data) as db:
        settings = settings_store.get_settings(db)
        today = get_local_day(system_clock.now(), settings.timezone)
        period = choose_period(report.period, today, options.day, options.first, options.last)
        report.require(db, period, today)
        sheet = report.build(db, period)
    content = _content(sheet, settings, file_format, options.lang, options.table)
    write_output(file, content)
    return 0


def _destination(options: argparse.Namespace) -> tuple[str, Path]:
    """Return the format and the file. Raises `Invalid("report.format")` where two options name different ones."""
    short = next(((name, file) for name in FORMATS if (file := getattr(options, name)) is not None), None)
    if short is None:
        return options.format or "json", options.out or STANDARD
    if options.format not in {None, short[0]} or (options.out is not None and short[1] not in {STANDARD, options.out}):
        raise Invalid("report.format", "Two options name different formats or files. Use one of them.")
    return short[0], options.out or short[1]


def _content(sheet: ReportSheet, settings: Settings, file_format: str, language: str, table_id: str | None) -> bytes:
    wording = Wording(language, lambda message: translate_into(language, message))
    if file_format == "json":
        return (json.dumps(sheet.as_json(), ensure_ascii=False) + "\n").encode()
    if file_format == "csv":
        return write_csv(sheet, wording, table_id)
    at = system_clock.now().astimezone(get_zone(settings.timezone))
    if file_format == "xlsx":
        return write_xlsx(sheet, wording, settings.unit, at, table_id)
    values = print_values(sheet, wording, settings.unit, at)
    return pdf.make_pdf(LAYOUT, values, values["at"])
