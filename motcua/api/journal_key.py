"""A new signing key is seen and confirmed by an administrator: the desk never changes it silently."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from pydantic import Field

from motcua.api.shapes.base import Problem, Strict
from motcua.desk import signing
from motcua.web.site import Site
from motcua.wiring import facts

KEY_DIGITS = 64


class ConfirmKey(Strict):
    """Which public key was seen, in hexadecimal digits."""

    public_key: str = Field(min_length=KEY_DIGITS, max_length=KEY_DIGITS, pattern="^[0-9a-f]+$")


def install(api: APIBlueprint, site: Site) -> None:
    """Add the call."""

    @api.post(
        "/journal-key/confirm",
        endpoint="confirm_key",
        summary="Confirm that a new key signs the days, after the old one was lost",
        responses={204: None, 409: Problem},
    )
    def confirm_key(body: ConfirmKey) -> Response:
        site.request_door().do(signing.confirm_key, body.public_key, answer=lambda _db, _none: (204, None))
        facts.note_replaced_key(site.desk)
        return Response(status=204)
