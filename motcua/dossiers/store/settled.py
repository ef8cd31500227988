"""How dossiers that this desk took in ended, as the official indices count them."""

from motcua.desk import Reader
from motcua.dossiers.model.outcomes import DossierOutcome

BEFORE_EXTENSION = (
    "(SELECT b.due_on FROM dossier_moves b WHERE b.dossier = d.code AND b.id < (SELECT min(e.id) FROM dossier_moves e"
    " WHERE e.dossier = d.code AND e.move = 'extended') ORDER BY b.id DESC LIMIT 1)"
)
_SETTLED = (
    "SELECT d.code, coalesce(d.counted_from, d.received_on),"
    f" CASE WHEN d.extensions THEN {BEFORE_EXTENSION} ELSE d.due_on END,"
    " m.day, d.procedure, d.officer, d.channel = 'online', d.visit"
    " FROM dossier_moves m JOIN desk_dossiers d ON d.code = m.dossier"
    " WHERE m.move IN ('ready', 'refused', 'stopped') AND m.day BETWEEN ? AND ? AND d.due_on IS NOT NULL"
    " ORDER BY m.day, d.code"
)


def find_own_since(db: Reader) -> str | None:
    """Return the day of the first dossier that this desk took in."""
    row = db.execute("SELECT min(received_on) FROM desk_dossiers").fetchone()
    return str(row[0]) if row[0] else None


def list_own_settled(db: Reader, first: str, last: str) -> list[tuple[DossierOutcome, str | None]]:
    """Return the dossiers that were settled on the days from `first` to `last`, each with its visit.

    Those that were withdrawn, or refused before their time began, are not settled. Where a new day was promised, the
    day that was promised before it counts. What this desk does not know is None.
    """
    rows = db.execute(_SETTLED, (first, last))
    return [
        (DossierOutcome(code, received, due, day, procedure, officer, is_online=bool(is_online)), visit)
        for code, received, due, day, procedure, officer, is_online, visit in rows
    ]
