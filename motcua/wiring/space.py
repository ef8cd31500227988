"""Watches whether the store accepts writes: it retries after a refused write, and checks when space is short.

It also retries while the store keeps other programs out, as it does after a start on a full disk.
"""

import shutil
from datetime import datetime, timedelta
from pathlib import Path

from motcua.desk import Desk

SHORT_BYTES = 1_000_000
"""With less free space than this the next write may fail."""
AGAIN_S = (2, 5, 10, 15)
SHORT_AGAIN_S = 60


class SpaceWatch:
    """Probes the store of `desk` in `folder` when that is useful."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk, self._folder = desk, folder
        self._tries = 0
        self._tried_at: datetime | None = None

    def tick(self) -> bool:
        """Probe the store if that is due. Return whether it works again after a failure."""
        was_refusing = self._desk.refusal is not None
        if not was_refusing and not self._desk.is_apart:
            self._tries = 0
            if not self._is_short() or not self._is_due(SHORT_AGAIN_S):
                return False
        elif not self._is_due(self._wait(was_refusing)):
            return False
        self._tries += 1
        self._tried_at = self._desk.clock.now()
        return self._desk.probe() and was_refusing

    def _wait(self, is_refusing: bool) -> int:
        """Return how many seconds to wait after the last try: nobody hurries where the hall works."""
        if self._tries >= len(AGAIN_S):
            return AGAIN_S[-1] if is_refusing else SHORT_AGAIN_S
        return AGAIN_S[self._tries]

    def _is_due(self, wait_s: int) -> bool:
        now = self._desk.clock.now()
        return self._tried_at is None or now >= self._tried_at + timedelta(seconds=wait_s) or now < self._tried_at

    def _is_short(self) -> bool:
        try:
            return shutil.disk_usage(self._folder).free < SHORT_BYTES
        except OSError:
            return False
