"""What the agent remembers on disk: which jobs it was given, how far each came, and what the desk has not
acknowledged yet: results, and what people did at devices.

`received -> started -> done | failed | unknown`. A job is `started` on disk before the device hears of it and ended
afterwards; whoever finds it `started` after a crash cannot know whether there is paper, so it is `unknown` and never
done again. Job numbers belong to a desk's database: a restored desk counts on from an earlier number.
"""

import contextlib
import json
import logging
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

from msgspec import Struct

from motcua.agent import memory
from motcua.agent.errors import AgentError
from motcua.agent.steady import read_steady_clock
from motcua.agent.troubles import Troubles
from motcua.typed.sentences import mark

KEPT = 10_000
ABOUT_PEOPLE = frozenset({"expression"})
RETRY_S = 30.0
STOPPED_BEFORE, STOPPED_WHILE = "the agent stopped before printing", "the agent stopped while printing"

logger = logging.getLogger(__name__)


class JobResult(Struct, frozen=True):
    """How a job ended; `key` stays the same however often it is sent."""

    desk: str
    job: int
    state: str
    detail: str | None
    key: str


class KeptMessage(Struct, frozen=True):
    """Something a person did at a device: the event for the desk, its fields, how old it is (None: from before this
    start).
    """

    n: int
    event: str
    fields: dict[str, Any]
    key: str
    age_ms: int | None


class Outbox:
    """The agent's memory in `folder`; several threads may use it, one process at a time."""

    def __init__(
        self, folder: Path, now: Callable[[], float] = read_steady_clock, troubles: Troubles | None = None
    ) -> None:
        """Open the memory. Raises `AgentError` while another agent uses it.

        With `troubles` nothing else stops it: a damaged file is set aside, and where nothing can be written it
        remembers without a disk. Else damage is an `AgentError`, and a folder that cannot be made an `OSError`.
        """
        self._lock = threading.Lock()
        self._folder, self._now, self._boot, self._troubles = folder, now, str(uuid4()), troubles
        self._is_on_disk, self._is_copied, self._tried_at = True, True, now()
        try:
            self._db = memory.open_in_folder(folder, troubles)
        except (OSError, sqlite3.Error) as error:
            if isinstance(error, sqlite3.Error) and memory.is_locked(error):
                raise AgentError(
                    mark("Another agent is using the folder %(folder)s. Give each its own."), folder=folder
                ) from error
            if troubles is None:
                raise
            self._db = memory.open_in_memory()
            self._is_on_disk, self._is_copied = False, False
            troubles.note(memory.UNWRITABLE, memory.make_unwritable_error(folder, error))
        self._recover()

    def _recover(self) -> None:
        """Settle what the last run left open.

        Each step may be repeated, so the disk may fail between any two of them.
        """
        self._do("UPDATE jobs SET state = 'failed', detail = ? WHERE state = 'received'", (STOPPED_BEFORE,))
        self._do("UPDATE jobs SET state = 'unknown', detail = ? WHERE state = 'started'", (STOPPED_WHILE,))
        self._do("DELETE FROM jobs WHERE acknowledged = 1 AND n <= (SELECT max(n) FROM jobs) - ?", (KEPT,))

    def _do(self, query: str, values: tuple[object, ...] = ()) -> sqlite3.Cursor:
        """Run a statement. When the disk fails (full, pulled out, read-only), the memory goes on without it."""
        try:
            return self._db.execute(query, values)
        except sqlite3.Error as error:
            if not self._is_on_disk or self._troubles is None:
                raise
            self._leave_disk(error, self._troubles)
            return self._db.execute(query, values)

    def _leave_disk(self, error: sqlite3.Error, troubles: Troubles) -> None:
        fresh, old = memory.open_in_memory(), self._db
        self._is_copied = False
        with contextlib.suppress(sqlite3.Error):
            memory.copy_rows(old, fresh, replaces=False)
            self._is_copied = True
        with contextlib.suppress(sqlite3.Error):
            old.close()
        self._db, self._is_on_disk, self._tried_at = fresh, False, self._now()
        troubles.note(memory.UNWRITABLE, memory.make_unwritable_error(self._folder, error))

    def settle(self) -> None:
        """Go back to the disk when it can be written again; tried every half minute."""
        with self._lock:
            if self._is_on_disk or self._troubles is None or self._now() - self._tried_at < RETRY_S:
                return
            self._tried_at = self._now()
            try:
                disk = memory.open_in_folder(self._folder, self._troubles)
            except (AgentError, OSError, sqlite3.Error):
                return
            try:
                memory.copy_rows(self._db, disk, replaces=self._is_copied)
            except sqlite3.Error:
                disk.close()
                return
            self._db.close()
            self._db, self._is_on_disk = disk, True
            self._troubles.clear(memory.UNWRITABLE)
            logger.info("the memory in %s can be written again", self._folder)

    def take(self, desk: str, job: int) -> bool:
        """Remember a job; return False when it was given before. The result of one that ended is sent again."""
        with self._lock:
            inserted = self._do(
                "INSERT INTO jobs (desk, job, state, key) VALUES (?, ?, 'received', ?) ON CONFLICT DO NOTHING",
                (desk, job, str(uuid4())),
            )
            if inserted.rowcount == 0:
                self._do("UPDATE jobs SET acknowledged = 0 WHERE desk = ? AND job = ?", (desk, job))
            return inserted.rowcount == 1

    def start(self, desk: str, job: int) -> None:
        """Note that the device is about to be asked; from here on nobody does this job again."""
        with self._lock:
            self._do("UPDATE jobs SET state = 'started' WHERE desk = ? AND job = ? AND state = 'received'", (desk, job))

    def end(self, desk: str, job: int, state: str, detail: str | None) -> None:
        """Note how a job ended: `done`, `failed` or `unknown`."""
        with self._lock:
            self._do("UPDATE jobs SET state = ?, detail = ? WHERE desk = ? AND job = ?", (state, detail, desk, job))

    def list_results(self) -> list[JobResult]:
        """Return the results that the desk has not acknowledged, oldest first."""
        query = (
            "SELECT desk, job, state, detail, key FROM jobs WHERE acknowledged = 0 AND state IN ('done', "
            "'failed', 'unknown') ORDER BY n"
        )
        with self._lock:
            return [JobResult(*row) for row in self._do(query)]

    def acknowledge(self, result: JobResult) -> None:
        """Note that the desk knows this result."""
        with self._lock:
            self._do("UPDATE jobs SET acknowledged = 1 WHERE desk = ? AND job = ?", (result.desk, result.job))

    def keep(self, event: str, fields: dict[str, Any], key: str | None = None, *, is_old: bool = False) -> bool:
        """Write down what a person did, before anything else happens with it.

        Its age counts from now; that of an old one is unknown.

        False when `key` waits already.
        """
        boot = "" if is_old else self._boot
        values = (event, json.dumps(fields, ensure_ascii=False), key or str(uuid4()), round(self._now() * 1000), boot)
        with self._lock:
            query = "INSERT INTO done (event, fields, key, at_ms, boot) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"
            return self._do(query, values).rowcount == 1

    def list_messages(self) -> list[KeptMessage]:
        """Return what people did and the desk does not know yet, oldest first."""
        now_ms = round(self._now() * 1000)
        with self._lock:
            rows = self._do("SELECT n, event, fields, key, at_ms, boot FROM done ORDER BY n").fetchall()
        return [
            KeptMessage(
                row[0], row[1], json.loads(row[2]), row[3], max(0, now_ms - row[4]) if row[5] == self._boot else None
            )
            for row in rows
        ]

    def forget(self, message: KeptMessage) -> None:
        """The desk has answered: of what is about a person nothing stays on the disk."""
        with self._lock:
            self._do("DELETE FROM done WHERE n = ?", (message.n,))
            if message.event in ABOUT_PEOPLE:
                memory.erase_deleted(self._db)

    def close(self) -> None:
        """Close the memory."""
        with self._lock:
            self._db.close()
