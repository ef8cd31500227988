"""Results that go by post: who asked, the lists for the post with labels, and the post's numbers. Plain forms."""

import base64

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Reader, Refused, Unknown, get_zone, parse
from motcua.desk.vault import Vault
from motcua.dossiers import actions
from motcua.dossiers.model.mailings import MailingBatch, Receiver
from motcua.dossiers.rules.codes import clean_dossier_code
from motcua.dossiers.store import mailings, vaults
from motcua.reports import pdf
from motcua.reports.forms.mailings import LABELS_LAYOUT, LIST_LAYOUT, LetterFacts, print_labels, print_list
from motcua.screens.dossier_board import SEE_OTHER, render_dossier
from motcua.screens.forms import describe_user, require_own_form
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.views.shapes import format_local
from motcua.web.language import translate
from motcua.web.own import find_own_account
from motcua.web.problems import get_status
from motcua.web.site import Site

PATH, BATCHES, LETTERS = "/mailings", 20, 100
NOTHING = "There is nothing at this address."


def install(screens: Blueprint, site: Site) -> None:
    """Add the page, its papers, and the form on a dossier's page."""

    @screens.get(PATH, endpoint="mailings")
    def mailings_page() -> Response:
        return _render(site)

    @screens.post(f"{PATH}/<step>", endpoint="mailing_step")
    def mailing_step(step: str) -> AnyResponse:
        require_own_form(site)
        if step not in {"list", "send"}:
            raise Unknown("page.unknown", NOTHING)
        try:
            if step == "list":
                codes = [clean_dossier_code(code) for code in request.form.getlist("code")]
                site.open_door().do(actions.list_mailings, codes, find_own_account(site))
            else:
                code = clean_dossier_code(request.form.get("code", ""))
                site.open_door().do(actions.send_mailing, code, request.form.get("tracking", ""))
        except Unknown:
            raise
        except Refused as refusal:
            return _render(site, refusal)
        return redirect(PATH, SEE_OTHER)

    @screens.post(f"{PATH}/<int:number>/<kind>.pdf", endpoint="mailing_paper")
    def mailing_paper(number: int, kind: str) -> Response:
        require_own_form(site)
        if kind not in {"list", "labels"}:
            raise Unknown("page.unknown", NOTHING)
        vault = vaults.get_vault(site.desk)
        batch = site.open_door().do(actions.open_mailings, number)
        with site.desk.read() as db:
            settings = settings_store.get_settings(db)
            letters = [
                _make_facts(db, vault, item.dossier, item.tracking) for item in mailings.list_of_batch(db, number)
            ]
        at = parse(batch.at).astimezone(get_zone(settings.timezone))
        if kind == "list":
            layout, values = LIST_LAYOUT, print_list(settings.unit, write_batch(batch), at, letters)
        else:
            layout, values = LABELS_LAYOUT, print_labels(settings.unit, letters)
        answer = site.compute(pdf.task, {"layout": layout, "values": values, "at": int(at.timestamp())})
        response = Response(base64.b64decode(answer["pdf"]), content_type="application/pdf")
        response.headers["Content-Disposition"] = (
            f'inline; filename="buu-chinh-{batch.series}-{batch.number}-{kind}.pdf"'
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    @screens.post("/dossiers/<code>/mailing/<step>", endpoint="dossier_mailing")
    def dossier_mailing(code: str, step: str) -> AnyResponse:
        require_own_form(site)
        clean, form = clean_dossier_code(code), request.form
        if step not in {"ask", "cancel"}:
            raise Unknown("page.unknown", NOTHING)
        try:
            if step == "cancel":
                site.open_door().do(actions.cancel_mailing, clean)
            else:
                receiver = Receiver(form.get("name", ""), form.get("address", ""), form.get("phone", ""))
                site.open_door().do(actions.ask_mailing, vaults.get_vault(site.desk), clean, receiver)
        except Unknown:
            raise
        except Refused as refusal:
            return render_dossier(site, clean, refusal, "mailing")
        return redirect(f"/dossiers/{clean}#mailing", SEE_OTHER)


def write_batch(batch: MailingBatch) -> str:
    """Return the number of a list, like `0007/2026`."""
    return f"{batch.number:04d}/{batch.series}"


def _make_facts(db: Reader, vault: Vault, code: str, tracking: str) -> LetterFacts:
    receiver = mailings.find_receiver(db, vault, code) or Receiver("", "")
    return LetterFacts(code, receiver.name, receiver.address, receiver.phone, tracking)


def _render(site: Site, refusal: Refused | None = None) -> Response:
    with site.desk.read() as db:
        zone = settings_store.get_timezone(db)
        letters = [item.dossier for item in mailings.list_ready_letters(db, LETTERS)]
        batches = [
            {
                "id": batch.id,
                "number": write_batch(batch),
                "at": format_local(batch.at, zone),
                "letters": [
                    {"code": item.dossier, "state": item.state.value, "tracking": item.tracking}
                    for item in mailings.list_of_batch(db, batch.id)
                ],
            }
            for batch in mailings.list_batches(db, BATCHES)
        ]
    page = render_page(
        site,
        "mailings.html",
        me=describe_user(site),
        tab="dossiers",
        letters=letters,
        batches=batches,
        mistake=translate(refusal.message, refusal.params) if refusal else "",
    )
    response = make_response(page, get_status(refusal) if refusal else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
