"""What the board counts."""

from msgspec import Struct

from motcua.dossiers.model.dossier import DossierState

NO_DAY, LAST_DAY = "", "9999-12-31"


class BoardRange(Struct, frozen=True):
    """The states of a box, and the due days of its dossiers; no due day sorts before all others.

    With `step_due_before`, a local moment, only those whose step was due before it.
    """

    states: tuple[DossierState, ...]
    first: str = NO_DAY
    last: str = LAST_DAY
    step_due_before: str | None = None


class BoardGroup(Struct, frozen=True):
    """How many dossiers have the same state, due day, step of the same flow and holder."""

    state: DossierState
    due_on: str | None
    step: int
    holder: int | None
    flow: str
    count: int
