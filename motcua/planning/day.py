"""What a replay knows of one past day: who came when, what each call led to, and every step in order. Pure.

Times are whole milliseconds since 1970, `seq` a journal row's number: among equal moments it says what came first.
"""

from dataclasses import dataclass, field
from enum import Enum, auto

from motcua.planning.terms import Operational


class StepKind(Enum):
    """What a step of the day does."""

    SETTINGS = auto()
    ISSUE = auto()
    OPEN = auto()
    LEAVE = auto()
    CALL = auto()
    RELEASE = auto()
    RETURN = auto()
    CANCEL = auto()


@dataclass(slots=True)
class VisitTurn:
    """One call of a ticket and what it led to.

    `delay` is how long after the ticket's last move it was called; `how` is `served`, `absent`, `held`,
    `transferred`, or empty when the day ended first. `by_next` says that pressing *next* ended it. `came_back` are
    delay and row of the return from an absence.
    """

    counter: int
    kind: str
    service: str
    called: int
    seq: int
    delay: int
    started: int | None = None
    ended: int | None = None
    end_seq: int = 0
    how: str = ""
    by_next: bool = False
    to_service: str = ""
    to_counter: int | None = None
    came_back: tuple[int, int] | None = None


@dataclass(slots=True)
class PastVisit:
    """One ticket of the day.

    `arrived` is its place in its class, `due` the slot of a booked one, `place` the order of numbers.
    """

    ticket: str
    service: str
    rank: int
    issued: int
    place: int
    arrived: int
    due: int | None
    turns: list[VisitTurn] = field(default_factory=list)
    moved: int = 0

    def get_last_turn(self) -> VisitTurn | None:
        """Return its last turn."""
        return self.turns[-1] if self.turns else None


@dataclass(slots=True)
class DayStep:
    """One thing that happened."""

    at: int
    seq: int
    op: StepKind
    visit: PastVisit | None = None
    turn: VisitTurn | None = None
    counter: int = 0
    settings: Operational | None = None


@dataclass
class RebuiltDay:
    """A day as its journal tells it; `settings` were in force when it began. It ended at `end` with row `end_seq`."""

    day: str
    settings: Operational
    begin: int
    end: int
    end_seq: int
    is_closed: bool
    visits: dict[str, PastVisit]
    steps: list[DayStep]
