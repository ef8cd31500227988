"""What the bank told of and nobody could match: a person says which dossier it paid, or settles it otherwise."""

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Forbidden, Reader, Refused, Unknown
from motcua.desk.messages import translate_into_each
from motcua.desk.vault import Vault
from motcua.dossiers import actions
from motcua.dossiers.model.bank import OUTCOME_LABELS
from motcua.dossiers.rules.codes import clean_dossier_code
from motcua.dossiers.rules.lookup import complete_dossier_code
from motcua.dossiers.store import bank, secrets, vaults
from motcua.screens.dossier_moves import read_number
from motcua.screens.forms import describe_user, require_own_form
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.staff.model import Role
from motcua.views.shapes import format_local
from motcua.web import bank_secret
from motcua.web.language import translate
from motcua.web.own import get_own_account
from motcua.web.problems import get_status
from motcua.web.site import Site

PATH, ROWS_MAX = "/cash/bank", 100
SEE_OTHER = 303


def install(screens: Blueprint, site: Site) -> None:
    """Add the page and what its forms do."""

    @screens.get(PATH, endpoint="bank")
    def bank_page() -> Response:
        return _render(site)

    @screens.post(f"{PATH}/<step>", endpoint="bank_step")
    def bank_step(step: str) -> AnyResponse:
        require_own_form(site)
        if step == "secret":
            if site.caller.role is not Role.ADMIN:
                raise Forbidden("auth.role", "You are not allowed to open this.")
            return _render(site, secret=bank_secret.renew_secret(site))
        try:
            _do(site, step)
        except Refused as refusal:
            if refusal.code == "page.unknown":
                raise
            return _render(site, refusal)
        return redirect(PATH, SEE_OTHER)


def _do(site: Site, step: str) -> None:
    number = read_number("notice")
    if step == "close":
        account = get_own_account(site)
        site.open_door().do(actions.close_bank_notice, number, account)
    elif step == "assign":
        with site.desk.read() as db:
            rules = settings_store.get_settings(db).dossiers
        code = clean_dossier_code(complete_dossier_code(request.form.get("code", ""), rules))
        site.open_door().do(actions.assign_bank_notice, number, code)
    else:
        raise Unknown("page.unknown", "There is nothing at this address.")


def _list_words(db: Reader, vault: Vault | None, number: int) -> list[str]:
    """Return the words of a transfer, nothing where they are erased or cannot be read."""
    return [text for _move, text in secrets.list_words(db, vault, f"{bank.SECRETS}{number}")] if vault else []


def _render(site: Site, refusal: Refused | None = None, secret: str = "") -> Response:
    with site.desk.read() as db:
        vault = vaults.find_vault(db, site.desk.path.parent)
        zone = settings_store.get_timezone(db)
        notices = [
            {
                "id": notice.id,
                "transaction": notice.transaction_code,
                "amount": notice.amount,
                "outcome": translate_into_each(OUTCOME_LABELS[notice.outcome]),
                "dossier": notice.dossier,
                "at": format_local(notice.at, zone),
                "words": _list_words(db, vault, notice.id),
            }
            for notice in bank.list_waiting(db, ROWS_MAX)
        ]
        form = settings_store.get_settings(db).fees
    page = render_page(
        site,
        "bank.html",
        me=describe_user(site),
        tab="cash",
        notices=notices,
        is_on=form.notices,
        has_secret=bank_secret.find_secret(site) is not None,
        is_admin=site.caller.role is Role.ADMIN,
        secret=secret,
        address=f"{site.addresses.get_setting() or ''}/api/v1/bank/notices",
        mistake=translate(refusal.message, refusal.params) if refusal else "",
        about=request.form.get("notice", "") if refusal else "",
    )
    response = make_response(page, get_status(refusal) if refusal else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
