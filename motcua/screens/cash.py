"""Cash sheets: an officer's own day, and for leaders every officer's and the desk's. Plain forms."""

import base64
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Forbidden, Invalid, Refused, Tx, Unknown, parse_day
from motcua.dossiers import actions
from motcua.dossiers.model.cash import CashSheet, CountRequest
from motcua.dossiers.store import bank
from motcua.reports import pdf
from motcua.reports.forms.cash import CASH_LAYOUT, make_cash_sheet, print_cash
from motcua.screens.dossier_moves import read_number
from motcua.screens.forms import describe_user, require_own_form
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.staff.model import Role
from motcua.views.cash import describe_cash_day
from motcua.web.language import translate
from motcua.web.own import get_own_account
from motcua.web.problems import get_status
from motcua.web.report_files import answer_pdf_file, answer_xlsx
from motcua.web.site import Site

PATH, FILE = "/cash", "bang-ke-thu-phi"
SEE_OTHER = 303
LEADERS = frozenset({Role.LEADER, Role.ADMIN})


def install(screens: Blueprint, site: Site) -> None:
    """Add the page, what its forms do, and the papers."""

    @screens.get(PATH, endpoint="cash")
    def cash_page() -> Response:
        return _render(site, _read_day(site, request.args.get("day", "")))

    @screens.post(f"{PATH}/<step>", endpoint="cash_step")
    def cash_step(step: str) -> AnyResponse:
        require_own_form(site)
        day = _read_day(site, request.form.get("day", ""))
        if step not in _STEPS:
            raise Unknown("page.unknown", "There is nothing at this address.")
        try:
            site.open_door().do(_STEPS[step](site, day))
        except Unknown:
            raise
        except Refused as refusal:
            return _render(site, day, refusal)
        return redirect(f"{PATH}?day={day}", SEE_OTHER)

    @screens.get(f"{PATH}/sheet.pdf", endpoint="cash_sheet", defaults={"kind": "pdf"})
    @screens.get(f"{PATH}/sheet.xlsx", endpoint="cash_sheet", defaults={"kind": "xlsx"})
    def cash_sheet(kind: str) -> Response:
        day = _read_day(site, request.args.get("day", ""))
        view = _describe(site, day, _choose_account(site))
        if kind == "xlsx":
            return answer_xlsx(site, FILE, make_cash_sheet(view))
        with site.desk.read() as db:
            unit = settings_store.get_settings(db).unit
        at = int(site.desk.clock.now().timestamp())
        answer = site.compute(pdf.task, {"layout": CASH_LAYOUT, "values": print_cash(unit, view), "at": at})
        return answer_pdf_file(base64.b64decode(answer["pdf"]), f"{FILE}-{day}.pdf")


def _choose_account(site: Site) -> int | None:
    """Return whose sheet is meant: an officer's own, for a leader the one that is named, else all."""
    if site.caller.role not in LEADERS:
        return get_own_account(site)
    text = request.args.get("officer", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < len("1000000") else None


def _describe(site: Site, day: str, account: int | None) -> dict[str, Any]:
    with site.desk.read() as db:
        return describe_cash_day(db, day, account)


def _read_day(site: Site, text: str) -> str:
    today, _is_behind = site.get_today()
    day = parse_day(text.strip()) if text.strip() else today
    if day is None or day > today:
        raise Invalid("cash.day", "Choose today or a day before it.")
    return day


def _render(site: Site, day: str, refusal: Refused | None = None) -> Response:
    today, _is_behind = site.get_today()
    is_leader = site.caller.role in LEADERS
    page = render_page(
        site,
        "cash.html",
        me=describe_user(site),
        tab="cash",
        cash=_describe(site, day, None if is_leader else get_own_account(site)),
        today=today,
        is_leader=is_leader,
        bank_waiting=_count_waiting(site),
        mistake=translate(refusal.message, refusal.params) if refusal else "",
        typed={name: request.form.get(name, "") for name in ("opening", "counted", "reason")} if refusal else {},
    )
    response = make_response(page, get_status(refusal) if refusal else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _count_waiting(site: Site) -> int:
    with site.desk.read() as db:
        return bank.count_waiting(db)


def _open(site: Site, _day: str) -> Callable[[Tx], CashSheet]:
    account, opening = get_own_account(site), read_number("opening")
    return lambda tx: actions.open_sheet(tx, account, opening)


def _close(site: Site, day: str) -> Callable[[Tx], CashSheet]:
    if request.form.get("is_sure") != "1":
        raise Invalid("cash.sure", "Tick that you have counted the drawer. Afterwards the sheet is closed.")
    count = CountRequest(day, get_own_account(site), read_number("counted"), request.form.get("reason", ""))
    return lambda tx: actions.close_sheet(tx, count)


def _sign(site: Site, day: str) -> Callable[[Tx], CashSheet]:
    officer, leader = read_number("officer"), _require_leader(site)
    return lambda tx: actions.sign_sheet(tx, day, officer, leader)


def _reopen(site: Site, day: str) -> Callable[[Tx], CashSheet]:
    officer, leader = read_number("officer"), _require_leader(site)
    return lambda tx: actions.reopen_sheet(tx, day, officer, leader)


def _require_leader(site: Site) -> int:
    if site.caller.role not in LEADERS:
        raise Forbidden("auth.role", "You are not allowed to open this.")
    return get_own_account(site)


_STEPS: dict[str, Callable[[Site, str], Callable[[Tx], CashSheet]]] = {
    "open": _open,
    "close": _close,
    "sign": _sign,
    "reopen": _reopen,
}
