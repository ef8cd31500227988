"""What stands before everything else: who asks is settled, and WebSockets get their socket."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from motcua.run.wire import SOCKET
from motcua.web.forwarded import Trusted, settle
from motcua.web.guests import GUEST_KEY

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication


class Front:
    """The WSGI application in front of `app`: says who asks, hands WebSockets their socket and declines compression."""

    def __init__(self, app: "WSGIApplication", trusted: Trusted, *, is_guest: bool = False) -> None:
        self._app, self.trusted, self._is_guest = app, trusted, is_guest

    def __call__(self, environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        settle(environ, self.trusted)
        environ[GUEST_KEY] = self._is_guest
        if environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            plain = environ["wsgi.input"]
            environ[SOCKET] = getattr(plain, "rfile", plain).raw._sock
            close_after(start_response)  # no request follows on a line that was a WebSocket
        return self._app(environ, start_response)


def close_after(start_response: "StartResponse") -> None:
    """Let the connection end with this answer."""
    handler = getattr(start_response, "__self__", None)
    if handler is not None:
        handler.close_connection = True
