"""Whether somebody of the desk sent a request, looked at before any work is done for it."""

import hmac
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs

from flask import Request

from motcua.staff import store as staff_store
from motcua.web.cookies import STAFF
from motcua.web.site import Site

SOCKETS_PATH = "/socket.io/"
QUERY_MAX = 200
_SHOWING = ("HTTP_AUTHORIZATION", "HTTP_COOKIE", "HTTP_X_DESK_SECRET")


def find_link(environ: Mapping[str, Any]) -> str:
    """Return the id of the Socket.IO link that a request belongs to, empty for any other request and for one that
    begins a link.
    """
    query = environ.get("QUERY_STRING", "")
    if not is_for_sockets(environ) or "sid=" not in query or len(query) > QUERY_MAX:
        return ""
    return str(parse_qs(query).get("sid", [""])[0])


def is_for_sockets(environ: Mapping[str, Any]) -> bool:
    """Say whether a request is Socket.IO's."""
    return str(environ.get("PATH_INFO", "")).startswith(SOCKETS_PATH)


def find_speaker(site: Site, environ: dict[str, Any]) -> str:
    """Return a name for who of the desk sent a request, empty for a stranger.

    It names a credential (a token, a sign-in, a paired screen) or a program on this computer. Else it names a
    browser in which somebody signed in before: that person can sign in again, however many strangers there are.
    """
    if link := find_link(environ):
        return site.links.get_name(link)
    if not any(name in environ for name in _SHOWING):
        return ""
    caller = site.identity.find_program(environ) or site.identity.get_caller(_make_request(environ))
    if caller.credential is not None:
        return caller.name
    request = _make_request(environ)
    secret = request.headers.get("X-Desk-Secret", "")
    if secret and site.local_secret and hmac.compare_digest(secret.encode(), site.local_secret.encode()):
        return "local"
    if browser := site.cookies.get_value(request, STAFF):
        with site.desk.read() as db:
            return f"browser:{browser}" if staff_store.is_known_browser(db, browser) else ""
    return ""


def _make_request(environ: dict[str, Any]) -> Request:
    return Request(environ, populate_request=False)
