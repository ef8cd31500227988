"""What seldom changes is read once: settings, services, counters' lanes, devices.

The store counts the changes of the tables behind it (`count_changes`), whoever makes them. A connection remembers what
it read until the count differs. Inside the transaction of a change nothing is remembered: `forget` says so.
"""

from collections.abc import Callable, Hashable, Sequence
from sqlite3 import Cursor
from typing import Any, TypeVar, cast

from sqlite_utils import Database

T = TypeVar("T")


def create(db: Database) -> None:
    """Give the store its count of changes."""
    db.execute("ALTER TABLE desk ADD COLUMN facts INTEGER NOT NULL DEFAULT 0")


def count_changes(db: Database, table: str, columns: str = "") -> None:
    """Let changes of `table` be counted: new and removed rows, and other values in `columns` (empty: in any)."""
    of = f" OF {columns}" if columns else ""
    for name, event in (("added", "INSERT"), ("removed", "DELETE"), ("changed", f"UPDATE{of}")):
        query = f"CREATE TRIGGER {table}_{name} AFTER {event} ON {table} BEGIN UPDATE desk SET facts = facts + 1; END"
        db.execute(query)


class StoreConnection(Database):
    """A connection to the store that can remember what it read."""

    facts: dict[Hashable, Any] | None = None
    """What it remembers; None where nothing may be remembered just now."""
    _version = -1

    def execute(self, sql: str, parameters: Sequence[Any] | dict[str, Any] | None = None) -> Cursor:
        """Run one statement: the connection itself commits what is in no transaction."""
        return self.conn.execute(sql) if parameters is None else self.conn.execute(sql, parameters)

    def look_at_facts(self) -> None:
        """Let what is remembered be used from here on in this transaction, if nothing behind it has changed."""
        version = self.conn.execute("SELECT facts FROM desk").fetchone()
        before, self._version = self._version, version[0] if version else -1
        if self.facts is None or self._version != before or not version:
            self.facts = {} if version else None


def read_once(db: Database, name: Hashable, read: Callable[[Database], T]) -> T:
    """Return what `read(db)` returns, from memory if nothing that it depends on has changed.

    `name` stands for what is read. It must depend on nothing but tables whose changes are counted, and nobody may
    change the value.
    """
    facts = db.facts if isinstance(db, StoreConnection) else None
    if facts is None:
        return read(db)
    if name not in facts:
        facts[name] = read(db)
    return cast(T, facts[name])


def forget(db: Database) -> None:
    """Say that this transaction changes what may be remembered."""
    if isinstance(db, StoreConnection):
        db.facts = None
