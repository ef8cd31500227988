"""Time and chance, both passed in: a running desk takes the system's, a test or a simulated hall its own."""

import hashlib
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

Entropy = Callable[[int], bytes]
"""Gives as many unpredictable bytes as it is asked for."""


class Clock(Protocol):
    """Something that knows what time it is."""

    @property
    def speed(self) -> float:
        """How many seconds pass on this clock during one real second."""
        ...

    def now(self) -> datetime:
        """Return this moment, aware, in UTC."""
        ...


class _SystemClock:
    speed = 1.0

    def now(self) -> datetime:
        return datetime.now(UTC)


system_clock: Clock = _SystemClock()
system_entropy: Entropy = os.urandom


class ManualClock:
    """A clock that moves only when told to."""

    def __init__(self, start: datetime, speed: float = 1.0) -> None:
        self._now = start.astimezone(UTC)
        self.speed = speed

    def now(self) -> datetime:
        """Return the moment it was last set to."""
        return self._now

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass (they may be negative: a clock that was set back)."""
        self._now += timedelta(seconds=seconds)

    def set(self, moment: datetime) -> None:
        """Jump to `moment`."""
        self._now = moment.astimezone(UTC)


class SeededEntropy:
    """Bytes that are the same for the same seed: SHA-256 in counter mode. For simulated halls only, never for a real desk."""

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
