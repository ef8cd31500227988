"""A report as a page: whole without a script, with its files as links."""

from collections.abc import Callable
from typing import Any

from flask import request

from motcua.desk import Invalid
from motcua.reports.values import ReportKind, ReportSheet
from motcua.screens.forms import describe_user
from motcua.screens.pages import render_page
from motcua.web.language import translate
from motcua.web.problems import get_status
from motcua.web.report_files import PeriodWords, build_sheet, print_sheet
from motcua.web.site import Site

STATUS_OK = 200


def render_report(
    site: Site,
    report: ReportKind,
    template: str,
    describe: Callable[[ReportSheet], dict[str, Any]] = lambda _sheet: {},
    path: str = "",
    **more: Any,
) -> tuple[str, int]:
    """Return the page of a report of the days in the address, and its status.

    `describe` returns what the page's charts draw of it; `more` is what its template adds. `path` is where other days
    are asked for, if not at the report's own page.
    """
    today, _behind = site.get_today()
    values, period, mistake, status = None, None, "", STATUS_OK
    charts: dict[str, Any] = {}
    try:
        sheet = build_sheet(site, report, PeriodWords.of_query(request.args))
        values, period, charts = print_sheet(site, sheet), sheet.period, describe(sheet)
    except Invalid as refusal:
        mistake, status = translate(refusal.message, refusal.params), get_status(refusal)
    return render_page(
        site,
        template,
        me=describe_user(site),
        tab=report.id,
        today=today,
        report={"id": report.id, "title": report.title, "period": report.period},
        path=path or report.page or f"/leaders/reports/{report.id}",
        days={"first": period.first, "last": period.last} if period else None,
        values=values,
        mistake=mistake,
        charts=charts,
        **more,
    ), status
