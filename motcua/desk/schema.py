"""Whether a store has the schema that this program makes, and nothing else: a foreign trigger would act in the
desk's own name.

The schema is made again in memory, by the steps that a store says it has seen, and compared word by word.
"""

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct, field
from sqlite_utils import Database, Migrations

from motcua.desk.messages import mark

MIGRATIONS = "motcua"
Step = tuple[str, Callable[[Database], None]]
"""A step's full name, `room:step`, and what it does."""
Name = tuple[str, str]
"""What SQLite calls an object: its type and its name."""

_OWN = re.compile(r"^(sqlite_|_sqlite_migrations$|idx__sqlite_migrations)", re.ASCII)
"""Tables of SQLite itself, and the list of steps: their words are those of a library's version."""
_ACTING = re.compile(r"\b(CHECK|GENERATED|DEFAULT|AS)\b", re.IGNORECASE)
_BEGINS = {
    "table": re.compile(r"^CREATE (VIRTUAL )?TABLE ", re.IGNORECASE),
    "index": re.compile(r"^CREATE (UNIQUE )?INDEX ", re.IGNORECASE),
    "trigger": re.compile(r"^CREATE TRIGGER ", re.IGNORECASE),
    "view": re.compile(r"^CREATE VIEW ", re.IGNORECASE),
}
_ORDER = ("trigger", "view", "index", "table")


FOREIGN = "store.foreign"
TAKEN_OUT = mark(
    "Somebody changed the store with another program. These foreign parts were removed at the start: %(names)s. Find "
    "out who did it, and run: motcua journal verify"
)


class SchemaDifference(Struct, frozen=True):
    """How a store's schema differs: objects that are `foreign`, of ours `missing` or `changed`, and rows that
    `forged` their type.
    """

    foreign: Sequence[Name] = ()
    missing: Sequence[Name] = ()
    changed: Sequence[Name] = ()
    forged: Sequence[Name] = ()
    expected: Mapping[Name, str] = field(default_factory=dict)
    """The words by which this program makes each object."""

    @property
    def names(self) -> list[str]:
        """Return everything that differs, `trigger rich`, for people."""
        return [" ".join(name) for name in (*self.forged, *self.foreign, *self.changed, *self.missing)]

    @property
    def is_whole(self) -> bool:
        """Say whether every table is there as the program makes it, and no row forges its type."""
        return not self.forged and not any(kind == "table" for kind, _name in (*self.missing, *self.changed))


def make_migrations(steps: Sequence[Step]) -> Migrations:
    """Return `steps` as the library runs them."""
    migration_set = Migrations(MIGRATIONS)
    for name, step in steps:
        migration_set(name=name)(step)
    return migration_set


def list_applied(db: Database) -> list[str]:
    """Return the names of the steps that `db` has seen, in order."""
    table = Migrations.migrations_table
    query = "SELECT 1 FROM sqlite_master WHERE name = ? AND type IN ('table', 'view')"
    if db.execute(query, (table,)).fetchone() is None:
        return []
    query = f"SELECT name FROM {table} WHERE migration_set = ? ORDER BY rowid"
    return [row[0] for row in db.execute(query, (MIGRATIONS,))]


@lru_cache(maxsize=16)
def _expected_schema(steps: tuple[Step, ...]) -> dict[Name, str]:
    db = Database(memory=True)
    try:
        make_migrations(steps).apply(db)
        return _objects(db)
    finally:
        db.close()


def _read_rows(db: Database) -> tuple[tuple[str, str, str], ...]:
    """Return type, name and words of all objects."""
    return tuple([tuple(row) for row in db.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master")])


def _objects(db: Database) -> dict[Name, str]:
    return {(kind, name): _plain(sql) for kind, name, sql in _read_rows(db)}


def _plain(sql: str) -> str:
    return " ".join(sql.split())


def compare_schema(db: Database, steps: Sequence[Step]) -> SchemaDifference:
    """Return how the schema of `db` differs from what the steps that it has seen make.

    A store without any table differs in nothing.
    """
    rows = _read_rows(db)
    if not rows:
        return SchemaDifference()
    applied = frozenset(list_applied(db))
    return _compare_rows(rows, tuple([step for step in steps if step[0] in applied]))


@lru_cache(maxsize=4)
def _compare_rows(rows: tuple[tuple[str, str, str], ...], steps: tuple[Step, ...]) -> SchemaDifference:
    """Return how `rows` of a schema differ from what `steps` make. Most stores of a version have the same rows."""
    objects = {(kind, name): _plain(sql) for kind, name, sql in rows}
    expected = _expected_schema(steps)
    return SchemaDifference(
        foreign=[name for name in objects if name not in expected and not _is_of_library(name, objects[name])],
        missing=[name for name in expected if name not in objects and not _OWN.match(name[1])],
        changed=[
            name
            for name, sql in objects.items()
            if name in expected and sql != expected[name] and not _is_of_library(name, sql)
        ],
        forged=[name for name, sql in objects.items() if not _is_honest(name, sql)],
        expected=expected,
    )


def _is_of_library(name: Name, sql: str) -> bool:
    """Say whether SQLite or the list of steps made this; then it computes nothing."""
    return name[0] in {"table", "index"} and _OWN.match(name[1]) is not None and _ACTING.search(sql) is None


def _is_honest(name: Name, sql: str) -> bool:
    """Say whether the words make what the row says: SQLite reads only the words, a listing of objects only the row."""
    kind, called = name
    if kind == "index" and called.startswith("sqlite_autoindex_"):
        return not sql
    begin = _BEGINS.get(kind)
    words = begin.match(sql) if begin is not None else None
    if words is None:
        return False
    rest = sql[words.end() :].lstrip("\"'`[")
    return rest.startswith(called)


def clean_schema(db: Database, steps: Sequence[Step], *, keep_tables: bool = False) -> list[str]:
    """Take out what is foreign and put back what of ours is missing or changed; return the names of all that.

    `keep_tables` leaves foreign tables, which do nothing by themselves. Raises `sqlite3.DatabaseError`, having
    changed nothing, when a table of the program is not as the program makes it: then nobody knows what its rows are
    worth.
    """
    difference = compare_schema(db, steps)
    if not difference.is_whole:
        broken = [
            *difference.forged,
            *(name for name in (*difference.changed, *difference.missing) if name[0] == "table"),
        ]
        raise _damage(f"{' '.join(broken[0])} is not as this program makes it")
    foreign = [name for name in difference.foreign if not (keep_tables and name[0] == "table")]
    if not (foreign or difference.changed or difference.missing):
        return []
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        for name in sorted((*foreign, *difference.changed), key=lambda name: _ORDER.index(name[0])):
            _drop(db, name)
        for name in (*difference.changed, *difference.missing):
            db.conn.execute(difference.expected[name])
        db.conn.execute("COMMIT")
    except sqlite3.Error:
        db.conn.rollback()
        raise
    return [" ".join(name) for name in (*foreign, *difference.changed, *difference.missing)]


def _drop(db: Database, name: Name) -> None:
    kind, called = name
    if db.conn.execute(
        "SELECT 1 FROM sqlite_master WHERE type = ? AND name = ?", name
    ).fetchone():  # not gone with its table
        quoted = called.replace('"', '""')
        db.conn.execute(f'DROP {kind} "{quoted}"')


def _damage(problem: str) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError(problem)
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error
