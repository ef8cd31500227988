"""Tells systemd that the agent is alive, but only while every device's thread is. Source: sd_notify(3)."""

import os
import socket

EVERY_S = 10.0
HANGS_AFTER_S = 60.0
"""Longer than the longest job: a sentence said twice, a paper with a slow line."""


class Watchdog:
    """Datagrams to `$NOTIFY_SOCKET`; nothing where there is none."""

    def __init__(self) -> None:
        address = os.environ.get("NOTIFY_SOCKET", "")
        self._address = f"\0{address[1:]}" if address.startswith("@") else address
        self._told_at = 0.0

    def ready(self) -> None:
        """The agent works."""
        self._tell("READY=1")

    def look(self, stepped_at: list[float], now: float) -> None:
        """Say that the agent is alive, at most every ten seconds, unless a device's thread has not come back for a minute."""
        if now - self._told_at >= EVERY_S and all(now - at < HANGS_AFTER_S for at in stepped_at):
            self._told_at = now
            self._tell("WATCHDOG=1")

    def _tell(self, what: str) -> None:
        if self._address:
            with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
                line.sendto(what.encode(), self._address)
