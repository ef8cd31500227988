"""Encrypted rows: who an applicant is, the names of papers that no checklist has, what was written to them."""

import json
from collections.abc import Iterator
from typing import Any, cast

from msgspec import Struct, to_builtins

from motcua.desk import Json, Reader, Tx, scrubbing
from motcua.desk.vault import NONCE_BYTES, Vault, compute_sealed_digest
from motcua.dossiers.model.applicant import Applicant, Sex

APPLICANT, PAPERS, WORDS = "applicant", "papers", "words"


class RowPlace(Struct, frozen=True):
    """Where an encrypted row belongs: the dossier's code, what kind of content it is, the last day of its keeping."""

    dossier: str
    kind: str
    erase_on: str


class SealedRow(Struct, frozen=True):
    """An encrypted row as it stands in the store; `key` names the key that can read it."""

    id: int
    kind: str
    key: str
    nonce: bytes
    body: bytes


def create(db: Reader) -> None:
    """Make the table."""
    db.execute(
        "CREATE TABLE dossier_secrets (id INTEGER PRIMARY KEY AUTOINCREMENT, dossier TEXT NOT NULL, kind TEXT NOT NULL,"
        " key TEXT NOT NULL, nonce BLOB NOT NULL, body BLOB NOT NULL, number_hash TEXT, erase_on TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX dossier_secrets_of ON dossier_secrets (dossier, id)")
    db.execute("CREATE INDEX dossier_secrets_number ON dossier_secrets (number_hash) WHERE number_hash IS NOT NULL")
    db.execute("CREATE INDEX dossier_secrets_erased ON dossier_secrets (erase_on)")


def seal_row(tx: Tx, vault: Vault, place: RowPlace, content: Json) -> list[Json]:
    """Encrypt `content` into a row at `place`; return what the journal says of it."""
    number = content.get("number") if isinstance(content, dict) else None
    found_by = vault.hash("number", str(number)) if place.kind == APPLICANT and number else None
    query = (
        "INSERT INTO dossier_secrets (dossier, kind, key, nonce, body, number_hash, erase_on)"
        " VALUES (?, ?, ?, x'', x'', ?, ?)"
    )
    row_id = cast(
        int, tx.db.execute(query, (place.dossier, place.kind, vault.name, found_by, place.erase_on)).lastrowid
    )
    nonce = tx.entropy(NONCE_BYTES)
    body = vault.seal(json.dumps(content, ensure_ascii=False).encode(), nonce, f"dossier:{row_id}")
    tx.db.execute("UPDATE dossier_secrets SET nonce = ?, body = ? WHERE id = ?", (nonce, body, row_id))
    return [row_id, place.kind, compute_sealed_digest(nonce, body)]


def unseal_row(vault: Vault, row: SealedRow) -> Any:
    """Return what a row holds. Raises `VaultError`."""
    return json.loads(vault.unseal(row.body, row.nonce, f"dossier:{row.id}"))


def describe_applicant(applicant: Applicant) -> dict[str, Json]:
    """Return an applicant as it is encrypted."""
    return cast(dict[str, Json], to_builtins(applicant))


def read_applicant_values(values: dict[str, Any]) -> Applicant:
    """Return the applicant that `describe_applicant` made plain."""
    return Applicant(**{**values, "sex": Sex(values["sex"]) if values["sex"] else None})


def list_sealed(db: Reader, code: str) -> list[SealedRow]:
    """Return the encrypted rows of a dossier, oldest first."""
    query = "SELECT id, kind, key, nonce, body FROM dossier_secrets WHERE dossier = ? ORDER BY id"
    return [SealedRow(*row) for row in db.execute(query, (code,))]


def find_applicant(db: Reader, vault: Vault, code: str) -> Applicant | None:
    """Return who handed in the dossier `code`, None when that was erased or another key has written it."""
    for row in reversed(list_sealed(db, code)):
        if row.kind == APPLICANT and row.key == vault.name:
            return read_applicant_values(unseal_row(vault, row))
    return None


def map_paper_names(db: Reader, vault: Vault, code: str) -> dict[str, str]:
    """Return the names of papers that no checklist has, by code."""
    names: dict[str, str] = {}
    for row in list_sealed(db, code):
        if row.kind == PAPERS and row.key == vault.name:
            names.update(unseal_row(vault, row))
    return names


def list_words(db: Reader, vault: Vault, code: str) -> list[tuple[str, str]]:
    """Return what was written to the applicant: the move and the words, oldest first."""
    rows = [row for row in list_sealed(db, code) if row.kind == WORDS and row.key == vault.name]
    return [(content["move"], content["text"]) for content in (unseal_row(vault, row) for row in rows)]


def find_by_number(db: Reader, vault: Vault, number: str, limit: int) -> list[str]:
    """Return the codes of the dossiers of the person with this ID number, the newest first."""
    query = "SELECT DISTINCT dossier FROM dossier_secrets WHERE number_hash = ? ORDER BY id DESC LIMIT ?"
    return [row[0] for row in db.execute(query, (vault.hash("number", number), limit))]


def find_last_key(db: Reader) -> str | None:
    """Return the name of the key by which the newest row was encrypted."""
    row = db.execute("SELECT key FROM dossier_secrets ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else None


def list_digests(db: Reader) -> Iterator[tuple[int, str, str, str]]:
    """Yield each row: its number, its dossier, its kind, and the digest of what is stored."""
    for row in db.execute("SELECT id, dossier, kind, nonce, body FROM dossier_secrets ORDER BY id"):
        yield row[0], row[1], row[2], compute_sealed_digest(row[3], row[4])


def keep_until(db: Reader, code: str, erase_on: str) -> None:
    """Say when the encrypted rows of a dossier are erased."""
    db.execute("UPDATE dossier_secrets SET erase_on = ? WHERE dossier = ?", (erase_on, code))


def erase_sealed(db: Reader, code: str) -> int:
    """Erase the encrypted rows of a dossier; return how many there were."""
    count = db.execute("DELETE FROM dossier_secrets WHERE dossier = ?", (code,)).rowcount
    if count:
        scrubbing.soil(db)
    return count


def purge_sealed(db: Reader, day: str) -> int:
    """Erase the encrypted rows of dossiers that ended, and were to be kept until before `day`; return how many."""
    query = (
        "DELETE FROM dossier_secrets WHERE erase_on < ? AND (dossier LIKE 'bank:%' OR dossier IN"
        " (SELECT code FROM desk_dossiers WHERE state IN ('returned', 'refused', 'stopped', 'withdrawn')))"
    )
    return db.execute(query, (day,)).rowcount
