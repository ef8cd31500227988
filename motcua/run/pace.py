"""Whose turn it is: people and devices of the desk at once, strangers and whoever asks too much when nobody else is
being served.
"""

import time
from collections import OrderedDict
from collections.abc import Callable

import gevent
from gevent.lock import BoundedSemaphore

LONGEST_S = 1.0
"""After so long a turn comes anyway: a hall that is never idle keeps no phone out."""
REST_MAX_S = 0.02
"""The longest rest after a turn; a turn that waited for something else took no more from the loop than this."""
BUCKETS_MAX = 4_096
ALONE_MAX = 8
"""So many requests of one client are served at once though it asks too much, while it is the only one. Whoever comes
then waits for these at most."""


class Bucket:
    """Holds `most` and gets `each_s` more a second; what it holds can be taken."""

    def __init__(self, each_s: float, most: float, now: Callable[[], float] = time.monotonic) -> None:
        self._each_s, self._most, self._now = each_s, most, now
        self._left, self._at = most, now()

    def take(self, amount: float = 1) -> bool:
        """Take `amount`, and say whether that much was left."""
        now = self._now()
        self._left, self._at = min(self._most, self._left + (now - self._at) * self._each_s), now
        if self._left < amount:
            return False
        self._left -= amount
        return True


class Buckets:
    """A bucket for each name; only those used last are remembered."""

    def __init__(
        self, each_s: float, most: float, now: Callable[[], float] = time.monotonic, size: int = BUCKETS_MAX
    ) -> None:
        self._each_s, self._most, self._now, self._size = each_s, most, now, size
        self._buckets: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, name: str) -> bool:
        """Take one from the bucket `name`, and say whether one was left."""
        bucket = self._buckets.get(name)
        if bucket is None:
            bucket = self._buckets[name] = Bucket(self._each_s, self._most, self._now)
            if len(self._buckets) > self._size:
                self._buckets.popitem(last=False)
        self._buckets.move_to_end(name)
        return bucket.take()


class ServedClients:
    """Who is being served just now, by name."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}

    def begin(self, name: str) -> None:
        """Count a request that `name` sent."""
        self._counts[name] = self._counts.get(name, 0) + 1

    def end(self, name: str) -> None:
        """Count it no more."""
        left = self._counts[name] - 1
        if left:
            self._counts[name] = left
        else:
            del self._counts[name]

    def is_alone(self, name: str) -> bool:
        """Say whether nobody but `name` is being served, and few requests of that one."""
        return len(self._counts) == (name in self._counts) and self._counts.get(name, 0) < ALONE_MAX


class Turns:
    """One turn at a time, each when the loop has nothing else to do; strangers get at most half of the time.

    Work of a turn holds the loop, and keeps the writer's thread from running Python. After a stranger's turn the loop
    therefore rests as long as the turn took. What the desk's own people and devices send meanwhile is answered at once.
    """

    def __init__(
        self, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = gevent.sleep
    ) -> None:
        self._one = BoundedSemaphore(1)
        self._now, self._sleep = now, sleep
        self._begun_at: float | None = None
        self._rests = 1
        self._free_at = now()

    def wait(self, *, is_known: bool = False, rests: int = 1) -> None:
        """Return when it is the caller's turn. No rest follows that of somebody known: a busy hall is no flood.

        The rest is `rests` times as long as the turn.
        """
        with self._one:
            self._wait_until_idle()
            rest_s = self._free_at - self._now()
            if rest_s > 0:
                self._sleep(rest_s)
                self._wait_until_idle()
            self._begun_at, self._rests = None if is_known else self._now(), rests
        if not is_known:
            gevent.spawn(self._wait_until_idle)

    def _wait_until_idle(self) -> None:
        """Wait until nobody else is being served; that is also when the last turn has ended."""
        gevent.with_timeout(LONGEST_S, gevent.idle, timeout_value=None)
        if self._begun_at is not None:
            now = self._now()
            self._free_at = now + self._rests * min(now - self._begun_at, REST_MAX_S)
            self._begun_at = None
