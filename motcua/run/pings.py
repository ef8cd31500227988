"""One loop asks all links whether the other end is still there, and ends those that do not answer."""

import logging
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

import gevent
from msgspec import Struct

RARE_INTERVAL_S, RARE_TIMEOUT_S = 6, 6
"""For phones: both ends know within 12 s, and the page says so within 15."""
LOOKS_S = 0.25
"""How often the loop looks who is due."""
SETTLED_S = 1.0
"""So long after its beginning it is clear who speaks on a link."""
AT_ONCE = 32
"""After so many pings others get their turn."""
logger = logging.getLogger(__name__)


class Rhythm(Struct, frozen=True):
    """How often a link is pinged, and how long its answer may take."""

    interval_s: float
    timeout_s: float


class Pinged(Protocol):
    """A link as this loop sees it. `pinged_at` is when the ping that is not answered yet was sent."""

    sid: str
    closed: bool
    pinged_at: float | None
    is_rare: bool

    def ping(self) -> None:
        """Send a ping."""
        ...


class Pings:
    """The loop. It runs while there are `links` (by their ids), and forgets those that are closed."""

    def __init__(
        self,
        links: dict[str, Any],
        often: Rhythm,
        rarely: Rhythm,
        give_up: Callable[[Any], None],
        now: Callable[[], float] = time.monotonic,
        spawn: Callable[[Callable[[], None]], Any] = gevent.spawn,
    ) -> None:
        self._links, self._often, self._rarely, self._give_up, self._now = links, often, rarely, give_up, now
        self._spawn = spawn
        self._due: dict[float, deque[tuple[float, Any]]] = {}
        self._is_running = False
        self._looked_at = 0.0
        self._stood_s = 0.0
        """How long this process stood still while the loop ran: in that time it read no answer."""

    def add(self, link: Pinged) -> None:
        """Ping `link` from now on."""
        self._plan(link, min(SETTLED_S, self._often.interval_s) if link.is_rare else self._often.interval_s)
        if not self._is_running:
            self._is_running = True
            self._looked_at = self._now()
            self._spawn(self._run)

    def _plan(self, link: Pinged, wait_s: float) -> None:
        """Look at `link` in `wait_s`. There are few different waits, and each has its own line, in order."""
        self._due.setdefault(wait_s, deque()).append((self._read_time() + wait_s, link))

    def _read_time(self) -> float:
        """Return the time without that in which this process stood still: a computer that stopped blames no screen."""
        return self._now() - self._stood_s

    def _run(self) -> None:
        while any(self._due.values()):
            gevent.sleep(LOOKS_S)
            self.look()
        self._is_running = False

    def look(self) -> None:
        """Ping whom it is time to ping, and end whoever has not answered."""
        late_s = self._now() - self._looked_at - LOOKS_S
        if late_s > LOOKS_S:
            self._stood_s += late_s
        self._looked_at = self._now()
        count = 0
        for line in list(self._due.values()):
            while line and line[0][0] <= self._read_time():
                _at, link = line.popleft()
                try:
                    self._look_at(link)
                except Exception:
                    logger.exception("a link could not be pinged")
                count += 1
                if count % AT_ONCE == 0:
                    gevent.sleep(0)

    def _look_at(self, link: Pinged) -> None:
        if link.closed:
            self._links.pop(link.sid, None)
            return
        rhythm = self._rarely if link.is_rare else self._often
        if link.pinged_at is None:
            link.pinged_at = self._read_time()
            link.ping()
        elif self._read_time() - link.pinged_at >= rhythm.timeout_s:
            self._give_up(link)
            self._plan(link, rhythm.interval_s)  # forgets it
            return
        self._plan(link, rhythm.interval_s)
