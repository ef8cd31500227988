"""The way to the desk: a connection of our own, never through a proxy, and a word about who answers there if it is not a desk.

A desk stands in the same house. `HTTP_PROXY`, `ALL_PROXY`, `.netrc` and the like are meant for the way out, and would lead astray.
"""

import contextlib
import http.client
import json
import socket
import ssl
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from motcua.agent.errors import AgentError, mark

PORTS = {"http": 80, "https": 443}
LOOK_S = 3.0
ANSWER_MAX = 65_536
_KEEPALIVE = (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3))


class _Stays(urllib.request.HTTPRedirectHandler):
    """A desk sends nobody elsewhere; a portal that asks for a sign-in does."""

    def redirect_request(self, *_arguments: Any, **_more: Any) -> None:
        return None


def opener(server: str) -> urllib.request.OpenerDirector:
    """Return what fetches from the desk: no proxy, no other address."""
    handlers: list[Any] = [urllib.request.ProxyHandler({}), _Stays()]
    if server.startswith("https:"):
        handlers.append(urllib.request.HTTPSHandler(context=ssl.create_default_context()))
    return urllib.request.build_opener(*handlers)


def dial(server: str, timeout_s: float) -> socket.socket:
    """Return a connection to the desk, ready for HTTP. Raises `OSError` (also for a certificate that does not hold)."""
    parts = urlsplit(server)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    made = _connected(host, port, timeout_s)
    try:
        made.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in _KEEPALIVE:
            if hasattr(socket, name):
                made.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
        if parts.scheme == "https":
            made = ssl.create_default_context().wrap_socket(made, server_hostname=host)
    except BaseException:
        made.close()
        raise
    return made


def _connected(host: str, port: int, timeout_s: float) -> socket.socket:
    """Try every address of the name, IPv4 first: `localhost` is `::1` too, where no desk may listen."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"{host}: {error}") from error
    failed: OSError = OSError(f"{host} has no address")
    for family, _, _, _, address in sorted(found, key=lambda place: place[0] != socket.AF_INET):
        made = socket.socket(family, socket.SOCK_STREAM)
        try:
            made.settimeout(timeout_s)
            made.connect(address)
        except OSError as error:
            made.close()
            failed = error
        else:
            return made
    raise failed


def stranger_at(server: str) -> AgentError | None:
    """Return who answers at `server` instead of a desk; None for a desk, and where nobody answers."""
    try:
        with opener(server).open(f"{server}/api/v1/health", timeout=LOOK_S) as answer:
            return not_a_desk(server, answer.status, answer.headers, answer.read(ANSWER_MAX))
    except urllib.error.HTTPError as error:
        with error, contextlib.suppress(OSError, http.client.HTTPException):
            return not_a_desk(server, error.code, error.headers, error.read(ANSWER_MAX))
    except http.client.HTTPException as error:
        return AgentError(_NOT_HTTP, server=server, problem=f"“{str(error).strip()[:60]}”" if str(error).strip() else type(error).__name__)
    except (OSError, ValueError):
        return None
    return None


_NOT_HTTP = mark("%(server)s is not a motcua desk: what answers there is no web server (%(problem)s). Correct the address.")


def not_a_desk(server: str, status: int, headers: Any, body: bytes) -> AgentError | None:
    """Return whose answer this is, if it is no desk's: a sign-in page of the network, or another program."""
    if _is_desk(body):
        return None
    target = headers.get("Location") if headers is not None else None
    if target:
        message = mark(
            "%(server)s is not a motcua desk: it sends on to %(target)s (HTTP %(status)s)."
            " Sign in to this network first, or correct the address."
        )
        return AgentError(message, server=server, target=str(target)[:100], status=status)
    message = mark("%(server)s is not a motcua desk: another program answers there (HTTP %(status)s, %(kind)s). Correct the address.")
    kind = str(headers.get("Content-Type") or "?") if headers is not None else "?"
    return AgentError(message, server=server, status=status, kind=kind[:60])


def _is_desk(body: bytes) -> bool:
    """Say whether `body` is an answer of the desk's API: its health, or one of its refusals."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and ({"status", "checks"} <= found.keys() or {"code", "detail"} <= found.keys())
