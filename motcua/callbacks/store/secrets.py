"""Whom to call: encrypted, found by a keyed hash of the number alone, erased with the call or by its day."""

import json

from motcua.callbacks.model import CallbackContact
from motcua.desk import Reader, Tx, scrubbing
from motcua.desk.vault import NONCE_BYTES, Vault, VaultError, compute_sealed_digest


def create(db: Reader) -> None:
    """Make the table."""
    db.execute(
        "CREATE TABLE callback_secrets (callback INTEGER PRIMARY KEY, number_hash TEXT NOT NULL, key TEXT NOT NULL,"
        " nonce BLOB NOT NULL, body BLOB NOT NULL, erase_on TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX callback_secrets_number ON callback_secrets (number_hash)")
    db.execute("CREATE INDEX callback_secrets_erased ON callback_secrets (erase_on)")


def seal_contact(tx: Tx, vault: Vault, callback: int, contact: CallbackContact, erase_on: str) -> str:
    """Write whom to call and return the digest of the encrypted row."""
    nonce = tx.entropy(NONCE_BYTES)
    content = json.dumps({"phone": contact.phone, "question": contact.question}, ensure_ascii=False).encode()
    body = vault.seal(content, nonce, _name(callback))
    query = "INSERT INTO callback_secrets (callback, number_hash, key, nonce, body, erase_on) VALUES (?,?,?,?,?,?)"
    tx.db.execute(query, (callback, _hash(vault, contact.phone), vault.name, nonce, body, erase_on))
    return compute_sealed_digest(nonce, body)


def find_contact(db: Reader, vault: Vault | None, callback: int) -> CallbackContact | None:
    """Return whom to call; None where it is erased, or nobody can read it with this key."""
    row = db.execute("SELECT nonce, body FROM callback_secrets WHERE callback = ?", (callback,)).fetchone()
    if row is None or vault is None:
        return None
    try:
        return CallbackContact(**json.loads(vault.unseal(row[1], row[0], _name(callback))))
    except VaultError:
        return None


def has_number(db: Reader, vault: Vault, phone: str) -> bool:
    """Say whether somebody with this number waits for a call already."""
    query = "SELECT 1 FROM callback_secrets WHERE number_hash = ? LIMIT 1"
    return db.execute(query, (_hash(vault, phone),)).fetchone() is not None


def erase_contact(db: Reader, callback: int) -> None:
    """Erase whom to call."""
    if db.execute("DELETE FROM callback_secrets WHERE callback = ?", (callback,)).rowcount:
        scrubbing.soil(db)


def list_overdue_contacts(db: Reader, day: str) -> list[int]:
    """Return the call backs whose number was to be kept until before `day`."""
    rows = db.execute("SELECT callback FROM callback_secrets WHERE erase_on < ? ORDER BY callback", (day,))
    return [int(row[0]) for row in rows]


def find_last_key(db: Reader) -> str | None:
    """Return the name of the key by which the newest number was encrypted."""
    row = db.execute("SELECT key FROM callback_secrets ORDER BY callback DESC LIMIT 1").fetchone()
    return str(row[0]) if row else None


def list_contact_digests(db: Reader) -> list[tuple[int, str]]:
    """Return each call back that has a number, and the digest of what is stored."""
    rows = db.execute("SELECT callback, nonce, body FROM callback_secrets ORDER BY callback")
    return [(row[0], compute_sealed_digest(row[1], row[2])) for row in rows]


def _name(callback: int) -> str:
    return f"callback:{callback}"


def _hash(vault: Vault, phone: str) -> str:
    return vault.hash("callback", phone)
