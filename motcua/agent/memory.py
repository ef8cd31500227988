"""The database in which the agent remembers: opened, mended by a new one where it is damaged, and copied between
disk and memory.
"""

import contextlib
import json
import sqlite3
from pathlib import Path

from motcua.agent.errors import AgentError
from motcua.agent.files import set_aside
from motcua.agent.troubles import Troubles
from motcua.typed.sentences import mark

NAME, BUSY_MS = "outbox.db", 500
DAMAGED, UNWRITABLE = "memory.damaged", "memory.unwritable"
_TABLES = (
    "CREATE TABLE IF NOT EXISTS jobs (n INTEGER PRIMARY KEY, desk TEXT NOT NULL, job INTEGER NOT NULL, state "
    "TEXT NOT NULL,"
    " detail TEXT, key TEXT NOT NULL, acknowledged INTEGER NOT NULL DEFAULT 0, UNIQUE (desk, job)) STRICT",
    "CREATE TABLE IF NOT EXISTS done (n INTEGER PRIMARY KEY AUTOINCREMENT, event TEXT NOT NULL, fields TEXT NOT NULL,"
    " key TEXT NOT NULL UNIQUE, at_ms INTEGER NOT NULL, boot TEXT NOT NULL) STRICT",
)
_READ_JOBS = "SELECT desk, job, state, detail, key, acknowledged FROM jobs ORDER BY n"
_READ_DONE = "SELECT event, fields, key, at_ms, boot FROM done ORDER BY n"
_WRITE_JOB = (
    "INSERT INTO jobs (desk, job, state, detail, key, acknowledged) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (desk, job)"
    " DO UPDATE SET state = excluded.state, detail = excluded.detail, key = excluded.key, acknowledged = "
    "excluded.acknowledged"
)
_WRITE_DONE = "INSERT INTO done (event, fields, key, at_ms, boot) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"


def open_in_folder(folder: Path, troubles: Troubles | None) -> sqlite3.Connection:
    """Return the database in `folder`.

    One that is damaged makes way for a new one, as `troubles` then say; without them it is an error.

    Raises `AgentError` while another agent uses it, `OSError` or `sqlite3.Error` when nothing can be written there.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / NAME
    is_empty = path.exists() and not path.stat().st_size
    try:
        db = _open_database(path)
    except sqlite3.DatabaseError as error:
        if not _is_damage(error):
            raise
        if troubles is None:
            raise AgentError(
                mark("The agent's memory in %(folder)s is damaged: %(problem)s"), folder=folder, problem=error
            ) from error
        _note(troubles, set_aside(path))
        for name in (f"{NAME}-wal", f"{NAME}-shm"):
            with contextlib.suppress(FileNotFoundError):
                set_aside(folder / name)
        return _open_database(path)
    if is_empty and troubles is not None:
        _note(troubles, path)
    return db


def _note(troubles: Troubles, path: Path) -> None:
    message = mark(
        "The agent's memory was damaged and has been started again (old file: %(file)s). Presses not sent yet are "
        "lost. Print jobs of that moment count as “not known whether printed”."
    )
    troubles.note(DAMAGED, AgentError(message, file=path))


def make_unwritable_error(folder: Path, error: Exception) -> AgentError:
    """Return what is told while the agent remembers without a disk."""
    message = mark(
        "The agent cannot write its memory in %(folder)s: %(problem)s. It works on, but what was not sent is "
        "lost when it ends."
        " Free space on the disk, or let its account write there."
    )
    return AgentError(message, folder=folder, problem=getattr(error, "strerror", None) or error)


def is_locked(error: Exception) -> bool:
    """Say whether another program holds the database."""
    return "locked" in str(error)


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Say whether the file itself is wrong; a full disk, a missing right and another agent are not the file's fault.

    An error without a code is Python's own: a column whose text is no UTF-8.
    """
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    return code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}


def _damage(problem: object) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(str(problem))
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error


def _open_database(path: Path) -> sqlite3.Connection:
    path.touch(mode=0o600)
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=BUSY_MS / 1000)
    try:
        db.execute("PRAGMA locking_mode=EXCLUSIVE")
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA secure_delete=ON")
        if (answer := db.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
            raise _damage(answer)
        _prepare(db)
        db.execute("BEGIN IMMEDIATE")  # an agent that only reads its memory remembers nothing
        db.execute("COMMIT")
        for _, fields, *_ in list_rows(db)[1]:
            json.loads(str(fields))
    except ValueError as error:  # text that is no UTF-8, even in the database's own answer, or fields that are no JSON
        db.close()
        raise _damage(error) from error
    except BaseException:
        db.close()
        raise
    return db


def erase_deleted(db: sqlite3.Connection) -> None:
    """Leave nothing on the disk of rows that were deleted: their pages are zeroes, the log of changes is emptied."""
    with contextlib.suppress(sqlite3.Error):  # the disk is full or gone: tried again with the next one
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def open_in_memory() -> sqlite3.Connection:
    """Return a database that ends with the agent."""
    db = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _prepare(db)
    return db


def _prepare(db: sqlite3.Connection) -> None:
    for table in _TABLES:
        db.execute(table)


def list_rows(db: sqlite3.Connection) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """Return the jobs and what people did. Raises `sqlite3.Error`."""
    return db.execute(_READ_JOBS).fetchall(), db.execute(_READ_DONE).fetchall()


def copy_rows(source: sqlite3.Connection, target: sqlite3.Connection, *, replaces: bool) -> None:
    """Copy all rows; `replaces`: what people did and `source` no longer has is no longer in `target` either.

    Raises `sqlite3.Error`.
    """
    jobs, done = list_rows(source)
    target.execute("BEGIN IMMEDIATE")
    try:
        if replaces:
            target.execute("DELETE FROM done")
        target.executemany(_WRITE_JOB, jobs)
        target.executemany(_WRITE_DONE, done)
        target.execute("COMMIT")
    except sqlite3.Error:
        with contextlib.suppress(sqlite3.Error):
            target.execute("ROLLBACK")
        raise
