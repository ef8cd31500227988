"""How a device agent becomes a device of the desk: an administrator's one-time code against a token of its own."""

from typing import Annotated

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint
from pydantic import StringConstraints

from motcua.api.answers import respond
from motcua.api.shapes.base import ApiShape, Strict
from motcua.api.texts import CODE_MAX, make_cleaner
from motcua.desk import Refused
from motcua.setup import agents
from motcua.typed.codes import clean_token
from motcua.web import security_log
from motcua.web.site import Site


class Enrolment(Strict):
    """The code that an administrator opened for this agent."""

    code: Annotated[str, StringConstraints(min_length=1, max_length=CODE_MAX), make_cleaner(clean_token, CODE_MAX)]


class Enrolled(ApiShape):
    """The agent's token, shown this once."""

    id: int
    role: str
    token: str


def install(api: APIBlueprint, site: Site) -> None:
    """Add the call. It takes no Idempotency-Key: nothing of a secret is kept with a key."""

    @api.post(
        "/enrolments",
        endpoint="enrol",
        summary="Exchange a one-time code for an agent's token",
        responses={201: Enrolled},
    )
    def enrol(body: Enrolment) -> Response:
        where = f"enrol:{request.remote_addr}"
        site.codes.check(where)
        try:
            granted = site.desk.by("pairing").do(agents.enrol, body.code)
        except Refused as refusal:
            security_log.note(refusal.code)
            site.codes.record_failure(where)
            raise
        credential = granted.credential
        return respond((201, {"id": credential.id, "role": credential.role.value, "token": granted.secret}))
