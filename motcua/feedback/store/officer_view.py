"""Who opened the camera's figures by officer, and until when, in the store."""

from typing import cast

from motcua.desk import Reader, Stamps
from motcua.feedback.model import OfficerView

STAMPS = [Stamps("officer_views", ["opened_at", "closed_at"], where="opened_at >= :since OR closed_at >= :since")]
_VIEW = "SELECT id, opened_at, opened_by, reason, closed_at, closed_by FROM officer_views"


def create_officer_views(db: Reader) -> None:
    """Make the table."""
    db.execute(
        "CREATE TABLE officer_views (id INTEGER PRIMARY KEY AUTOINCREMENT, opened_at TEXT NOT NULL,"
        " opened_by INTEGER NOT NULL, reason TEXT NOT NULL, closed_at TEXT, closed_by TEXT) STRICT"
    )


def find_last_officer_view(db: Reader) -> OfficerView | None:
    """Return the last opening, whether or not somebody closed it since."""
    row = db.execute(f"{_VIEW} ORDER BY id DESC LIMIT 1").fetchone()
    return OfficerView(*row) if row else None


def add_officer_view(db: Reader, at: str, account: int, reason: str) -> int:
    """Write that the account opened it; return the number of the opening."""
    query = "INSERT INTO officer_views (opened_at, opened_by, reason) VALUES (?,?,?)"
    return cast(int, db.execute(query, (at, account, reason)).lastrowid)


def end_officer_view(db: Reader, view: int, at: str, actor: str) -> None:
    """Write that somebody closed it."""
    db.execute("UPDATE officer_views SET closed_at = ?, closed_by = ? WHERE id = ?", (at, actor, view))
