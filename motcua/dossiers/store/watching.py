"""How many dossiers are near or over their day, or wait too long. Each sum is a search in an index."""

from msgspec import Struct

from motcua.desk import Reader

_DUE = (
    "SELECT flow, step, holder, count(*) FROM desk_dossiers INDEXED BY desk_dossiers_board"
    " WHERE state IN ('received', 'processing') AND due_on BETWEEN ? AND ? GROUP BY flow, step, holder"
)
_UNANSWERED = (
    "SELECT holder, count(*) FROM desk_dossiers INDEXED BY desk_dossiers_asked"
    " WHERE state = 'supplement' AND coalesce(paused_on, received_on) <= ? GROUP BY holder"
)
_UNFETCHED = (
    "SELECT officer, count(*) FROM desk_dossiers INDEXED BY desk_dossiers_unfetched"
    " WHERE state = 'ready' AND settled_at < ? GROUP BY officer"
)
_UNTOUCHED = (
    "SELECT holder, count(*) FROM desk_dossiers INDEXED BY desk_dossiers_board"
    " WHERE state IN ('received', 'processing') AND NOT EXISTS (SELECT 1 FROM dossier_moves"
    " INDEXED BY dossier_moves_touched WHERE dossier = desk_dossiers.code AND day > ?) GROUP BY holder"
)


def create(db: Reader) -> None:
    """Make the indexes."""
    db.execute(
        "CREATE INDEX desk_dossiers_asked ON desk_dossiers (state, coalesce(paused_on, received_on), holder)"
        " WHERE state = 'supplement'"
    )
    db.execute(
        "CREATE INDEX desk_dossiers_unfetched ON desk_dossiers (state, settled_at, officer) WHERE state = 'ready'"
    )
    db.execute("CREATE INDEX dossier_moves_touched ON dossier_moves (dossier, day)")


class DueSum(Struct, frozen=True):
    """How many dossiers are at the same step of the same flow with the same person; `flow` is its digest."""

    flow: str
    step: int
    holder: int | None
    count: int


def sum_due(db: Reader, first: str, last: str) -> list[DueSum]:
    """Return the sums of the dossiers in work that are due on the days from `first` to `last`."""
    return [DueSum(*row) for row in db.execute(_DUE, (first, last))]


def sum_unanswered(db: Reader, day: str) -> list[tuple[int | None, int]]:
    """Return holder and number of the dossiers whose supplement was asked for on `day` or before."""
    return [(holder, count) for holder, count in db.execute(_UNANSWERED, (day,))]


def sum_unfetched(db: Reader, before: str) -> list[tuple[int | None, int]]:
    """Return the officer who took them in and the number of results that were ready before the moment `before`."""
    return [(officer, count) for officer, count in db.execute(_UNFETCHED, (before,))]


def sum_untouched(db: Reader, day: str) -> list[tuple[int | None, int]]:
    """Return holder and number of the dossiers in work to which nothing happened after `day`."""
    return [(holder, count) for holder, count in db.execute(_UNTOUCHED, (day,))]
