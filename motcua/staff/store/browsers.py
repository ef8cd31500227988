"""Browsers from which somebody signed in, in the store. Secrets are stored hashed."""

from motcua.desk import Reader
from motcua.staff.store.digests import compute_digest


def remember_browser(db: Reader, secret: str, account: int, at: str) -> None:
    """Note that `account` signed in from the browser that holds `secret`."""
    query = (
        "INSERT INTO browsers (secret, account, seen_at) VALUES (?,?,?) ON CONFLICT DO UPDATE SET seen_at = "
        "excluded.seen_at"
    )
    db.execute(query, (compute_digest(secret), account, at))


def is_browser_of(db: Reader, secret: str, account: int) -> bool:
    """Say whether `account` ever signed in from the browser that holds `secret`."""
    query = "SELECT 1 FROM browsers WHERE secret = ? AND account = ?"
    return db.execute(query, (compute_digest(secret), account)).fetchone() is not None


def is_known_browser(db: Reader, secret: str) -> bool:
    """Say whether anybody ever signed in from the browser that holds `secret`."""
    return (
        db.execute("SELECT 1 FROM browsers WHERE secret = ? LIMIT 1", (compute_digest(secret),)).fetchone() is not None
    )
