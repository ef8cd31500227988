"""Which dossiers are urgent, and what can happen to one next. Pure."""

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

from motcua.desk.errors import Refused
from motcua.dossiers.model.board import NO_DAY, BoardGroup, BoardRange
from motcua.dossiers.model.dossier import (
    RUNNING_STATES,
    Dossier,
    DossierState,
)
from motcua.dossiers.model.flow import DEFAULT_FLOW, FlowStep
from motcua.dossiers.rules import moves
from motcua.settings.model import Settings
from motcua.settings.rules import add_working_days


class BoardBox(StrEnum):
    """A box of the board."""

    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    LATER = "later"
    STEP_LATE = "step_late"
    SUPPLEMENT = "supplement"
    FEE = "fee"
    READY = "ready"


class NextMove(StrEnum):
    """What can be done with a dossier that was taken in."""

    HAND_OVER = "hand-over"
    SEND_BACK = "send-back"
    READY = "ready"
    HAND_OUT = "return"
    SUPPLEMENT = "supplement"
    ASK_SUPPLEMENT = "supplement-request"
    EXTEND = "extend"
    END = "end"
    NUMBER = "provincial-code"


def find_soon_until(settings: Settings, today: date) -> str:
    """Return the last day that is soon: as many working days ahead as the settings say."""
    return add_working_days(settings, today, settings.dossiers.soon_days).isoformat()


def find_late_steps(now: str) -> BoardRange:
    """Return which dossiers have a step that is late at the local moment `now`; they are in other boxes as well."""
    return BoardRange(RUNNING_STATES, step_due_before=now)


def list_ranges(today: str, soon_until: str) -> dict[BoardBox, BoardRange]:
    """Return which dossiers are in which box. A dossier is late from the day after the one that was promised."""
    return {
        BoardBox.LATE: BoardRange(RUNNING_STATES, last=_shift(today, -1)),
        BoardBox.TODAY: BoardRange(RUNNING_STATES, today, today),
        BoardBox.SOON: BoardRange(RUNNING_STATES, _shift(today, 1), soon_until),
        BoardBox.LATER: BoardRange(RUNNING_STATES, _shift(max(soon_until, today), 1)),
        BoardBox.SUPPLEMENT: BoardRange((DossierState.SUPPLEMENT,)),
        BoardBox.FEE: BoardRange((DossierState.FEE_DUE,)),
        BoardBox.READY: BoardRange((DossierState.READY,)),
    }


def find_box(group: BoardGroup, ranges: dict[BoardBox, BoardRange]) -> BoardBox | None:
    """Return the box in which the dossiers of a group are; None for those that ended."""
    for box, where in ranges.items():
        if group.state in where.states and where.first <= (group.due_on or NO_DAY) <= where.last:
            return box
    return None


def list_next_moves(dossier: Dossier, flow: Sequence[FlowStep] = DEFAULT_FLOW) -> dict[NextMove, Refused | None]:
    """Return each move with why it cannot be made; None where it can. The rules of the moves themselves are asked."""

    attempts: dict[NextMove, Callable[[], object]] = {
        NextMove.HAND_OVER: lambda: moves.require_running(dossier),
        NextMove.SEND_BACK: lambda: moves.send_back(dossier, 0, None),
        NextMove.READY: lambda: moves.finish(dossier, dossier.received_at, flow),
        NextMove.HAND_OUT: lambda: moves.hand_out(dossier, dossier.received_at),
        NextMove.SUPPLEMENT: lambda: moves.hand_in(dossier, ()),
        NextMove.ASK_SUPPLEMENT: lambda: moves.require_running(dossier),
        NextMove.EXTEND: lambda: moves.require_extendable(dossier),
        NextMove.END: lambda: moves.end(dossier, DossierState.WITHDRAWN, None, dossier.received_at),
        NextMove.NUMBER: lambda: None,
    }
    return {move: _find_refusal(attempt) for move, attempt in attempts.items()}


def _find_refusal(attempt: Callable[[], object]) -> Refused | None:
    try:
        attempt()
    except Refused as refusal:
        return refusal
    return None


def _shift(day: str, days: int) -> str:
    return date.fromordinal(date.fromisoformat(day).toordinal() + days).isoformat()
