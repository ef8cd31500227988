"""A desk being served: lock, desk, site, server, in this order; and back."""

import contextlib
import logging
import socket
from pathlib import Path

import gevent

from motcua.desk import Clock, Desk, Entropy, system_clock, system_entropy
from motcua.desk.backup import BadBackupError, make
from motcua.desk.lock import DeskLock, Serving
from motcua.run.gevent_server import Server, listen
from motcua.run.writer import GroupWriter
from motcua.server import build
from motcua.web.site import Site
from motcua.wiring.rooms import open_desk
from motcua.wiring.timers import Timers

BACKUPS_KEPT = 14
EVERYWHERE = frozenset({"0.0.0.0", "::", ""})  # noqa: S104 -- what a user may ask for
logger = logging.getLogger(__name__)


def lan_address() -> str:
    """Return this computer's address in its network, empty when it has none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            found = str(probe.getsockname()[0])
        except OSError:
            return ""
    return "" if found.startswith("127.") or found in EVERYWHERE else found


class Hall:
    """A desk being served from `folder`. Starting raises `DeskInUseError`, `OSError`, `DatabaseTooNewError` or `StoreError`, leaving nothing."""

    def __init__(
        self, folder: Path, host: str, port: int, clock: Clock = system_clock, entropy: Entropy = system_entropy, *, ticking: bool = True
    ) -> None:
        self.folder = folder
        with contextlib.ExitStack() as undo:
            self._lock = DeskLock(folder)
            undo.callback(self._lock.close)
            listener = listen(host, port)
            undo.callback(listener.close)
            self.desk: Desk = open_desk(folder, clock, entropy, GroupWriter())
            undo.callback(self.desk.stop)
            self.port: int = listener.getsockname()[1]
            self.site: Site = build(self.desk, "gevent")
            self._name_addresses(host)
            self.site.local_secret = system_entropy(24).hex()
            self.timers = Timers(self.desk, folder, self._nightly)
            self.timers.start()
            self._server = Server(self.site, self.timers, listener, ticking=ticking)
            self._server.start()
            self._lock.announce(Serving(f"http://{self.local}", self.site.local_secret))
            undo.pop_all()

    def _name_addresses(self, host: str) -> None:
        shown = "127.0.0.1" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
        self.local = f"{shown}:{self.port}"
        lan = lan_address() if host in EVERYWHERE else ""
        self.site.lan_address = f"{lan}:{self.port}" if lan else ""

    def _nightly(self, day: str) -> None:
        """Make the night's checked copy in a real thread, and keep the last fourteen."""
        gevent.get_hub().threadpool.spawn(nightly, self.folder, day)

    def serve(self) -> None:
        """Answer until SIGTERM or SIGINT, then stop in good order."""
        self._server.stop_on_signals()
        self._server.wait()
        self.stop()

    def stop(self) -> None:
        """Stop in good order, within about three seconds."""
        self._server.stop()
        self._lock.close()


def nightly(folder: Path, day: str) -> None:
    """Write `DIR/backups/<day>.zip`, checked, and remove the oldest beyond fourteen."""
    try:
        count = make(folder, folder / "backups" / f"{day}.zip")
    except (BadBackupError, OSError):
        logger.exception("the backup of %s failed", day)
        return
    logger.info("backup of %s: %s journal rows, checked", day, count)
    for old in sorted((folder / "backups").glob("????-??-??.zip"))[:-BACKUPS_KEPT]:
        old.unlink()
