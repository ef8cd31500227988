"""What the agent remembers on disk: which jobs it was given, how far each came, and what the desk has not acknowledged yet: results, and
what people did at devices.

`received -> started -> done | failed | unknown`. A job is `started` on disk before the device hears of it and ended afterwards; whoever
finds it `started` after a crash cannot know whether there is paper, so it is `unknown` and never done again. Job numbers belong to
a desk's database: a restored desk counts on from an earlier number.
"""

import json
import sqlite3
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from motcua.agent.errors import AgentError, mark

KEPT = 10_000
BUSY_MS = 500
STOPPED_BEFORE, STOPPED_WHILE = "the agent stopped before printing", "the agent stopped while printing"


@dataclass(frozen=True)
class Result:
    """How a job ended; `key` stays the same however often it is sent."""

    desk: str
    job: int
    state: str
    detail: str | None
    key: str


@dataclass(frozen=True)
class Done:
    """Something a person did at a device: the event for the desk, its fields, how old it is (None: from before this start)."""

    n: int
    event: str
    fields: dict[str, Any]
    key: str
    age_ms: int | None


class Outbox:
    """The agent's memory in `folder`; several threads may use it, one process at a time."""

    def __init__(self, folder: Path, now: Callable[[], float] = time.monotonic) -> None:
        """Open the memory. Raises `AgentError` while another agent uses it, `OSError` when the folder cannot be made."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = threading.Lock()
        self._now, self._boot = now, str(uuid4())
        path = folder / "outbox.db"
        path.touch(mode=0o600)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
        try:
            self._db.execute("PRAGMA locking_mode=EXCLUSIVE")
            self._db.execute("PRAGMA journal_mode=WAL")
            self._db.execute("PRAGMA synchronous=FULL")
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS jobs (n INTEGER PRIMARY KEY, desk TEXT NOT NULL, job INTEGER NOT NULL, state TEXT NOT NULL,"
                " detail TEXT, key TEXT NOT NULL, acknowledged INTEGER NOT NULL DEFAULT 0, UNIQUE (desk, job)) STRICT"
            )
            self._db.execute(
                "CREATE TABLE IF NOT EXISTS done (n INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, fields TEXT NOT NULL,"
                " key TEXT NOT NULL UNIQUE, at_ms INTEGER NOT NULL, boot TEXT NOT NULL) STRICT"
            )
            self._recover()
        except sqlite3.Error as error:
            self._db.close()
            if "locked" in str(error):
                raise AgentError(mark("Another agent is using the folder %(folder)s. Give each its own."), folder=folder) from error
            raise AgentError(mark("The agent's memory in %(folder)s is damaged: %(problem)s"), folder=folder, problem=error) from error

    def _recover(self) -> None:
        self._db.execute("BEGIN IMMEDIATE")
        self._db.execute("UPDATE jobs SET state = 'failed', detail = ? WHERE state = 'received'", (STOPPED_BEFORE,))
        self._db.execute("UPDATE jobs SET state = 'unknown', detail = ? WHERE state = 'started'", (STOPPED_WHILE,))
        self._db.execute("DELETE FROM jobs WHERE acknowledged = 1 AND n <= (SELECT max(n) FROM jobs) - ?", (KEPT,))
        self._db.execute("COMMIT")

    def take(self, desk: str, job: int) -> bool:
        """Remember a job; return False when it was given before. The result of one that ended is sent again."""
        with self._lock:
            made = self._db.execute(
                "INSERT INTO jobs (desk, job, state, key) VALUES (?, ?, 'received', ?) ON CONFLICT DO NOTHING", (desk, job, str(uuid4()))
            )
            if made.rowcount == 0:
                self._db.execute("UPDATE jobs SET acknowledged = 0 WHERE desk = ? AND job = ?", (desk, job))
            return made.rowcount == 1

    def start(self, desk: str, job: int) -> None:
        """Note that the device is about to be asked; from here on nobody does this job again."""
        with self._lock:
            self._db.execute("UPDATE jobs SET state = 'started' WHERE desk = ? AND job = ? AND state = 'received'", (desk, job))

    def end(self, desk: str, job: int, state: str, detail: str | None) -> None:
        """Note how a job ended: `done`, `failed` or `unknown`."""
        with self._lock:
            self._db.execute("UPDATE jobs SET state = ?, detail = ? WHERE desk = ? AND job = ?", (state, detail, desk, job))

    def results(self) -> list[Result]:
        """Return the results that the desk has not acknowledged, oldest first."""
        query = (
            "SELECT desk, job, state, detail, key FROM jobs WHERE acknowledged = 0 AND state IN ('done', 'failed', 'unknown') ORDER BY n"
        )
        with self._lock:
            return [Result(*row) for row in self._db.execute(query)]

    def acknowledge(self, result: Result) -> None:
        """Note that the desk knows this result."""
        with self._lock:
            self._db.execute("UPDATE jobs SET acknowledged = 1 WHERE desk = ? AND job = ?", (result.desk, result.job))

    def keep(self, event: str, fields: dict[str, Any], key: str | None = None, *, is_old: bool = False) -> bool:
        """Write down what a person did, before anything else happens with it. Its age counts from now; that of an old one is unknown.

        False when `key` waits already.
        """
        boot = "" if is_old else self._boot
        values = (event, json.dumps(fields, ensure_ascii=False), key or str(uuid4()), round(self._now() * 1000), boot)
        with self._lock:
            query = "INSERT INTO done (event, fields, key, at_ms, boot) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
            return self._db.execute(query, values).rowcount == 1

    def kept(self) -> list[Done]:
        """Return what people did and the desk does not know yet, oldest first."""
        now_ms = round(self._now() * 1000)
        with self._lock:
            rows = self._db.execute("SELECT n, event, fields, key, at_ms, boot FROM done ORDER BY n").fetchall()
        return [Done(row[0], row[1], json.loads(row[2]), row[3], max(0, now_ms - row[4]) if row[5] == self._boot else None) for row in rows]

    def forget(self, done: Done) -> None:
        """The desk has answered."""
        with self._lock:
            self._db.execute("DELETE FROM done WHERE n = ?", (done.n,))

    def close(self) -> None:
        """Close the memory."""
        with self._lock:
            self._db.close()
