"""HTTPS in the loop: the certificate in use, taken up anew when its files change, and handshakes that hold up
nobody.
"""

import json
import logging
import ssl
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from socket import MSG_PEEK, SHUT_WR, socket
from time import monotonic
from typing import TYPE_CHECKING, Any

import gevent
from gevent.ssl import SSLContext

from motcua.desk import Desk, DeskFault, Invalid
from motcua.run.patience import KeptServer
from motcua.web.language import mark

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from motcua.desk.certificates import Certificate

HANDSHAKE_S = 10.0
"""How long a connection may take from its first byte to the end of the handshake."""
PENDING_MAX = 200
"""How many handshakes of one address may be unfinished; the next are hung up. A real one takes milliseconds."""
LOOK_S = 10
WARN_DAYS = 30
HEAD_MAX = 4096
HANDSHAKE = b"\x16"
"""The first byte of TLS. Source: RFC 8446, section 5.1."""
REFUSED, EXPIRING, EARLY = "tls.renewal", "tls.expiring", "tls.early"
SOON = mark("The certificate expires on %(date)s. Renew it before then: browsers refuse the server after that day.")
NOT_YET = mark("The certificate is valid only from %(date)s. Check this computer's clock.")
PLAIN = (
    "Cổng này chỉ nhận https. Hãy mở địa chỉ bắt đầu bằng https://\nThis port takes https only. Open the address "
    "with https://\n"
)
logger = logging.getLogger(__name__)
Stamp = tuple[tuple[int, int, int], ...]


class Tls:
    """The certificate and key in two files. Raises `Invalid` while they cannot be used."""

    def __init__(self, certificate: Path, key: Path, now: Callable[[], datetime]) -> None:
        self._paths, self._now = (certificate, key), now
        self._stamp = self._stamped()
        self.certificate, self.context, self.is_public = self._read()

    def _read(self) -> "tuple[Certificate, ssl.SSLContext, bool]":
        from motcua.desk.certificates import (
            is_public,
            make_context,
            read_pair,
        )  # 16 MiB, which a desk without TLS does not need

        certificate = read_pair(*self._paths, self._now())
        context = make_context(*self._paths, SSLContext)
        return certificate, context, is_public(certificate, context)

    def _stamped(self) -> Stamp:
        """Return by what one sees that the files were replaced; a link is followed, as certbot keeps them."""
        stamps = []
        for path in self._paths:
            try:
                about = path.stat()
                stamps.append((about.st_ino, about.st_mtime_ns, about.st_size))
            except OSError:
                stamps.append((0, 0, 0))
        return tuple(stamps)

    def renew(self) -> Invalid | None:
        """Take up the files if they have changed.

        Return why they cannot be used; the earlier certificate goes on then.
        """
        stamp = self._stamped()
        if stamp == self._stamp:
            return None
        try:
            self.certificate, self.context, self.is_public = self._read()
        except Invalid as problem:
            return problem
        self._stamp = stamp
        logger.info("the renewed certificate is in use, good until %s", f"{self.certificate.ends:%Y-%m-%d}")
        return None

    def find_trouble(self) -> DeskFault | None:
        """Return what is soon wrong with the certificate in use, or is already."""
        now = self._now()
        if now < self.certificate.begins:
            return DeskFault(EARLY, "address", NOT_YET, {"date": f"{self.certificate.begins:%Y-%m-%d}"})
        if self.certificate.ends - now < timedelta(days=WARN_DAYS):
            return DeskFault(EXPIRING, "address", SOON, {"date": f"{self.certificate.ends:%Y-%m-%d}"})
        return None


class CertificateRenewal:
    """Looks at the files of a certificate every few seconds, and tells the desk's faults what is wrong with them."""

    def __init__(self, desk: Desk, tls: Tls) -> None:
        self._desk, self._tls = desk, tls
        self._looked_at = monotonic()
        self._tell(None)

    def is_due(self) -> bool:
        """Say whether it is time to look again."""
        return monotonic() - self._looked_at >= LOOK_S

    def refresh(self) -> None:
        """Look again."""
        self._looked_at = monotonic()
        self._tell(self._tls.renew())

    def _tell(self, problem: Invalid | None) -> None:
        trouble = self._tls.find_trouble()
        noted = [trouble] if trouble is not None else []
        if problem is not None:
            params = {name: str(value) for name, value in problem.params.items()}
            noted.append(DeskFault(REFUSED, "address", problem.message, params))
        for code in {REFUSED, EXPIRING, EARLY} - {fault.code for fault in noted}:
            self._desk.faults.clear(code)
        for fault in noted:
            self._desk.faults.note(fault)


class SlowHandshakeError(OSError):
    """The other end took too long."""


class TlsServer(KeptServer):
    """gevent's server behind TLS.

    Each handshake has its own greenlet and its time; what speaks plain HTTP is told where to go.
    """

    def __init__(self, tls: Tls, listener: socket, app: "WSGIApplication", **more: Any) -> None:
        super().__init__(listener, app, environ={"wsgi.url_scheme": "https"}, **more)
        self._tls = tls
        self._pending: Counter[str] = Counter()

    def init_socket(self) -> None:
        """Let connections shake hands first."""
        super().init_socket()
        self._handle = self._meet

    def _meet(self, line: Any, address: Any) -> None:
        where = str(address[0])
        if self._pending[where] >= PENDING_MAX:
            return
        self._pending[where] += 1
        try:
            with gevent.Timeout(HANDSHAKE_S, SlowHandshakeError("the handshake is slow")):
                secured = self._shaken(line)
        except (OSError, ValueError) as error:
            logger.debug("no handshake with %s: %s", where, error)
            return
        finally:
            self._pending[where] -= 1
            if not self._pending[where]:
                del self._pending[where]
        if secured is not None:
            try:
                self.handle(secured, address)
            finally:
                secured.close()

    def _shaken(self, line: Any) -> Any:
        first = line.recv(1, MSG_PEEK)
        if first == HANDSHAKE:
            return self._tls.context.wrap_socket(line, server_side=True)
        if first.isalpha():
            line.sendall(answer_plain(_head(line)))
            line.shutdown(SHUT_WR)
        return None


def _head(line: Any) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head and len(head) < HEAD_MAX and (piece := line.recv(HEAD_MAX)):
        head += piece
    return head


def answer_plain(head: bytes) -> bytes:
    """Return what a request without TLS gets: a page is sent on to its address with `https`, anything else is
    refused with a reason.
    """
    first, *lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, _, rest = first.partition(" ")
    path = rest.rpartition(" ")[0]
    host = next(
        (value.strip() for name, _, value in (text.partition(":") for text in lines) if name.lower() == "host"), ""
    )
    is_page = method in {"GET", "HEAD"} and path.startswith("/") and not path.startswith(("/api/", "/socket.io", "//"))
    if is_page and _is_plain(path) and host and _is_plain(host) and not set(host) & set("/\\@?#"):
        more = f"HTTP/1.1 307 Temporary Redirect\r\nLocation: https://{host}{path}\r\n"
        body, kind = PLAIN, "text/plain; charset=utf-8"
    else:
        more, kind = "HTTP/1.1 400 Bad Request\r\n", "application/problem+json"
        body = json.dumps(
            {"type": "about:blank", "title": "https", "status": 400, "code": "tls.required", "detail": PLAIN.strip()}
        )
    content = body.encode()
    text = (
        f"{more}Content-Type: {kind}\r\nContent-Length: {len(content)}\r\nConnection: close\r\nCache-Control: "
        "no-store\r\n\r\n"
    )
    return text.encode("latin-1") + (b"" if method == "HEAD" else content)


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and " " not in text
