"""Reading requests from lines that may be slow, idle or dead: each has its time, after which the connection ends."""

import contextlib
from collections.abc import Callable
from io import BytesIO
from socket import SHUT_RDWR
from typing import Any

import gevent
from gevent import Timeout
from gevent.pywsgi import Input, WSGIHandler, WSGIServer
from gevent.ssl import SSLSocket

from motcua.run.doorkeeper import ClientConnection, Doorkeeper
from motcua.run.framing import is_doubtful
from motcua.run.head import read_headers
from motcua.web.lines import LINE

ACCEPTED_AT_ONCE = 4
HEADERS_S = 10.0
"""How long a request's first line and headers may take once they began to come."""
BODY_S = 20.0
"""How long a body, or a reader of the answer, may be without progress."""
IDLE_S = 60.0
"""How long a connection may stay open without a request."""


PIECE_BYTES = 16 * 1024
HEAD_END = b"\r\n\r\n"
LONG_HEADERS = b"HTTP/1.1 431 Request Header Fields Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
NO_PLACE = b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 10\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
HEADERS_BYTES = 16 * 1024
"""How long all headers of a request may be together."""
TOGETHER_BYTES = 16 * 1024
"""An answer's head goes out together with its first piece if that is no longer."""
REST_BYTES = 1024 * 1024
"""So much of a body that nobody wants is read away; where more is to come the connection ends."""


class SlowLineError(OSError):
    """The other end took too long."""


class LongHeadersError(ValueError):
    """There are more headers than anybody needs."""


class BoundedReader:
    """Reads lines from `plain`, `left` bytes at most in all. Raises `LongHeadersError`."""

    def __init__(self, plain: Any, left: int) -> None:
        self._plain, self._left = plain, left

    def readline(self, most: int = -1) -> bytes:
        """Return the next line."""
        line: bytes = self._plain.readline(self._left + 1 if most < 0 else min(most, self._left + 1))
        self._left -= len(line)
        if self._left < 0:
            raise LongHeadersError("the headers are too long")
        return line


class BoundedInput(Input):
    """A request's body. When its rest is far too long to be read away, `end` ends the connection instead."""

    end: Callable[[], None]

    def _discard(self) -> None:
        """Read away what nobody wanted."""
        if getattr(self, "_chunked_input_error", False):
            return
        left = REST_BYTES
        while left > 0 and (self.chunked_input or self.position < (self.content_length or 0)):
            piece = self.read(PIECE_BYTES)
            if not piece:
                return
            left -= len(piece)
            gevent.sleep(0)
        if left <= 0:
            self.end()


def measure_head(came: bytes) -> int:
    """Return how many bytes a request's first line and headers are, with the empty line at their end.

    It is 0 where they did not come whole, or where their lines end in different ways: then each line is read by itself.
    """
    end = came.find(HEAD_END)
    if end <= 0 or came[:1] in b"\r\n" or came.count(b"\n", 0, end) != came.count(b"\r\n", 0, end):
        return 0
    return end + len(HEAD_END)


class PatientHandler(WSGIHandler):
    """gevent's handler of one connection, with an end to its patience. The server's doorkeeper knows its line."""

    rfile: Any
    server: Any
    _deadline: Timeout | None = None
    _line: ClientConnection
    _is_asked = False
    _head_bytes = 0
    """How long the request's first line and headers are, 0 where they did not come whole."""
    MessageClass = staticmethod(read_headers)  # type: ignore[assignment]
    _outgoing: bytearray | None = None

    def handle(self) -> None:
        """Handle the requests of one connection."""
        plain, keeper = self.socket, self.server.keeper
        self._line = keeper.enter(str(self.client_address[0]), lambda: self._hang_up(plain))
        try:
            super().handle()
        finally:
            keeper.leave(self._line)

    def _hang_up(self, plain: Any) -> None:
        with contextlib.suppress(OSError):
            if not self._is_asked and not isinstance(plain, SSLSocket):
                plain._sock.send(NO_PLACE)
            plain.shutdown(SHUT_RDWR)

    def handle_one_request(self) -> Any:
        """Handle one request; what is slow ends the connection."""
        try:
            return super().handle_one_request()
        finally:
            self._came()

    def read_requestline(self) -> str:
        """Wait for a request, then return its first line; empty when none came."""
        self.socket.settimeout(None)
        gevent.sleep(0)  # requests that came together do not keep others waiting
        if self._is_asked:
            self._line.mark_resting()
        with Timeout(IDLE_S, SlowLineError("nothing was asked")):
            ready = self.rfile.peek(1)
        self._line.mark_busy()
        self._head_bytes = measure_head(ready)
        if not self._head_bytes:
            self._deadline = Timeout.start_new(HEADERS_S, SlowLineError("the headers are slow"))
        return str(super().read_requestline())

    def read_request(self, raw_requestline: str) -> Any:
        """Read the headers; from here on only the body is waited for. Raises `ValueError`, which is answered by 400."""
        whole, left = self.rfile, self._head_bytes - len(raw_requestline)
        self.rfile = BytesIO(whole.read(left)) if 0 < left <= HEADERS_BYTES else BoundedReader(whole, HEADERS_BYTES)
        try:
            parsed = super().read_request(raw_requestline)
            if is_doubtful(self.headers.get_all("Content-Length", []), self.headers.get_all("Transfer-Encoding", [])):
                raise ValueError("where this request ends can be read in two ways")
            return parsed
        finally:
            self.rfile = whole
            self._came()
            self.socket.settimeout(BODY_S)

    def _write_with_headers(self, data: bytes) -> None:
        """Send the head and a short first piece at once: each packet wakes both ends."""
        if len(data) > TOGETHER_BYTES:
            super()._write_with_headers(data)  # type: ignore[misc]
            return
        packet = self._outgoing = bytearray()
        try:
            super()._write_with_headers(data)  # type: ignore[misc]
        finally:
            self._outgoing = None
        self._sendall(packet)

    def _sendall(self, data: bytes | bytearray) -> None:
        if self._outgoing is None:
            super()._sendall(data)  # type: ignore[misc]
        else:
            self._outgoing += data

    def get_environ(self) -> Any:
        """Return the request as the application sees it, with its line."""
        environ = super().get_environ()
        environ[LINE] = self._line
        self._is_asked = True
        plain: Any = self.wsgi_input
        self.wsgi_input = BoundedInput(
            self.rfile, plain.content_length, socket=plain.socket, chunked_input=plain.chunked_input
        )
        self.wsgi_input.end = self._end
        if environ["wsgi.input"] is plain:
            environ["wsgi.input"] = self.wsgi_input
        return environ

    def log_request(self) -> None:
        """Say nothing of each request, and do not even write it down for nobody."""

    def _end(self) -> None:
        """Let the connection end with this answer."""
        self.close_connection = True

    def _handle_client_error(self, ex: Exception) -> Any:
        """Say what is wrong with a request that cannot be read."""
        answered = super()._handle_client_error(ex)  # type: ignore[misc]
        return ("431", LONG_HEADERS) if isinstance(ex, LongHeadersError) else answered

    def _came(self) -> None:
        if self._deadline is not None:
            self._deadline.close()
            self._deadline = None


class KeptServer(WSGIServer):
    """gevent's server with a doorkeeper.

    It takes few connections at once, so that a flood of them leaves time for the rest.
    """

    max_accept = ACCEPTED_AT_ONCE
    keeper: Doorkeeper

    def update_environ(self) -> None:
        """Be called by the address: the library would ask for a name, and wait where no name server answers."""
        self.environ["SERVER_NAME"] = str(self.address[0])
        super().update_environ()


def get_descriptor_limit() -> int:
    """Return how many files and connections this process may have open."""
    try:
        import resource
    except ImportError:  # pragma: no cover -- Windows: sockets are limited by memory alone
        return 1 << 16
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def raise_descriptor_limit() -> None:
    """Let this process open as many connections and files as the system allows it: the usual soft limit is 1,024."""
    try:
        import resource
    except ImportError:  # pragma: no cover -- Windows has no such limit
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
