"""What the board counts."""

from dataclasses import dataclass

from motcua.dossiers.model.dossier import DossierState

NO_DAY, LAST_DAY = "", "9999-12-31"


@dataclass(frozen=True)
class BoardRange:
    """The states of a box, and the due days of its dossiers; no due day sorts before all others."""

    states: tuple[DossierState, ...]
    first: str = NO_DAY
    last: str = LAST_DAY


@dataclass(frozen=True)
class BoardGroup:
    """How many dossiers have the same state, due day, step and holder."""

    state: DossierState
    due_on: str | None
    step: int
    holder: int | None
    count: int
