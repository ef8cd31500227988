"""The first set-up in the browser: unit, administrator, people, hours; one form, one transaction.

It answers this very computer only; from elsewhere it wants the code that the terminal shows.
"""

import hmac

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers.response import Response

from motcua.bookings.rules import clean_booking_code
from motcua.copies import replace
from motcua.desk import Refused, Tx
from motcua.screens import wizard_form
from motcua.screens.forms import describe_user, explain_password, get_sent, require_own_form, set_sign_in_cookie
from motcua.screens.pages import render_page
from motcua.screens.start import explain_address, list_addresses, list_screen_cards
from motcua.screens.wizard_form import Filled
from motcua.settings import store as settings_store
from motcua.settings.values import WEEKDAYS
from motcua.setup.actions import finish_setup, get_document, is_needed
from motcua.setup.document import Document
from motcua.setup.passwords import hash_password
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.web import security_log
from motcua.web.language import translate
from motcua.web.nearby import is_local
from motcua.web.site import Site

WRONG = 422


def install(screens: Blueprint, site: Site) -> None:
    """Add the wizard."""

    def render(filled: Filled, status: int = 200) -> Response:
        document, with_settings = start_from(site)
        body = render_page(
            site,
            "wizard.html",
            with_settings=with_settings,
            values=filled.list_texts(),
            errors=filled.errors,
            rows=filled.count_rows(),
            days=list(WEEKDAYS),
            counters=[{"number": item.number, "label": item.label} for item in document.counters],
            wish=explain_password(document.settings),
            code=get_sent("code"),
            start_from=get_template_name(),
        )
        return make_response(body, status)

    def locked(error: str = "", status: int = 403) -> Response:
        return make_response(render_page(site, "wizard.html", locked=True, error=error), status)

    def done() -> Response:
        role = site.caller.role
        if role is not Role.ADMIN:
            return redirect("/")
        body = render_page(
            site,
            "wizard_done.html",
            me=describe_user(site),
            screens=list_screen_cards(site),
            addresses=list_addresses(site),
            note=explain_address(site),
        )
        return make_response(body)

    @screens.get("/setup", endpoint="wizard")
    def wizard() -> Response:
        if not is_set_up_needed(site):
            return done()
        return render(wizard_form.prefill(start_from(site)[0])) if can_set_up(site) else locked(status=200)

    @screens.post("/setup", endpoint="wizard_submit")
    def submit() -> Response:
        if not request.form.get("code"):  # whoever knows the code needs no other proof
            require_own_form(site)
        if not is_set_up_needed(site):
            return redirect("/setup", 303)
        if not can_set_up(site):
            return locked(
                translate("This code is wrong. The right one is shown in the terminal where motcua was started.")
            )
        if "admin-name" not in request.form:
            return render(wizard_form.prefill(start_from(site)[0]))
        base, with_settings = start_from(site)
        filled = wizard_form.read(request.form, base, with_settings=with_settings)
        if filled.errors or filled.document is None:
            return render(filled, WRONG)
        document = filled.document
        accounts = [replace(item, password=site.hash("", hash_password, item.password)) for item in filled.accounts]

        def set_up(tx: Tx) -> staff_actions.GrantedCredential:
            return staff_actions.sign_in(tx, set_up_first(tx, document, accounts))

        try:
            granted = site.desk.by("setup").do(set_up)
        except Refused as error:
            filled.errors["form"] = translate(error.message, error.params)
            return render(filled, WRONG)
        site.setup_code = ""
        return set_sign_in_cookie(site, redirect("/setup", 303), granted)


def set_up_first(tx: Tx, document: Document, accounts: list[Account]) -> int:
    """Set up the desk and return its first administrator's number."""
    return finish_setup(tx, document, accounts[0], accounts[1:], is_start=True)[0].id


def is_set_up_needed(site: Site) -> bool:
    """Say whether this desk still has to be set up."""
    with site.desk.read() as db:
        return is_needed(db)


def start_from(site: Site) -> tuple[Document, bool]:
    """Return the document that the form starts from, and whether its settings are asked for: not when the desk has
    some already.
    """
    with site.desk.read() as db:
        if settings_store.get_version(db):
            return get_document(db), False
    return wizard_form.load_base(get_template_name()), True


def get_template_name() -> str:
    """Return the name of the template that this request asks for."""
    return get_sent("template") or wizard_form.WARD


def can_set_up(site: Site) -> bool:
    """Say whether this request comes from the desk's own computer or brings the terminal's code. Raises `Throttled`."""
    if is_local(request):
        return True
    code = clean_booking_code(get_sent("code"))
    if not code:
        return False
    where = f"setup:{request.remote_addr}"
    site.sign_ins.check(where)
    if site.setup_code and hmac.compare_digest(code.encode(), site.setup_code.replace("-", "").encode()):
        site.sign_ins.record_success(where)
        return True
    security_log.note("setup.code")
    site.sign_ins.record_failure(where)
    return False
