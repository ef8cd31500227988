"""The leaders' page of the desk over time: named periods, charts of numbers, waits and satisfaction."""

from typing import Any

from flask import Blueprint
from msgspec import to_builtins

from motcua.reports.kinds import DESK
from motcua.reports.over_time.report import SATISFIED
from motcua.reports.periods import list_named_periods
from motcua.reports.sheet import find_table
from motcua.reports.values import Phrase, ReportSheet
from motcua.screens.report_page import render_report
from motcua.settings import store as settings_store
from motcua.web.site import Site

CHARTS = {"timeline": ("numbers", "waits"), "weeks": ("satisfaction",)}
"""Which charts stand over which table."""


def install(screens: Blueprint, site: Site) -> None:
    """Add the page."""

    @screens.get(DESK.page, endpoint="leaders_desk")
    def leaders_desk() -> tuple[str, int]:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            target_min = settings_store.get_settings(db).waits.target_min
        periods = [to_builtins(period) for period in list_named_periods(today)]
        return render_report(site, DESK, "leaders_desk.html", describe_charts, periods=periods, target_min=target_min)


def describe_head(sheet: ReportSheet) -> dict[str, Any]:
    """Return the figures that the page begins with, those of all days: nothing where no number was given out."""
    timeline, shares = find_table(sheet, "timeline"), find_table(sheet, "shares")
    if not timeline.rows:
        return {}
    total = dict(zip((column.name for column in timeline.columns), timeline.rows[-1], strict=True))
    names = [column.name for column in shares.columns[1:]]
    rated = next(row[1:] for row in shares.rows if isinstance(row[0], Phrase) and row[0].message == SATISFIED)
    return {"total": total, "satisfaction": dict(zip(names, rated, strict=True))}


def describe_charts(sheet: ReportSheet) -> dict[str, Any]:
    """Return for each table with charts their names and the rows that they draw, without those of totals."""
    described: dict[str, Any] = {"head": describe_head(sheet)}
    for table_id, charts in CHARTS.items():
        table = find_table(sheet, table_id)
        names = [column.name for column in table.columns]
        rows = [
            {
                name: cell
                for name, cell in zip(names, row, strict=True)
                if cell is None or isinstance(cell, (int, float, str))
            }
            for place, row in enumerate(table.rows)
            if place not in table.total_rows
        ]
        signals = [row[-1] is not None for row in table.rows]
        described[table_id] = {"charts": charts, "rows": rows, "signals": signals}
    return described
