"""Opens the store: pragmas, schema steps, and readers that cannot write.

Three ways in, tried in this order. `SHARED` needs some bytes for the index of the write-ahead log, which a full disk
does not have. `ALONE` keeps that index in memory and shuts other programs out. `FROZEN` reads a store on a disk that
cannot be written.
"""

import logging
import sqlite3
import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import Any, TypeAlias, cast

from msgspec import Struct

from motcua.desk.errors import Unavailable
from motcua.desk.private import make_file

_UNWANTED = [name for name in ("numpy", "pandas") if name not in sys.modules]
_modules = cast("dict[str, Any]", sys.modules)
_modules.update(
    dict.fromkeys(_UNWANTED)
)  # sqlite-utils takes them in where it finds them: a tenth of a second and 15 MiB for nothing
from sqlite_utils import Database  # noqa: E402

for _name in _UNWANTED:
    del _modules[_name]

from motcua.desk import schema, scrubbing  # noqa: E402
from motcua.desk.facts import StoreConnection  # noqa: E402

Reader: TypeAlias = Database
"""A connection as rooms see it."""

StoreError = sqlite3.Error
"""What goes wrong in the store itself: the disk is full, the file is gone or damaged."""

CONNECTION: type[sqlite3.Connection] = sqlite3.Connection
"""What connections are made of. A bench may put a slower disk here."""


class Stamps(Struct, frozen=True):
    """Columns of `table` with moments that were written by the computer's clock: put right when that was set.

    `until` pairs a moment in the future with the column that says when it was written. `where` narrows the rows;
    `:day` is the day of the step. `also` is a further assignment: `:since` is the first moment by the old clock,
    `moved(x)` the moment on the new one.
    """

    table: str
    columns: Sequence[str]
    until: Sequence[tuple[str, str]] = ()
    where: str = ""
    also: str = ""


class Room(Struct, frozen=True):
    """A subject that owns tables: its steps of schema, in order, each with a name that never changes.

    `stamps` are its moments by the computer's clock, in the order in which they are put right.
    """

    name: str
    steps: Sequence[tuple[str, Callable[[Database], None]]]
    stamps: Sequence[Stamps] = ()


SHARED, ALONE, FROZEN = "", "?vfs=unix-excl", "?immutable=1"
WAYS = (SHARED,) if sys.platform == "win32" else (SHARED, ALONE, FROZEN)
PAUSE_S = 0.005
logger = logging.getLogger(__name__)
DISK = frozenset(
    {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}
)
"""Primary codes of what the disk refuses, though the store itself may be whole."""
PASSING = DISK | {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_NOMEM,
    sqlite3.SQLITE_PROTOCOL,
    sqlite3.SQLITE_CORRUPT,
}
"""Primary codes after which nothing at all can be written for a while; the others are about one command."""


class DatabaseTooNewError(Exception):
    """The database was written by a newer motcua; `steps` are the ones this version does not know."""

    def __init__(self, steps: Sequence[str]) -> None:
        super().__init__(f"this database needs a newer version of motcua (unknown steps: {', '.join(steps)})")
        self.steps = list(steps)


def get_primary_code(error: BaseException) -> int:
    """Return SQLite's code of what went wrong without its details; 0 for another error."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


def is_passing(error: BaseException | None) -> bool:
    """Say whether the store took nothing for a reason that may go away by itself, whatever the command was."""
    return isinstance(error, StoreError) and get_primary_code(error) in PASSING


def make_unavailable(error: BaseException) -> Unavailable:
    """Return how the desk refuses what the store did not take: `store.full`, `store.read_only`, else
    `store.unavailable`.
    """
    code = get_primary_code(error)
    if code == sqlite3.SQLITE_FULL:
        refusal = Unavailable("store.full", "The server's disk is full: nothing can be saved. Nothing was changed.")
    elif code == sqlite3.SQLITE_READONLY:
        refusal = Unavailable(
            "store.read_only", "The data folder cannot be written: nothing can be saved. Nothing was changed."
        )
    else:
        refusal = Unavailable("store.unavailable", "The store does not answer. Nothing was changed.")
    refusal.__cause__ = error
    return refusal


def _connect(path: Path, way: str) -> StoreConnection:
    address = f"{path.absolute().as_uri()}{way}"
    connection = sqlite3.connect(
        address, isolation_level=None, check_same_thread=False, factory=CONNECTION, cached_statements=512, uri=True
    )
    connection.row_factory = sqlite3.Row
    connection.execute(f"PRAGMA busy_timeout={scrubbing.BUSY_MS}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA cell_size_check=ON")
    connection.execute("PRAGMA temp_store=MEMORY")
    connection.execute("PRAGMA secure_delete=ON")
    return StoreConnection(connection, recursive_triggers=False, execute_plugins=False)


def _no_words(_names: list[str]) -> None:
    """Say nothing of what was taken out of a store."""


def open_writer(
    path: Path, rooms: Sequence[Room], way: str = SHARED, tell: Callable[[list[str]], None] = _no_words
) -> StoreConnection:
    """Return the writing connection of the store at `path`, brought up to date.

    What is foreign in its schema and could act is taken out, and `tell` hears the names.

    `synchronous=FULL` in WAL mode: a commit that returned has reached the disk.
    Raises `DatabaseTooNewError` when it holds steps that `rooms` do not know, `sqlite3.Error` when it cannot be opened.
    """
    with suppress(OSError):  # SQLite says what is wrong there
        make_file(path)  # and gives the files beside it the same rights
    db = _connect(path, way)
    try:
        db.conn.execute("PRAGMA journal_mode=WAL")
        db.conn.execute("PRAGMA synchronous=FULL")
        db.conn.execute("PRAGMA wal_autocheckpoint=2000")
        seen = require_known(db, rooms)
        if names := schema.clean_schema(db, list_steps(rooms), keep_tables=True):
            logger.warning("foreign things were taken out of the store: %s", ", ".join(names))
            tell(names)
        _apply_steps(db, rooms, seen)
        try:
            scrubbing.scrub(db)
        except StoreError as error:
            logger.warning("the store could not be written anew: %s", error)
    except BaseException:
        db.close()
        raise
    return db


def migrate(db: Database, rooms: Sequence[Room]) -> None:
    """Apply the steps of `rooms` that `db` has not seen. Raises `DatabaseTooNewError`, having changed nothing."""
    _apply_steps(db, rooms, require_known(db, rooms))


def _apply_steps(db: Database, rooms: Sequence[Room], seen: Collection[str]) -> None:
    """Apply the steps of `rooms` that are not among those that `db` has `seen`."""
    steps = list_steps(rooms)
    if any(name not in seen for name, _step in steps):
        schema.make_migrations(steps).apply(db)


def list_steps(rooms: Sequence[Room]) -> list[schema.Step]:
    """Return every step of `rooms` with its full name, in order."""
    return [(f"{room.name}:{name}", step) for room in rooms for name, step in room.steps]


def require_known(db: Database, rooms: Sequence[Room]) -> Collection[str]:
    """Return the names of the steps that the store has seen.

    Raises `DatabaseTooNewError` if `rooms` do not have one of them.
    """
    names = {name for name, _step in list_steps(rooms)}
    seen = schema.list_applied(db)
    if unknown := [name for name in seen if name not in names]:
        raise DatabaseTooNewError(unknown)
    return frozenset(seen)


def open_any(path: Path) -> Database:
    """Return a connection to a store of which nothing is known yet. Raises `sqlite3.Error`."""
    return _connect(path, SHARED)


def open_reader(path: Path, way: str = SHARED) -> StoreConnection:
    """Return a connection that cannot write. Raises `sqlite3.Error` when there is no store at `path`."""
    if not path.exists():
        raise sqlite3.OperationalError(f"no database at {path}")
    db = _connect(path, way)
    db.conn.execute("PRAGMA query_only=ON")
    return db


def is_folded(path: Path) -> bool:
    """Say whether everything of the store is in its own file, and nothing is in a write-ahead log."""
    log = path.with_name(f"{path.name}-wal")
    return not log.exists() or log.stat().st_size == 0


class Readers:
    """Lends read-only connections; each loan sees one moment of the store."""

    def __init__(self, path: Path, way: str = SHARED) -> None:
        self._path, self._way = path, way
        self._idle: list[StoreConnection] = []
        self._closed = False
        self._loans: set[object] = set()
        self._halted = False

    @contextmanager
    def lend(self) -> Iterator[Database]:
        """Lend a connection inside a read transaction."""
        if self._closed:
            raise Unavailable("desk.stopping", "The server is stopping.")
        loan = object()
        self._loans.add(
            loan
        )  # first noted, then looked: `halted` does it the other way round, so that one of the two sees the other
        while self._halted:
            self._loans.discard(loan)
            sleep(PAUSE_S)
            self._loans.add(loan)
        db: StoreConnection | None = None
        try:
            db = self._open()
            db.conn.execute("BEGIN")
            db.look_at_facts()
            yield db
        finally:
            if db is not None:
                db.conn.rollback()
                if self._closed:
                    db.close()
                else:
                    self._idle.append(db)
            self._loans.discard(loan)

    def _open(self) -> StoreConnection:
        try:
            return self._idle.pop()
        except IndexError:
            return open_reader(self._path, self._way)

    @contextmanager
    def halt(self) -> Iterator[bool]:
        """Lend nothing and keep no connection open during the block.

        False when somebody is reading just now: then nothing is held up.
        """
        self._halted = True
        is_free = not self._loans
        self._halted = is_free
        try:
            if is_free:
                self._close_idle()
            yield is_free
        finally:
            self._halted = False

    def go_by(self, way: str) -> None:
        """Open connections this way from now on."""
        self._way = way

    def _close_idle(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def close(self) -> None:
        """Close what is idle now and the rest as it comes back."""
        self._closed = True
        self._close_idle()
