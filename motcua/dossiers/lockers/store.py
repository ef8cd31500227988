"""The doors of the locker that are not empty. A keyed hash finds a code, which is encrypted."""

from datetime import datetime

from motcua.desk import Reader, Tx, Unknown, parse, scrubbing, stamp
from motcua.desk.vault import NONCE_BYTES, Vault, compute_sealed_digest
from motcua.dossiers.lockers.model import DoorState, LockerDoor
from motcua.dossiers.model.lookup import LookupGuard

COLUMNS = ("door", "dossier", "state", "put_on", "changed_at", "problem")
_DOOR = "SELECT door, dossier, state, put_on, changed_at, problem FROM locker_doors"


def create(db: Reader) -> None:
    """Make the table."""
    db.execute(
        "CREATE TABLE locker_doors (door INTEGER PRIMARY KEY, dossier TEXT NOT NULL UNIQUE, state TEXT NOT NULL,"
        " put_on TEXT NOT NULL, changed_at TEXT NOT NULL, problem TEXT, code_hash TEXT NOT NULL UNIQUE,"
        " key TEXT NOT NULL, nonce BLOB NOT NULL, body BLOB NOT NULL, failures INTEGER NOT NULL DEFAULT 0,"
        " locked_until TEXT) STRICT"
    )


def _door(row: tuple[int, str, str, str, str, str | None]) -> LockerDoor:
    return LockerDoor(row[0], row[1], DoorState(row[2]), *row[3:])


def list_doors(db: Reader) -> list[LockerDoor]:
    """Return the doors that are not empty, in order."""
    return [_door(row) for row in db.execute(f"{_DOOR} ORDER BY door")]


def find_door(db: Reader, door: int) -> LockerDoor | None:
    """Return what is behind a door, None for an empty one."""
    row = db.execute(f"{_DOOR} WHERE door = ?", (door,)).fetchone()
    return _door(row) if row else None


def get_door(db: Reader, door: int) -> LockerDoor:
    """Return what is behind a door. Raises `Unknown("locker.empty")`."""
    if (current := find_door(db, door)) is None:
        raise Unknown("locker.empty", "Nothing is behind this door.")
    return current


def find_of_dossier(db: Reader, dossier: str) -> LockerDoor | None:
    """Return behind which door the result of a dossier is."""
    row = db.execute(f"{_DOOR} WHERE dossier = ?", (dossier,)).fetchone()
    return _door(row) if row else None


def find_by_code(db: Reader, vault: Vault, code: str) -> LockerDoor | None:
    """Return the door that a code opens."""
    row = db.execute(f"{_DOOR} WHERE code_hash = ?", (vault.hash("locker", code),)).fetchone()
    return _door(row) if row else None


def add_door(tx: Tx, vault: Vault, door: LockerDoor, code: str) -> str:
    """Write a door with its code; return the digest of what is encrypted."""
    nonce = tx.entropy(NONCE_BYTES)
    body = vault.seal(code.encode(), nonce, _row(door))
    query = (
        "INSERT INTO locker_doors (door, dossier, state, put_on, changed_at, problem, code_hash, key, nonce, body)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )
    values = (door.door, door.dossier, door.state.value, door.put_on, door.changed_at, door.problem)
    tx.db.execute(query, (*values, vault.hash("locker", code), vault.name, nonce, body))
    return compute_sealed_digest(nonce, body)


def save_door(db: Reader, door: LockerDoor) -> None:
    """Write a door that is there already."""
    query = "UPDATE locker_doors SET state = ?, changed_at = ?, problem = ? WHERE door = ?"
    db.execute(query, (door.state.value, door.changed_at, door.problem, door.door))


def clear_door(db: Reader, door: int) -> None:
    """Forget what was behind a door, its code included."""
    db.execute("DELETE FROM locker_doors WHERE door = ?", (door,))
    scrubbing.soil(db)


def find_code(db: Reader, vault: Vault, dossier: str) -> str | None:
    """Return the code that opens the door of a dossier, None where there is none or its key is lost."""
    query = "SELECT door, key, nonce, body FROM locker_doors WHERE dossier = ?"
    row = db.execute(query, (dossier,)).fetchone()
    if row is None or row[1] != vault.name:
        return None
    return vault.unseal(row[3], row[2], f"door:{row[0]}:{dossier}").decode()


def list_door_digests(db: Reader) -> list[tuple[int, str]]:
    """Return each door, and the digest of its encrypted code."""
    rows = db.execute("SELECT door, nonce, body FROM locker_doors ORDER BY door")
    return [(row[0], compute_sealed_digest(row[1], row[2])) for row in rows]


def get_guard(db: Reader, door: int) -> LookupGuard:
    """Return the guard of a door's code."""
    row = db.execute("SELECT failures, locked_until FROM locker_doors WHERE door = ?", (door,)).fetchone()
    return LookupGuard(row[0], parse(row[1]) if row[1] else None)


def save_guard(db: Reader, door: int, guard: LookupGuard) -> None:
    """Write the guard of a door's code."""
    until: datetime | None = guard.locked_until
    query = "UPDATE locker_doors SET failures = ?, locked_until = ? WHERE door = ?"
    db.execute(query, (guard.failures, stamp(until) if until else None, door))


def _row(door: LockerDoor) -> str:
    return f"door:{door.door}:{door.dossier}"
