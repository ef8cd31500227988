"""Dossiers at a counter: taking one in, who hands it in, what the unit keeps of people who agreed; finding dossiers."""

from datetime import datetime

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.dossier_bodies import (
    answer_dossier,
    answer_linked,
    read_intake,
    read_limit,
    read_limits_before,
    read_linked,
    read_person,
)
from motcua.api.shapes.base import Done, NoBody
from motcua.api.shapes.dossiers import (
    ApplicantNumber,
    CardAnswer,
    CardText,
    DossierAnswer,
    DossierList,
    DossierPath,
    DossierQuery,
    IntakeAnswer,
    IntakePath,
    IntakeQuery,
    KeptAnswer,
    NewApplicant,
    NewDossier,
    NewLimit,
    OpenedDossier,
)
from motcua.api.shapes.linked import LinkedAnswer, NewLinked
from motcua.api.shapes.tickets import CounterPath
from motcua.desk import Invalid, Tx, Unknown, parse_day
from motcua.desk.vault import Vault
from motcua.dossiers import actions
from motcua.dossiers.dropoffs import store as dropoffs
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.model.dossier import OPEN_STATES, DossierState, FilingChannel
from motcua.dossiers.rules import same_day
from motcua.dossiers.rules.applicants import read_number
from motcua.dossiers.rules.cards import read_card
from motcua.dossiers.rules.codes import clean_dossier_code
from motcua.dossiers.rules.due import compute_due
from motcua.dossiers.rules.intake import find_usual_limit, require_limit
from motcua.dossiers.store import dossiers, lookups, secrets, vaults
from motcua.procedures.store import find_procedure
from motcua.settings import store as settings_store
from motcua.typed.situation import read_situation
from motcua.views.dossiers import describe_applicant, describe_content, describe_dossier, describe_intake
from motcua.web.local_time import get_local_now
from motcua.web.site import Site

PLACE = "/counters/<int(max=999):n>"
OTHERS_MAX = 5


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""
    _add_reading(api, site)
    _add_intake(api, site)
    _add_linked(api, site)
    _add_people(api, site)


def _add_reading(api: APIBlueprint, site: Site) -> None:
    @api.get("/dossiers", endpoint="dossiers", summary="Dossiers, masked", responses={200: DossierList})
    def list_dossiers(query: DossierQuery) -> Response:
        states = [_read_state(query.state)] if query.state else list(OPEN_STATES)
        if query.day is not None and parse_day(query.day) is None:
            raise Invalid("day.form", "Write a day like 2026-11-23.")
        with site.desk.read() as db:
            if query.visit:
                items = dossiers.list_of_visit(db, query.visit)
            elif query.day:
                items = dossiers.list_of_day(db, query.day, query.limit)
            else:
                items = dossiers.list_by_state(db, states, query.limit, query.skip)
            vault = vaults.find_vault(db, site.desk.path.parent)
            described = [describe_dossier(db, vault, item) for item in items]
            counts = {state.value: count for state, count in dossiers.count_by_state(db).items()}
        return respond((200, {"items": described, "counts": counts}))

    @api.get("/dossiers/<code>", endpoint="dossier", summary="A dossier, masked", responses={200: DossierAnswer})
    def read_dossier(path: DossierPath) -> Response:
        with site.desk.read() as db:
            code = lookups.find_by_token(db, path.code) or clean_dossier_code(path.code)
            dossier = dossiers.get_dossier(db, code)
            vault = vaults.find_vault(db, site.desk.path.parent)
            return respond((200, {"dossier": describe_dossier(db, vault, dossier)}))

    @api.post(
        "/dossiers/<code>/open",
        endpoint="open_dossier",
        summary="Read a dossier with its applicant, which is journalled",
        responses={200: OpenedDossier},
    )
    def open_dossier(path: DossierPath, body: NoBody) -> Response:
        door, code = site.open_door(), clean_dossier_code(path.code)  # nothing of the answer is kept under a key
        content = door.do(actions.open_dossier, vaults.get_vault(site.desk), code)
        with site.desk.read() as db:
            return respond((200, {"dossier": describe_content(db, content)}))


def _add_intake(api: APIBlueprint, site: Site) -> None:
    @api.get(
        "/dossiers/intake/<code>",
        endpoint="dossier_intake",
        summary="What is filled in for a procedure, and until when it would be settled",
        responses={200: IntakeAnswer},
    )
    def describe(path: IntakePath, query: IntakeQuery) -> Response:
        day, _is_behind = site.get_today()
        now = get_local_now(site)
        choices = read_situation(query.choices)
        with site.desk.read() as db:
            settings = settings_store.get_settings(db)
            if (procedure := find_procedure(db, path.code, day)) is None:
                code = path.code[:40]
                raise Unknown("procedure.unknown", "There is no procedure %(procedure)s.", procedure=code)
            limit = find_usual_limit(procedure)
            if query.unit is not None:
                limit = read_limit(NewLimit(unit=query.unit, count=query.count))
                require_limit(limit)
            if query.dropoff:
                now = datetime.fromisoformat(dropoffs.get_dropoff(db, query.dropoff).counts_from)
            before = read_limits_before(query.before)
            due = compute_due(settings, now, [*before, limit]) if limit else None
            channel = FilingChannel.DROP_OFF if query.dropoff else FilingChannel.IN_PERSON
            if limit and not before and same_day.is_promised(settings, procedure.code, now, channel):
                due = same_day.compute_same_day_due(settings, now.date())
            return respond((200, {"intake": describe_intake(settings, procedure, choices, due)}))

    @api.post(
        f"{PLACE}/dossiers",
        endpoint="take_in_dossier",
        summary="Take in a dossier of the visit in hand, ask for what it lacks, or refuse it",
        responses={201: DossierAnswer},
    )
    def take_in(path: CounterPath, body: NewDossier) -> Response:
        site.require_counter(path.n)
        vault, new_request = vaults.get_vault(site.desk), read_intake(body)
        return respond(
            site.request_door().do(actions.lodge, vault, path.n, new_request, answer=answer_dossier(vault, 201))
        )


def _add_linked(api: APIBlueprint, site: Site) -> None:
    @api.post(
        f"{PLACE}/linked-dossiers",
        endpoint="take_in_linked",
        summary="Take in the dossiers of linked procedures of the visit in hand, all of them or none",
        responses={201: LinkedAnswer},
    )
    def take_in_linked(path: CounterPath, body: NewLinked) -> Response:
        site.require_counter(path.n)
        vault, wish = vaults.get_vault(site.desk), read_linked(body)
        return respond(site.request_door().do(actions.lodge_linked, vault, path.n, wish, answer=answer_linked(vault)))


def _add_people(api: APIBlueprint, site: Site) -> None:
    @api.post(
        f"{PLACE}/card",
        endpoint="read_card",
        summary="Read an identity card that was scanned at a counter, and what the unit keeps of its owner",
        responses={200: CardAnswer},
    )
    def scan(path: CounterPath, body: CardText) -> Response:
        site.require_counter(path.n)
        card = read_card(body.scan, get_local_now(site).date())
        vault = vaults.get_vault(site.desk)
        stored = site.open_door().do(_open_kept, vault, path.n, card)
        with site.desk.read() as db:
            others = secrets.find_by_number(db, vault, card.number, OTHERS_MAX)
        applicant = describe_applicant(stored or card)
        return respond((200, {"applicant": applicant, "is_kept": stored is not None, "dossiers": others}))

    @api.post(
        f"{PLACE}/applicants",
        endpoint="keep_applicant",
        summary="Keep what a citizen declared for the next visit, because they agreed",
        responses={201: KeptAnswer},
    )
    def keep(path: CounterPath, body: NewApplicant) -> Response:
        site.require_counter(path.n)
        vault = vaults.get_vault(site.desk)
        erase_on = site.open_door().do(actions.keep_applicant, vault, path.n, read_person(body))
        return respond((201, {"erase_on": erase_on}))

    @api.post(
        "/applicants/erase",
        endpoint="erase_applicant",
        summary="Erase what a citizen let the unit keep",
        responses={200: Done},
    )
    def erase(body: ApplicantNumber) -> Response:
        number = body.number
        if "|" in number:
            number = read_card(number, get_local_now(site).date()).number
        site.open_door().do(actions.erase_kept, vaults.get_vault(site.desk), read_number(number))
        return respond((200, {"ok": True}))


def _open_kept(tx: Tx, vault: Vault, counter: int, card: Applicant) -> Applicant | None:
    """Return what is kept of the card's owner, with the name, day and sex that the card says now."""
    stored = actions.open_kept(tx, vault, counter, card.number)
    return stored and actions.refresh_from_card(stored, card)


def _read_state(name: str) -> DossierState:
    if name not in set(DossierState):
        raise Invalid("dossier.state", "There is no such state of a dossier.")
    return DossierState(name)
