"""What the help team did, and what it took back. Never a person."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.desk.event import Event, Json


@dataclass(frozen=True)
class AssistanceEvent(Event):
    """Something about one person who was helped; `assistance` is the entry's number."""

    assistance: int

    @property
    def subject(self) -> str:
        """Return `assistance:<id>`."""
        return f"assistance:{self.assistance}"


@dataclass(frozen=True)
class AssistanceRecorded(AssistanceEvent):
    """The help team helped somebody on the day `date`. `outcomes` are codes of what was done.

    `visit` is the ticket's id, `procedure` a code, `minutes` how long it took; null where nobody said it.
    """

    date: str
    outcomes: list[Json]
    visit: str | None
    procedure: str | None
    minutes: int | None
    kind: ClassVar[str] = "assistance.recorded"


@dataclass(frozen=True)
class AssistanceWithdrawn(AssistanceEvent):
    """It had been entered by mistake, and counts no more."""

    kind: ClassVar[str] = "assistance.withdrawn"
