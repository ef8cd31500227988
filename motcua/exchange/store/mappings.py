"""The mappings of a ward."""

import hashlib
import json
from typing import Any, cast

from motcua.desk import Reader, Unknown
from motcua.dossiers.model.dossier import DossierState
from motcua.exchange.model.mappings import DateOrder, ExchangeMapping


def create(db: Reader) -> None:
    """Make the table."""
    db.execute(
        "CREATE TABLE exchange_mappings (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, system TEXT"
        " NOT NULL, body TEXT NOT NULL, digest TEXT NOT NULL, saved_at TEXT NOT NULL, account INTEGER) STRICT"
    )


_COLUMNS = "id, name, system, body, saved_at, account"


def write_body(mapping: ExchangeMapping) -> str:
    """Return what a mapping says, as JSON."""
    body = {"columns": mapping.columns, "states": mapping.states, "date_order": mapping.date_order}
    return json.dumps(body, ensure_ascii=False)


def compute_digest(mapping: ExchangeMapping) -> str:
    """Return the SHA-256 of a mapping with its name and system, in hex."""
    return hashlib.sha256("\n".join((mapping.name, mapping.system, write_body(mapping))).encode()).hexdigest()


def _mapping(row: Any) -> ExchangeMapping:
    number, name, system, text, saved_at, account = row
    body = json.loads(text)
    states = {word: DossierState(state) for word, state in body["states"].items()}
    order = DateOrder(body["date_order"])
    return ExchangeMapping(number, name, system, body["columns"], states, order, saved_at, account)


def list_mappings(db: Reader) -> list[ExchangeMapping]:
    """Return the mappings by name."""
    return [_mapping(row) for row in db.execute(f"SELECT {_COLUMNS} FROM exchange_mappings ORDER BY name")]


def find_by_name(db: Reader, name: str) -> ExchangeMapping | None:
    """Return the mapping called `name`."""
    row = db.execute(f"SELECT {_COLUMNS} FROM exchange_mappings WHERE name = ?", (name,)).fetchone()
    return _mapping(row) if row else None


def get_mapping(db: Reader, number: int) -> ExchangeMapping:
    """Return the mapping with this number. Raises `Unknown("mapping.unknown")`."""
    row = db.execute(f"SELECT {_COLUMNS} FROM exchange_mappings WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise Unknown("mapping.unknown", "There is no such mapping. Perhaps it was removed.")
    return _mapping(row)


def save_mapping(db: Reader, mapping: ExchangeMapping) -> int:
    """Write a mapping, a new one with the number 0; return its number."""
    digest, body = compute_digest(mapping), write_body(mapping)
    values = (mapping.name, mapping.system, body, digest, mapping.saved_at, mapping.account)
    if mapping.id:
        query = (
            "UPDATE exchange_mappings SET name = ?, system = ?, body = ?, digest = ?, saved_at = ?, account = ?"
            " WHERE id = ?"
        )
        db.execute(query, (*values, mapping.id))
        return mapping.id
    query = "INSERT INTO exchange_mappings (name, system, body, digest, saved_at, account) VALUES (?,?,?,?,?,?)"
    return cast(int, db.execute(query, values).lastrowid)


def remove_mapping(db: Reader, number: int) -> None:
    """Remove a mapping."""
    db.execute("DELETE FROM exchange_mappings WHERE id = ?", (number,))


def list_digests(db: Reader) -> list[tuple[int, str]]:
    """Return each mapping's number, and the digest of what is stored."""
    return [(mapping.id, compute_digest(mapping)) for mapping in list_mappings(db)]
