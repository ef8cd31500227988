"""Officers' figures as pages: the report with its list of officers, one officer, one's own, the comparison."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, request

from motcua.desk import Desk, Forbidden, Invalid, Reader
from motcua.desk.messages import mark
from motcua.reports.kinds import OFFICERS
from motcua.reports.officers.figures import order_by_name, write_name
from motcua.reports.periods import choose_period
from motcua.reports.values import Period
from motcua.screens.forms import describe_user
from motcua.screens.inbox import get_viewer
from motcua.screens.pages import render_page
from motcua.screens.report_page import render_report
from motcua.settings import store as settings_store
from motcua.staff import rules as staff_rules
from motcua.staff import store as staff_store
from motcua.staff.model import Role
from motcua.suggestions.model import Viewer
from motcua.views.officer_comparison import show_comparison
from motcua.views.officer_page import show_officer, show_own
from motcua.views.proposals import list_officer_proposals
from motcua.views.shapes import View
from motcua.views.smile import show_expression
from motcua.views.work import count_officer_tasks
from motcua.web.language import translate
from motcua.web.problems import get_status
from motcua.web.report_files import PeriodWords
from motcua.web.site import Site

STATUS_OK = 200
Look = Callable[[Reader, Period], View]


def install(screens: Blueprint, site: Site) -> None:
    """Add the pages."""

    @screens.get(OFFICERS.page, endpoint="leaders_officers")
    def officers() -> tuple[str, int]:
        with site.desk.read() as db:
            people = _list_people(db)
        return render_report(site, OFFICERS, "leaders_officers.html", people=people)

    @screens.get("/leaders/officers/<int:officer>", endpoint="leaders_officer")
    def one_officer(officer: int) -> tuple[str, int]:
        viewer = get_viewer(site)
        today, _is_behind = site.get_today()
        with site.desk.read() as db:
            account = staff_store.get_account(db, officer)
        path = f"{OFFICERS.page}/{officer}"
        return _render(
            site,
            "leaders_officer.html",
            path,
            lambda db, period: {
                **_show_officer(db, officer, period, viewer),
                "tasks": count_officer_tasks(db, officer, period, today),
                "proposals": list_officer_proposals(db, officer, today, is_own=False),
                "expression": show_expression(db, officer, period, today, is_own=False),
            },
            name=write_name(account, officer),
            officer=officer,
        )

    @screens.get("/my/figures", endpoint="my_figures")
    def own_figures() -> tuple[str, int]:
        credential = site.caller.credential
        if credential is None or credential.account is None:
            raise Forbidden("account.nobody", "These figures belong to a person. Please sign in with a name.")
        account = credential.account
        today, _is_behind = site.get_today()

        def look(db: Reader, period: Period) -> View:
            return {
                **show_own(db, account, period),
                "tasks": count_officer_tasks(db, account, period, today),
                "expression": show_expression(db, account, period, today, is_own=True),
            }

        return _render(site, "my_figures.html", "/my/figures", look)

    @screens.get("/leaders/comparison", endpoint="leaders_comparison")
    def comparison() -> tuple[str, int]:
        return _render(site, "leaders_comparison.html", "/leaders/comparison", show_comparison)


def _list_people(db: Reader) -> list[View]:
    """Return the officers by name, those whose account is closed too."""
    accounts = {account.id: account for account in staff_store.list_accounts(db) if account.role is Role.OFFICER}
    ordered = [accounts[number] for number in order_by_name({*accounts}, accounts) if number is not None]
    return [
        {"id": account.id, "name": write_name(account, account.id), "has_left": account.disabled} for account in ordered
    ]


def _show_officer(db: Reader, officer: int, period: Period, viewer: Viewer) -> View:
    settings = settings_store.get_settings(db)
    head = staff_rules.find_head(staff_store.list_accounts(db), settings.suggestions.head)
    return show_officer(db, officer, period, viewer, head)


def _render(site: Site, template: str, path: str, look: Look, **more: Any) -> tuple[str, int]:
    """Return a page of the days in the address; a period that is none is refused on the page."""
    today, _is_behind = site.get_today()
    figures, days, mistake, status = None, None, "", STATUS_OK
    words = PeriodWords.of_query(request.args)
    try:
        period = choose_period("days", today, words.day, words.first, words.last)
        figures = site.offload(_look, site.desk, look, period)
        days = {"first": period.first, "last": period.last}
    except Invalid as refusal:
        mistake, status = translate(refusal.message, refusal.params), get_status(refusal)
    page = render_page(
        site,
        template,
        me=describe_user(site),
        tab="comparison" if template == "leaders_comparison.html" else OFFICERS.id,
        today=today,
        path=path,
        days=days,
        quick=list_quick_periods(today),
        figures=figures,
        mistake=mistake,
        **more,
    )
    return page, status


def _look(desk: Desk, look: Look, period: Period) -> View:
    with desk.read() as db:
        return look(db, period)


def list_quick_periods(today: str) -> list[dict[str, str]]:
    """Return the periods that one press chooses: this month, the last one, this quarter, this year."""
    day = date.fromisoformat(today)
    month = day.replace(day=1)
    before = month - timedelta(days=1)
    quarter = date(day.year, day.month - (day.month - 1) % 3, 1)
    periods = (
        (mark("This month"), month, day),
        (mark("Last month"), before.replace(day=1), before),
        (mark("This quarter"), quarter, day),
        (mark("This year"), date(day.year, 1, 1), day),
    )
    return [{"label": label, "first": first.isoformat(), "last": last.isoformat()} for label, first, last in periods]
