"""The addresses by which receipts are looked up, and the guards of each dossier against guessing."""

from motcua.desk import Reader, parse, stamp
from motcua.dossiers.model.lookup import LookupGuard


def create(db: Reader) -> None:
    """Make the table."""
    db.execute(
        "CREATE TABLE dossier_lookups (dossier TEXT PRIMARY KEY, token TEXT NOT NULL UNIQUE, failures INTEGER NOT NULL"
        " DEFAULT 0, locked_until TEXT) STRICT, WITHOUT ROWID"
    )


def add_lookup(db: Reader, dossier: str, token: str) -> None:
    """Give a dossier the address `/d/<token>`."""
    db.execute("INSERT INTO dossier_lookups (dossier, token) VALUES (?, ?)", (dossier, token))


def find_token(db: Reader, dossier: str) -> str | None:
    """Return the end of a dossier's address, None for one from before there were any."""
    row = db.execute("SELECT token FROM dossier_lookups WHERE dossier = ?", (dossier,)).fetchone()
    return str(row[0]) if row else None


def find_by_token(db: Reader, token: str) -> str | None:
    """Return the code of the dossier with this address."""
    row = db.execute("SELECT dossier FROM dossier_lookups WHERE token = ?", (token,)).fetchone()
    return str(row[0]) if row else None


def get_guard(db: Reader, dossier: str) -> LookupGuard:
    """Return the guard of a dossier."""
    query = "SELECT failures, locked_until FROM dossier_lookups WHERE dossier = ?"
    row = db.execute(query, (dossier,)).fetchone()
    return LookupGuard(row[0], parse(row[1]) if row[1] else None) if row else LookupGuard()


def save_guard(db: Reader, dossier: str, guard: LookupGuard) -> None:
    """Write the guard of a dossier."""
    until = stamp(guard.locked_until) if guard.locked_until else None
    query = "UPDATE dossier_lookups SET failures = ?, locked_until = ? WHERE dossier = ?"
    db.execute(query, (guard.failures, until, dossier))
