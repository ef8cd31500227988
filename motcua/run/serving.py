"""A desk being served: lock, desk, site, server, in this order; and back."""

import contextlib
import gc
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import gevent
from gevent.lock import BoundedSemaphore

from motcua.bookings.rules import make_code
from motcua.desk import Clock, Desk, Entropy, StoreError, system_clock, system_entropy
from motcua.desk.backup import BadBackupError, Copy, make_copy, prune_copies
from motcua.desk.lock import DeskLock, Serving
from motcua.desk.messages import mark
from motcua.run.auditing import Auditing
from motcua.run.estimating import EstimateRefresher, ProcessorShare
from motcua.run.gevent_server import Entrance, Refreshable, SiteServer, listen
from motcua.run.hashing import Hashing, capture_outcome, unwrap_outcome
from motcua.run.network import Network
from motcua.run.patience import raise_descriptor_limit
from motcua.run.planner import Planner
from motcua.run.pulse import Pulse
from motcua.run.tls import CertificateRenewal, Tls
from motcua.run.transport import DIRECT, Transport, get_guest_tls, get_scheme
from motcua.run.voicing import Voicing
from motcua.run.writer import GroupWriter
from motcua.server import build
from motcua.setup.actions import is_needed
from motcua.setup.rooms import open_desk
from motcua.web.site import Site
from motcua.wiring.alerting import AlertWatcher
from motcua.wiring.chores import Chore
from motcua.wiring.courier import Courier
from motcua.wiring.monthly import MonthlyReporter
from motcua.wiring.pad_watch import PadWatch
from motcua.wiring.province import ProvinceLink
from motcua.wiring.summaries import SummaryKeeper
from motcua.wiring.timers import Timers

BACKUPS_KEPT = 14
TUNED_AFTER_S = 0.3
"""To look through all that was loaded takes as long as a tenth of the start, and nobody waits for it."""
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 -- what a user may ask for
IDLE = mark("Sign-ins that nobody uses could not be ended in the store: %(problem)s")
ALERTS = mark("The hall could not be watched for alerts: %(problem)s")
CONSENTS = mark("Answers to the camera question could not be taken back where a rating pad is gone: %(problem)s")
KEPT = mark("Sign-ins could not be saved: %(problem)s")
logger = logging.getLogger(__name__)


def choose_local_host(host: str) -> str:
    """Return the host name for a browser on this computer when the server listens on `host`."""
    return "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host


def open_doors(
    host: str, port: int, transport: Transport, tls: Tls | None, undo: contextlib.ExitStack
) -> list[Entrance]:
    """Return the listening sockets, the hall's first, and let `undo` close them. Raises `OSError`."""
    doors = [Entrance(listen(host, port), tls)]
    undo.callback(doors[0].listener.close)
    if transport.guests is not None:
        doors.append(Entrance(listen(*transport.guests), get_guest_tls(tls), is_guest=True))
        undo.callback(doors[1].listener.close)
    return doors


def configure_addresses(site: Site, doors: Sequence[Entrance], transport: Transport) -> list[Refreshable]:
    """Set the addresses of the site, and return the refresher of its certificate, if any."""
    for door in doors:
        listens = site.reach.listen_to_guests if door.is_guest else site.reach.listen
        address, port, *_more = door.listener.getsockname()
        listens(address, port, get_scheme(door.tls))
    site.strict = transport.strict
    tls = doors[0].tls
    if tls is None:
        return []
    site.addresses.is_certified = lambda: tls.is_public
    return [CertificateRenewal(site.desk, tls)]


def run_in_thread(work: Callable[..., Any], *arguments: Any) -> Any:
    """Return what `work(*arguments)` returns, computed in a real thread while the loop goes on.

    Raises what `work` raises.
    """
    return unwrap_outcome(gevent.get_hub().threadpool.apply(capture_outcome, (work, *arguments)))


def tune_gc() -> None:
    """Freeze the loaded objects and collect garbage less often: its pauses delay calls to many walls."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def make_setup_code() -> str:
    """Return a set-up code for another computer: two groups of four letters and digits that are hard to confuse."""
    letters = make_code(system_entropy)
    return f"{letters[:4]}-{letters[4:]}"


class DeskServer:
    """The server of the desk in `folder`.

    It needs the lock, the port and a readable store. The timers retry everything else.
    Starting raises `Invalid` for a certificate, `DeskInUseError`, `OSError`, `DatabaseTooNewError`, `StoreError`,
    `StoreLostError`.
    """

    def __init__(
        self,
        folder: Path,
        host: str,
        port: int,
        clock: Clock = system_clock,
        entropy: Entropy = system_entropy,
        *,
        ticking: bool = True,
        transport: Transport = DIRECT,
        silence_s: float | None = None,
    ) -> None:
        self.folder = folder
        raise_descriptor_limit()
        self._copying: gevent.Greenlet[..., None] | None = None
        self._copies = BoundedSemaphore(1)
        with contextlib.ExitStack() as undo:
            self._lock = DeskLock(folder)
            undo.callback(self._lock.close)
            doors = open_doors(host, port, transport, transport.open_tls(clock), undo)
            writer = GroupWriter()
            self.desk: Desk = open_desk(folder, clock, entropy, writer)
            undo.callback(self.desk.stop)
            self.port: int = doors[0].listener.getsockname()[1]
            self.site: Site = build(self.desk, "gevent", is_whole=False, silence_s=silence_s)
            self.scheme = get_scheme(doors[0].tls)
            self.local = f"{choose_local_host(host)}:{self.port}"
            renewed = configure_addresses(self.site, doors, transport)
            self.site.local_secret = system_entropy(24).hex()
            self.site.offload = run_in_thread
            self.site.hash = Hashing()
            with self.desk.read() as db:
                self.site.setup_code = make_setup_code() if is_needed(db) else ""
            courier = Courier(self.desk, folder, gevent.spawn, run_in_thread)
            self.timers = Timers(self.desk, folder, self._nightly, courier)
            self.timers.start()
            self._planner = Planner()
            undo.callback(self._planner.stop)
            self.site.compute = self._planner.compute
            self.estimates = EstimateRefresher(
                self.desk, self.site.waits, self.site.compute, self.site.offload, ProcessorShare().measure
            )
            self.auditing = Auditing(self.desk, folder)
            undo.callback(self.auditing.stop)
            self.voicing = Voicing(self.desk, self.site.voice, self.site.compute)
            renewed += [self.estimates, self.voicing, Network(self.site), self.auditing]
            self._server = SiteServer(self.site, self.timers, renewed, doors, transport.trusted, ticking=ticking)
            self._server.start()
            self._tuning = gevent.spawn_later(TUNED_AFTER_S, tune_gc)
            self._pulse = Pulse(writer.list_busy_since)
            self._announced = ""
            unannounced = mark(
                "Programs on this computer cannot find the server, because its address cannot be stored for "
                "them: %(problem)s"
            )
            self.timers.add_chore(Chore(self.desk, "lock.unannounced", "address", unannounced), self._announce)
            self.timers.add_chore(Chore(self.desk, "sign_ins.kept", "store", KEPT), self.site.identity.settle)
            self.timers.add_chore(Chore(self.desk, "sign_ins.idle", "store", IDLE), self.site.identity.idle.settle)
            watcher = AlertWatcher(self.desk, self.site.fleet)
            self.timers.add_chore(Chore(self.desk, "alerts.stuck", "store", ALERTS), watcher.tick)
            reporter = MonthlyReporter(self.desk, self.site.compute, gevent.spawn, run_in_thread)
            link = ProvinceLink(self.desk, folder, gevent.spawn, run_in_thread)
            for part in (reporter, SummaryKeeper(self.desk, run_in_thread, gevent.spawn), link):
                self.timers.add_chore(part.chore, part.tick)
            pads = PadWatch(self.desk, self.site.list_pads)
            self.timers.add_chore(Chore(self.desk, "camera.consents_stuck", "devices", CONSENTS), pads.tick)
            self.timers.do_more()
            undo.pop_all()

    def _announce(self) -> None:
        """Write the address for local programs as soon as that is possible."""
        address = f"{self.scheme}://{self.local}"
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
                copy = run_in_thread(make_nightly_copy, self.folder, day)
            except (BadBackupError, OSError, StoreError) as error:
                problem = error
            except Exception as error:
                logger.exception("the backup of %s failed", day)
                problem = error
        self.timers.record_copy(day, problem, copy.left_out if copy is not None else [])

    def settle(self) -> None:
        """Wait until the nightly copy in progress is complete."""
        if self._copying is not None:
            self._copying.join()

    def obey_signals(self) -> None:
        """Let SIGTERM and SIGINT end `wait` from now on, also when they come before it."""
        self._server.stop_on_signals()

    def wait(self) -> None:
        """Serve until SIGTERM, SIGINT or `ask_to_stop`."""
        self.obey_signals()
        self._server.wait()

    def ask_to_stop(self) -> None:
        """Let `wait` return."""
        self._server.ask_to_stop()

    def serve(self) -> None:
        """Serve until SIGTERM or SIGINT, then stop."""
        self.wait()
        self.stop()

    def stop(self) -> None:
        """Stop everything within about three seconds."""
        self._tuning.kill()
        self._pulse.stop()
        self._server.stop()
        self._planner.stop()
        self.auditing.stop()
        self._lock.close()


def make_nightly_copy(folder: Path, day: str) -> Copy:
    """Write `DIR/backups/<day>.zip`, checked, and remove the oldest beyond fourteen.

    Raises `BadBackupError`, `OSError`.
    """
    backups = folder / "backups"
    copy = make_copy(folder, backups / f"{day}.zip")
    logger.info("backup of %s: %s journal rows, checked", day, copy.rows)
    for error in prune_copies(backups, BACKUPS_KEPT):
        logger.warning("an old backup could not be removed: %s", error)
    return copy
