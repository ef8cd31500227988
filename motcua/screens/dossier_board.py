"""The board of dossiers and the page of each: what is due, what happened, and what can be done next. Plain forms."""

import base64

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Reader, Refused, Unknown, get_zone
from motcua.dossiers import actions, store
from motcua.dossiers.actions import DossierContent
from motcua.dossiers.dropoffs.store import count_waiting
from motcua.dossiers.model.dossier import DossierState
from motcua.dossiers.rules.board import BoardBox, NextMove
from motcua.dossiers.rules.codes import clean_dossier_code
from motcua.dossiers.rules.lookup import complete_dossier_code
from motcua.dossiers.store import BoardFilter, vaults
from motcua.procedures.store.templates import list_templates_of
from motcua.reports import pdf
from motcua.reports.forms.printing import BOOK_LAYOUT, make_book_sheet, print_book
from motcua.screens.dossier_moves import read_move
from motcua.screens.forms import describe_user, require_own_form
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.staff.model import Role
from motcua.views.alerts import list_own_alerts
from motcua.views.dossier_board import (
    BoardPlace,
    DeskMoment,
    describe_board,
    describe_dossier_page,
    list_step_choices,
)
from motcua.views.dossier_forms import make_book_entries
from motcua.views.exchange.page import describe_foreign
from motcua.views.letters import list_letters
from motcua.views.lockers import describe_locker_place
from motcua.web.language import translate
from motcua.web.own import find_own_account
from motcua.web.problems import get_status
from motcua.web.report_files import answer_pdf_file, answer_xlsx
from motcua.web.site import Site

PATH = "/dossiers"
SEE_OTHER = 303
BOOK = "so-theo-doi-ho-so"
"""How the files of the book are called."""
NUMBER_MAX = 12
NO_ACCOUNT = -1
NOBODY = "none"
"""The filter for dossiers that nobody has."""
SKIP_MAX = 1_000_000
TYPED = (
    "words", "count", "amount", "provincial_code", "line", "units", "relief", "reason", "means", "reference", "receipt",
    "result_number",
)  # fmt: skip
"""Fields of which a page that says a mistake shows again what was typed."""


def install(screens: Blueprint, site: Site) -> None:
    """Add the board, the page of a dossier, and what its forms do."""

    @screens.get(PATH, endpoint="dossier_board")
    def dossier_board() -> AnyResponse:
        mistake, status, query = "", 200, request.args.get("q", "")
        if query.strip():
            try:
                return redirect(f"{PATH}/{_find_code(site, query)}", SEE_OTHER)
            except Unknown as refusal:
                mistake, status = translate(refusal.message, refusal.params), get_status(refusal)
        return make_response(_render_board(site, mistake, query), status)

    @screens.post(PATH, endpoint="dossier_book")
    def dossier_book() -> Response:
        require_own_form(site)
        first, last = request.form.get("from", ""), request.form.get("to", "")
        vault = vaults.get_vault(site.desk)
        try:
            dossiers = site.open_door().do(actions.read_book, first, last)
        except Unknown:
            raise
        except Refused as refusal:
            return make_response(
                _render_board(site, translate(refusal.message, refusal.params), ""), get_status(refusal)
            )
        with site.desk.read() as db:
            entries = make_book_entries(db, vault, dossiers)
            unit = settings_store.get_settings(db).unit
        if request.form.get("format") == "xlsx":
            return answer_xlsx(site, BOOK, make_book_sheet(entries, first, last))
        at = int(site.desk.clock.now().timestamp())
        values = print_book(unit, entries, first, last)
        answer = site.compute(pdf.task, {"layout": BOOK_LAYOUT, "values": values, "at": at})
        return answer_pdf_file(base64.b64decode(answer["pdf"]), f"{BOOK}-{first}_{last}.pdf")

    @screens.get(f"{PATH}/<code>", endpoint="dossier_page")
    def dossier_page(code: str) -> Response:
        return render_dossier(site, clean_dossier_code(code))

    @screens.post(f"{PATH}/<code>/whole", endpoint="dossier_whole")
    def dossier_whole(code: str) -> Response:
        require_own_form(site)
        vault, clean = vaults.get_vault(site.desk), clean_dossier_code(code)
        return render_dossier(site, clean, content=site.open_door().do(actions.open_dossier, vault, clean))

    @screens.post(f"{PATH}/<code>/moves/<move>", endpoint="dossier_move")
    def dossier_move(code: str, move: str) -> AnyResponse:
        require_own_form(site)
        clean = clean_dossier_code(code)
        if move not in set(NextMove):
            raise Unknown("page.unknown", "There is nothing at this address.")
        try:
            site.open_door().do(read_move(site, clean, NextMove(move)))
        except Unknown:
            raise
        except Refused as refusal:
            return render_dossier(site, clean, refusal, move)
        return redirect(f"{PATH}/{clean}", SEE_OTHER)

    @screens.post(f"{PATH}/<code>/same-day", endpoint="dossier_same_day")
    def dossier_same_day(code: str) -> AnyResponse:
        require_own_form(site)
        clean = clean_dossier_code(code)
        try:
            site.open_door().do(actions.note_missed_promise, clean, request.form.get("reason", ""))
        except Unknown:
            raise
        except Refused as refusal:
            return render_dossier(site, clean, refusal, "same-day")
        return redirect(f"{PATH}/{clean}", SEE_OTHER)


def _find_code(site: Site, query: str) -> str:
    """Return the code of the dossier that somebody looks for. Raises `Unknown("dossier.unknown")`."""
    with site.desk.read() as db:
        code = clean_dossier_code(complete_dossier_code(query, settings_store.get_settings(db).dossiers))
        return store.get_dossier(db, code).code


def _render_board(site: Site, mistake: str, query: str) -> str:
    today, _is_behind = site.get_today()
    is_officer, account = site.caller.role is Role.OFFICER, find_own_account(site)
    box = request.args.get("box", "")
    holder = _read_argument("holder")
    is_nobody = not is_officer and request.args.get("holder") == NOBODY
    with site.desk.read() as db:
        flows = store.list_flows(db)
        choices = list_step_choices(flows.values())
        step = next((name for name, _label in choices if name == request.args.get("step")), "")
        which = BoardFilter(
            holder=(account or NO_ACCOUNT) if is_officer else NO_ACCOUNT if is_nobody else holder,
            is_free_too=is_officer or is_nobody,
            places=tuple(store.list_places(flows, step)) if step else None,
            procedure=request.args.get("procedure", "").strip()[:40] or None,
        )
        place = BoardPlace(
            BoardBox(box) if box in set(BoardBox) else BoardBox.LATE,
            which,
            min(_read_argument("skip") or 0, SKIP_MAX),
            today,
            _write_local_minute(site, db),
        )
        vault = vaults.find_vault(db, site.desk.path.parent)
        view = describe_board(db, vault, place)
        foreign = describe_foreign(db, place.box, today)
        people = [(one.id, one.full_name) for one in staff_store.list_accounts(db) if not one.disabled]
        settings = settings_store.get_settings(db)
        letters = list_letters(db, settings, which, today)
        alerts = list_own_alerts(db, account, settings.timezone) if is_officer and account is not None else []
        dropped = count_waiting(db)
    return render_page(
        site,
        "dossier_board.html",
        me=describe_user(site),
        tab="dossiers",
        board=view,
        foreign=foreign,
        may_exchange=site.caller.role in {Role.LEADER, Role.ADMIN},
        which={"holder": NOBODY if is_nobody else holder, "step": step, "procedure": which.procedure or ""},
        today=today,
        is_officer=is_officer,
        people=people,
        step_choices=choices,
        soon_days=settings.dossiers.soon_days,
        alerts=alerts,
        letters=letters,
        dropoffs=dropped,
        mistake=mistake,
        query=query,
    )


def render_dossier(
    site: Site, code: str, refusal: Refused | None = None, about: str = "", content: DossierContent | None = None
) -> Response:
    """Return the page of a dossier, with what is wrong with the form that was just sent."""
    today, _is_behind = site.get_today()
    with site.desk.read() as db:
        vault = vaults.find_vault(db, site.desk.path.parent)
        dossier = store.get_dossier(db, code)
        view = describe_dossier_page(db, vault, dossier, DeskMoment(today, _write_local_minute(site, db)), content)
        locker = describe_locker_place(db, dossier.code, is_ready=dossier.state is DossierState.READY)
        word_forms = [{"id": one.id, "name": one.name} for one in list_templates_of(db, dossier.procedure, today)]
    page = render_page(
        site,
        "dossier.html",
        me=describe_user(site),
        dossier=view,
        locker=locker,
        word_forms=word_forms,
        mistake=translate(refusal.message, refusal.params) if refusal else "",
        about=about,
        today=today,
        typed={name: request.form.get(name, "") for name in TYPED} if refusal else {},
    )
    response = make_response(page, get_status(refusal) if refusal else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


def _write_local_minute(site: Site, db: Reader) -> str:
    """Return the moment on the desk's own wall clock, `YYYY-MM-DDTHH:MM`."""
    zone = get_zone(settings_store.get_timezone(db))
    return site.desk.clock.now().astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")


def _read_argument(name: str) -> int | None:
    text = request.args.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < NUMBER_MAX else None
