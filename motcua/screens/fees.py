"""The fee on a dossier's page: asked for, paid, given back; its code for a transfer; the confirmation as a PDF."""

import base64
from collections.abc import Callable

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.counters import store as counter_store
from motcua.desk import Invalid, Reader, Refused, Tx, Unknown, get_zone, parse
from motcua.desk.messages import translate_into_each
from motcua.dossiers import actions, store
from motcua.dossiers.actions import DossierContent
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.model.fees import (
    MEANS_LABELS,
    PAYMENT_STATE_LABELS,
    FeeLine,
    FeeRequest,
    PaymentMeans,
    PaymentRequest,
    PaymentState,
    Relief,
    ReturnRequest,
)
from motcua.dossiers.rules.codes import clean_dossier_code
from motcua.dossiers.rules.fees import write_number
from motcua.dossiers.store import fees, vaults
from motcua.procedures.store import find_procedure
from motcua.reports import pdf
from motcua.reports.forms.fees import ConfirmationFacts, print_confirmation
from motcua.reports.forms.printing import FORM_LAYOUT
from motcua.screens.dossier_board import PATH, SEE_OTHER, render_dossier
from motcua.screens.dossier_moves import read_number
from motcua.screens.forms import require_own_form
from motcua.screens.qr import draw_svg
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.views.fees import describe_shown_fee, describe_transfer, is_payable
from motcua.web.site import Site
from motcua.web.sockets import read_counter
from motcua.web.takers import find_taker
from motcua.wiring.dossier_slips import find_slip_printer

Move = Callable[[Tx], Dossier]
NO_FEE = "There is nothing at this address."


def install(screens: Blueprint, site: Site) -> None:
    """Add what the forms about the fee do, the code for a transfer, and the confirmation."""

    @screens.post(f"{PATH}/<code>/fee/<move>", endpoint="dossier_fee")
    def dossier_fee(code: str, move: str) -> AnyResponse:
        require_own_form(site)
        clean = clean_dossier_code(code)
        if move not in _READERS:
            raise Unknown("page.unknown", NO_FEE)
        try:
            site.open_door().do(_READERS[move](site, clean))
        except Unknown:
            raise
        except Refused as refusal:
            return render_dossier(site, clean, refusal, f"fee-{move}")
        return redirect(f"{PATH}/{clean}#fee", SEE_OTHER)

    @screens.get(f"{PATH}/<code>/fee.svg", endpoint="fee_code")
    def fee_code(code: str) -> Response:
        with site.desk.read() as db:
            dossier = store.get_dossier(db, clean_dossier_code(code))
            return _draw_code(db, dossier)

    @screens.get("/pad/<int(max=999):number>/fee.svg", endpoint="pad_fee_code")
    def pad_fee_code(number: int) -> Response:
        """The code of the fee that is shown at this pad's counter now, and no other."""
        with site.desk.read() as db:
            counter = counter_store.get(db, read_counter(site.caller, {"counter": number}))
            view = describe_shown_fee(db, counter, settings_store.get_settings(db))
            dossier = store.find_dossier(db, view["code"]) if view else None
            if dossier is None:
                raise Unknown("page.unknown", NO_FEE)
            return _draw_code(db, dossier)

    @screens.post(f"{PATH}/<code>/payments/<int:number>.pdf", endpoint="payment_confirmation")
    def payment_confirmation(code: str, number: int) -> Response:
        require_own_form(site)
        clean = clean_dossier_code(code)
        content = site.open_door().do(actions.open_dossier, vaults.get_vault(site.desk), clean)
        with site.desk.read() as db:
            facts = _make_facts(db, content, number)
        at = int(site.desk.clock.now().timestamp())
        values = {"layout": FORM_LAYOUT, "values": print_confirmation(facts), "at": at}
        response = Response(base64.b64decode(site.compute(pdf.task, values)["pdf"]), content_type="application/pdf")
        name = facts.number.replace("/", "-")
        response.headers["Content-Disposition"] = f'inline; filename="xac-nhan-thu-{name}.pdf"'
        response.headers["Cache-Control"] = "no-store"
        return response


def _draw_code(db: Reader, dossier: Dossier) -> Response:
    charge = fees.find_due_charge(db, dossier.code)
    transfer = describe_transfer(settings_store.get_settings(db), dossier, charge) if charge else None
    if transfer is None or not is_payable(charge, dossier):
        raise Unknown("page.unknown", NO_FEE)
    response = Response(draw_svg(transfer["text"]), content_type="image/svg+xml")
    response.headers["Cache-Control"] = "no-store"
    return response


def _make_facts(db: Reader, content: DossierContent, number: int) -> ConfirmationFacts:
    settings, dossier = settings_store.get_settings(db), content.dossier
    payment = fees.find_payment(db, number)
    if payment is None or payment.dossier != dossier.code:
        raise Unknown("fee.payment", "There is no such payment.")
    procedure = find_procedure(db, dossier.procedure, dossier.received_on)
    means = translate_into_each(MEANS_LABELS[payment.means])["vi"]
    is_valid = payment.state is PaymentState.VALID
    return ConfirmationFacts(
        unit=settings.unit,
        number=write_number(payment),
        code=dossier.provincial_code or dossier.code,
        procedure=procedure.name if procedure else dossier.procedure,
        payer=content.applicant.name if content.applicant else "",
        amount=payment.amount,
        means=f"{means} {payment.reference}".strip(),
        receipt=payment.receipt,
        at=parse(payment.at).astimezone(get_zone(settings.timezone)),
        officer=staff_store.list_full_names(db).get(payment.officer, "") if payment.officer is not None else "",
        ended="" if is_valid else translate_into_each(PAYMENT_STATE_LABELS[payment.state])["vi"],
    )


def _demand(site: Site, code: str) -> Move:
    form = request.form
    if form.get("relief", "") not in set(Relief):
        raise Invalid("fee.relief", "A fee is halved, or somebody is exempt from it, or neither.")
    officer, _counter = find_taker(site, None)
    lines = (FeeLine(read_number("line"), read_number("units")),) if form.get("line") else ()
    wish = FeeRequest(
        amount=read_number("amount") if form.get("amount", "").strip() else None,
        lines=lines,
        relief=Relief(form.get("relief", "")),
        reason=form.get("reason", ""),
        holds=form.get("holds") == "1",
        officer=officer,
    )
    vault = vaults.get_vault(site.desk)
    return lambda tx: actions.ask_fee(tx, vault, code, wish)


def _pay(site: Site, code: str) -> Move:
    form = request.form
    if form.get("means") not in set(PaymentMeans):
        raise Invalid("fee.means", "A fee is paid in cash, by card or by transfer.")
    officer, counter = find_taker(site, None)
    wish = PaymentRequest(
        PaymentMeans(form["means"]), form.get("reference", ""), form.get("receipt", ""), officer, counter
    )
    return lambda tx: actions.take_fee(tx, code, wish)


def _cancel(site: Site, code: str) -> Move:
    vault, reason = vaults.get_vault(site.desk), request.form.get("reason", "")
    return lambda tx: actions.cancel_fee(tx, vault, code, reason)


def _return(site: Site, code: str) -> Move:
    officer, _counter = find_taker(site, None)
    if request.form.get("is_sure") != "1":
        raise Invalid("fee.sure", "Tick that you are sure. A payment that was taken back does not come back by itself.")
    is_mistake, reason = request.form.get("how") == "mistake", request.form.get("reason", "")
    wish = ReturnRequest(read_number("payment"), is_mistake, reason, officer)
    vault = vaults.get_vault(site.desk)
    return lambda tx: actions.return_payment(tx, vault, code, wish)


def _enter_receipt(_site: Site, code: str) -> Move:
    number, receipt = read_number("payment"), request.form.get("receipt", "")
    return lambda tx: actions.enter_receipt(tx, code, number, receipt)


def _print_slip(site: Site, code: str) -> Move:
    with site.desk.read() as db:
        if find_slip_printer(db) is None:
            raise Refused("printer.none", "No printer of the hall can print a slip. Print the receipt instead.")
    number = read_number("payment") if request.form.get("payment") else None
    return lambda tx: actions.print_fee_slip(tx, code, number)


_READERS: dict[str, Callable[[Site, str], Move]] = {
    "demand": _demand,
    "pay": _pay,
    "cancel": _cancel,
    "return": _return,
    "receipt": _enter_receipt,
    "slip": _print_slip,
}
