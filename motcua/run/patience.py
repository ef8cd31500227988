"""Reading requests from lines that may be slow, idle or dead: each has its time, after which the connection ends."""

from typing import Any

from gevent import Timeout
from gevent.pywsgi import WSGIHandler

from motcua.run.framing import is_doubtful

HEADERS_S = 10.0
"""How long a request's first line and headers may take once they began to come."""
BODY_S = 20.0
"""How long a body, or a reader of the answer, may be without progress."""
IDLE_S = 60.0
"""How long a connection may stay open without a request."""


class SlowLineError(OSError):
    """The other end took too long."""


class PatientHandler(WSGIHandler):
    """gevent's handler of one connection, with an end to its patience."""

    _deadline: Timeout | None = None

    def handle_one_request(self) -> Any:
        """Handle one request; what is slow ends the connection."""
        try:
            return super().handle_one_request()
        finally:
            self._came()

    def read_requestline(self) -> str:
        """Wait for a request, then return its first line; empty when none came."""
        self.socket.settimeout(None)
        with Timeout(IDLE_S, SlowLineError("nothing was asked")):
            self.rfile.peek(1)
        self._deadline = Timeout.start_new(HEADERS_S, SlowLineError("the headers are slow"))
        return str(super().read_requestline())

    def read_request(self, raw_requestline: str) -> Any:
        """Read the headers; from here on only the body is waited for. Raises `ValueError`, which is answered by 400."""
        try:
            parsed = super().read_request(raw_requestline)
            if is_doubtful(self.headers.get_all("Content-Length", []), self.headers.get_all("Transfer-Encoding", [])):
                raise ValueError("where this request ends can be read in two ways")
            return parsed
        finally:
            self._came()
            self.socket.settimeout(BODY_S)

    def _came(self) -> None:
        if self._deadline is not None:
            self._deadline.close()
            self._deadline = None


def raise_descriptor_limit() -> None:
    """Let this process open as many connections and files as the system allows it: the usual soft limit is 1,024."""
    try:
        import resource
    except ImportError:  # pragma: no cover -- Windows has no such limit
        return
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
