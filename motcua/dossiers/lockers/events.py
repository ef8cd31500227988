"""What happens at the doors of the locker."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.desk.event import Event, Json


@dataclass(frozen=True)
class DoorEvent(Event):
    """Something about one door; `dossier` is the code of the one whose result it is for."""

    door: int
    dossier: str

    @property
    def subject(self) -> str:
        """Return `door:<number>`."""
        return f"door:{self.door}"


@dataclass(frozen=True)
class DoorOpened(DoorEvent):
    """The locker was told to open a door: for a result to be put in, for the applicant, or to be emptied (`state`).

    `sealed` is the SHA-256 of the encrypted code where a new one was made, else null.
    """

    state: str
    sealed: Json
    kind: ClassVar[str] = "door.opened"


@dataclass(frozen=True)
class DoorSettled(DoorEvent):
    """What became of it: `state` is where the door is now, null for empty; `problem` is what went wrong, or null.

    `by_hand`: an officer looked and said so.
    """

    state: str | None
    problem: str | None
    by_hand: bool
    kind: ClassVar[str] = "door.settled"


@dataclass(frozen=True)
class DoorCodeFailed(DoorEvent):
    """A second factor did not fit, the `failures`-th in a row; after too many nobody may try before `locked_until`."""

    failures: int
    locked_until: str | None
    kind: ClassVar[str] = "door.code_failed"
