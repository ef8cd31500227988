"""A result behind a door of the locker. Its code is encrypted."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from motcua.desk.messages import mark


class DoorState(StrEnum):
    """Where a door is.

    It is opened for an officer who puts a result in (`loading`) or takes it out (`clearing`), or for an applicant
    (`opening`).
    """

    LOADING = "loading"
    FILLED = "filled"
    OPENING = "opening"
    CLEARING = "clearing"
    STUCK = "stuck"


DOOR_STATE_LABELS = {
    DoorState.LOADING: mark("Open for the result to be put in"),
    DoorState.FILLED: mark("A result waits"),
    DoorState.OPENING: mark("Open for the applicant"),
    DoorState.CLEARING: mark("Open to be emptied"),
    DoorState.STUCK: mark("Nobody knows: please look"),
}
DOOR_PROBLEMS = {
    "not_opened": mark("The door did not open."),
    "left_open": mark("The door opened and was not closed."),
    "door_open": mark("The door is open already."),
    "door_unknown": mark("The locker has no such door."),
    "panel_silent": mark("The locker does not answer."),
    "expired": mark("The device program did not answer in time."),
}
PROBLEM_ELSE = mark("The locker did not say what happened.")


class LockerDoor(Struct, frozen=True):
    """A door with a result. `problem` is the code of what went wrong last; `changed_at` is in UTC."""

    door: int
    dossier: str
    state: DoorState
    put_on: str
    changed_at: str
    problem: str | None = None


class PickUpAttempt(Struct, frozen=True):
    """What a try gives: the door that opens, or nothing; `locked_until` while nobody may try this code."""

    door: int | None = None
    locked_until: datetime | None = None
