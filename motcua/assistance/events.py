"""What the help team did, and what it took back. Never a person."""

from typing import ClassVar

from motcua.desk.event import Event, Json


class AssistanceEvent(Event, frozen=True):
    """Something about one person who was helped; `assistance` is the entry's number."""

    assistance: int

    @property
    def subject(self) -> str:
        """Return `assistance:<id>`."""
        return f"assistance:{self.assistance}"


class AssistanceRecorded(AssistanceEvent, frozen=True):
    """The help team helped somebody on the day `date`. `outcomes` are codes of what was done.

    `visit` is the ticket's id, `procedure` a code, `minutes` how long it took; null where nobody said it.
    """

    date: str
    outcomes: list[Json]
    visit: str | None
    procedure: str | None
    minutes: int | None
    kind: ClassVar[str] = "assistance.recorded"


class AssistanceWithdrawn(AssistanceEvent, frozen=True):
    """It had been entered by mistake, and counts no more."""

    kind: ClassVar[str] = "assistance.withdrawn"
