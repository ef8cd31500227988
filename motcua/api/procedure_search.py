"""Finding a procedure by everyday words, and the papers that a situation needs."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.base import Done
from motcua.api.shapes.procedure_search import (
    ChecklistAnswer,
    FoundProcedures,
    ProcedurePath,
    ProcedureQuery,
    SituationBody,
    SituationQuery,
)
from motcua.desk import Reader
from motcua.desk.keys import Answer
from motcua.procedures import actions
from motcua.procedures.model import Procedure
from motcua.settings import store as settings_store
from motcua.typed.situation import read_situation
from motcua.views.online_filing import describe_ways
from motcua.views.procedures import describe_procedure, find_procedures, get_procedure, map_services
from motcua.web.local_time import get_local_now
from motcua.web.site import Site


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""

    @api.get(
        "/procedures",
        endpoint="procedures",
        summary="Find a procedure by everyday words",
        responses={200: FoundProcedures},
    )
    def procedures(query: ProcedureQuery) -> Response:
        day, _behind = site.get_today()
        with site.desk.read() as db:
            items = find_procedures(db, day, query.q, query.limit, is_ward=query.ward)
        return respond((200, {"items": items}))

    @api.get(
        "/procedures/<code>/checklist",
        endpoint="procedure_checklist",
        summary="The next question about a situation, or the papers it needs",
        responses={200: ChecklistAnswer},
    )
    def checklist(path: ProcedurePath, query: SituationQuery) -> Response:
        day, _behind = site.get_today()
        with site.desk.read() as db:
            procedure = get_procedure(db, path.code, day)
            service, settings = map_services(db).get(procedure.code), settings_store.get_settings(db)
        choices = read_situation(query.s)
        return respond(
            (
                200,
                {
                    **describe_procedure(procedure, service, choices),
                    **describe_ways(procedure, settings, get_local_now(site)),
                },
            )
        )

    @api.post(
        "/procedures/<code>/print",
        endpoint="print_checklist",
        summary="Print the papers that a situation needs",
        responses={200: Done},
    )
    def print_checklist(path: ProcedurePath, body: SituationBody) -> Response:
        return respond(site.request_door().do(actions.print_checklist, path.code, body.choices, answer=_answer_done))


def _answer_done(_db: Reader, _procedure: Procedure) -> Answer:
    return 200, {"ok": True}
