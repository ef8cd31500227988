"""Addresses of the desk: what finds the page of a request, and what builds an address from its parts.

A desk has two hundred builders, and most are never used. To compile them all took a tenth of the start: each is
compiled when it is first used.
"""

from collections.abc import Callable
from typing import Any

from flask import Request
from werkzeug.exceptions import MethodNotAllowed, NotFound
from werkzeug.routing import BuildError, Map, MapAdapter, Rule
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


class LaterAdapter(MapAdapter):
    """What finds the page of a request while a site has parts that come later: they come for what is not found."""

    def __init__(self, adapter: MapAdapter, add_rest: Callable[[], None]) -> None:
        """Find what `adapter` finds; `add_rest` adds the other addresses to the same map."""
        super().__init__(
            adapter.map,
            adapter.server_name,
            adapter.script_name,
            adapter.subdomain,
            adapter.url_scheme,
            adapter.path_info,
            adapter.default_method,
            adapter.query_args,
        )
        self._add_rest = add_rest

    def match(self, *arguments: Any, **options: Any) -> Any:
        """Return the page. Raises as the library does for what no part of the site has."""
        try:
            return super().match(*arguments, **options)
        except (NotFound, MethodNotAllowed):
            self._add_rest()
            return super().match(*arguments, **options)

    def build(self, *arguments: Any, **options: Any) -> str:
        """Return the address of a page. Raises as the library does for a page that no part of the site has."""
        try:
            return super().build(*arguments, **options)
        except BuildError:
            self._add_rest()
            return super().build(*arguments, **options)


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
