"""A disk whose flush takes longer, for a program that does not know it."""

import sqlite3
from typing import Any

from gevent import monkey

SLOWER_S = 0.02
_ENDS = ("COMMIT", "END")


class SlowConnection(sqlite3.Connection):
    """A connection on which each commit that wrote something takes 20 ms more, as on a worn hard disk.

    The sleep is the operating system's, never gevent's: like an fsync it holds the thread that commits. A
    transaction that only read is not slowed, since it flushes nothing.
    """

    _flushed = 0

    def execute(self, sql: str, parameters: Any = (), /) -> sqlite3.Cursor:
        """Run `sql`; when it ends a transaction that wrote, sleep first."""
        if sql.lstrip()[:6].rstrip("; \n").upper() in _ENDS:
            self._flush()
        return super().execute(sql, parameters)

    def commit(self) -> None:
        """Commit, 20 ms later if anything was written."""
        self._flush()
        super().commit()

    def _flush(self) -> None:
        if self.in_transaction and self.total_changes != self._flushed:
            monkey.get_original("time", "sleep")(SLOWER_S)
            self._flushed = self.total_changes
