"""Reads a camera all the time and keeps only its newest picture: whoever reads a stream slowly gets old pictures."""

import threading
import time
from collections.abc import Callable
from typing import Any

from msgspec import Struct

from motcua.devices.camera.sources import Source

FIRST_WAIT_S, LONGEST_WAIT_S = 1.0, 30.0
STEADY = 5
"""So many pictures in a row show that a camera works again; one that freezes often sends a last one to who opens it."""
OPENING, READING, WAITING = "opening", "reading", "waiting"


class Picture(Struct, frozen=True):
    """One picture as it was read: its number from 1, when (monotonic seconds), and its pixels."""

    number: int
    at: float
    pixels: Any

    def __repr__(self) -> str:
        return f"Picture({self.number})"


class NewestPicture:
    """The newest picture of a camera; one thread puts, others take."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._picture: Picture | None = None
        self._count = 0

    def put(self, pixels: Any, at: float) -> None:
        """Take the place of the one before, which is gone."""
        with self._changed:
            self._count += 1
            self._picture = Picture(self._count, at, pixels)
            self._changed.notify_all()

    def get(self) -> Picture | None:
        """Return the newest one, None before the first."""
        with self._changed:
            return self._picture

    def wait_for(self, after: int, within_s: float) -> Picture | None:
        """Return the newest one once its number is above `after`, None when none came in time."""
        with self._changed:
            if self._changed.wait_for(lambda: self._count > after, within_s):
                return self._picture
            return None


class Reader:
    """Opens a source, reads it, and after the first failed read closes it and opens it again: after 1, 2, 4 … 30 s.

    `stage` is what it does and `since` from when on: whoever supervises it sees there that a call hangs.
    """

    def __init__(self, source: Source, newest: NewestPicture, now: Callable[[], float] = time.monotonic) -> None:
        self._source, self._newest, self._now = source, newest, now
        self._is_open = False
        self._wait_s, self._pictures = 0.0, 0
        self.failures = 0
        self._state = (WAITING, now())

    @property
    def state(self) -> tuple[str, float]:
        """Return what it does, and since when."""
        return self._state

    def step(self) -> float:
        """Open the source or read one picture; return how many seconds to wait before the next step."""
        if not self._is_open:
            self._enter(OPENING)
            if not self._source.open():
                return self._fail()
            self._is_open, self._pictures = True, 0
        self._enter(READING)
        pixels = self._source.read()
        if pixels is None:
            return self._fail()
        self._pictures += 1
        if self._pictures >= STEADY:
            self._wait_s, self.failures = 0.0, 0
        self._newest.put(pixels, self._now())
        return 0.0

    def close(self) -> None:
        """Close the source."""
        self._is_open = False
        self._source.release()

    def _enter(self, stage: str) -> None:
        self._state = (stage, self._now())

    def _fail(self) -> float:
        self.close()
        self.failures += 1
        self._enter(WAITING)
        self._wait_s = min(max(2 * self._wait_s, FIRST_WAIT_S), LONGEST_WAIT_S)
        return self._wait_s
