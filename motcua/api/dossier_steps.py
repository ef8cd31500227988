"""What happens to a dossier after it was taken in."""

from collections.abc import Callable

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.types import ResponseDict

from motcua.api.answers import respond
from motcua.api.dossier_bodies import answer_dossier, read_limit, read_sheets
from motcua.api.shapes.base import Done, NoBody
from motcua.api.shapes.dossiers import (
    DossierAnswer,
    DossierPath,
    NewEnd,
    NewExtension,
    NewHandOver,
    NewProvincialCode,
    NewResult,
    NewSendBack,
    NewSupplement,
    NewSupplementRequest,
)
from motcua.desk import Invalid, Reader, Refused, Tx
from motcua.desk.keys import Answer
from motcua.dossiers import actions
from motcua.dossiers.actions import EndRequest, HandedIn, HandedOut, SendBackRequest, SupplementRequest
from motcua.dossiers.model.dossier import Dossier, DossierState
from motcua.dossiers.rules.codes import clean_dossier_code
from motcua.dossiers.store import vaults
from motcua.web.site import Site
from motcua.wiring.dossier_slips import find_slip_printer

ANSWER: ResponseDict = {200: DossierAnswer}


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""
    _add_papers(api, site)
    _add_steps(api, site)
    _add_ends(api, site)


def _add_papers(api: APIBlueprint, site: Site) -> None:
    @api.post(
        "/dossiers/<code>/supplement-request",
        endpoint="ask_supplement",
        summary="Ask for everything that is missing, once (form 02)",
        responses=ANSWER,
    )
    def ask(path: DossierPath, body: NewSupplementRequest) -> Response:
        vault, code = vaults.get_vault(site.desk), clean_dossier_code(path.code)
        missing = SupplementRequest(tuple(body.missing), body.words or "", body.is_exception)
        return respond(
            site.request_door().do(actions.ask_supplement, vault, code, missing, answer=answer_dossier(vault))
        )

    @api.post(
        "/dossiers/<code>/supplement",
        endpoint="hand_in_supplement",
        summary="Take in what was missing",
        responses=ANSWER,
    )
    def hand_in(path: DossierPath, body: NewSupplement) -> Response:
        vault, code = vaults.get_vault(site.desk), clean_dossier_code(path.code)
        papers, typed = read_sheets(body.papers)
        brought = HandedIn(papers, typed, read_limit(body.limit) if body.limit else None)
        return respond(
            site.request_door().do(actions.hand_in_supplement, vault, code, brought, answer=answer_dossier(vault))
        )


def _add_steps(api: APIBlueprint, site: Site) -> None:
    def step(path: DossierPath, action: Callable[[Tx, str], Dossier]) -> Response:
        code = clean_dossier_code(path.code)
        return respond(site.request_door().do(action, code, answer=answer_dossier(None)))

    @api.post(
        "/dossiers/<code>/hand-over",
        endpoint="hand_over_dossier",
        summary="Hand it over to a step and to somebody",
        responses=ANSWER,
    )
    def hand_over(path: DossierPath, body: NewHandOver) -> Response:
        code = clean_dossier_code(path.code)
        door = site.request_door()
        return respond(door.do(actions.hand_over, code, body.step, body.holder, answer=answer_dossier(None)))

    @api.post(
        "/dossiers/<code>/send-back",
        endpoint="send_back_dossier",
        summary="Send it back to an earlier step, with the reason",
        responses=ANSWER,
    )
    def send_back(path: DossierPath, body: NewSendBack) -> Response:
        vault, code = vaults.get_vault(site.desk), clean_dossier_code(path.code)
        wish, door = SendBackRequest(body.step, body.holder, body.words), site.request_door()
        return respond(door.do(actions.send_back, vault, code, wish, answer=answer_dossier(vault)))

    @api.post("/dossiers/<code>/ready", endpoint="finish_dossier", summary="The result is ready", responses=ANSWER)
    def finish(path: DossierPath, body: NoBody) -> Response:
        return step(path, actions.finish)

    @api.post(
        "/dossiers/<code>/return",
        endpoint="hand_out_dossier",
        summary="The result was handed out",
        responses=ANSWER,
    )
    def hand_out(path: DossierPath, body: NewResult) -> Response:
        if body.is_electronic is None and not body.number:
            return step(path, actions.hand_out)
        vault, code = vaults.get_vault(site.desk), clean_dossier_code(path.code)
        result = HandedOut(bool(body.is_electronic), body.number or "")
        return respond(
            site.request_door().do(actions.hand_out_result, vault, code, result, answer=answer_dossier(vault))
        )

    @api.post(
        "/dossiers/<code>/slip",
        endpoint="print_slip",
        summary="Print its slip on the tickets' printer",
        responses=ANSWER,
    )
    def slip(path: DossierPath, body: NoBody) -> Response:
        with site.desk.read() as db:
            if find_slip_printer(db) is None:
                raise Refused("printer.none", "No printer of the hall can print a slip. Print the receipt instead.")
        return step(path, actions.print_slip)

    @api.post(
        "/dossiers/<code>/provincial-code",
        endpoint="number_dossier",
        summary="Enter the code of the provincial system",
        responses=ANSWER,
    )
    def number(path: DossierPath, body: NewProvincialCode) -> Response:
        code = clean_dossier_code(path.code)
        door = site.request_door()
        return respond(door.do(actions.number, code, body.provincial_code, answer=answer_dossier(None)))


def _add_ends(api: APIBlueprint, site: Site) -> None:
    @api.post(
        "/dossiers/<code>/end",
        endpoint="end_dossier",
        summary="Refuse it (form 03), stop settling it (form 05), or note that it was withdrawn",
        responses=ANSWER,
    )
    def end(path: DossierPath, body: NewEnd) -> Response:
        if body.state not in set(DossierState):
            raise Invalid("dossier.decision", "A dossier is taken in, more is asked for, or it is refused.")
        vault, code = vaults.get_vault(site.desk), clean_dossier_code(path.code)
        ending = EndRequest(DossierState(body.state), body.reason, body.words or "")
        return respond(site.request_door().do(actions.end, vault, code, ending, answer=answer_dossier(vault)))

    @api.post(
        "/dossiers/<code>/extend",
        endpoint="extend_dossier",
        summary="Apologise and promise a new day, once (form 04)",
        responses=ANSWER,
    )
    def extend(path: DossierPath, body: NewExtension) -> Response:
        vault, code = vaults.get_vault(site.desk), clean_dossier_code(path.code)
        limit, door = read_limit(body.limit), site.request_door()
        return respond(door.do(actions.extend, vault, code, limit, body.words, answer=answer_dossier(vault)))

    @api.post(
        "/dossiers/<code>/erase",
        endpoint="erase_dossier",
        summary="Erase everything about the applicant, on their request",
        responses=ANSWER,
    )
    def erase(path: DossierPath, body: NoBody) -> Response:
        code = clean_dossier_code(path.code)
        return respond(site.request_door().do(actions.erase_dossier, code, answer=answer_dossier(None)))

    def begun(_db: Reader, _result: None) -> Answer:
        return 200, {"ok": True}

    @api.post(
        "/dossiers/key",
        endpoint="begin_dossier_key",
        summary="Begin a new key in the place of a lost one",
        responses={200: Done},
    )
    def begin_key(body: NoBody) -> Response:
        name = vaults.begin_key(site.desk).name
        return respond(site.request_door().do(actions.tell_new_key, name, answer=begun))
