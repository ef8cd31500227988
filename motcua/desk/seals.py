"""Seals: salted digests of what a journal row must not hold, so that the row still proves what it was.

The salt is in the store. Who has only the journal cannot find out a name or a password by trying; who changes the
store cannot make the seal fit.
"""

import hashlib

from sqlite_utils import Database

from motcua.desk.event import Json
from motcua.desk.journal import canonicalise
from motcua.desk.tx import Tx


def create(db: Database) -> None:
    """Make the table of salts."""
    db.execute("CREATE TABLE seals (subject TEXT PRIMARY KEY, salt TEXT NOT NULL) STRICT, WITHOUT ROWID")


def seal(tx: Tx, subject: str, value: Json) -> str:
    """Return the seal of what `subject` is now, with a new salt."""
    salt = tx.entropy(16).hex()
    query = "INSERT INTO seals (subject, salt) VALUES (?,?) ON CONFLICT (subject) DO UPDATE SET salt = excluded.salt"
    tx.db.execute(query, (subject, salt))
    return compute_digest(value, salt)


def is_sealed(db: Database, subject: str) -> bool:
    """Say whether `subject` was ever sealed."""
    return db.execute("SELECT 1 FROM seals WHERE subject = ?", (subject,)).fetchone() is not None


def get_salts(db: Database) -> dict[str, str]:
    """Return the salt of each sealed subject."""
    return {row[0]: row[1] for row in db.execute("SELECT subject, salt FROM seals")}


def compute_digest(value: Json, salt: str = "") -> str:
    """Return the digest of a value; a value with a random secret in it needs no salt."""
    return hashlib.sha256(f"{salt}{canonicalise(value)}".encode()).hexdigest()
