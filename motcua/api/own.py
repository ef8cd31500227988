"""What people change of their own sign-in: password, PIN, and the way past a counter that waits for it.

What carries a password or a PIN takes no Idempotency-Key: nothing of either is kept with a key.
"""

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.base import NoBody
from motcua.api.shapes.staff import OwnPassword, OwnPin, Unlock
from motcua.desk import Invalid
from motcua.staff import actions
from motcua.web import own
from motcua.web.site import Site


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""

    @api.post("/me/password", endpoint="own_password", summary="Change one's own password; all one's sign-ins end")
    def own_password(body: OwnPassword) -> Response:
        account = own.require_password(site, body.current)
        site.open_door().do(
            actions.change_password,
            account.name,
            own.hash_own_password(site, account, body.current, body.password),
        )
        return respond((204, None))

    @api.post("/me/pin", endpoint="own_pin", summary="Set one's own PIN for the counter, or none")
    def own_pin(body: OwnPin) -> Response:
        own.set_pin(site, body.current, body.pin)
        return respond((204, None))

    @api.post("/me/unlock", endpoint="unlock", summary="Go on at a counter that waits for its officer's PIN")
    def unlock(body: Unlock) -> Response:
        if bool(body.pin) == bool(body.password):
            raise Invalid("pin.missing", "Send either the PIN or the password.")
        own.unlock(site, body.pin, body.password, request.remote_addr or "")
        return respond((204, None))

    @api.post(
        "/me/present", endpoint="present", summary="Say that somebody is at the page; a sign-in that nobody uses ends"
    )
    def present(body: NoBody) -> Response:  # the guard has noted it
        return respond((204, None))
