"""Dossiers whose result can be fetched, for the wall, which asks after each change."""

from motcua.desk import Reader


def create(db: Reader) -> None:
    """Make the index: with the codes of those that became ready last at its end."""
    db.execute("CREATE INDEX desk_dossiers_ready ON desk_dossiers (state, settled_at, code) WHERE state = 'ready'")


def list_ready_codes(db: Reader, limit: int) -> list[str]:
    """Return the codes that lead of the dossiers whose result is ready, those that became ready last before others."""
    query = (
        "SELECT coalesce(provincial_code, code) FROM desk_dossiers INDEXED BY desk_dossiers_ready"
        " WHERE state = 'ready' ORDER BY settled_at DESC, code DESC LIMIT ?"
    )
    return [row[0] for row in db.execute(query, (limit,))]


def count_ready(db: Reader) -> int:
    """Return of how many dossiers the result is ready."""
    query = "SELECT count(*) FROM desk_dossiers INDEXED BY desk_dossiers_ready WHERE state = 'ready'"
    return int(db.execute(query).fetchone()[0])
