"""Serves a desk that has no usable store: says so on every page until there is one again, then lets the desk itself
go on.
"""

import contextlib
import logging
import signal
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gevent
import gevent.event

from motcua.desk import StoreError, system_clock
from motcua.desk.lock import DeskInUseError, DeskLock
from motcua.desk.loss import Loss, StoreLostError, describe_damage, find_loss, require_not_lost
from motcua.run.doorkeeper import Doorkeeper, limit_strangers
from motcua.run.front import Front, close_after
from motcua.run.gevent_server import open_server
from motcua.run.patience import get_descriptor_limit, raise_descriptor_limit
from motcua.run.pulse import Pulse
from motcua.run.serving import DeskServer, choose_local_host, open_doors
from motcua.run.transport import DIRECT, Transport, get_scheme
from motcua.settings.model import Web
from motcua.setup.rooms import find_problem
from motcua.web import lost

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication

AGAIN_S = (1.0, 2.0, 5.0)
STOP_S = 1
logger = logging.getLogger(__name__)


def start_desk_server(
    folder: Path, host: str, port: int, tell: Callable[[str, Loss], None], transport: Transport = DIRECT
) -> DeskServer | None:
    """Return the desk in `folder` being served.

    While its store cannot be used, a page says so; None when that is told to stop.

    `tell(address, loss)` is called once, as soon as such a page is served. Raises what `Hall` raises, but for a store.
    """
    try:
        require_not_lost(folder)
        return DeskServer(folder, host, port, transport=transport)
    except (StoreLostError, StoreError) as error:
        logger.error("the desk's store cannot be used: %s", error)
        loss = _loss_of(error, folder)
    waiting = _Waiting(folder, host, port, loss, transport)
    tell(f"{waiting.scheme}://{choose_local_host(host)}:{waiting.port}", loss)
    pulse = Pulse(list)  # systemd is told that this goes on too
    try:
        return waiting.until_opened()
    finally:
        pulse.pause()


def _loss_of(error: Exception, folder: Path) -> Loss:
    return error.loss if isinstance(error, StoreLostError) else describe_damage(folder, error)


def _close_each(app: "WSGIApplication") -> "WSGIApplication":
    """Return `app` with a connection for each request: on one that stays open a browser would never hear of the desk
    that is back.
    """

    def answer(environ: dict[str, Any], start_response: "StartResponse") -> Iterable[bytes]:
        close_after(start_response)
        return app(
            environ,
            lambda status, headers, *error: start_response(status, [*headers, ("Connection", "close")], *error),
        )

    return answer


class _Waiting:
    """The page that says what is wrong, and the tries to open the desk."""

    def __init__(self, folder: Path, host: str, port: int, loss: Loss, transport: Transport) -> None:
        self._transport, self._tls = transport, transport.open_tls(system_clock)
        self.scheme = get_scheme(self._tls)
        self._folder, self._host, self._loss = folder, host, loss
        self._stopped = gevent.event.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            gevent.signal_handler(number, self._stopped.set)
        self.port = port
        raise_descriptor_limit()
        self._serve()

    def _serve(self) -> None:
        """Answer at the hall's listener and at the guests'. Raises `OSError`."""
        with contextlib.ExitStack() as undo:
            doors = open_doors(self._host, self.port, self._transport, self._tls, undo)
            undo.pop_all()
        self.port = doors[0].listener.getsockname()[1]
        app = _close_each(lost.build(lambda: self._loss, system_clock))
        keeper = Doorkeeper(lambda: Web.connections, limit_strangers(get_descriptor_limit()))
        trusted = self._transport.trusted
        self._servers = [open_server(door, Front(app, trusted, is_guest=door.is_guest), keeper) for door in doors]
        for server in self._servers:
            server.start()

    def _stop(self) -> None:
        for server in self._servers:
            server.stop(timeout=STOP_S)

    def until_opened(self) -> DeskServer | None:
        """Try to open the desk, again and again. Return None when told to stop."""
        tries = 0
        while not self._stopped.wait(AGAIN_S[min(tries, len(AGAIN_S) - 1)]):
            tries += 1
            problem = self._look()
            if problem is not None:
                self._loss = problem
                continue
            self._stop()
            try:
                return DeskServer(self._folder, self._host, self.port, transport=self._transport)
            except (StoreLostError, StoreError, DeskInUseError) as error:
                self._loss = _loss_of(error, self._folder)
                self._serve()
        self._stop()
        return None

    def _look(self) -> Loss | None:
        """Return what still hinders the desk, None when it can be opened.

        A copy that is being brought back is left alone.
        """
        try:
            lock = DeskLock(self._folder)
        except (DeskInUseError, OSError):
            return self._loss
        try:
            return find_loss(self._folder) or find_problem(self._folder)
        finally:
            lock.close()
