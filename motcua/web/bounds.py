"""How much a request may carry, looked at before any work is done for it: one table for all doors, so that a new one
is bounded too.
"""

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, cast

from flask import Flask, Request, Response, request
from msgspec import Struct
from werkzeug.http import parse_options_header

from motcua.copies import replace
from motcua.web.language import mark, translate
from motcua.web.problems import answer_problem

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

KIB = 1024
NEGOTIATED_MAX = 1_000
"""A header of `NEGOTIATED` that is longer is left aside: browsers send a tenth of it, and to read it takes long."""
NEGOTIATED = (
    "HTTP_ACCEPT",
    "HTTP_ACCEPT_LANGUAGE",
    "HTTP_ACCEPT_CHARSET",
    "HTTP_ACCEPT_ENCODING",
    "HTTP_RANGE",
    "HTTP_IF_RANGE",
    "HTTP_IF_MATCH",
    "HTTP_IF_NONE_MATCH",
    "HTTP_CACHE_CONTROL",
    "HTTP_PRAGMA",
    "HTTP_IF_MODIFIED_SINCE",
    "HTTP_IF_UNMODIFIED_SINCE",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_FORWARDED",
    "HTTP_DATE",
)
COOKIE_MAX = 8 * KIB
SHOWN_MAX = 1_000
"""A longer `Authorization`, `Origin`, `Referer` or `Host` opens nothing."""
DEPTH_MAX, DIGITS_MAX = 16, 100
TOKENS = 4
"""A value has its comma or bracket, the bracket that ends it, a key and a text."""


class Bound(Struct, frozen=True):
    """What one door takes: bytes of a body, values in its JSON (keys and entries), fields of a form, bytes and parts
    of a query. Only a door that `takes_file` reads a form with one.
    """

    body_bytes: int = 512 * KIB
    values: int = 500
    fields: int = 20
    query_bytes: int = 2 * KIB
    parts: int = 20
    takes_file: bool = False


USUAL = Bound()
PHOTO_BYTES = 10 * KIB * KIB
DOSSIER_BYTES = 5 * KIB * KIB
EXCHANGE_BYTES = 16 * KIB * KIB
TEMPLATE_BYTES = 2 * KIB * KIB
SECTION = replace(USUAL, values=30_000)
SERVED = replace(USUAL, values=3_000)
"""Every counter and every kiosk may be listed."""
BOUNDS: dict[str, Bound] = {
    "api.save_settings_section": SECTION,
    "api.replay": replace(USUAL, values=5_000),
    "api.change_procedure": SECTION,
    "api.add_token": SERVED,
    "api.offer_pairing": SERVED,
    "api.assign_agent": SERVED,
    "screens.suggest_submit": replace(USUAL, body_bytes=PHOTO_BYTES + 64 * KIB, takes_file=True),
    "screens.own_photo_submit": replace(USUAL, body_bytes=PHOTO_BYTES + 64 * KIB, takes_file=True),
    "screens.import_dossiers": replace(USUAL, body_bytes=DOSSIER_BYTES + 64 * KIB, takes_file=True),
    "api.take_in_dossier": replace(USUAL, values=1_000),
    "api.add_scan": replace(USUAL, body_bytes=8 * KIB * KIB),
    "api.add_scanner_file": replace(USUAL, body_bytes=14 * KIB * KIB),
    "api.take_in_linked": replace(USUAL, values=4_000),
    "screens.slips_submit": replace(USUAL, fields=80),
    "screens.preview_procedures": replace(USUAL, body_bytes=DOSSIER_BYTES + 64 * KIB, takes_file=True),
    "screens.preview_flows": replace(USUAL, body_bytes=DOSSIER_BYTES + 64 * KIB, takes_file=True),
    "screens.look_at_exchange": replace(USUAL, body_bytes=EXCHANGE_BYTES + 64 * KIB, takes_file=True),
    "screens.exchange_sample": replace(USUAL, body_bytes=EXCHANGE_BYTES + 64 * KIB, takes_file=True),
    "screens.save_mapping": replace(USUAL, fields=200),
    "screens.add_form_template": replace(USUAL, body_bytes=TEMPLATE_BYTES + 64 * KIB, takes_file=True),
    "screens.save_flow": replace(USUAL, fields=300),
    "screens.save_procedure": replace(USUAL, fields=3_000),
    "screens.wizard_submit": replace(USUAL, fields=500),
    "screens.address_qr": replace(USUAL, query_bytes=8 * KIB),
    "api.procedures": replace(USUAL, query_bytes=64 * KIB),
    "screens.procedures": replace(USUAL, query_bytes=64 * KIB),
}
"""The doors that take more, or other, than the usual."""
LATE = frozenset({"local.command"})
"""These know later than the guard whether they take anything from whoever sent it."""

QUERY = mark("The address has too many parts after its question mark.")
MANY = mark("This JSON has too many values. Send less at once.")
BROKEN = mark("This JSON is nested too deeply, or has a number with too many digits.")
_TOKEN = re.compile(rb'"[^"]*+(?:"|\Z)|[\[\]{},]|\d{%d}' % (DIGITS_MAX + 1))
_OPENING, _CLOSING, _COMMA, _QUOTE = b"[{", b"]}", ord(","), ord('"')


class LargeError(ValueError):
    """There is more in a JSON text than its reader takes."""


class DeepError(ValueError):
    """A JSON text is nested too deeply, or a number in it is too long."""


def require_bounded(data: bytes, values: int) -> None:
    """Raise `LargeError`, `DeepError` for a JSON text that would take long to read.

    Takes time in step with its length alone.
    """
    if len(data) <= DIGITS_MAX and len(data) <= values and sum(map(data.count, _OPENING)) <= DEPTH_MAX:
        return  # so few bytes have not more in them
    data = data.replace(b"\\\\", b"").replace(b'\\"', b"")  # outside of texts neither is JSON: its reader stops there
    depth = count = 0
    for number, token in enumerate(_TOKEN.finditer(data)):
        first = data[token.start()]
        if first in _OPENING:
            depth, count = depth + 1, count + 1
        elif first in _CLOSING:
            depth -= 1
        elif first == _COMMA:
            count += 1
        elif first != _QUOTE:
            raise DeepError("a number is too long")
        if depth > DEPTH_MAX:
            raise DeepError("it is nested too deeply")
        if count > values or number > TOKENS * (values + 1):
            raise LargeError("there are too many values")


def read_json(data: str | bytes, values: int) -> Any:
    """Return what a JSON text says. Raises `ValueError`, also for one that would take long to read."""
    require_bounded(data if isinstance(data, bytes) else data.encode(errors="surrogatepass"), values)
    return json.loads(data)


def get_bound(endpoint: str) -> Bound:
    """Return what the door `endpoint` takes."""
    return BOUNDS.get(endpoint, USUAL)


class Headers:
    """The WSGI application before the app's: what a browser may leave out is left out where it is far too long."""

    def __init__(self, app: "WSGIApplication") -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        trim(environ)
        return self._app(environ, start_response)


def trim(environ: dict[str, Any]) -> None:
    """Take out of a request's environment the headers that are far too long."""
    for name in NEGOTIATED:
        if len(environ.get(name, "")) > NEGOTIATED_MAX:
            del environ[name]
    if len(environ.get("HTTP_COOKIE", "")) > COOKIE_MAX:
        del environ["HTTP_COOKIE"]
    for name in ("HTTP_AUTHORIZATION", "HTTP_ORIGIN", "HTTP_REFERER", "HTTP_HOST"):
        if len(environ.get(name, "")) > SHOWN_MAX:
            environ[name] = environ[name][:SHOWN_MAX]


def install(app: Flask) -> None:
    """Bound every request of the app, before anything else looks at it."""
    app.wsgi_app = Headers(app.wsgi_app)  # type: ignore[method-assign]
    app.before_request(require_query)


def require_query() -> Response | None:
    """Return the refusal of a request whose query is longer than its door takes, and bound its body, which nobody
    has read yet.
    """
    current: Request = cast(Any, request)._get_current_object()
    if current.endpoint is None:
        return None
    bound = get_bound(current.endpoint)
    query = current.query_string
    current.max_content_length = bound.body_bytes
    if len(query) > bound.query_bytes or query.count(b"&") >= bound.parts:
        return answer_problem(422, "query.large", translate(QUERY))
    return None


def require_body() -> Response | None:
    """Return the refusal of a body with more in it than its door takes. Raises werkzeug's for one that is too long.

    The guard asks this once it knows that whoever sent the body may; a door in `LATE` asks it itself.
    """
    current: Request = cast(Any, request)._get_current_object()
    data, bound = current.get_data(), get_bound(current.endpoint or "")
    kind = _read_kind(current.environ.get("CONTENT_TYPE", ""))
    if kind == "multipart/form-data":
        request.max_form_parts = bound.fields
        return None if bound.takes_file else answer_problem(415, "http.415")
    if kind == "application/x-www-form-urlencoded" and not _is_api(current.path):
        return answer_problem(413, "http.413") if data.count(b"&") >= bound.fields else None
    try:
        require_bounded(data, bound.values)
    except LargeError:
        return answer_problem(413, "json.many", translate(MANY))
    except DeepError:
        return answer_problem(400, "json.broken", translate(BROKEN))
    return None


@lru_cache(maxsize=256)
def _read_kind(content_type: str) -> str:
    """Return the kind of content that a header names. Programs send the same again and again."""
    return parse_options_header(content_type)[0].lower()


def _is_api(path: str) -> bool:
    return path.startswith(("/api/", "/local/"))
