"""Browsers that asked to be told of a dossier: encrypted like its applicant, and gone when it has ended.

What was handed in at a kiosk has browsers by its own code until it is a dossier.
"""

import json
from typing import cast

from msgspec import to_builtins

from motcua.desk import Reader, Tx, scrubbing
from motcua.desk.vault import NONCE_BYTES, Vault, VaultError
from motcua.dossiers.model.push import DossierPush

BROWSERS_MAX = 3
"""So many browsers are told of one dossier; the oldest one makes room."""


def create(db: Reader) -> None:
    """Make the table."""
    db.execute(
        "CREATE TABLE dossier_pushes (id INTEGER PRIMARY KEY AUTOINCREMENT, dossier TEXT NOT NULL, endpoint_hash TEXT"
        " NOT NULL, key TEXT NOT NULL, nonce BLOB NOT NULL, body BLOB NOT NULL, UNIQUE (dossier, endpoint_hash)) STRICT"
    )


def save_push(tx: Tx, vault: Vault, dossier: str, push: DossierPush) -> int:
    """Keep a browser of a dossier in the place of the same one; return its number."""
    remove_push(tx.db, vault, dossier, push.endpoint)
    found_by = _hash(vault, push.endpoint)
    query = "INSERT INTO dossier_pushes (dossier, endpoint_hash, key, nonce, body) VALUES (?, ?, ?, x'', x'')"
    number = cast(int, tx.db.execute(query, (dossier, found_by, vault.name)).lastrowid)
    nonce = tx.entropy(NONCE_BYTES)
    body = vault.seal(json.dumps(to_builtins(push)).encode(), nonce, f"push:{number}")
    tx.db.execute("UPDATE dossier_pushes SET nonce = ?, body = ? WHERE id = ?", (nonce, body, number))
    tx.db.execute(
        "DELETE FROM dossier_pushes WHERE dossier = ? AND id NOT IN"
        " (SELECT id FROM dossier_pushes WHERE dossier = ? ORDER BY id DESC LIMIT ?)",
        (dossier, dossier, BROWSERS_MAX),
    )
    return number


def list_push_numbers(db: Reader, dossier: str) -> list[int]:
    """Return the numbers of the browsers of a dossier, the oldest first."""
    return [row[0] for row in db.execute("SELECT id FROM dossier_pushes WHERE dossier = ? ORDER BY id", (dossier,))]


def find_push(db: Reader, vault: Vault, number: int) -> DossierPush | None:
    """Return a browser, None for one that is gone, or that another key has written."""
    row = db.execute("SELECT key, nonce, body FROM dossier_pushes WHERE id = ?", (number,)).fetchone()
    if row is None or row[0] != vault.name:
        return None
    try:
        return DossierPush(**json.loads(vault.unseal(row[2], row[1], f"push:{number}")))
    except VaultError:
        return None


def has_push(db: Reader, vault: Vault, dossier: str, endpoint: str) -> bool:
    """Say whether the browser at `endpoint` is told of a dossier."""
    query = "SELECT 1 FROM dossier_pushes WHERE dossier = ? AND endpoint_hash = ?"
    return db.execute(query, (dossier, _hash(vault, endpoint))).fetchone() is not None


def remove_push(db: Reader, vault: Vault, dossier: str, endpoint: str) -> None:
    """Forget the browser at `endpoint`."""
    query = "DELETE FROM dossier_pushes WHERE dossier = ? AND endpoint_hash = ?"
    _note(db, db.execute(query, (dossier, _hash(vault, endpoint))).rowcount)


def drop_push(db: Reader, number: int) -> None:
    """Forget a browser that its push service no longer knows."""
    _note(db, db.execute("DELETE FROM dossier_pushes WHERE id = ?", (number,)).rowcount)


def erase_pushes(db: Reader, dossier: str) -> None:
    """Forget every browser of a dossier."""
    _note(db, db.execute("DELETE FROM dossier_pushes WHERE dossier = ?", (dossier,)).rowcount)


def move_pushes(db: Reader, dropoff: str, dossier: str) -> None:
    """Let the browsers of what was handed in at a kiosk be told of the dossier that it became."""
    db.execute("UPDATE dossier_pushes SET dossier = ? WHERE dossier = ?", (dossier, dropoff))


def purge_pushes(db: Reader) -> None:
    """Forget the browsers of dossiers and drop-offs that have ended: nothing more is told of them."""
    query = (
        "DELETE FROM dossier_pushes WHERE dossier IN (SELECT code FROM desk_dossiers"
        " WHERE state IN ('returned', 'refused', 'stopped', 'withdrawn')"
        " UNION ALL SELECT code FROM dropoffs WHERE state IN ('sent_back', 'lapsed'))"
    )
    _note(db, db.execute(query).rowcount)


def _hash(vault: Vault, endpoint: str) -> str:
    return vault.hash("push", endpoint)


def _note(db: Reader, count: int) -> None:
    """Let the store be scrubbed if anything was erased."""
    if count:
        scrubbing.soil(db)
