"""What happens at the doors of the locker."""

from typing import ClassVar

from motcua.desk.event import Event, Json


class DoorEvent(Event, frozen=True):
    """Something about one door; `dossier` is the code of the one whose result it is for."""

    door: int
    dossier: str

    @property
    def subject(self) -> str:
        """Return `door:<number>`."""
        return f"door:{self.door}"


class DoorOpened(DoorEvent, frozen=True):
    """The locker was told to open a door: for a result to be put in, for the applicant, or to be emptied (`state`).

    `sealed` is the SHA-256 of the encrypted code where a new one was made, else null.
    """

    state: str
    sealed: Json
    kind: ClassVar[str] = "door.opened"


class DoorSettled(DoorEvent, frozen=True):
    """What became of it: `state` is where the door is now, null for empty; `problem` is what went wrong, or null.

    `by_hand`: an officer looked and said so.
    """

    state: str | None
    problem: str | None
    by_hand: bool
    kind: ClassVar[str] = "door.settled"


class DoorCodeFailed(DoorEvent, frozen=True):
    """A second factor did not fit, the `failures`-th in a row; after too many nobody may try before `locked_until`."""

    failures: int
    locked_until: str | None
    kind: ClassVar[str] = "door.code_failed"
