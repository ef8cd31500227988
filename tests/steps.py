"""The tables of a new store, made by their twenty steps once a process: each later store is a copy of those pages."""

import sqlite3
from threading import Lock
from typing import Any

from sqlite_utils import Database, Migrations

from motcua.desk.scrubbing import scrub

_library = Migrations.apply
_made: dict[object, Database] = {}
_one = Lock()


def apply(self: Migrations, db: Database, *, stop_before: Any = None) -> None:
    """Apply the steps, which make the same tables each time; a store that has tables, or steps of a test, as ever."""
    functions = [step.fn for step in self._migrations]
    is_ours = functions and all(getattr(one, "__module__", "").startswith("motcua.") for one in functions)
    if stop_before is not None or not is_ours or db.table_names():
        _library(self, db, stop_before=stop_before)
        return
    key = tuple((step.name, step.fn) for step in self._migrations)
    with _one:
        if key not in _made:
            made = Database(sqlite3.connect(":memory:", check_same_thread=False))
            _library(self, made)
            scrub(made)  # so that no copy has to be, when it is opened
            _made[key] = made
        _made[key].conn.backup(db.conn)


def apply_once() -> None:
    """Let the library keep what it made."""
    library: Any = Migrations
    library.apply = apply
