"""A disk whose space a test decides, under the real store: SQLite's own errors at the step where a full disk gives
them.
"""

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from motcua.desk import database


class Disk(sqlite3.Connection):
    """A connection on a disk whose space the test decides: `refuses` is the SQLite error of each commit."""

    refuses: int | None = None

    def execute(self, sql: str, *more: Any) -> sqlite3.Cursor:
        if sql == "COMMIT" and Disk.refuses is not None:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = Disk.refuses
            self.rollback()
            raise error
        return super().execute(sql, *more)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[Disk]]:
    monkeypatch.setattr(database, "CONNECTION", Disk)
    yield Disk
    Disk.refuses = None
