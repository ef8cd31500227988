"""The fee of a dossier: asked for, paid, given back."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.types import ResponseDict

from motcua.api.answers import respond
from motcua.api.dossier_bodies import answer_dossier
from motcua.api.shapes.dossiers import DossierAnswer, DossierPath
from motcua.api.shapes.fees import (
    FeeCancellation,
    FeesAnswer,
    FeeScreen,
    FeeSlip,
    NewFee,
    NewPayment,
    NewReceipt,
    NewReturn,
)
from motcua.desk import Invalid, Refused
from motcua.dossiers import actions
from motcua.dossiers.model.fees import FeeLine, FeeRequest, PaymentMeans, PaymentRequest, Relief, ReturnRequest
from motcua.dossiers.rules.codes import clean_dossier_code
from motcua.dossiers.store import dossiers, vaults
from motcua.views.fees import describe_fees
from motcua.web.site import Site
from motcua.web.takers import find_taker
from motcua.wiring.dossier_slips import find_slip_printer

ANSWER: ResponseDict = {200: DossierAnswer}


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""
    _add_wishes(api, site)
    _add_money(api, site)
    _add_papers(api, site)


def _add_wishes(api: APIBlueprint, site: Site) -> None:
    @api.get(
        "/dossiers/<code>/fees",
        endpoint="dossier_fees",
        summary="What a dossier costs, what is due and what was paid",
        responses={200: FeesAnswer},
    )
    def read(path: DossierPath) -> Response:
        with site.desk.read() as db:
            dossier = dossiers.get_dossier(db, clean_dossier_code(path.code))
            return respond((200, {"fees": describe_fees(db, dossier)}))

    @api.post("/dossiers/<code>/fee", endpoint="request_fee", summary="Ask for a fee", responses=ANSWER)
    def demand(path: DossierPath, body: NewFee) -> Response:
        if body.relief not in set(Relief):
            raise Invalid("fee.relief", "A fee is halved, or somebody is exempt from it, or neither.")
        officer, counter = find_taker(site, body.counter)
        lines = tuple(FeeLine(line.place, line.units) for line in body.lines)
        request = FeeRequest(body.amount, lines, Relief(body.relief), body.reason or "", body.holds, officer, counter)
        vault, code = vaults.get_vault(site.desk), clean_dossier_code(path.code)
        return respond(site.request_door().do(actions.ask_fee, vault, code, request, answer=answer_dossier(None)))

    @api.post(
        "/dossiers/<code>/fee-cancel",
        endpoint="cancel_fee",
        summary="A fee that is due need not be paid",
        responses=ANSWER,
    )
    def cancel(path: DossierPath, body: FeeCancellation) -> Response:
        vault, code = vaults.get_vault(site.desk), clean_dossier_code(path.code)
        return respond(
            site.request_door().do(actions.cancel_fee, vault, code, body.reason, answer=answer_dossier(None))
        )

    @api.post(
        "/dossiers/<code>/fee-show",
        endpoint="show_fee",
        summary="Show the fee on the screen that faces the citizen of a counter, or on none",
        responses=ANSWER,
    )
    def show(path: DossierPath, body: FeeScreen) -> Response:
        if body.counter is not None:
            site.require_counter(body.counter)
        code = clean_dossier_code(path.code)
        return respond(site.request_door().do(actions.show_fee, code, body.counter, answer=answer_dossier(None)))


def _add_money(api: APIBlueprint, site: Site) -> None:
    @api.post("/dossiers/<code>/fee-paid", endpoint="settle_fee", summary="The fee was paid", responses=ANSWER)
    def take(path: DossierPath, body: NewPayment) -> Response:
        if body.means not in set(PaymentMeans):
            raise Invalid("fee.means", "A fee is paid in cash, by card or by transfer.")
        officer, counter = find_taker(site, body.counter)
        request = PaymentRequest(PaymentMeans(body.means), body.reference, body.receipt, officer, counter)
        code = clean_dossier_code(path.code)
        return respond(site.request_door().do(actions.take_fee, code, request, answer=answer_dossier(None)))

    @api.post(
        "/dossiers/<code>/fee-return",
        endpoint="return_payment",
        summary="A payment was given back, or had been entered by mistake",
        responses=ANSWER,
    )
    def give_back(path: DossierPath, body: NewReturn) -> Response:
        officer, _counter = find_taker(site, body.counter)
        request = ReturnRequest(body.payment, body.is_mistake, body.reason, officer)
        vault, code = vaults.get_vault(site.desk), clean_dossier_code(path.code)
        return respond(
            site.request_door().do(actions.return_payment, vault, code, request, answer=answer_dossier(None))
        )


def _add_papers(api: APIBlueprint, site: Site) -> None:
    @api.post(
        "/dossiers/<code>/fee-receipt",
        endpoint="enter_receipt",
        summary="Enter the number of a payment's official receipt",
        responses=ANSWER,
    )
    def enter(path: DossierPath, body: NewReceipt) -> Response:
        code = clean_dossier_code(path.code)
        door = site.request_door()
        return respond(door.do(actions.enter_receipt, code, body.payment, body.receipt, answer=answer_dossier(None)))

    @api.post(
        "/dossiers/<code>/fee-slip",
        endpoint="print_fee_slip",
        summary="Print the slip of a fee that is due, or of a payment, on the tickets' printer",
        responses=ANSWER,
    )
    def slip(path: DossierPath, body: FeeSlip) -> Response:
        with site.desk.read() as db:
            if find_slip_printer(db) is None:
                raise Refused("printer.none", "No printer of the hall can print a slip. Print the receipt instead.")
        code = clean_dossier_code(path.code)
        return respond(site.request_door().do(actions.print_fee_slip, code, body.payment, answer=answer_dossier(None)))
