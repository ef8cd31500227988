"""Slows down guessing: so many failed attempts per minute and name, then a wait."""

from collections import deque

from motcua.desk import Clock, Throttled

FIRST_DELAY_MS, LONGEST_DELAY_MS = 250, 3_000
KEPT = 100
"""How many failures of a name are remembered."""
WITHIN_S = 60


class Attempts:
    """Counts failures in the last minute; the table never grows beyond `size` names."""

    def __init__(self, clock: Clock, allowed: int, size: int = 4096) -> None:
        self._clock, self._allowed, self._size = clock, allowed, size
        self._failed: dict[str, deque[float]] = {}

    def check(self, name: str) -> None:
        """Raise `Throttled("attempts")` when `name` failed too often in the last minute."""
        failed = self._failed.get(name)
        since = self._clock.steady() - WITHIN_S
        while failed and failed[0] < since:
            failed.popleft()
        if failed is not None and len(failed) >= self._allowed:
            retry_s = int(failed[0] - since) + 1
            raise Throttled("attempts", "Too many attempts. Try again in %(retry_s)s seconds.", retry_s=retry_s)

    def get_delay_ms(self, name: str) -> int:
        """Return for how many milliseconds an answer about `name` waits: longer with each failure beyond those
        allowed a minute.
        """
        since = self._clock.steady() - WITHIN_S
        recent = sum(moment >= since for moment in self._failed.get(name, ()))
        return min(LONGEST_DELAY_MS, FIRST_DELAY_MS * max(0, recent - self._allowed))

    def record_failure(self, name: str) -> None:
        """Note a failure of `name`."""
        if name not in self._failed and len(self._failed) >= self._size:
            self._failed.pop(next(iter(self._failed)))
        self._failed.setdefault(name, deque(maxlen=KEPT)).append(self._clock.steady())

    def forgive(self, name: str) -> None:
        """Take back the last failure of `name`: it was counted before it was known to succeed."""
        failed = self._failed.get(name)
        if failed:
            failed.pop()

    def record_success(self, name: str) -> None:
        """Forget the failures of `name`."""
        self._failed.pop(name, None)
