"""Drop-offs in the store, and what is encrypted of them: who handed them in, each page, what an officer wrote."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, cast

from msgspec import Struct

from motcua.desk import Json, Reader, Tx, Unknown, parse, scrubbing, stamp
from motcua.desk.vault import NONCE_BYTES, Vault, compute_sealed_digest
from motcua.dossiers.dropoffs.model import DropOff, DropOffState, DroppedPaper
from motcua.dossiers.model.lookup import LookupGuard

CONTACT, PAGE, WORDS = "contact", "page", "words"
COLUMNS = (
    "code", "token", "procedure", "state", "language", "dropped_at", "dropped_on", "counts_from", "choices", "papers",
    "erase_on", "dossier", "decided_at",
)  # fmt: skip
_LIST = ", ".join(COLUMNS)
_MARKS = ", ".join("?" * len(COLUMNS))
_ASSIGNED = ", ".join(f"{name} = ?" for name in COLUMNS)
_DROPOFF = f"SELECT {_LIST} FROM dropoffs"
_INSERT = f"INSERT INTO dropoffs ({_LIST}) VALUES ({_MARKS})"
_UPDATE = f"UPDATE dropoffs SET {_ASSIGNED} WHERE code = ?"


class SealedPlace(Struct, frozen=True):
    """Where an encrypted row belongs: the drop-off's code, what kind of content it is, which paper a page is of."""

    dropoff: str
    kind: str
    paper: str | None = None


def create(db: Reader) -> None:
    """Make the tables."""
    db.execute(
        "CREATE TABLE dropoffs (code TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, procedure TEXT NOT NULL,"
        " state TEXT NOT NULL, language TEXT NOT NULL, dropped_at TEXT NOT NULL, dropped_on TEXT NOT NULL,"
        " counts_from TEXT NOT NULL, choices TEXT NOT NULL, papers TEXT NOT NULL, erase_on TEXT NOT NULL,"
        " dossier TEXT, decided_at TEXT, failures INTEGER NOT NULL DEFAULT 0, locked_until TEXT) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX dropoffs_state ON dropoffs (state, counts_from)")
    db.execute(
        "CREATE TABLE dropoff_secrets (id INTEGER PRIMARY KEY AUTOINCREMENT, dropoff TEXT NOT NULL,"
        " kind TEXT NOT NULL, paper TEXT, key TEXT NOT NULL, nonce BLOB NOT NULL, body BLOB NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX dropoff_secrets_of ON dropoff_secrets (dropoff, kind, id)")


def describe_dropped(papers: Sequence[DroppedPaper]) -> list[Json]:
    """Return papers as the store and the journal keep them."""
    return [{"code": paper.code, "pages": paper.pages} for paper in papers]


def _dropoff(row: Any) -> DropOff:
    values = dict(zip(COLUMNS, row, strict=True))
    values["state"] = DropOffState(values["state"])
    values["choices"] = tuple(json.loads(values["choices"]).items())
    values["papers"] = tuple(DroppedPaper(**paper) for paper in json.loads(values["papers"]))
    return DropOff(**values)


def _columns(dropoff: DropOff) -> list[Any]:
    values: dict[str, Any] = {name: getattr(dropoff, name) for name in COLUMNS}
    values["state"] = dropoff.state.value
    values["choices"] = json.dumps(dict(dropoff.choices))
    values["papers"] = json.dumps(describe_dropped(dropoff.papers))
    return list(values.values())


def add_dropoff(db: Reader, dropoff: DropOff) -> None:
    """Write a new drop-off."""
    db.execute(_INSERT, _columns(dropoff))


def save_dropoff(db: Reader, dropoff: DropOff) -> None:
    """Write a drop-off that is there already."""
    db.execute(_UPDATE, [*_columns(dropoff), dropoff.code])


def find_dropoff(db: Reader, code: str) -> DropOff | None:
    """Return the drop-off with this code."""
    row = db.execute(f"{_DROPOFF} WHERE code = ?", (code,)).fetchone()
    return _dropoff(row) if row else None


def get_dropoff(db: Reader, code: str) -> DropOff:
    """Return the drop-off with this code. Raises `Unknown("dropoff.unknown")`."""
    if (dropoff := find_dropoff(db, code)) is None:
        raise Unknown("dropoff.unknown", "Nothing was handed in at the kiosk under this code.")
    return dropoff


def find_dropoff_by_token(db: Reader, token: str) -> DropOff | None:
    """Return the drop-off with this address."""
    row = db.execute(f"{_DROPOFF} WHERE token = ?", (token,)).fetchone()
    return _dropoff(row) if row else None


def find_dropoff_of_dossier(db: Reader, dossier: str) -> DropOff | None:
    """Return the drop-off that became this dossier."""
    row = db.execute(f"{_DROPOFF} WHERE state = 'taken_in' AND dossier = ?", (dossier,)).fetchone()
    return _dropoff(row) if row else None


def list_by_state(db: Reader, state: DropOffState, limit: int, skip: int = 0) -> list[DropOff]:
    """Return the drop-offs in a state, those that count first before the others."""
    query = f"{_DROPOFF} WHERE state = ? ORDER BY counts_from, dropped_at, code LIMIT ? OFFSET ?"
    return [_dropoff(row) for row in db.execute(query, (state.value, limit, skip))]


def list_decided(db: Reader, limit: int) -> list[DropOff]:
    """Return the drop-offs that were dealt with last."""
    query = f"{_DROPOFF} WHERE decided_at IS NOT NULL ORDER BY decided_at DESC LIMIT ?"
    return [_dropoff(row) for row in db.execute(query, (limit,))]


def count_waiting(db: Reader) -> int:
    """Return how many drop-offs wait for an officer."""
    return int(db.execute("SELECT count(*) FROM dropoffs WHERE state = 'waiting'").fetchone()[0])


def seal(tx: Tx, vault: Vault, place: SealedPlace, content: bytes) -> list[Json]:
    """Encrypt `content` into a row at `place`; return what the journal says of it."""
    query = "INSERT INTO dropoff_secrets (dropoff, kind, paper, key, nonce, body) VALUES (?, ?, ?, ?, x'', x'')"
    row_id = cast(int, tx.db.execute(query, (place.dropoff, place.kind, place.paper, vault.name)).lastrowid)
    nonce = tx.entropy(NONCE_BYTES)
    body = vault.seal(content, nonce, f"dropoff:{row_id}")
    tx.db.execute("UPDATE dropoff_secrets SET nonce = ?, body = ? WHERE id = ?", (nonce, body, row_id))
    return [row_id, place.kind, compute_sealed_digest(nonce, body)]


def find_sealed(db: Reader, vault: Vault, code: str, kind: str, place: int = 0) -> bytes | None:
    """Return what is encrypted of a drop-off, None when it was erased or another key has written it."""
    query = (
        "SELECT id, key, nonce, body FROM dropoff_secrets WHERE dropoff = ? AND kind = ? ORDER BY id LIMIT 1 OFFSET ?"
    )
    row = db.execute(query, (code, kind, place)).fetchone()
    if row is None or row[1] != vault.name:
        return None
    return vault.unseal(row[3], row[2], f"dropoff:{row[0]}")


def list_page_papers(db: Reader, code: str) -> list[str]:
    """Return to which paper each page belongs that is still there, in the order in which they were scanned."""
    query = "SELECT paper FROM dropoff_secrets WHERE dropoff = ? AND kind = 'page' ORDER BY id"
    return [row[0] for row in db.execute(query, (code,))]


def erase_pages(db: Reader, code: str) -> None:
    """Erase the scans of a drop-off."""
    if db.execute("DELETE FROM dropoff_secrets WHERE dropoff = ? AND kind = 'page'", (code,)).rowcount:
        scrubbing.soil(db)


def erase_all(db: Reader, code: str) -> None:
    """Erase everything that is encrypted of a drop-off."""
    if db.execute("DELETE FROM dropoff_secrets WHERE dropoff = ?", (code,)).rowcount:
        scrubbing.soil(db)


def purge(db: Reader, day: str) -> int:
    """Erase what was to be kept until before `day`; return how many rows. What nobody took in lapses."""
    query = "DELETE FROM dropoff_secrets WHERE dropoff IN (SELECT code FROM dropoffs WHERE erase_on < ?)"
    rows = db.execute(query, (day,)).rowcount
    db.execute("UPDATE dropoffs SET state = 'lapsed' WHERE state = 'waiting' AND erase_on < ?", (day,))
    if rows:
        scrubbing.soil(db)
    return rows


def find_last_key(db: Reader) -> str | None:
    """Return the name of the key by which the newest row was encrypted."""
    row = db.execute("SELECT key FROM dropoff_secrets ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else None


def list_digests(db: Reader) -> Iterator[tuple[int, str, str, str]]:
    """Yield each encrypted row: its number, its drop-off, its kind, and the digest of what is stored."""
    for row in db.execute("SELECT id, dropoff, kind, nonce, body FROM dropoff_secrets ORDER BY id"):
        yield row[0], row[1], row[2], compute_sealed_digest(row[3], row[4])


def get_guard(db: Reader, code: str) -> LookupGuard:
    """Return the guard of a drop-off's look-up."""
    row = db.execute("SELECT failures, locked_until FROM dropoffs WHERE code = ?", (code,)).fetchone()
    return LookupGuard(row[0], parse(row[1]) if row[1] else None) if row else LookupGuard()


def save_guard(db: Reader, code: str, guard: LookupGuard) -> None:
    """Write the guard of a drop-off's look-up."""
    until: datetime | None = guard.locked_until
    query = "UPDATE dropoffs SET failures = ?, locked_until = ? WHERE code = ?"
    db.execute(query, (guard.failures, stamp(until) if until else None, code))
