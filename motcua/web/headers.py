"""What every answer says to the browser, sockets and errors included: what it may load, who may frame it, what it
tells others.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flask import Flask, Request

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

FRAMED = ("/awake", "/print/")
"""Pages that this desk's own pages show in a frame; no other page is shown in one, not even by the desk."""
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self' ws: wss:;"
    " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors "
)
CROSS_ORIGIN = "access-control-"
"""How the headers begin by which a server lets pages of others read its answers. The desk lets none."""
TEXTS_WITHOUT_CHARSET = frozenset({"text/plain", "text/html", "text/css", "text/javascript"})
SECURE = frozenset({"https", "wss"})
STRICT_S = 365 * 24 * 3600
"""How long a browser that came by TLS once comes by nothing else."""
Headers = list[tuple[str, str]]


def write_policy(path: str) -> str:
    """Return the content policy of the page at `path`."""
    return _write_policy(path.startswith(FRAMED))


def _write_policy(is_framed: bool) -> str:
    return POLICY + ("'self'" if is_framed else "'none'")


def complete(headers: Headers, path: str, *, is_strict: bool = False) -> Headers:
    """Return an answer's `headers` with those that every answer has, and without what lets pages of others read it.

    With `is_strict` the browser comes by TLS only from now on.
    """
    places, texts, missing = _plan(tuple([name for name, _value in headers]), path.startswith(FRAMED), is_strict)
    allowed = [headers[place] for place in places]
    for place in texts:
        name, value = allowed[place]
        allowed[place] = name, _with_charset(value)
    return [*allowed, *missing]


@lru_cache(maxsize=256)
def _plan(
    names: tuple[str, ...], is_framed: bool, is_strict: bool
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[tuple[str, str], ...]]:
    """Return which headers of these names stay, which of those name a kind of content, and what every answer lacks.

    Answers have few different sets of names.
    """
    places = tuple(place for place, name in enumerate(names) if not name.lower().startswith(CROSS_ORIGIN))
    allowed = [names[place].lower() for place in places]
    every = (
        ("Content-Security-Policy", _write_policy(is_framed)),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
    )
    strict = [("Strict-Transport-Security", f"max-age={STRICT_S}; includeSubDomains")] if is_strict else []
    texts = tuple(place for place, name in enumerate(allowed) if name == "content-type")
    return places, texts, (*strict, *(header for header in every if header[0].lower() not in allowed))


def _with_charset(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.strip().lower() in TEXTS_WITHOUT_CHARSET else kind


def install(app: Flask, is_strict: Callable[[Request], bool] = lambda _request: False) -> None:
    """Put the headers on every answer of `app`, those included that its sockets give before Flask is asked.

    `is_strict` says whether the browser that sent a request shall keep to TLS.
    """
    inner: WSGIApplication = app.wsgi_app

    def whole(environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        strict = environ.get("wsgi.url_scheme") in SECURE and is_strict(Request(environ))

        def start(status: str, headers: Headers, *more: Any) -> Any:
            return start_response(status, complete(headers, path, is_strict=strict), *more)

        return inner(environ, start)

    app.wsgi_app = whole  # type: ignore[method-assign]
