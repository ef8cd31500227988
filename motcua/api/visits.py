"""What the visit in hand is about: matters that an officer adds or removes, and a note that dies with the visit."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.types import ResponseDict

from motcua.api.answers import TicketViews, respond
from motcua.api.shapes.tickets import CounterAnswer, CounterPath, VisitMatter, VisitNote
from motcua.queue import actions
from motcua.web.site import Site

ANSWER: ResponseDict = {200: CounterAnswer}
PLACE = "/counters/<int(max=999):n>"


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""

    @api.post(
        f"{PLACE}/matters",
        endpoint="add_visit_matter",
        summary="Add a procedure to what the visit in hand is about, at most five",
        responses=ANSWER,
    )
    def add_matter(path: CounterPath, body: VisitMatter) -> Response:
        site.require_counter(path.n)
        views = TicketViews(site.waits)
        return respond(
            site.request_door().do(
                actions.add_visit_matter, path.n, body.procedure, body.visit, answer=views.answer_ticket
            )
        )

    @api.post(
        f"{PLACE}/matters/remove",
        endpoint="remove_visit_matter",
        summary="Remove a procedure from what the visit in hand is about",
        responses=ANSWER,
    )
    def remove_matter(path: CounterPath, body: VisitMatter) -> Response:
        site.require_counter(path.n)
        views = TicketViews(site.waits)
        return respond(
            site.request_door().do(
                actions.remove_visit_matter, path.n, body.procedure, body.visit, answer=views.answer_ticket
            )
        )

    @api.post(
        f"{PLACE}/note",
        endpoint="note_visit",
        summary="Note something about the visit in hand; the note is erased when the visit ends",
        responses=ANSWER,
    )
    def note(path: CounterPath, body: VisitNote) -> Response:
        site.require_counter(path.n)
        views = TicketViews(site.waits)
        return respond(
            site.request_door().do(actions.note_visit, path.n, body.text, body.visit, answer=views.answer_ticket)
        )
