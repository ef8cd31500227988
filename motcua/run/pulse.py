"""Tells systemd that the desk is alive: from the loop, so that a loop that hangs is noticed, and only while commands
are answered.
"""

import time
from collections.abc import Callable

import gevent

from motcua.agent.watchdog import Watchdog


class Pulse:
    """`busy_since` returns since when the oldest unanswered commands have waited (monotonic seconds)."""

    def __init__(self, busy_since: Callable[[], list[float]]) -> None:
        self._busy_since, self._watchdog = busy_since, Watchdog()
        self._watchdog.announce_ready()
        self._beating = gevent.spawn(self._beat) if self._watchdog.is_on else None

    def _beat(self) -> None:
        while True:
            self._watchdog.look(self._busy_since(), time.monotonic())
            gevent.sleep(self._watchdog.every_s / 2)

    def pause(self) -> None:
        """Beat no more: another pulse goes on."""
        if self._beating is not None:
            self._beating.kill()

    def stop(self) -> None:
        """The desk is about to stop."""
        self.pause()
        self._watchdog.announce_stop()
