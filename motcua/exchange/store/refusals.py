"""Dossiers of whose state the provincial system could not be told for good, until it can."""

from msgspec import Struct

from motcua.desk import Reader


class PushRefusal(Struct, frozen=True):
    """A dossier, why the province was not told of it (a code, perhaps with a status), and since when."""

    dossier: str
    detail: str
    refused_at: str


def create(db: Reader) -> None:
    """Make the table."""
    db.execute(
        "CREATE TABLE province_refusals (dossier TEXT PRIMARY KEY, detail TEXT NOT NULL, refused_at TEXT NOT NULL)"
        " STRICT, WITHOUT ROWID"
    )


def note_refusal(db: Reader, item: PushRefusal) -> None:
    """Write a refusal, in the place of an earlier one."""
    query = "INSERT OR REPLACE INTO province_refusals (dossier, detail, refused_at) VALUES (?,?,?)"
    db.execute(query, (item.dossier, item.detail, item.refused_at))


def forget_refusal(db: Reader, dossier: str) -> None:
    """Remove a refusal, because the province knows the dossier's state now."""
    db.execute("DELETE FROM province_refusals WHERE dossier = ?", (dossier,))


def list_refusals(db: Reader, most: int) -> list[PushRefusal]:
    """Return the refusals, the oldest first."""
    query = "SELECT dossier, detail, refused_at FROM province_refusals ORDER BY refused_at, dossier LIMIT ?"
    return [PushRefusal(*row) for row in db.execute(query, (most,))]


def count_refusals(db: Reader) -> int:
    """Return of how many dossiers the province was not told."""
    return int(db.execute("SELECT count(*) FROM province_refusals").fetchone()[0])
