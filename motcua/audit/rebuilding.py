"""A second store whose facts are those of the journal alone. Figures computed from it show what the journal proves.

What is no figure is copied from the desk, because the journal holds no words: the names of officers and counters, and
the settings with groups and services. The audit compares those by their seal.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from motcua.audit.compare import make_books
from motcua.audit.table import Hearers, Table
from motcua.desk import Reader, journal
from motcua.desk.database import Room, open_writer
from motcua.desk.event import Json
from motcua.desk.steps import STEPPED, make_row_clock
from motcua.desk.tables import DESK

WORD_TABLES = ("settings", "groups", "services")
WORDS: Mapping[str, Sequence[str]] = {"accounts": ("name", "full_name", "title"), "counters": ("label",)}
"""Columns that are copied from the desk for rows that the journal tells of."""
LEFT_OUT: Mapping[str, str] = {
    "expressions": "the journal never has the scores of a camera",
    "credentials": "sign-ins and tokens are no part of a figure",
    "filed_reports": "the files of earlier reports are no part of a figure",
    "exchange_mappings": "how another system calls its columns is no part of a figure",
    "jobs": "what was printed, shown and sent is no part of a figure",
}
"""Tables that stay empty, each with the reason."""
JournalRow = dict[str, Json]


class UntoldRowError(Exception):
    """The journal row `seq` lacks what the tables need."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"row {seq}")
        self.seq = seq


def rebuild_store(rows: Iterable[JournalRow], words: Reader, path: Path, rooms: Sequence[Room]) -> None:
    """Write a store to `path` from the whole journal (`rows`, nine fields each), with the names of `words`.

    Raises `UntoldRowError`, `sqlite3.Error`.
    """
    listed = list(rows)
    moments = {row["seq"]: row["at"] for row in listed}
    with closing(open_writer(path, [DESK, *rooms])) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        db.execute("BEGIN IMMEDIATE")
        for row in listed:
            _insert(db, "journal", {**row, "data": journal.canonicalise(row["data"])})
        for name in WORD_TABLES:
            db.execute(f"DELETE FROM {name}")  # noqa: S608 -- our own tables
            for word_row in words.execute(f"SELECT * FROM {name}").fetchall():  # noqa: S608 -- our own tables
                _insert(db, name, dict(word_row))
        for table in _tell_tables(listed):
            if table.name not in LEFT_OUT:
                _write_table(db, table, words, moments)
        db.execute("COMMIT")


def _tell_tables(rows: list[JournalRow]) -> list[Table]:
    """Return every table as the journal tells it."""
    stepped = [row for row in rows if row["action"] == STEPPED]
    at = make_row_clock(stepped)
    books = make_books(has_steps=bool(stepped))
    hearers = Hearers(books)
    for raw in rows:
        row = {**raw, "at": at(raw)}
        try:
            for book in hearers[row["action"]]:
                book.hear(row)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError) as error:
            raise UntoldRowError(int(str(raw["seq"]))) from error
    return [table for book in books for table in book.tables]


def _write_table(db: Reader, table: Table, words: Reader, moments: Mapping[Any, Any]) -> None:
    """Write the rows of a table in the order in which the journal told of them first."""
    name = table.name
    columns = {row[1]: row for row in db.execute(f"PRAGMA table_info({name})")}
    copied = WORDS.get(table.name, ())
    for number, (key, told_columns) in enumerate(table.rows.items(), start=1):
        row = {**dict(zip(table.key, key, strict=True)), **told_columns}
        if table.name == "days":  # the journal's row has the moment
            at = moments[table.seqs[key]]
            row |= {"opened_at": at if row["is_opened"] else None, "closed_at": at if row["is_closed"] else None}
        if copied:
            row |= _find_words(words, table, key, copied)
        for name, column in columns.items():
            if name not in row and column[3] and column[4] is None and not column[5]:
                row[name] = _fill(column[2], f"{name}-{number}")
        for name in table.texts:
            if name in row and (row[name] is not None or columns[name][3]):
                row[name] = journal.canonicalise(row[name])
        _insert(db, table.name, {name: value for name, value in row.items() if name in columns})


def _find_words(words: Reader, table: Table, key: Sequence[Any], names: Sequence[str]) -> dict[str, Any]:
    columns, name, where = ", ".join(names), table.name, table.key[0]
    word_row = words.execute(f"SELECT {columns} FROM {name} WHERE {where} = ?", (key[0],)).fetchone()  # noqa: S608
    return dict(zip(names, word_row, strict=True)) if word_row else {}


def _fill(kind: str, text: str) -> Any:
    """Return what stands in a column of which the journal says nothing and that must have a value."""
    return {"INTEGER": 0, "BLOB": b""}.get(kind, text)


def _insert(db: Reader, table: str, row: Mapping[str, Any]) -> None:
    columns = ", ".join(row)
    marks = ", ".join("?" for _column in row)
    db.execute(f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(row.values()))  # noqa: S608 -- our own tables
