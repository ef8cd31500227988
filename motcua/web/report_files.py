"""Reports on the web: of which days, for whom, and as which file."""

import base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flask import Response
from msgspec import Struct

from motcua.desk import Desk, Forbidden, get_zone
from motcua.reports import pdf
from motcua.reports.periods import choose_period
from motcua.reports.printing import LAYOUT, print_values
from motcua.reports.sheet import write_csv
from motcua.reports.values import Period, ReportKind, ReportSheet
from motcua.reports.wording import Wording
from motcua.reports.workbook import write_xlsx
from motcua.settings import store as settings_store
from motcua.settings.model import Unit
from motcua.web.language import get_language, translate_into_each
from motcua.web.site import Site

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PeriodWords(Struct, frozen=True):
    """The days of a report as an address has them: a `day`, or from `first` to `last`."""

    day: str | None = None
    first: str | None = None
    last: str | None = None

    @classmethod
    def of_query(cls, query: Mapping[str, str]) -> "PeriodWords":
        """Return what stands behind the question mark of an address."""
        return cls(query.get("day"), query.get("from"), query.get("to"))


def build_sheet(site: Site, report: ReportKind, words: PeriodWords) -> ReportSheet:
    """Return the report of the days that `words` name, for the caller of this request.

    Raises `Forbidden("auth.role")` for a caller who may not read it, and the refusals of `choose_period` and of the
    report.
    """
    if site.caller.role not in report.roles:
        raise Forbidden("auth.role", "You are not allowed to open this.")
    today, _is_behind = site.get_today()
    period = choose_period(report.period, today, words.day, words.first, words.last)
    with site.desk.read() as db:
        report.require(db, period, today)
    sheet: ReportSheet = site.offload(_build, site.desk, report, period)
    return sheet


def _build(desk: Desk, report: ReportKind, period: Period) -> ReportSheet:
    with desk.read() as db:
        return report.build(db, period)


def get_wording() -> Wording:
    """Return the words of the reader of this request."""
    name = get_language()
    return Wording(name, lambda message: translate_into_each(message)[name])


def answer_csv(report: ReportKind, sheet: ReportSheet, table_id: str | None) -> Response:
    """Return the report as a CSV file. Raises `Invalid("report.table")`."""
    part = f"-{table_id}" if table_id else ""
    return _file(
        write_csv(sheet, get_wording(), table_id),
        "text/csv; charset=utf-8",
        f"{report.id}-{sheet.period.name}{part}.csv",
    )


def answer_pdf(site: Site, report: ReportKind, sheet: ReportSheet) -> Response:
    """Return the report as a PDF, which a process beside the server makes. Raises `Unavailable("compute…")`."""
    values = print_sheet(site, sheet)
    answer = site.compute(pdf.task, {"layout": LAYOUT, "values": values, "at": values["at"]})
    return _file(base64.b64decode(answer["pdf"]), "application/pdf", f"{report.id}-{sheet.period.name}.pdf")


def answer_xlsx(site: Site, report: ReportKind | str, sheet: ReportSheet) -> Response:
    """Return the report as a workbook; the name of one that no list has is given."""
    unit, at = _get_unit(site)
    content = site.offload(write_xlsx, sheet, get_wording(), unit, at)
    name = report if isinstance(report, str) else report.id
    return _file(content, XLSX_TYPE, f"{name}-{sheet.period.name}.xlsx")


def print_sheet(site: Site, sheet: ReportSheet) -> dict[str, Any]:
    """Return what stands on the pages of a report, in the words of the reader of this request, as plain values."""
    return print_values(sheet, get_wording(), *_get_unit(site))


def _get_unit(site: Site) -> tuple[Unit, datetime]:
    """Return whose report it is, and the time in the zone of the hall."""
    with site.desk.read() as db:
        settings = settings_store.get_settings(db)
    return settings.unit, site.desk.clock.now().astimezone(get_zone(settings.timezone))


def answer_pdf_file(content: bytes, name: str) -> Response:
    """Return a PDF as a file called `name`."""
    return _file(content, "application/pdf", name)


def _file(content: bytes, content_type: str, name: str) -> Response:
    response = Response(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
