"""Time and chance, both passed in: a running desk takes the system's, a test or a simulated hall its own."""

import hashlib
import itertools
import os
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

Entropy = Callable[[int], bytes]
"""Gives as many unpredictable bytes as it is asked for."""


class Clock(Protocol):
    """Something that knows what time it is, and how much time passes."""

    @property
    def speed(self) -> float:
        """How many seconds pass on this clock during one real second."""
        ...

    @property
    def boot(self) -> str:
        """Name the run of the computer within which readings of `steady` can be compared."""
        ...

    def now(self) -> datetime:
        """Return this moment, aware, in UTC. People and programs set this clock: it may jump."""
        ...

    def steady(self) -> float:
        """Return the seconds since some moment. Nobody sets this clock, and it goes on while the computer sleeps."""
        ...


BOOT_FILE = Path("/proc/sys/kernel/random/boot_id")


def _boot() -> str:
    """Return the name of this run of the computer; where the system has none, a name that no other process has."""
    with suppress(OSError):
        return BOOT_FILE.read_text(encoding="ascii").strip()
    return os.urandom(8).hex()


def _steady() -> Callable[[], float]:
    """Return the system's clock that goes on during sleep. `monotonic` stops then on Linux; on Windows it goes on."""
    boot_time: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    if boot_time is None:
        return time.monotonic
    return lambda: time.clock_gettime(boot_time)


class _SystemClock:
    speed = 1.0

    def __init__(self) -> None:
        self.boot = _boot()
        self._read = _steady()

    def now(self) -> datetime:
        return datetime.now(UTC)

    def steady(self) -> float:
        return self._read()


system_clock: Clock = _SystemClock()
system_entropy: Entropy = os.urandom


class ManualClock:
    """A clock that moves only when told to. Each one is another computer, unless `boot` names the same run of one."""

    _count = itertools.count(1)

    def __init__(self, start: datetime, speed: float = 1.0, boot: str = "") -> None:
        self._moment = (start.astimezone(UTC), 0.0)  # exchanged as one, as another thread may be reading
        self.speed = speed
        self.boot = boot or f"manual-{next(self._count)}"

    def now(self) -> datetime:
        """Return the moment it was last set to."""
        return self._moment[0]

    def steady(self) -> float:
        """Return how many seconds have passed in all."""
        return self._moment[1]

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass. Time never runs back: if they are negative, the clock is set back."""
        self.set(self.now() + timedelta(seconds=seconds))

    def set(self, moment: datetime) -> None:
        """Let time pass until `moment`; if that is earlier, the clock is set back."""
        passed_s = max(0.0, (moment - self.now()).total_seconds())
        self._moment = (moment.astimezone(UTC), self.steady() + passed_s)

    def step(self, seconds: float) -> None:
        """Set the clock forward or back by `seconds`; no time passes."""
        self._moment = (self.now() + timedelta(seconds=seconds), self.steady())

    def restart(self, boot: str = "") -> None:
        """Let the computer be switched off and on: `steady` restarts at 0."""
        self._moment = (self.now(), 0.0)
        self.boot = boot or f"manual-{next(self._count)}"


class SeededEntropy:
    """Bytes that are the same for the same seed: SHA-256 in counter mode.

    For simulated halls only, never for a real desk.
    """

    def __init__(self, seed: int) -> None:
        self._seed = str(seed).encode()
        self._count = 0

    def __call__(self, size: int) -> bytes:
        """Return the next `size` bytes."""
        out = b""
        while len(out) < size:
            self._count += 1
            out += hashlib.sha256(self._seed + b":" + str(self._count).encode()).digest()
        return out[:size]
