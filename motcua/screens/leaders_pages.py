"""The leaders' other pages: a day's report, how promised waits held, past days under other rules, staffing."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from flask import Blueprint, request, send_from_directory
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.catalogue import store as catalogue_store
from motcua.counters import store as counter_store
from motcua.desk import Desk, Refused
from motcua.reports import promises
from motcua.reports.kinds import DAY, get_report
from motcua.reports.shapes import describe_coverage
from motcua.screens.forms import describe_user
from motcua.screens.pages import render_page
from motcua.screens.report_page import render_report
from motcua.settings import store as settings_store
from motcua.staff.model import Role
from motcua.views.alerts import describe_days
from motcua.views.monthly import describe_monthly
from motcua.views.shapes import both
from motcua.web.language import translate
from motcua.web.problems import get_status
from motcua.web.report_files import PeriodWords, build_sheet
from motcua.web.site import Site
from motcua.web.switches import require_switched_on

STATUS_OK = 200
LISTED_MAX = 500


def install(screens: Blueprint, site: Site) -> None:
    """Add the pages beside the live one."""

    @screens.get("/leaders/day", endpoint="leaders_day")
    def day() -> tuple[str, int]:
        today, _behind = site.get_today()
        report, mistake, status = None, "", STATUS_OK
        try:
            report = build_sheet(site, DAY, PeriodWords.of_query(request.args)).as_json()
        except Refused as refusal:
            mistake, status = translate(refusal.message, refusal.params), get_status(refusal)
        return render_page(
            site, "leaders_day.html", me=describe_user(site), tab="day", today=today, report=report, mistake=mistake
        ), status

    @screens.get("/leaders/alerts", endpoint="leaders_alerts")
    def alerts() -> str:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            past = describe_days(db, today, today, LISTED_MAX)
        role = site.caller.role
        return render_page(
            site,
            "leaders_alerts.html",
            me=describe_user(site),
            tab="alerts",
            today=today,
            days={"first": today, "last": today},
            past=past,
            can_change=role is Role.ADMIN,
        )

    @screens.get("/leaders/worker.js", endpoint="push_worker")
    def push_worker() -> AnyResponse:
        """Hand out the script that shows messages; its address says for which pages it is."""
        folder = Path(str(files("motcua"))) / "static" / "js" / "leaders"
        response = send_from_directory(folder, "worker.js")
        response.headers["Cache-Control"] = "no-store"  # it stands behind the sign-in
        return response

    @screens.get("/leaders/reports/monthly", endpoint="leaders_monthly")
    def monthly() -> str:
        with site.desk.read() as db:
            stored = describe_monthly(db)
        return render_page(site, "leaders_monthly.html", me=describe_user(site), tab="monthly", monthly=stored)

    @screens.get("/leaders/reports/<name>", endpoint="leaders_report")
    def any_report(name: str) -> tuple[str, int]:
        report = get_report(name)
        require_switched_on(site.desk, f"api.{report.id}_report")
        return render_report(site, report, "leaders_report.html", path=request.path)

    @screens.get("/leaders/waits", endpoint="leaders_waits")
    def waits() -> str:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            weeks = [describe_coverage(week) for week in promises.list_weeks(db, today)]
            rules = settings_store.get_settings(db).waits
        return render_page(
            site,
            "leaders_waits.html",
            me=describe_user(site),
            tab="waits",
            weeks=weeks,
            least_visits=rules.least_visits,
        )

    @screens.get("/leaders/replay", endpoint="leaders_replay")
    def replay() -> str:
        return render_page(site, "leaders_replay.html", me=describe_user(site), tab="replay", **_map(site.desk))

    @screens.get("/leaders/staffing", endpoint="leaders_staffing")
    def staffing() -> str:
        with site.desk.read() as db:
            target_min = settings_store.get_settings(db).waits.target_min
        return render_page(site, "leaders_staffing.html", me=describe_user(site), tab="staffing", target_min=target_min)


def _map(desk: Desk) -> dict[str, Any]:
    """Return what can be changed in a replay as it is now: who serves what, the guard, the classes."""
    with desk.read() as db:
        settings = settings_store.get_settings(db)
        return {
            "services": [
                {"code": item.code, "group": item.group, "name": both(item.name)}
                for item in catalogue_store.list_services(db)
            ],
            "counters": [
                {"number": item.number, "label": item.label, "services": list(item.services)}
                for item in counter_store.list_all(db)
            ],
            "guard": {"calls": settings.queue.guard_calls, "wait_min": settings.queue.guard_wait_min},
            "priorities": [{"rank": item.rank, "label": both(item.label)} for item in settings.priorities],
        }
