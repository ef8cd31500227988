"""Results that were promised for the same day."""

from motcua.desk import Reader
from motcua.dossiers.model.promise import SameDayPromise


def create(db: Reader) -> None:
    """Make the table."""
    db.execute(
        "CREATE TABLE same_day_promises (dossier TEXT PRIMARY KEY, day TEXT NOT NULL, reason TEXT) STRICT,"
        " WITHOUT ROWID"
    )
    db.execute("CREATE INDEX same_day_promises_day ON same_day_promises (day)")


def add_promise(db: Reader, promise: SameDayPromise) -> None:
    """Write a promise."""
    query = "INSERT INTO same_day_promises (dossier, day, reason) VALUES (?,?,?)"
    db.execute(query, (promise.dossier, promise.day, promise.reason))


def save_reason(db: Reader, dossier: str, reason: str) -> None:
    """Write why a promise was not kept."""
    db.execute("UPDATE same_day_promises SET reason = ? WHERE dossier = ?", (reason, dossier))


def find_promise(db: Reader, dossier: str) -> SameDayPromise | None:
    """Return what was promised of a dossier, None for nothing."""
    query = "SELECT dossier, day, reason FROM same_day_promises WHERE dossier = ?"
    row = db.execute(query, (dossier,)).fetchone()
    return SameDayPromise(*row) if row else None


def list_promises(db: Reader, first: str, last: str) -> list[tuple[SameDayPromise, str, str | None]]:
    """Return the promises of the days `first` to `last`, each with its procedure and the day of the hand-out."""
    rows = db.execute(
        "SELECT p.dossier, p.day, p.reason, d.procedure,"
        " (SELECT m.day FROM dossier_moves m WHERE m.dossier = p.dossier AND m.move = 'returned' LIMIT 1)"
        " FROM same_day_promises p JOIN desk_dossiers d ON d.code = p.dossier WHERE p.day BETWEEN ? AND ?"
        " ORDER BY p.day, p.dossier",
        (first, last),
    )
    return [(SameDayPromise(row[0], row[1], row[2]), row[3], row[4]) for row in rows]


def find_returned_on(db: Reader, dossier: str) -> str | None:
    """Return the day on which the result was handed out."""
    query = "SELECT day FROM dossier_moves WHERE dossier = ? AND move = 'returned' LIMIT 1"
    row = db.execute(query, (dossier,)).fetchone()
    return str(row[0]) if row else None
