"""A desk whose store is gone though other things of it are there: never the place for a new desk, always a case for
a backup.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec import Struct, field

from motcua.desk.backup import find_newest_copy
from motcua.desk.database import get_primary_code, is_passing
from motcua.desk.messages import mark

STORE, MAGIC = "desk.db", b"SQLite format 3\0"
MISSING = "store.missing"
HEADER_BYTES, SMALL_BYTES = 100, 64 * 1024
"""A store of any desk is larger than that: its empty tables alone need more."""


class Loss(Struct, frozen=True):
    """Why the store of `folder` cannot be used: a stable `code`, an English sentence with places for `params`, the
    newest usable backup.
    """

    code: str
    message: str
    folder: Path
    backup: Path | None = None
    params: dict[str, object] = field(default_factory=dict)
    is_passing: bool = False
    """Nothing is lost: the disk or another program prevents access."""


class StoreLostError(Exception):
    """There was a desk in this folder, and its store is lost."""

    def __init__(self, loss: Loss) -> None:
        super().__init__(loss.message % loss.params if loss.params else loss.message)
        self.loss = loss


def find_loss(folder: Path) -> Loss | None:
    """Return what is lost in `folder`; None where there is a store, or where there never was one: then a new desk
    may be made.
    """
    store = folder / STORE
    try:
        problem = _problem(store, had_desk=has_traces(folder))
    except OSError as error:
        problem = (
            "store.unreadable",
            mark("The desk's store cannot be read: %(problem)s."),
            {"problem": error.strerror or str(error)},
        )
    if problem is None:
        return None
    code, message, params = problem
    return Loss(code, message, folder, find_newest_copy(folder / "backups"), params)


def require_not_lost(folder: Path) -> None:
    """Raise `StoreLostError` when `folder` has had a desk whose store cannot be used."""
    if (loss := find_loss(folder)) is not None:
        raise StoreLostError(loss)


def describe_damage(folder: Path, error: Exception) -> Loss:
    """Return what is wrong with a store that is there and cannot be opened or read."""
    problem: dict[str, object] = {"problem": str(error) or type(error).__name__}
    if is_passing(error) and get_primary_code(error) != sqlite3.SQLITE_CORRUPT:
        return Loss(
            "store.unavailable",
            mark("The desk's store cannot be opened: %(problem)s."),
            folder,
            None,
            problem,
            is_passing=True,
        )
    message = mark("The desk's store is damaged: %(problem)s.")
    return Loss("store.damaged", message, folder, find_newest_copy(folder / "backups"), problem)


def has_traces(folder: Path) -> bool:
    """Say whether a desk has left other files in `folder` than its store: its signing key, signed days, copies."""
    return (folder / "keys" / "journal.key").exists() or has_history(folder)


def has_history(folder: Path) -> bool:
    """Say whether a desk in `folder` has ended days: signed, or copied."""
    return any(
        True
        for folder_name, pattern in (("digests", "*.json"), ("backups", "*.zip"))
        for _path in (folder / folder_name).glob(pattern)
    )


Problem = tuple[str, str, dict[str, object]]


def _problem(store: Path, *, had_desk: bool) -> Problem | None:
    if not store.exists():
        return (MISSING, mark("The desk's store is gone."), {}) if had_desk else None
    if not store.is_file():
        return "store.damaged", mark("The desk's store is damaged."), {}
    with store.open("rb") as file:
        header, size = file.read(HEADER_BYTES), store.stat().st_size
    if not size:
        log = store.with_name(f"{STORE}-wal")
        is_lost = had_desk or (log.exists() and log.stat().st_size > 0)
        return ("store.empty", mark("The desk's store is empty."), {}) if is_lost else None
    if not header.startswith(MAGIC) or len(header) < HEADER_BYTES:
        return "store.damaged", mark("The desk's store is damaged."), {}
    if had_desk and size < SMALL_BYTES and _is_without_journal(store):
        return "store.empty", mark("The desk's store is empty."), {}
    return None


def _is_without_journal(store: Path) -> bool:
    """Say whether the store can be read and has no journal: a program that looks into an empty file makes a database
    of it.
    """
    try:
        with closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True)) as db:
            return db.execute("SELECT 1 FROM sqlite_master WHERE name = 'journal'").fetchone() is None
    except sqlite3.Error:
        return False
