"""What happens to askings and ratings."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.desk.event import Event, Json


@dataclass(frozen=True)
class VisitEvent(Event):
    """Something about the rating of one visit."""

    visit: str
    counter: int | None
    officer: int | None

    @property
    def subject(self) -> str:
        """Return `ticket:<id>`: visit and ticket share their id."""
        return f"ticket:{self.visit}"


@dataclass(frozen=True)
class RatingAsked(VisitEvent):
    """A connected pad or keypad showed the question."""

    until: str
    kind: ClassVar[str] = "rating.asked"


@dataclass(frozen=True)
class RatingSkipped(VisitEvent):
    """Asked and not answered: by the button (`skipped`) or by time (`timed_out`)."""

    how: str
    kind: ClassVar[str] = "rating.skipped"


@dataclass(frozen=True)
class RatingGiven(Event):
    """A citizen rated. `replaced` is the earlier rating of the visit that no longer counts; `text` is a commitment."""

    rating: int
    visit: str | None
    counter: int | None
    officer: int | None
    level: int
    channel: str
    status: str
    reasons: list[Json]
    text: str | None
    replaced: int | None
    kind: ClassVar[str] = "rating.given"

    @property
    def subject(self) -> str:
        """Return `rating:<id>`."""
        return f"rating:{self.rating}"
