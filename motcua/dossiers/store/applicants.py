"""What citizens let the unit keep for their next visit: encrypted, found by a keyed hash of the ID number alone."""

import json
from typing import cast

from msgspec import Struct

from motcua.desk import Reader, Tx, scrubbing
from motcua.desk.vault import NONCE_BYTES, Vault, compute_sealed_digest
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.store.secrets import describe_applicant, read_applicant_values


class KeptRow(Struct, frozen=True):
    """An encrypted row of somebody who agreed; `erase_on` is the last day of its keeping."""

    id: int
    key: str
    nonce: bytes
    body: bytes
    erase_on: str


def create(db: Reader) -> None:
    """Make the table."""
    db.execute(
        "CREATE TABLE applicants (id INTEGER PRIMARY KEY AUTOINCREMENT, number_hash TEXT NOT NULL UNIQUE,"
        " key TEXT NOT NULL, nonce BLOB NOT NULL, body BLOB NOT NULL, agreed_at TEXT NOT NULL, erase_on TEXT NOT NULL)"
        " STRICT"
    )
    db.execute("CREATE INDEX applicants_erased ON applicants (erase_on)")
    db.execute("CREATE TABLE dossier_keys (id INTEGER PRIMARY KEY, name TEXT NOT NULL, began_at TEXT NOT NULL) STRICT")


def find_kept(db: Reader, vault: Vault, number: str) -> KeptRow | None:
    """Return the row of the person with this ID number."""
    query = "SELECT id, key, nonce, body, erase_on FROM applicants WHERE number_hash = ?"
    row = db.execute(query, (_hash(vault, number),)).fetchone()
    return KeptRow(*row) if row else None


def read_kept(vault: Vault, row: KeptRow) -> Applicant:
    """Return who a row is about. Raises `VaultError`."""
    return read_applicant_values(json.loads(vault.unseal(row.body, row.nonce, f"applicant:{row.id}")))


def keep_applicant(tx: Tx, vault: Vault, applicant: Applicant, erase_on: str) -> tuple[int, str]:
    """Write what somebody declared, in the place of what they declared before; return the row's number and digest."""
    number_hash = _hash(vault, applicant.number)
    row = tx.db.execute("SELECT id FROM applicants WHERE number_hash = ?", (number_hash,)).fetchone()
    if row is None:
        query = (
            "INSERT INTO applicants (number_hash, key, nonce, body, agreed_at, erase_on) VALUES (?, ?, x'', x'', ?, ?)"
        )
        row_id = cast(int, tx.db.execute(query, (number_hash, vault.name, tx.at, erase_on)).lastrowid)
    else:
        row_id = int(row[0])
        scrubbing.soil(tx.db)
    nonce = tx.entropy(NONCE_BYTES)
    content = json.dumps(describe_applicant(applicant), ensure_ascii=False).encode()
    body = vault.seal(content, nonce, f"applicant:{row_id}")
    query = "UPDATE applicants SET key = ?, nonce = ?, body = ?, agreed_at = ?, erase_on = ? WHERE id = ?"
    tx.db.execute(query, (vault.name, nonce, body, tx.at, erase_on, row_id))
    return row_id, compute_sealed_digest(nonce, body)


def find_last_key(db: Reader) -> str | None:
    """Return the name of the key by which the newest row was encrypted."""
    row = db.execute("SELECT key FROM applicants ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else None


def find_begun_key(db: Reader) -> str | None:
    """Return the name of the last key that took the place of a lost one."""
    row = db.execute("SELECT name FROM dossier_keys ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else None


def add_begun_key(db: Reader, name: str, at: str) -> None:
    """Note that a key took the place of a lost one."""
    db.execute("INSERT INTO dossier_keys (name, began_at) VALUES (?, ?)", (name, at))


def erase_kept(db: Reader, row_id: int) -> None:
    """Erase what somebody let the unit keep."""
    db.execute("DELETE FROM applicants WHERE id = ?", (row_id,))
    scrubbing.soil(db)


def purge_kept(db: Reader, day: str) -> int:
    """Erase the rows that were to be kept until before `day`; return how many."""
    count = db.execute("DELETE FROM applicants WHERE erase_on < ?", (day,)).rowcount
    if count:
        scrubbing.soil(db)
    return count


def list_kept_digests(db: Reader) -> list[tuple[int, str]]:
    """Return each row's number, and the digest of what is stored."""
    rows = db.execute("SELECT id, nonce, body FROM applicants ORDER BY id")
    return [(row[0], compute_sealed_digest(row[1], row[2])) for row in rows]


def _hash(vault: Vault, number: str) -> str:
    return vault.hash("applicant", number)
