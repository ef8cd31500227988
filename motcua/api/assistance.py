"""The help team: whom it helped today, one more, and one that was a mistake."""

from collections.abc import Callable

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.assistance import AssistanceDay, AssistancePath, AssistanceShape, NewAssistance
from motcua.assistance import actions
from motcua.assistance.model import Assistance, AssistanceRequest
from motcua.desk import Reader
from motcua.desk.keys import Answer
from motcua.procedures.store import list_procedures
from motcua.settings import store as settings_store
from motcua.views.assistance import describe_assistance, describe_team_day
from motcua.web.site import Site


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""

    @api.get(
        "/assistances", endpoint="assistances", summary="Whom the help team helped", responses={200: AssistanceDay}
    )
    def assistances() -> Response:
        with site.desk.read() as db:
            return respond((200, describe_team_day(db, site.get_today()[0])))

    @api.post(
        "/assistances",
        endpoint="record_assistance",
        summary="Enter somebody whom the help team helped",
        responses={201: AssistanceShape},
    )
    def record_assistance(body: NewAssistance) -> Response:
        wish = AssistanceRequest(
            tuple(body.outcomes), body.number or "", body.procedure or "", body.minutes, body.day or ""
        )
        return respond(site.request_door().do(actions.record_assistance, wish, answer=_answer(201)))

    @api.post(
        "/assistances/<int:id>/withdraw",
        endpoint="withdraw_assistance",
        summary="Take back an entry of the help team",
        responses={200: AssistanceShape},
    )
    def withdraw_assistance(path: AssistancePath) -> Response:
        return respond(site.request_door().do(actions.withdraw_assistance, path.id, answer=_answer(200)))


def _answer(status: int) -> Callable[[Reader, Assistance], Answer]:
    def view(db: Reader, item: Assistance) -> Answer:
        procedures = list_procedures(db, item.day)
        return status, describe_assistance(item, settings_store.get_timezone(db), procedures)

    return view
