"""Idempotency keys: the same key with the same content gives the same answer and changes nothing."""

import json
from datetime import timedelta
from typing import Any, cast

from msgspec import Struct
from sqlite_utils import Database

from motcua.desk.errors import Invalid
from motcua.desk.moment import parse, stamp
from motcua.desk.tx import Tx

KEPT = (200, 201, 204)
KEPT_DAYS = 7
KEY_MAX = 255
"""The longest key, in characters."""

Answer = tuple[int, Any]
"""An HTTP status and the JSON that goes with it (None with 204)."""


_write = json.JSONEncoder(ensure_ascii=False).encode


class WrittenAnswer(tuple[int, Any]):
    """An answer with the JSON text of its body, which is kept and sent alike."""

    text: str


def write_answer(answer: Answer) -> WrittenAnswer:
    """Return `answer` with its text, written once."""
    if isinstance(answer, WrittenAnswer):
        return answer
    written = WrittenAnswer(answer)
    written.text = _write(answer[1])
    return written


def require_key(key: object) -> str | None:
    """Return a caller's key, None where there is none. Raises `Invalid("key.invalid")` for what cannot be one."""
    if key is None or (isinstance(key, str) and 0 < len(key) <= KEY_MAX and key.isprintable()):
        return key
    raise Invalid("key.invalid", "An Idempotency-Key must have 1 to %(length)s printable characters.", length=KEY_MAX)


class Key(Struct, frozen=True):
    """A caller's key: whose, which, and the digest of what it asked for."""

    credential: str
    key: str
    digest: str


def create(db: Database) -> None:
    """Make the table of keys and answers."""
    db.execute(
        "CREATE TABLE keys (credential TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, status INTEGER NOT NULL,"
        " body TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (credential, key)) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX keys_at ON keys (at)")


def drop_index(db: Database) -> None:
    """Find old keys by reading all of them, once a night: each command with a key has a page less to write."""
    db.execute("DROP INDEX keys_at")


def move_to_end(db: Database) -> None:
    """Let answers follow each other, and only their keys be in order: a new one has fewer pages to write."""
    db.execute("ALTER TABLE keys RENAME TO keys_before")
    db.execute(
        "CREATE TABLE keys (credential TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, status INTEGER NOT NULL,"
        " body TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (credential, key)) STRICT"
    )
    db.execute("INSERT INTO keys SELECT credential, key, digest, status, body, at FROM keys_before ORDER BY at")
    db.execute("DROP TABLE keys_before")


def find_answer(db: Database, key: Key) -> Answer | None:
    """Return the stored answer. Raises `Invalid("key.reused")` when the key came with other content before."""
    row = db.execute(
        "SELECT digest, status, body FROM keys WHERE credential = ? AND key = ?", (key.credential, key.key)
    ).fetchone()
    if row is None:
        return None
    if row[0] != key.digest:
        raise Invalid("key.reused", "This Idempotency-Key was already used for something else.")
    return cast(int, row[1]), json.loads(row[2])


def keep_answer(db: Database, key: Key, answer: Answer, at: str) -> Answer:
    """Store an answer, unless it is a refusal, and return it as it is stored."""
    if answer[0] not in KEPT:
        return answer
    written = write_answer(answer)
    db.execute(
        "INSERT INTO keys (credential, key, digest, status, body, at) VALUES (?,?,?,?,?,?)",
        (key.credential, key.key, key.digest, answer[0], written.text, at),
    )
    return written


def purge(db: Database, at: str) -> None:
    """Forget answers older than seven days at `at`."""
    db.execute("DELETE FROM keys WHERE at < ?", (stamp(parse(at) - timedelta(days=KEPT_DAYS)),))


_SPARE = "spare"


def fill_spare(tx: Tx, size_bytes: int) -> None:
    """Write an empty answer of this size: whether that works shows whether the store can be written."""
    tx.db.execute("INSERT OR REPLACE INTO keys VALUES ('desk', ?, '', 204, ?, ?)", (_SPARE, "0" * size_bytes, tx.at))


def remove_spare(tx: Tx) -> None:
    """Remove what `fill` wrote."""
    tx.db.execute("DELETE FROM keys WHERE credential = 'desk' AND key = ?", (_SPARE,))
