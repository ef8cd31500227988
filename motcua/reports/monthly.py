"""A report of one whole month: its figures, or a sheet that says why there are none, and its pages."""

from datetime import date, datetime
from typing import Any

from msgspec import Struct

from motcua.copies import replace
from motcua.desk import Reader, Refused
from motcua.desk.messages import mark, translate_into_each
from motcua.filing.rules import list_month_days
from motcua.reports import store
from motcua.reports.kinds import get_report, list_monthly
from motcua.reports.printing import print_values
from motcua.reports.values import Period, Phrase, ReportKind, ReportSheet
from motcua.reports.wording import Wording
from motcua.settings.model import Unit

NOBODY = Phrase(mark("Nobody took a number in this month."))
HEADING = mark("%(title)s from %(first)s to %(last)s")


class MonthSheet(Struct, frozen=True):
    """A report of a month, and whether it has any figures."""

    sheet: ReportSheet
    has_figures: bool


def get_monthly(report_id: str) -> ReportKind:
    """Return the monthly report with this id. Raises `Unknown("report.unknown")`."""
    return get_report(report_id, list_monthly())


def build_month(db: Reader, report: ReportKind, month: str, today: str) -> MonthSheet:
    """Return the report of a month like 2026-10. It takes as long as `report.build` does.

    A report that refuses the month, and a month without a ticket, say so in place of figures.
    """
    period = Period(*list_month_days(month))
    try:
        report.require(db, period, today)
    except Refused as refusal:
        return MonthSheet(_make_empty(report, period, Phrase(refusal.message, refusal.params)), has_figures=False)
    sheet = report.build(db, period)
    if not store.has_tickets(db, period.first, period.last):
        return MonthSheet(replace(sheet, caution=NOBODY), has_figures=False)
    return MonthSheet(sheet, any(table.rows for table in sheet.tables))


def _make_empty(report: ReportKind, period: Period, why: Phrase) -> ReportSheet:
    title = Phrase(report.title)
    days = {"first": date.fromisoformat(period.first), "last": date.fromisoformat(period.last)}
    return ReportSheet(Phrase(HEADING, {"title": title, **days}), period, (), (), caution=why)


def print_month(sheet: ReportSheet, language: str, unit: Unit, at: datetime) -> dict[str, Any]:
    """Return the values of the pages, made at the hall's time `at`."""
    wording = Wording(language, lambda message: translate_into_each(message)[language])
    return print_values(sheet, wording, unit, at)
