"""Taking ratings from pads and from the ticket's page."""

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.tickets import NewRating, RatingAnswer
from motcua.desk import Forbidden, Invalid, Json, Reader, Tx
from motcua.desk.keys import Answer
from motcua.feedback import actions
from motcua.feedback.channels import find_channel
from motcua.feedback.model import Rating, RatingRequest
from motcua.queue import store as queue_store
from motcua.staff.model import Role
from motcua.web.codes import throttle_codes
from motcua.web.site import Site
from motcua.wiring.bindings import require_device

AT_COUNTER = frozenset({Role.PAD, Role.AGENT, Role.ADMIN})


def install(api: APIBlueprint, site: Site) -> None:
    """Add the call that rates."""

    @api.post("/ratings", endpoint="rate", summary="Rate a visit", responses={201: RatingAnswer})
    def rate(body: NewRating) -> Response:
        visit, counter, code = _visit_by_code(site, body) if body.token is not None else _visit_at_counter(site, body)

        def view(_db: Reader, new_rating: Rating) -> Answer:
            return 201, {"id": new_rating.id, "status": new_rating.status.value}

        by_staff = body.token is not None and site.identity.is_from_staff(request)
        agent = site.caller.credential if site.caller.role is Role.AGENT and body.token is None else None
        rating = RatingRequest(
            body.level,
            body.channel,
            visit,
            counter,
            tuple(body.reasons),
            body.comment,
            by_staff=by_staff,
            must_be_asked=agent is not None,
        )

        def act(tx: Tx) -> Rating:
            if agent is not None:
                require_device(tx.db, agent.id, "pad", counter)
            return actions.rate(tx, rating)

        via: dict[str, Json] | None = None if agent is None else {"agent": agent.id, "device": None}
        return respond(site.request_door(code, via).do(act, answer=view))


def _visit_by_code(site: Site, body: NewRating) -> tuple[str, None, str]:
    """The ticket's code alone opens its rating, on the channel of its page; it comes along as it is kept."""
    with throttle_codes(site, long=True), site.desk.read() as db:
        ticket = queue_store.find_by_code(db, body.token or "")
        if ticket is None:
            raise Invalid("token.unknown", "This ticket's page is no longer open.")
    channel = find_channel(body.channel)
    if (
        channel is None
        or channel.door != "ticket"
        or (body.visit is not None and body.visit != ticket.id)
        or body.counter is not None
    ):
        raise Invalid("rating.channel", "A ticket's own page rates its own visit, on the channel qr.")
    return ticket.id, None, ticket.code


def _visit_at_counter(site: Site, body: NewRating) -> tuple[str | None, int, str]:
    """A pad rates at its own counter; an agent's keypad and an administrator name it. No code is held."""
    credential = site.caller.credential
    if credential is None:
        raise Forbidden("auth.required", "Please sign in first.")
    if credential.role not in AT_COUNTER:
        raise Forbidden("auth.role", "You are not allowed to do this.")
    counter = credential.counter if credential.counter is not None else body.counter
    if counter is None:
        raise Invalid("counter.unknown", "Name the counter.")
    if body.counter is not None and body.counter != counter:
        raise Forbidden("counter.not_yours", "You are not signed in at counter %(counter)s.", counter=body.counter)
    channel = find_channel(body.channel)
    if channel is not None and channel.door == "ticket":
        raise Invalid("rating.channel", "A ticket's own page rates its own visit, on the channel qr.")
    return body.visit, counter, ""
