"""What has ended leaves the store."""

from motcua.desk import Reader


def purge(db: Reader, at: str, browsers_before: str) -> None:
    """Remove pairing offers and sign-ins that ended before `at`, and browsers in which nobody signed in since
    `browsers_before`.
    """
    db.execute("DELETE FROM browsers WHERE seen_at < ?", (browsers_before,))
    db.execute("DELETE FROM pairings WHERE expires_at <= ?", (at,))
    db.execute("DELETE FROM credentials WHERE kind = 'session' AND (revoked_at < ? OR expires_at < ?)", (at, at))
