"""A table as the journal tells it, and the comparison with the table as it is."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from msgspec import Struct

from motcua.desk import Reader
from motcua.desk.event import Json

Key = tuple[Any, ...]
Columns = dict[str, Any]
Row = Mapping[str, Any]
"""A journal row, `data` as an object and `at` put right across steps of the clock."""
ADDED, REMOVED, CHANGED = "added", "removed", "changed"


class TableDifference(Struct, frozen=True):
    """A row of a table that is not what the journal says: `added`, `removed`, or `changed` in `column`.

    `seq` is the journal row that told of it last, None for a row of which the journal knows nothing.
    """

    table: str
    row: str
    problem: str
    column: str | None = None
    journal: Json = None
    stored: Json = None
    seq: int | None = None


@dataclass
class Table:
    """What the journal says of a table: `columns` of each row by its `key`.

    A row that lacks a column says nothing of it.

    `source` is what is read in the table's place, `texts` are columns with JSON, `untold` those of which the journal
    says nothing and why. `may_lack(columns)` says whether a row may be gone by now.
    """

    name: str
    key: Sequence[str]
    columns: Sequence[str]
    source: str = ""
    texts: Sequence[str] = ()
    untold: Mapping[str, str] = field(default_factory=dict)
    may_lack: Callable[[Columns], bool] = lambda _columns: False
    rows: dict[Key, Columns] = field(default_factory=dict)
    seqs: dict[Key, int] = field(default_factory=dict)

    def tell(self, seq: int, *key: Any, **columns: Any) -> None:
        """The journal row `seq` says this of a row, which it may make."""
        self.rows.setdefault(key, {}).update(columns)
        self.seqs[key] = seq

    def forget(self, *key: Any) -> None:
        """The journal says that a row is gone."""
        self.rows.pop(key, None)
        self.seqs.pop(key, None)

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare with the table as it is."""
        columns, table = ", ".join([*self.key, *self.columns]), self.source or self.name
        unseen = dict(self.rows)
        for row in db.execute(f"SELECT {columns} FROM {table}"):
            key = tuple(row[: len(self.key)])
            expected = unseen.pop(key, None)
            if expected is None:
                yield TableDifference(self.name, format_key(key), ADDED)
                continue
            for name, stored in zip(self.columns, row[len(self.key) :], strict=True):
                if name in expected and not self._agrees(name, expected[name], stored):
                    yield TableDifference(
                        self.name, format_key(key), CHANGED, name, expected[name], stored, self.seqs[key]
                    )
        for key, expected in unseen.items():
            if not self.may_lack(expected):
                yield TableDifference(self.name, format_key(key), REMOVED, seq=self.seqs[key])

    def _agrees(self, name: str, expected: Any, stored: Any) -> bool:
        if name not in self.texts or not isinstance(stored, str):
            return bool(expected == stored)
        try:
            return bool(expected == json.loads(stored))
        except (ValueError, RecursionError):
            return False


def format_key(key: Key) -> str:
    """Return a row's key as people read it."""
    return "/".join(str(part) for part in key)


@lru_cache(maxsize=1024)
def _name_handler(action: str) -> str:
    return f"on_{action.replace('.', '_')}"


class Book:
    """The tables of one subject. `hear` gets every journal row in order."""

    tables: Sequence[Table]
    _handlers: frozenset[str]

    def __init_subclass__(cls) -> None:
        """Note once what books of this class hear."""
        cls._handlers = frozenset([name for name in dir(cls) if name.startswith("on_")])

    def can_hear(self, action: Any) -> bool:
        """Say whether a journal row of this `action` says something to this book; one without a name is a fault."""
        return not isinstance(action, str) or _name_handler(action) in self._handlers

    def hear(self, row: Row) -> None:
        """Take a journal row: `on_<action>` with its dots as underlines, where there is one."""
        handler = getattr(self, _name_handler(row["action"]), None)
        if handler is not None:
            handler(row, row["data"])

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare all tables."""
        for table in self.tables:
            yield from table.list_differences(db)


class Hearers(dict[Any, list[Book]]):
    """The books to which a row says something, by its action: of twenty-six seldom more than three."""

    def __init__(self, books: Sequence[Book]) -> None:
        super().__init__()
        self._books = books

    def __missing__(self, action: Any) -> list[Book]:
        """Ask each book once."""
        self[action] = [book for book in self._books if book.can_hear(action)]
        return self[action]


NUMBERED = "(SELECT *, row_number() OVER (PARTITION BY ticket ORDER BY id) AS n FROM {})"
"""Rows of a ticket in order: their own numbers are nobody's business."""
