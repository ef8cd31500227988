"""Tells systemd that a program is alive, but only while its work goes on: the agent's devices, the desk's writer.

Source: sd_notify(3).
"""

import logging
import os
import socket

EVERY_S = 10.0
HANGS_AFTER_S = 60.0
"""Longer than the longest work: a sentence said twice, a paper with a slow line, a commit on a slow disk."""
logger = logging.getLogger(__name__)


class Watchdog:
    """Datagrams to `$NOTIFY_SOCKET`; nothing where there is none, and nothing more than a warning where nobody
    listens.
    """

    def __init__(self) -> None:
        address = os.environ.get("NOTIFY_SOCKET", "")
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        allowed_us = os.environ.get("WATCHDOG_USEC", "")
        self.every_s = min(EVERY_S, int(allowed_us) / 3e6) if allowed_us.isdecimal() else EVERY_S
        self._told_at: float | None = None
        self._has_warned = False

    @property
    def is_on(self) -> bool:
        """Whether somebody asked to be told."""
        return bool(self._address)

    def announce_ready(self) -> None:
        """The program works."""
        self._tell("READY=1")

    def announce_stop(self) -> None:
        """The program ends because it was asked to."""
        self._tell("STOPPING=1")

    def look(self, busy_since: list[float], now: float) -> None:
        """Say that the program is alive, a few times within what systemd allows, unless some work has not come back
        for a minute.
        """
        is_due = self._told_at is None or now - self._told_at >= self.every_s
        if is_due and all(now - at < HANGS_AFTER_S for at in busy_since):
            self._told_at = now
            self._tell("WATCHDOG=1")

    def _tell(self, what: str) -> None:
        if not self._address:
            return
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
                line.sendto(what.encode(), self._address)
        except OSError as error:  # a variable left over from another service must not end this one
            if not self._has_warned:
                logger.warning("systemd cannot be told %s: %s", what, error)
            self._has_warned = True
