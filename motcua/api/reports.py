"""Figures for leaders: every report, the weeks of promised waits, the staffing forecast."""

from http import HTTPStatus

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.reports import CsvQuery, DayReport, Forecast, ForecastQuery, ReportAnswer, ReportQuery, Weeks
from motcua.estimates.forecasts import Forecasts
from motcua.reports import promises
from motcua.reports.kinds import REPORTS
from motcua.reports.shapes import describe_coverage
from motcua.reports.values import ReportKind
from motcua.settings import store as settings_store
from motcua.web.report_files import XLSX_TYPE, PeriodWords, answer_csv, answer_pdf, answer_xlsx, build_sheet
from motcua.web.site import Site

SHAPES = {"day": DayReport}
"""The answers of reports whose JSON is not simply that of their tables."""
_CSV = {
    "description": "UTF-8 with a byte order mark, semicolons, CRLF. Texts that begin like a formula have an apostrophe "
    "before them.",
    "content": {"text/csv": {"schema": {"type": "string"}}},
}
_PDF = {
    "description": "A4, in the language of the reader.",
    "content": {"application/pdf": {"schema": {"type": "string", "contentMediaType": "application/pdf"}}},
}
_XLSX = {
    "description": "One worksheet a table: durations, shares and days are numbers with a format. Notes are last.",
    "content": {XLSX_TYPE: {"schema": {"type": "string", "contentMediaType": XLSX_TYPE}}},
}


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls about figures."""
    forecasts = Forecasts(site.desk)
    for report in REPORTS:
        _add_report(api, site, report)

    @api.get(
        "/reports/waits",
        endpoint="waits_report",
        summary="How many promised waits held, by week",
        responses={200: Weeks},
    )
    def waits() -> Response:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            return respond((200, {"items": [describe_coverage(week) for week in promises.list_weeks(db, today)]}))

    @api.get(
        "/forecast",
        endpoint="forecast",
        summary="Who will come, and how many counters that needs",
        responses={200: Forecast},
    )
    def forecast(query: ForecastQuery) -> Response:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            target_min = query.target_min or settings_store.get_settings(db).waits.target_min
        return respond((200, forecasts.get_forecast(target_min, today, site.offload, site.compute)))


def _add_report(api: APIBlueprint, site: Site, report: ReportKind) -> None:
    """Add the four calls of a report: JSON, CSV, XLSX, PDF."""
    path, name = f"/reports/{report.id}", f"{report.id}_report"
    shape = SHAPES.get(report.id, ReportAnswer)

    @api.get(path, endpoint=name, summary=report.title, responses={HTTPStatus.OK: shape})
    def as_json(query: ReportQuery) -> Response:
        return respond((HTTPStatus.OK, build_sheet(site, report, _words(query)).as_json()))

    @api.get(
        f"{path}.csv",
        endpoint=f"{name}_csv",
        summary=f"{report.title}, for spreadsheets",
        responses={HTTPStatus.OK: _CSV},
    )
    def as_csv(query: CsvQuery) -> Response:
        return answer_csv(report, build_sheet(site, report, _words(query)), query.table)

    @api.get(
        f"{path}.xlsx",
        endpoint=f"{name}_xlsx",
        summary=f"{report.title}, as a workbook",
        responses={HTTPStatus.OK: _XLSX},
    )
    def as_xlsx(query: ReportQuery) -> Response:
        return answer_xlsx(site, report, build_sheet(site, report, _words(query)))

    @api.get(
        f"{path}.pdf", endpoint=f"{name}_pdf", summary=f"{report.title}, to print", responses={HTTPStatus.OK: _PDF}
    )
    def as_pdf(query: ReportQuery) -> Response:
        return answer_pdf(site, report, build_sheet(site, report, _words(query)))


def _words(query: ReportQuery) -> PeriodWords:
    return PeriodWords(query.day, query.begin, query.end)
