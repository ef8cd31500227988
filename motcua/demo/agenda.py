"""What happens when, on the virtual clock: one item at a time, in the order of time and then of entry."""

import heapq
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from motcua.desk import ManualClock

STEP_S = 0.04
LATE_S = 0.5


class AgendaPace(Protocol):
    """Brings the clock to the moment of the next item."""

    def reach(self, moment: datetime, stopped: Callable[[], bool]) -> None:
        """Return when the clock shows `moment`, or when `stopped` says so."""
        ...


class AtOnce:
    """The next moment is now."""

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock

    def reach(self, moment: datetime, stopped: Callable[[], bool]) -> None:
        """Jump to `moment`."""
        self._clock.set(moment)


class RealTime:
    """The clock runs `clock.speed` times as fast as a real one; where the work is slower, it runs slower rather than
    jumping.
    """

    def __init__(self, clock: ManualClock) -> None:
        self._clock = clock
        self._virtual, self._real = clock.now(), time.monotonic()

    def reach(self, moment: datetime, stopped: Callable[[], bool]) -> None:
        """Let the clock run until it shows `moment`."""
        due = self._real + (moment - self._virtual).total_seconds() / self._clock.speed
        while not stopped() and (left_s := due - time.monotonic()) > 0:
            time.sleep(min(left_s, STEP_S))
            clock_time = self._virtual + timedelta(seconds=(time.monotonic() - self._real) * self._clock.speed)
            self._clock.set(min(moment, max(clock_time, self._clock.now())))
        if stopped():
            return
        self._clock.set(moment)
        if time.monotonic() - due > LATE_S:
            self._virtual, self._real = moment, time.monotonic()


class Agenda:
    """The items still to come."""

    def __init__(self, clock: ManualClock, pace: AgendaPace) -> None:
        self._clock, self._pace = clock, pace
        self._items: list[tuple[datetime, int, Callable[[], None]]] = []
        self._count = 0
        self._stopped = False

    @property
    def now(self) -> datetime:
        """Return what the clock shows."""
        return self._clock.now()

    @property
    def stopped(self) -> bool:
        """Say whether nothing more is to happen."""
        return self._stopped

    def schedule_at(self, moment: datetime, action: Callable[[], None]) -> None:
        """Let `action` happen at `moment`, at once if that is past."""
        self._count += 1
        heapq.heappush(self._items, (max(moment, self.now), self._count, action))

    def schedule_after(self, seconds: float, action: Callable[[], None]) -> None:
        """Let `action` happen in so many virtual seconds (kept to the millisecond, as the store keeps it)."""
        self.schedule_at(self.now + timedelta(milliseconds=round(seconds * 1000)), action)

    def run(self) -> None:
        """Let everything happen until nothing is left, `clear` or `stop`."""
        while self._items and not self._stopped:
            moment, _number, action = heapq.heappop(self._items)
            self._pace.reach(max(moment, self.now), lambda: self._stopped)
            if not self._stopped:
                action()

    def clear(self) -> None:
        """Forget what was still to come: the day is over."""
        self._items.clear()

    def stop(self) -> None:
        """Let nothing more happen."""
        self._stopped = True
