"""Addresses of the desk: what finds the page of a request, and what builds an address from its parts.

A desk has two hundred builders, and most are never used. To compile them all took a tenth of the start: each is
compiled when it is first used.
"""

from collections.abc import Callable
from typing import Any

from flask import Request
from werkzeug.routing import Map, MapAdapter, Rule
from werkzeug.wsgi import get_host

Builder = Callable[..., tuple[str, str]]


def bind_request(addresses: Map, request: Request) -> MapAdapter:
    """Return what finds the page of `request`, which is no WebSocket, among the `addresses` of a site of one name.

    Flask's own reads the host twice, and parts of it that only sites of several names need.
    """
    environ = request.environ
    request.host = get_host(environ)
    return addresses.bind(
        request.host,
        _read(environ, "SCRIPT_NAME"),
        "",
        environ["wsgi.url_scheme"],
        environ["REQUEST_METHOD"],
        _read(environ, "PATH_INFO"),
        query_args=_read(environ, "QUERY_STRING"),
    )


def _read(environ: dict[str, Any], name: str) -> str:
    """Return a part of an address, of whose bytes WSGI makes a character each. Source: PEP 3333."""
    return str(environ.get(name, "")).encode("latin-1").decode(errors="replace")


class LaterRule(Rule):
    """A rule whose two builders are compiled on their first use."""

    def _compile_builder(self, append_unknown: bool = True) -> Builder:
        compile_now = super()._compile_builder
        name = "_build_unknown" if append_unknown else "_build"

        def build(rule: Rule, **values: Any) -> tuple[str, str]:
            compiled = compile_now(append_unknown).__get__(rule, None)
            setattr(rule, name, compiled)
            built: tuple[str, str] = compiled(**values)
            return built

        return build
