"""Taking ratings from pads, keypads, tickets' pages, counters' codes, paper slips and forms."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.tickets import NewRating, RatingAnswer
from motcua.web.raters import RatingWish, take
from motcua.web.site import Site


def install(api: APIBlueprint, site: Site) -> None:
    """Add the call that rates."""

    @api.post("/ratings", endpoint="rate", summary="Rate a visit", responses={201: RatingAnswer})
    def rate(body: NewRating) -> Response:
        wish = RatingWish(
            body.level,
            body.channel,
            visit=body.visit,
            token=body.token,
            counter=body.counter,
            number=body.number,
            short_code=body.short_code,
            reasons=tuple(body.reasons),
            comment=body.comment,
            answers=body.answers,
        )
        return respond(take(site, wish))
