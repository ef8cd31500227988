"""Which dossiers may need a letter: an apology with a new day, or the notice that settling stops."""

from motcua.desk import Reader
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.store.board import MATCHES, BoardFilter, list_values
from motcua.dossiers.store.dossiers import list_by_codes

_APOLOGIES = (
    "SELECT code FROM desk_dossiers INDEXED BY desk_dossiers_promised"
    f" WHERE state IN ('received', 'processing') AND extensions = 0 AND due_on <= :last AND{MATCHES}"
    " ORDER BY due_on, code LIMIT :limit"
)
_STOPS = (
    "SELECT code FROM desk_dossiers INDEXED BY desk_dossiers_asked"
    f" WHERE state = 'supplement' AND coalesce(paused_on, received_on) BETWEEN :since AND :last AND{MATCHES}"
    " ORDER BY coalesce(paused_on, received_on), code LIMIT :limit"
)


def create(db: Reader) -> None:
    """Make the index of those that nobody has promised a new day."""
    db.execute(
        "CREATE INDEX desk_dossiers_promised ON desk_dossiers (due_on, holder, step, procedure)"
        " WHERE state IN ('received', 'processing') AND extensions = 0"
    )


def list_without_new_day(db: Reader, last: str, which: BoardFilter, limit: int) -> list[Dossier]:
    """Return those in work that are due on `last` or before and have no new day, those that are due first in front."""
    rows = db.execute(_APOLOGIES, {**list_values(which), "last": last, "limit": limit})
    return list_by_codes(db, [row[0] for row in rows])


def list_asked(db: Reader, since: str, last: str, which: BoardFilter, limit: int) -> list[Dossier]:
    """Return those of which more was asked for on the days from `since` to `last`, the oldest request first."""
    rows = db.execute(_STOPS, {**list_values(which), "since": since, "last": last, "limit": limit})
    return list_by_codes(db, [row[0] for row in rows])
