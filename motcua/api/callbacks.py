"""Asking for a call, from the kiosk or from another program."""

from flask import Response, request
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.callbacks import CallbackReceipt, NewCallback
from motcua.callbacks import actions
from motcua.callbacks.model import CallbackRequest, CallbackSource
from motcua.callbacks.store.vaults import get_vault
from motcua.desk import Reader
from motcua.desk.keys import Answer
from motcua.staff.model import Role
from motcua.web.limits import Attempts
from motcua.web.site import Site

TRIES_A_MINUTE = 10
"""How often one address may ask without a token: all phones of a hall may share one."""


def install(api: APIBlueprint, site: Site) -> None:
    """Add the call."""
    tries = Attempts(site.desk.clock, TRIES_A_MINUTE)

    @api.post("/callbacks", endpoint="ask_callback", summary="Ask for a call", responses={201: CallbackReceipt})
    def ask_callback(body: NewCallback) -> Response:
        if site.caller.credential is None:
            tries.check(where := f"callback:{request.remote_addr}")
            tries.record_failure(where)
        source = CallbackSource.KIOSK if site.caller.role is Role.KIOSK else CallbackSource.API
        wish = CallbackRequest(body.phone, body.topic, body.question, source, body.agrees)
        return respond(site.request_door().do(actions.ask_callback, get_vault(site.desk), wish, answer=_answer))


def _answer(_db: Reader, due_on: str) -> Answer:
    return 201, {"due_on": due_on}
