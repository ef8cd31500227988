"""Tasks, notes and corrected working hours. Every text is a commitment; its words are in the erasable table."""

from enum import StrEnum

from msgspec import Struct

from motcua.desk.messages import mark

OTHER_REASON = "other"
"""The reason of a correction that is none of the settings' codes."""


class TaskState(StrEnum):
    """Where a task is in its life. A report that a leader returned makes it open again."""

    OPEN = "open"
    REPORTED = "reported"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"

    @property
    def is_in_hand(self) -> bool:
        """Say whether the officer or a leader still has to do something with it."""
        return self in {TaskState.OPEN, TaskState.REPORTED}


class TaskMessageKind(StrEnum):
    """What a message about a task is: the officer's report, a leader's return or withdrawal."""

    REPORT = "report"
    RETURN = "return"
    WITHDRAWAL = "withdrawal"


class NoteKind(StrEnum):
    """What a leader's note is for."""

    PRAISE = "praise"
    TRAINING = "training"
    CORRECTION = "correction"


STATE_LABELS = {
    TaskState.OPEN: mark("To be done"),
    TaskState.REPORTED: mark("Reported, to be checked"),
    TaskState.ACCEPTED: mark("Accepted"),
    TaskState.WITHDRAWN: mark("Taken back"),
}
NOTE_LABELS = {
    NoteKind.PRAISE: mark("Praise"),
    NoteKind.TRAINING: mark("Training"),
    NoteKind.CORRECTION: mark("To be corrected"),
}


class WorkTask(Struct, frozen=True):
    """A task of an officer. Days are the desk's; `reported_on` is the day of the last report.

    `author` is the leader's account, None for a program.
    """

    id: int
    officer: int
    author: int | None
    assigned_at: str
    assigned_on: str
    due_on: str
    text: str
    state: TaskState = TaskState.OPEN
    reported_on: str | None = None
    closed_on: str | None = None


class TaskMessage(Struct, frozen=True):
    """One message about a task."""

    kind: TaskMessageKind
    at: str
    author: int | None
    text: str


class TaskRequest(Struct, frozen=True):
    """A task as a leader writes it; `due_on` is its last day, `YYYY-MM-DD`."""

    officer: int
    due_on: str
    text: str
    author: int | None = None


class TaskCounts(Struct, frozen=True):
    """What became of tasks. Those that were taken back are not among them.

    `assigned` is the sum of the others. `overdue` ones were not reported, and their last day has passed.
    """

    assigned: int
    done_in_time: int
    done_late: int
    overdue: int
    open: int


class WorkNote(Struct, frozen=True):
    """A leader's note about an officer, and the officer's answer."""

    id: int
    officer: int
    author: int | None
    kind: NoteKind
    written_at: str
    text: str
    answer: str | None = None
    answered_at: str | None = None


class NoteRequest(Struct, frozen=True):
    """A note as a leader writes it."""

    officer: int
    kind: str
    text: str
    author: int | None = None


class PresenceCorrection(Struct, frozen=True):
    """A leader's word on where an officer was from `from_min` to `to_min`, in minutes of the desk's `day`.

    `counter` is None where the officer was at no counter. `reason` is a code of the settings, or `OTHER_REASON`.
    """

    id: int
    officer: int
    day: str
    from_min: int
    to_min: int
    counter: int | None
    text: str
    author: int | None
    corrected_at: str
    reason: str = OTHER_REASON


class PresenceRequest(Struct, frozen=True):
    """A correction as a leader writes it; times are `HH:MM`."""

    officer: int
    day: str
    begin: str
    end: str
    counter: int | None
    text: str
    author: int | None = None
    reason: str = OTHER_REASON


class PresenceSpan(Struct, frozen=True):
    """Somebody sits at a counter, in seconds of the desk's day."""

    counter: int
    from_s: int
    to_s: int
