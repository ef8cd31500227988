"""Serves the site with gevent: listening socket, WebSockets whole and uncompressed, timers, graceful stop."""

import logging
import signal
import socket
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import gevent
import gevent.event
from gevent.pywsgi import WSGIServer

from motcua.run.patience import PatientHandler
from motcua.run.tls import Tls, TlsServer
from motcua.run.wire import SocketInput, Wires
from motcua.web.forwarded import NOBODY, Trusted, settle
from motcua.web.guests import GUEST_KEY
from motcua.web.site import Site
from motcua.wiring.timers import Timers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

BACKLOG = 512
STOP_S = 2
LAST_ANSWERS_S = 0.1
"""How long answers to what was committed last get to leave."""
TICK_S = 1.0
logger = logging.getLogger(__name__)


class Renewed(Protocol):
    """Something that is looked at again from time to time, beside the loop."""

    def is_due(self) -> bool:
        """Say whether it is time."""
        ...

    def refresh(self) -> None:
        """Look, however long it takes."""
        ...


class Front:
    """The WSGI application in front of the site's: says who asks, hands WebSockets a whole socket and declines compression."""

    def __init__(self, app: "WSGIApplication", trusted: Trusted, *, is_guest: bool = False) -> None:
        self._app, self.trusted, self._is_guest = app, trusted, is_guest

    def __call__(self, environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        """Answer one request."""
        settle(environ, self.trusted)
        environ[GUEST_KEY] = self._is_guest
        if environ.get("HTTP_UPGRADE", "").lower() == "websocket":
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
            given = environ["wsgi.input"]
            environ["wsgi.input"] = SocketInput(getattr(given, "rfile", given).raw._sock)
            handler = getattr(start_response, "__self__", None)
            if handler is not None:
                handler.close_connection = True  # no request follows on a line that was a WebSocket
        return self._app(environ, start_response)


def listen(host: str, port: int) -> socket.socket:
    """Return a listening socket without Nagle's delay. Raises `OSError` when the port is taken or not allowed."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)  # `::` is every address, the old ones too
        listener.bind((host, port))
        listener.listen(BACKLOG)
        listener.setblocking(False)
    except OSError:
        listener.close()
        raise
    return listener


class Entrance(NamedTuple):
    """A socket that listens, what it shakes hands with (None: plain HTTP), and whether it is for guests' phones."""

    listener: socket.socket
    tls: Tls | None = None
    is_guest: bool = False


def open_server(door: Entrance, app: "WSGIApplication") -> WSGIServer:
    """Return a server for what comes through `door`."""
    options: Any = {"log": None, "error_log": logging.getLogger("motcua.http"), "handler_class": PatientHandler}
    return WSGIServer(door.listener, app, **options) if door.tls is None else TlsServer(door.tls, door.listener, app, **options)


class Server:
    """The site being served: its socket, its timers' loop, and its end."""

    def __init__(
        self,
        site: Site,
        timers: Timers,
        renewed: Sequence[Renewed],
        doors: Sequence["Entrance"],
        trusted: Trusted = NOBODY,
        *,
        ticking: bool,
    ) -> None:
        self._ticks = ticking
        self._site, self._timers, self._renewed = site, timers, renewed
        self._renewing: dict[Renewed, gevent.Greenlet[[], None]] = {}
        wires = Wires(site.app.extensions["socketio"].server)
        site.stages.broadcast = wires.broadcast
        self._servers = [open_server(door, Front(site.app, trusted, is_guest=door.is_guest)) for door in doors]
        self._stopped = gevent.event.Event()

    def start(self) -> None:
        """Begin to answer, and to look at the clock once a second."""
        for server in self._servers:
            server.start()
        self._ticking = gevent.spawn(self._tick) if self._ticks else None

    def _tick(self) -> None:
        while True:
            gevent.sleep(TICK_S)
            for work in (self._timers.tick, self._site.stages.tick, self._renew):
                try:
                    work()
                except Exception:
                    logger.exception("a timer failed; it is tried again in a second")

    def _renew(self) -> None:
        """Let estimates and clips be renewed beside the loop, each by one at a time; what computes for long does so in a real thread."""
        for item in self._renewed:
            running = self._renewing.get(item)
            if item.is_due() and (running is None or running.dead):
                self._renewing[item] = gevent.spawn(item.refresh)

    def wait(self) -> None:
        """Return when a signal or `stop` says so."""
        self._stopped.wait()

    def ask_to_stop(self) -> None:
        """Let `wait` return."""
        self._stopped.set()

    def stop(self) -> None:
        """Refuse new commands, finish the waiting ones, close connections and the store. Takes at most about three seconds."""
        if self._ticking is not None:
            self._ticking.kill()
        for running in self._renewing.values():
            running.kill()
        self._site.desk.stop()
        gevent.sleep(LAST_ANSWERS_S)
        gevent.joinall([gevent.spawn(server.stop, timeout=STOP_S) for server in self._servers])

    def stop_on_signals(self) -> None:
        """Stop in good order on SIGTERM and SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            gevent.signal_handler(number, self.ask_to_stop)
