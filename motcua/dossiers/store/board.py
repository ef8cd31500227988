"""The board of dossiers: how many are where, and those of one box. Its indexes hold everything that it counts."""

import json

from msgspec import Struct

from motcua.desk import Reader
from motcua.dossiers.model.board import BoardGroup, BoardRange
from motcua.dossiers.model.dossier import OPEN_STATES, Dossier, DossierState
from motcua.dossiers.store.dossiers import list_by_codes


class BoardFilter(Struct, frozen=True):
    """Which dossiers; None for all. `is_free_too` adds those that nobody has to a holder's own ones.

    `places` are steps of flows, each as `digest:place`.
    """

    holder: int | None = None
    is_free_too: bool = False
    places: tuple[str, ...] | None = None
    procedure: str | None = None


MATCHES = (
    " (:holder IS NULL OR holder = :holder OR (:free AND holder IS NULL))"
    " AND (:places IS NULL OR flow || ':' || step IN (SELECT value FROM json_each(:places)))"
    " AND (:procedure IS NULL OR procedure = :procedure)"
)
"""What a row has to be for a filter."""
_COUNTS = (
    "SELECT state, due_on, step, holder, flow, count(*) FROM desk_dossiers INDEXED BY desk_dossiers_board"
    f" WHERE state IN (SELECT value FROM json_each(:states)) AND{MATCHES} GROUP BY state, due_on, step, holder, flow"
)
_CODES = (
    "SELECT code FROM desk_dossiers INDEXED BY desk_dossiers_board"
    " WHERE state IN (SELECT value FROM json_each(:states)) AND coalesce(due_on, '') BETWEEN :first AND :last"
    f" AND{MATCHES} ORDER BY due_on, code LIMIT :limit OFFSET :skip"
)
_LATE_STEPS = (
    " FROM desk_dossiers INDEXED BY desk_dossiers_step_due WHERE state IN (SELECT value FROM json_each(:states))"
    f" AND step_due < :before AND coalesce(due_on, '') BETWEEN :first AND :last AND{MATCHES}"
)


def create(db: Reader) -> None:
    """Let one index hold all that the board counts, in the place of the shorter one."""
    db.execute("DROP INDEX desk_dossiers_state")
    db.execute("CREATE INDEX desk_dossiers_board ON desk_dossiers (state, due_on, step, holder, procedure)")
    db.execute("CREATE INDEX dossier_moves_day ON dossier_moves (move, day, dossier)")


def list_board_groups(db: Reader, which: BoardFilter) -> list[BoardGroup]:
    """Return how many dossiers that are not over have the same state, due day, step and holder."""
    states = (*OPEN_STATES, DossierState.READY)
    rows = db.execute(_COUNTS, {**list_values(which), "states": json.dumps(states)})
    return [BoardGroup(DossierState(row[0]), *row[1:]) for row in rows]


def list_of_board(db: Reader, where: BoardRange, which: BoardFilter, limit: int, skip: int = 0) -> list[Dossier]:
    """Return the dossiers of a box, those that are due first before the others."""
    query = _CODES
    if where.step_due_before is not None:
        query = f"SELECT code{_LATE_STEPS} ORDER BY step_due, code LIMIT :limit OFFSET :skip"
    rows = db.execute(query, {**list_values(which), **_place(where), "limit": limit, "skip": skip})
    return list_by_codes(db, [row[0] for row in rows])


def count_late_steps(db: Reader, where: BoardRange, which: BoardFilter) -> int:
    """Return how many dossiers are in a box of steps that are late."""
    return int(db.execute(f"SELECT count(*){_LATE_STEPS}", {**list_values(which), **_place(where)}).fetchone()[0])


def _place(where: BoardRange) -> dict[str, str | None]:
    return {
        "states": json.dumps(where.states),
        "first": where.first,
        "last": where.last,
        "before": where.step_due_before,
    }


def list_values(which: BoardFilter) -> dict[str, int | str | None]:
    """Return what `MATCHES` is filled in with."""
    return {
        "holder": which.holder,
        "free": int(which.is_free_too),
        "places": None if which.places is None else json.dumps(which.places),
        "procedure": which.procedure,
    }
