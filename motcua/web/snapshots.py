"""Each stream's snapshot over plain HTTP, with its ETag: for programs, and for pages whose sockets never come up."""

import json

from flask import Response, request

from motcua.desk import Forbidden, Unknown
from motcua.staff.model import Role
from motcua.typed.codes import clean_token
from motcua.web.access import SOCKETS
from motcua.web.build import HEADER, compute_fingerprint
from motcua.web.codes import throttle_codes
from motcua.web.identity import find_hindrance
from motcua.web.narrow_access import LOCKED_SOCKETS
from motcua.web.site import Site
from motcua.web.streams import Stage

COUNTER_DIGITS = 3
BY_SOCKET_ONLY = frozenset({"agent", "preview"})


def answer_snapshot(stage: Stage, key: str) -> Response:
    """Return a stream's snapshot; 304 when the reader has it."""
    stream = stage.look(key)
    if stream.etag in request.if_none_match:
        response = Response(status=304)
    else:
        response = Response(json.dumps(stream.make_snapshot(), ensure_ascii=False), content_type="application/json")
    response.set_etag(stream.etag)
    response.headers["Cache-Control"] = (
        "no-store"  # who asks keeps the tag itself; a browser keeps nothing of what a screen shows
    )
    response.headers[HEADER] = compute_fingerprint()
    return response


def answer_state(site: Site, name: str, key: str) -> Response:
    """Return the snapshot of the screen `name` to whoever may connect to its namespace.

    Raises `Unknown`, `Forbidden`.
    """
    stage = site.stages.get(f"/{name}")
    if stage is None or name in BY_SOCKET_ONLY or (name in {"counter", "pad", "follow"}) != bool(key):
        raise Unknown("screen.unknown", "There is no such screen.")
    roles = SOCKETS[f"/{name}"]
    caller = site.identity.get_caller(request, roles)
    hindrance = find_hindrance(caller, with_locked=f"/{name}" in LOCKED_SOCKETS)
    if hindrance is not None and roles is not None:
        raise hindrance
    credential = caller.credential
    if roles is not None and credential is None:
        raise Forbidden("auth.required", "Please sign in first.")
    if roles is not None and credential is not None and credential.role not in roles:
        raise Forbidden("auth.role", "You are not allowed to open this.")
    if name in {"counter", "pad"}:
        if not key.isdecimal() or len(key) > COUNTER_DIGITS:
            raise Unknown("counter.unknown", "There is no counter %(counter)s.", counter=key)
        if credential is not None and credential.role in {Role.COUNTER, Role.PAD} and credential.counter != int(key):
            raise Forbidden("counter.not_yours", "You are not signed in at counter %(counter)s.", counter=int(key))
        key = str(int(key))
    if name == "follow":
        with throttle_codes(site, long=True):
            return answer_snapshot(stage, clean_token(key))
    return answer_snapshot(stage, key)
