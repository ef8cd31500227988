"""A desk being served: lock, desk, site, server, in this order; and back."""

import contextlib
import gc
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gevent
from gevent.lock import BoundedSemaphore

from motcua.bookings.rules import new_code
from motcua.desk import Clock, Desk, Entropy, StoreError, system_clock, system_entropy
from motcua.desk.backup import BadBackupError, Copy, make, prune
from motcua.desk.lock import DeskLock, Serving
from motcua.run.estimating import Estimates
from motcua.run.gevent_server import Server, listen
from motcua.run.hashing import Hashing, came_to, outcome
from motcua.run.network import Network
from motcua.run.patience import raise_descriptor_limit
from motcua.run.planner import Planner
from motcua.run.pulse import Pulse
from motcua.run.voicing import Voicing
from motcua.run.writer import GroupWriter
from motcua.server import build
from motcua.setup.actions import is_needed
from motcua.web.site import Site
from motcua.wiring.chores import Chore, mark
from motcua.wiring.notices import Courier
from motcua.wiring.rooms import open_desk
from motcua.wiring.timers import Timers

BACKUPS_KEPT = 14
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 -- what a user may ask for
KEPT = mark("Sign-ins could not be saved: %(problem)s")
logger = logging.getLogger(__name__)


def shown(host: str) -> str:
    """Return how this computer's own browser reaches a desk that listens on `host`."""
    return "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host


def in_a_thread(work: Callable[..., Any], *given: Any) -> Any:
    """Return what `work(*given)` returns, from a real thread; the loop goes on meanwhile. Raises what it raises."""
    return came_to(gevent.get_hub().threadpool.apply(outcome, (work, *given)))


def calm_collector() -> None:
    """Take what was loaded out of the garbage collector's rounds and let it look less often: its pauses delay calls to many walls."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def setup_code() -> str:
    """Return a code for setting up the desk from another computer: two groups of four letters and digits that are not mixed up."""
    letters = new_code(system_entropy)
    return f"{letters[:4]}-{letters[4:]}"


class Hall:
    """A desk being served from `folder`.

    It needs the lock, the port and a store that can be read; everything else may wait and is tried again by the timers.
    Starting raises `DeskInUseError`, `OSError`, `DatabaseTooNewError`, `StoreError`, `StoreLostError`.
    """

    def __init__(
        self, folder: Path, host: str, port: int, clock: Clock = system_clock, entropy: Entropy = system_entropy, *, ticking: bool = True
    ) -> None:
        self.folder = folder
        raise_descriptor_limit()
        self._copying: gevent.Greenlet[..., None] | None = None
        self._copies = BoundedSemaphore(1)
        with contextlib.ExitStack() as undo:
            self._lock = DeskLock(folder)
            undo.callback(self._lock.close)
            listener = listen(host, port)
            undo.callback(listener.close)
            writer = GroupWriter()
            self.desk: Desk = open_desk(folder, clock, entropy, writer)
            undo.callback(self.desk.stop)
            self.port: int = listener.getsockname()[1]
            self.site: Site = build(self.desk, "gevent")
            self.site.reach.listen(listener.getsockname()[0], self.port)
            self.local = f"{shown(host)}:{self.port}"
            network = Network(self.site)
            self.site.local_secret = system_entropy(24).hex()
            self.site.offload = in_a_thread
            self.site.hash = Hashing()
            with self.desk.read() as db:
                self.site.setup_code = setup_code() if is_needed(db) else ""
            courier = Courier(self.desk, folder, gevent.spawn, in_a_thread)
            self.timers = Timers(self.desk, folder, self._nightly, courier)
            self.timers.start()
            self._planner = Planner()
            undo.callback(self._planner.stop)
            self.site.compute = self._planner.compute
            self.estimates = Estimates(self.desk, self.site.waits, self.site.compute, self.site.offload)
            self.voicing = Voicing(self.desk, self.site.voice, self.site.compute)
            self._server = Server(self.site, self.timers, (self.estimates, self.voicing, network), listener, ticking=ticking)
            self._server.start()
            calm_collector()
            self._pulse = Pulse(writer.busy_since)
            self._announced = ""
            unannounced = mark("Programs on this computer do not find the desk, its address cannot be left for them: %(problem)s")
            self.timers.also(Chore(self.desk, "lock.unannounced", "address", unannounced), self._announce)
            self.timers.also(Chore(self.desk, "sign_ins.kept", "store", KEPT), self.site.identity.settle)
            self.timers.do_more()
            undo.pop_all()

    def _announce(self) -> None:
        """Leave the address for local programs, once it can be written."""
        address = f"http://{self.local}"
        if self._announced != address:
            self._lock.announce(Serving(address, self.site.local_secret))
            self._announced = address

    def _nightly(self, day: str) -> None:
        """Make the night's checked copy in a real thread, and keep the last fourteen."""
        self._copying = gevent.spawn(self._copy, day)

    def _copy(self, day: str) -> None:
        problem: Exception | None = None
        copy: Copy | None = None
        with self._copies:
            try:
                copy = in_a_thread(nightly, self.folder, day)
            except (BadBackupError, OSError, StoreError) as error:
                problem = error
            except Exception as error:
                logger.exception("the backup of %s failed", day)
                problem = error
        self.timers.copied(day, problem, copy.left_out if copy is not None else [])

    def settle(self) -> None:
        """Wait until a night's copy that is being made is there."""
        if self._copying is not None:
            self._copying.join()

    def wait(self) -> None:
        """Answer until SIGTERM, SIGINT or `ask_to_stop`."""
        self._server.stop_on_signals()
        self._server.wait()

    def ask_to_stop(self) -> None:
        """Let `wait` return."""
        self._server.ask_to_stop()

    def serve(self) -> None:
        """Answer until SIGTERM or SIGINT, then stop in good order."""
        self.wait()
        self.stop()

    def stop(self) -> None:
        """Stop in good order, within about three seconds."""
        self._pulse.stop()
        self._server.stop()
        self._planner.stop()
        self._lock.close()


def nightly(folder: Path, day: str) -> Copy:
    """Write `DIR/backups/<day>.zip`, checked, and remove the oldest beyond fourteen. Raises `BadBackupError`, `OSError`."""
    backups = folder / "backups"
    copy = make(folder, backups / f"{day}.zip")
    logger.info("backup of %s: %s journal rows, checked", day, copy.rows)
    for error in prune(backups, BACKUPS_KEPT):
        logger.warning("an old backup could not be removed: %s", error)
    return copy
