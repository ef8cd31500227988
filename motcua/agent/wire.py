"""The way to the desk: a connection of our own, never through a proxy, and a word about who answers there if it is
not a desk.

A desk stands in the same house. `HTTP_PROXY`, `ALL_PROXY`, `.netrc` and the like are meant for the way out, and
would lead astray.
"""

import contextlib
import http.client
import json
import socket
import ssl
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from motcua.agent.errors import AgentError
from motcua.typed.sentences import mark

PORTS = {"http": 80, "https": 443}
LOOK_S = 3.0
ANSWER_MAX = 65_536
_KEEPALIVE = (("TCP_KEEPIDLE", 30), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3))


class _Stays(urllib.request.HTTPRedirectHandler):
    """A desk sends nobody elsewhere; a portal that asks for a sign-in does."""

    def redirect_request(self, *_arguments: Any, **_more: Any) -> None:
        return None


def trust(ca: Path | None) -> ssl.SSLContext:
    """Return what certificates are held against: the authority in the file `ca` alone, else the system's.

    Raises `OSError`.
    """
    return ssl.create_default_context(cafile=ca)


def require_authority(ca: Path) -> None:
    """Raise `AgentError` when there is no certificate of an authority in the file `ca`."""
    try:
        trust(ca)
    except OSError as error:  # an `ssl.SSLError` is one
        message = mark(
            "There is no certificate of an authority in %(path)s (%(problem)s). Copy keys/tls.ca.pem from "
            "the server there."
        )
        raise AgentError(message, path=ca, problem=error.strerror or error) from error


def build_opener(server: str, ca: Path | None = None) -> urllib.request.OpenerDirector:
    """Return what fetches from the desk: no proxy, no other address. Raises `OSError`."""
    handlers: list[Any] = [urllib.request.ProxyHandler({}), _Stays()]
    if server.startswith("https:"):
        handlers.append(urllib.request.HTTPSHandler(context=trust(ca)))
    return urllib.request.build_opener(*handlers)


def connect(server: str, timeout_s: float, ca: Path | None = None) -> socket.socket:
    """Return a connection to the desk, ready for HTTP. Raises `OSError` (also for a certificate that does not hold)."""
    parts = urlsplit(server)
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    connection = _connect_tcp(host, port, timeout_s)
    try:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in _KEEPALIVE:
            if hasattr(socket, name):
                connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
        if parts.scheme == "https":
            connection = trust(ca).wrap_socket(connection, server_hostname=host)
    except BaseException:
        connection.close()
        raise
    return connection


def _connect_tcp(host: str, port: int, timeout_s: float) -> socket.socket:
    """Try every address of the name, IPv4 first: `localhost` is `::1` too, where no desk may listen."""
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(f"{host}: {error}") from error
    failed: OSError = OSError(f"{host} has no address")
    for family, _, _, _, address in sorted(addresses, key=lambda place: place[0] != socket.AF_INET):
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(timeout_s)
            connection.connect(address)
        except OSError as error:
            connection.close()
            failed = error
        else:
            return connection
    raise failed


def find_stranger(server: str, ca: Path | None = None) -> AgentError | None:
    """Return who answers at `server` instead of a desk; None for a desk, and where nobody answers."""
    try:
        with build_opener(server, ca).open(f"{server}/api/v1/health", timeout=LOOK_S) as answer:
            return find_foreign_answer(server, answer.status, answer.headers, answer.read(ANSWER_MAX))
    except urllib.error.HTTPError as error:
        with error, contextlib.suppress(OSError, http.client.HTTPException):
            return find_foreign_answer(server, error.code, error.headers, error.read(ANSWER_MAX))
    except http.client.HTTPException as error:
        return AgentError(
            _NOT_HTTP,
            server=server,
            problem=f"“{str(error).strip()[:60]}”" if str(error).strip() else type(error).__name__,
        )
    except (OSError, ValueError) as error:
        return find_tls_problem(server, error)
    return None


def find_tls_problem(server: str, error: Exception) -> AgentError | None:
    """Return what hinders TLS with the desk, None for any other error."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, ssl.SSLCertVerificationError):
        message = mark(
            "The certificate of the server at %(server)s is not trusted here: %(problem)s. Give the certificate of its "
            "authority with --ca FILE, or use an address that the certificate names."
        )
        return AgentError(message, server=server, problem=reason.verify_message)
    if isinstance(reason, ssl.SSLError):
        return AgentError(
            mark("The program at %(server)s does not speak https. Correct the address, e.g. to http://"), server=server
        )
    return None


_TLS_ONLY = mark("The server at %(server)s accepts https only. Write the address with https://")
_NOT_HTTP = mark(
    "%(server)s is not a motcua server: the program there is not a web server (%(problem)s). Correct the address."
)


def find_foreign_answer(server: str, status: int, headers: Any, body: bytes) -> AgentError | None:
    """Return whose answer this is, if it is no desk's: a sign-in page of the network, or another program."""
    if _is_desk(body):
        return AgentError(_TLS_ONLY, server=server) if json.loads(body).get("code") == "tls.required" else None
    target = headers.get("Location") if headers is not None else None
    if target:
        message = mark(
            "%(server)s is not a motcua server: it redirects to %(target)s (HTTP %(status)s). Sign in to this network "
            "first, or correct the address."
        )
        return AgentError(message, server=server, target=str(target)[:100], status=status)
    message = mark(
        "%(server)s is not a motcua server: another program answers there (HTTP %(status)s, %(kind)s). "
        "Correct the address."
    )
    kind = str(headers.get("Content-Type") or "?") if headers is not None else "?"
    return AgentError(message, server=server, status=status, kind=kind[:60])


def _is_desk(body: bytes) -> bool:
    """Say whether `body` is an answer of the desk's API: its health, or one of its refusals."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(answer, dict) and ({"status", "checks"} <= answer.keys() or {"code", "detail"} <= answer.keys())
