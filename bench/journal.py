"""The smallest durable journal: a row of some 400 bytes, one fsync each; and what is told of a row."""

import sqlite3
from pathlib import Path

_TABLE = """create table if not exists journal (seq integer primary key, at text, day text, actor text, action text,
subject text, data text, prev text, hash text) strict"""
_ROW = (
    "2026-11-23T01:30:00.000Z", "2026-11-23", "counter:3", "ticket.called", "ticket:20261123-A001",
    '{"counter":3,"number":"A001","ticket":"20261123-A001","why":{"passed":[],"rule":"arrival"},"from":"waiting",'
    '"officer":7,"rank":4,"service":"certified-copy"}', "0" * 64, "f" * 64,
)  # fmt: skip
_MESSAGE_BYTES = 300


def message(revision: int) -> bytes:
    """Return what a wall is told of a row: 300 bytes, shaped like the desk's own event."""
    head = f'42/wall,["change",{{"revision":{revision},"filler":"'.encode()
    return head + b"x" * (_MESSAGE_BYTES - len(head) - 3) + b'"}]'


class Journal:
    """Rows in `file`, written as the desk writes: WAL, `synchronous=FULL`, `BEGIN IMMEDIATE`."""

    def __init__(self, file: Path, connection: type[sqlite3.Connection] = sqlite3.Connection) -> None:
        self._db = sqlite3.connect(file, isolation_level=None, factory=connection)
        self._db.execute("pragma journal_mode=wal")
        self._db.execute("pragma synchronous=full")
        self._db.execute(_TABLE)

    def append(self) -> int:
        """Commit one row to the disk and return its number."""
        self._db.execute("BEGIN IMMEDIATE")
        written = self._db.execute("insert into journal values (null, ?, ?, ?, ?, ?, ?, ?, ?)", _ROW).lastrowid
        self._db.execute("COMMIT")
        return written or 0

    def close(self) -> None:
        """Close the file."""
        self._db.close()
