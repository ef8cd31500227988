"""Ratings that were set aside: which, by which rule, and what a leader decides."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.alerts import NumberPath
from motcua.api.shapes.quarantine import DecisionReason, QuarantineAnswer, QuarantinedShape, QuarantineQuery
from motcua.desk import Reader
from motcua.desk.keys import Answer
from motcua.feedback import actions
from motcua.feedback import store as feedback_store
from motcua.feedback.model import Rating
from motcua.views.ratings import list_quarantined, show_quarantined
from motcua.web.site import Site


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""

    @api.get(
        "/ratings/quarantined",
        endpoint="quarantined_ratings",
        summary="Ratings that were set aside",
        responses={200: QuarantineAnswer},
    )
    def quarantined_ratings(query: QuarantineQuery) -> Response:
        with site.desk.read() as db:
            items = list_quarantined(db, query.limit, query.before, decided=query.state == "decided")
            return respond((200, {"items": items, "waiting": feedback_store.count_waiting(db)}))

    @api.post(
        "/ratings/<int:id>/release",
        endpoint="release_rating",
        summary="Let a rating count as if it had never been set aside",
        responses={200: QuarantinedShape},
    )
    def release_rating(path: NumberPath, body: DecisionReason) -> Response:
        return respond(site.request_door().do(actions.release, path.id, body.reason, answer=_show))

    @api.post(
        "/ratings/<int:id>/confirm",
        endpoint="confirm_rating",
        summary="Let a rating stay set aside",
        responses={200: QuarantinedShape},
    )
    def confirm_rating(path: NumberPath, body: DecisionReason) -> Response:
        return respond(site.request_door().do(actions.confirm, path.id, body.reason, answer=_show))


def _show(db: Reader, rating: Rating) -> Answer:
    return 200, show_quarantined(db, rating.id)
