"""How often the posters of the neighbourhoods are used."""

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.posters import PosterUseBody
from motcua.posters import actions
from motcua.web.limits import Attempts
from motcua.web.site import Site

USES_A_MINUTE = 60
"""How many uses one address may report: all phones behind one router or one mobile network have the same."""


def install(api: APIBlueprint, site: Site) -> None:
    """Add the call."""
    reported = Attempts(site.desk.clock, USES_A_MINUTE)

    @api.post(
        "/poster-uses",
        endpoint="count_poster_use",
        summary="Say that a page was opened by a poster's code",
        responses={204: None},
    )
    def count_poster_use(body: PosterUseBody) -> Response:
        where = request.remote_addr or ""
        reported.check(where)
        reported.record_failure(where)
        site.request_door().do(actions.count_use, body.poster, body.page, answer=lambda _db, _result: (204, None))
        return respond((204, None))
