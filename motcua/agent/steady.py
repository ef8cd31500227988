"""Seconds that also pass while the computer sleeps: how old a press is and for how long a job made sense."""

import time

_BOOT_TIME: int | None = getattr(time, "CLOCK_BOOTTIME", None)


def read_steady_clock() -> float:
    """Return the seconds since some moment, on a clock that nobody sets.

    Linux's `monotonic` stands still during sleep.
    """
    return time.monotonic() if _BOOT_TIME is None else time.clock_gettime(_BOOT_TIME)
