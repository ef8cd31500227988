"""What pages with forms share: who reads, where to go next, cookies, and forms that other sites may not send."""

from typing import Any

from flask import request
from werkzeug.wrappers.response import Response

from motcua.desk import Forbidden
from motcua.staff import rules
from motcua.staff import store as staff_store
from motcua.staff.actions import Granted
from motcua.staff.model import Role
from motcua.web.identity import DEVICE_COOKIE, SESSION_COOKIE, STAFF_MARK
from motcua.web.site import Site

COUNTERS = "counter"
"""What a counter's own screen holds, in which perhaps nobody ever signs in."""
YEAR_S = 365 * 24 * 3600
HOME_OF = {Role.ADMIN: "/", Role.LEADER: "/leaders", Role.OFFICER: "/counter"}


def local_path(wanted: str | None, default: str = "/") -> str:
    """Return `wanted` if it is a path on this very desk, else `default`."""
    if wanted and wanted.startswith("/") and not wanted.startswith("//") and "\\" not in wanted and wanted.isprintable():
        return wanted
    return default


def own_form() -> None:
    """Raise `Forbidden("csrf.invalid")` when another site sent this form: browsers name the site that did."""
    origin = request.headers.get("Origin")
    if origin is not None and origin.split("://", 1)[-1] != request.host:
        raise Forbidden("csrf.invalid", "This page is too old. Please load it again.")


def me(site: Site) -> dict[str, Any] | None:
    """Return who is signed in on this browser, None when nobody is."""
    found = site.caller.credential
    if found is None or found.kind != "session" or found.account is None:
        return None
    with site.desk.read() as db:
        account = staff_store.account(db, found.account)
    return {"id": account.id, "name": account.full_name, "role": account.role.value}


def signed_in(response: Response, granted: Granted) -> Response:
    """Give the browser a sign-in, which its scripts cannot read."""
    marked(response, granted.browser)
    age = rules.SESSION_HOURS * 3600
    response.set_cookie(SESSION_COOKIE, granted.secret, max_age=age, httponly=True, samesite="Lax", secure=request.is_secure)
    return response


def marked(response: Response, browser: str) -> None:
    """Mark the browser as one of the desk's own people, for a year after the last sign-in: what it rates is set aside."""
    response.set_cookie(STAFF_MARK, browser, max_age=YEAR_S, httponly=True, samesite="Lax", secure=request.is_secure)


def paired(response: Response, granted: Granted) -> Response:
    """Make the browser a device of the desk for a year; scripts cannot read what proves it."""
    if granted.credential.role is Role.COUNTER:
        marked(response, COUNTERS)
    response.set_cookie(DEVICE_COOKIE, granted.secret, max_age=YEAR_S, httponly=True, samesite="Lax", secure=request.is_secure)
    return response
