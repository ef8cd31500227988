"""Serves the site with gevent: listening socket, WebSockets whole and uncompressed, timers, graceful stop."""

import logging
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import gevent
import gevent.event

from motcua.run.doorkeeper import Doorkeeper, limit_strangers
from motcua.run.front import Front
from motcua.run.links import Wires
from motcua.run.pace import Turns
from motcua.run.patience import KeptServer, PatientHandler, get_descriptor_limit
from motcua.run.tls import Tls, TlsServer
from motcua.run.turnstile import Turnstile
from motcua.settings import store as settings_store
from motcua.settings.events import SettingsChanged
from motcua.web.forwarded import NOBODY, Trusted
from motcua.web.site import Site
from motcua.wiring.timers import Timers

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

BACKLOG = 512
STOP_S = 2
LAST_ANSWERS_S = 0.1
"""How long answers to what was committed last get to leave."""
TICK_S = 1.0
logger = logging.getLogger(__name__)


class Refreshable(Protocol):
    """A value that is refreshed from time to time, outside the loop."""

    def is_due(self) -> bool:
        """Return whether a refresh is due."""
        ...

    def refresh(self) -> None:
        """Refresh now. It can take long."""
        ...


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


def open_server(door: Entrance, app: "WSGIApplication", keeper: Doorkeeper) -> KeptServer:
    """Return a server for what comes through `door`, with a doorkeeper."""
    options: Any = {"log": None, "error_log": logging.getLogger("motcua.http"), "handler_class": PatientHandler}
    server = (
        KeptServer(door.listener, app, **options)
        if door.tls is None
        else TlsServer(door.tls, door.listener, app, **options)
    )
    server.keeper = keeper
    return server


class SiteServer:
    """The site being served: its socket, its timers' loop, and its end."""

    def __init__(
        self,
        site: Site,
        timers: Timers,
        renewed: Sequence[Refreshable],
        doors: Sequence["Entrance"],
        trusted: Trusted = NOBODY,
        *,
        ticking: bool,
    ) -> None:
        self._ticks = ticking
        self._site, self._timers, self._renewed = site, timers, renewed
        self._renewing: dict[Refreshable, gevent.Greenlet[[], None]] = {}
        self._patient: gevent.Greenlet[..., None] | None = None
        turns = Turns()
        wires = Wires(site.app.extensions["socketio"].server, turns)
        site.stages.broadcast = wires.broadcast
        site.stages.pause = partial(gevent.sleep, 0)
        site.stages.beside = self._beside
        self._address_max = 0
        site.desk.on(SettingsChanged, lambda _entry: self._look_up())
        self._look_up()
        keeper = Doorkeeper(lambda: self._address_max, limit_strangers(get_descriptor_limit()))
        turnstile = Turnstile(site, site.app, keeper, turns)
        self._servers = [open_server(door, Front(turnstile, trusted, is_guest=door.is_guest), keeper) for door in doors]
        self._stopped = gevent.event.Event()

    def _look_up(self) -> None:
        """Take over how many connections an address may have."""
        with self._site.desk.read() as db:
            self._address_max = settings_store.get_settings(db).web.connections

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

    def _beside(self, work: Callable[[], None]) -> None:
        """Let hundreds of phones be told while timers and screens go on; one round at a time."""
        if self._patient is None or self._patient.dead:
            self._patient = gevent.spawn(work)

    def _renew(self) -> None:
        """Let estimates and clips be renewed beside the loop, each by one at a time; what computes for long does so
        in a real thread.
        """
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
        """Refuse new commands, finish the waiting ones, close connections and the store.

        Takes at most about three seconds.
        """
        if self._ticking is not None:
            self._ticking.kill()
        for running in (*self._renewing.values(), *([self._patient] if self._patient is not None else [])):
            running.kill()
        self._site.desk.stop()
        gevent.sleep(LAST_ANSWERS_S)
        gevent.joinall([gevent.spawn(server.stop, timeout=STOP_S) for server in self._servers])

    def stop_on_signals(self) -> None:
        """Stop in good order on SIGTERM and SIGINT."""
        for number in (signal.SIGTERM, signal.SIGINT):
            gevent.signal_handler(number, self.ask_to_stop)
