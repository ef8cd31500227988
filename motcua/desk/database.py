"""Opens the store: pragmas, schema steps, and readers that cannot write."""

import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias, cast

from motcua.desk.errors import Unavailable

_UNWANTED = [name for name in ("numpy", "pandas") if name not in sys.modules]
_modules = cast("dict[str, Any]", sys.modules)
_modules.update(dict.fromkeys(_UNWANTED))  # sqlite-utils takes them in where it finds them: a tenth of a second and 15 MiB for nothing
from sqlite_utils import Database, Migrations  # noqa: E402

for _name in _UNWANTED:
    del _modules[_name]

Reader: TypeAlias = Database
"""A connection as rooms see it."""

StoreError = sqlite3.Error
"""What goes wrong in the store itself: the disk is full, the file is gone or damaged."""

CONNECTION: type[sqlite3.Connection] = sqlite3.Connection
"""What connections are made of. A bench may put a slower disk here."""


@dataclass(frozen=True)
class Stamps:
    """Columns of `table` with moments that were written by the computer's clock: put right when that was set.

    `until` pairs a moment that lies ahead with the column that says when it was written. `where` narrows the rows (`:day` is the day of
    the step), `also` is a further assignment (`:since` is the first moment by the old clock, `moved(x)` the moment on the new one).
    """

    table: str
    columns: Sequence[str]
    until: Sequence[tuple[str, str]] = ()
    where: str = ""
    also: str = ""


@dataclass(frozen=True)
class Room:
    """A subject that owns tables: its steps of schema, in order, each with a name that never changes.

    `stamps` are its moments by the computer's clock, in the order in which they are put right.
    """

    name: str
    steps: Sequence[tuple[str, Callable[[Database], None]]]
    stamps: Sequence[Stamps] = ()


BUSY_MS = 5000
MIGRATIONS = "motcua"


class DatabaseTooNewError(Exception):
    """The database was written by a newer motcua; `steps` are the ones this version does not know."""

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__(f"this database needs a newer version of motcua (unknown steps: {', '.join(steps)})")
        self.steps = list(steps)


def _connect(path: Path) -> Database:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, factory=CONNECTION, cached_statements=512)
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA trusted_schema=OFF")
    return Database(connection, recursive_triggers=False, execute_plugins=False)


def open_writer(path: Path, rooms: Sequence[Room]) -> Database:
    """Return the writing connection of the store at `path`, brought up to date.

    `synchronous=FULL` in WAL mode: a commit that returned has reached the disk.
    Raises `DatabaseTooNewError` when it holds steps that `rooms` do not know, `sqlite3.Error` when it cannot be opened.
    """
    db = _connect(path)
    try:
        db.conn.execute("PRAGMA journal_mode=WAL")
        db.conn.execute("PRAGMA synchronous=FULL")
        db.conn.execute("PRAGMA wal_autocheckpoint=2000")
        migrate(db, rooms)
    except BaseException:
        db.close()
        raise
    return db


def migrate(db: Database, rooms: Sequence[Room]) -> None:
    """Apply the steps of `rooms` that `db` has not seen. Raises `DatabaseTooNewError`, having changed nothing."""
    migrations = Migrations(MIGRATIONS)
    known: set[str] = set()
    for room in rooms:
        for name, step in room.steps:
            full = f"{room.name}:{name}"
            known.add(full)
            migrations(name=full)(step)
    unknown = [applied.name for applied in migrations.applied(db) if applied.name not in known]
    if unknown:
        raise DatabaseTooNewError(unknown)
    migrations.apply(db)


def open_reader(path: Path) -> Database:
    """Return a connection that cannot write. Raises `sqlite3.Error` when there is no store at `path`."""
    if not path.exists():
        raise sqlite3.OperationalError(f"no database at {path}")
    db = _connect(path)
    db.conn.execute("PRAGMA query_only=ON")
    return db


class Readers:
    """Lends read-only connections; each loan sees one moment of the store."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[Database] = []
        self._closed = False

    @contextmanager
    def lend(self) -> Iterator[Database]:
        """Lend a connection inside a read transaction."""
        if self._closed:
            raise Unavailable("desk.stopping", "The desk is stopping.")
        try:
            db = self._idle.pop()
        except IndexError:
            db = open_reader(self._path)
        try:
            db.conn.execute("BEGIN")
            yield db
        finally:
            db.conn.rollback()
            if self._closed:
                db.close()
            else:
                self._idle.append(db)

    def close(self) -> None:
        """Close what is idle now and the rest as it comes back."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()
