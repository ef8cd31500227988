"""What happens to tasks, notes, working hours and proposals. Words stand here as salted commitments (`text`)."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.desk.event import Event


@dataclass(frozen=True)
class TaskEvent(Event):
    """Something that happened to one task."""

    task: int

    @property
    def subject(self) -> str:
        """Return `task:<id>`."""
        return f"task:{self.task}"


@dataclass(frozen=True)
class TaskAssigned(TaskEvent):
    """A leader (`author`, an account) gave an officer a task; `due_on` is the last day in time."""

    officer: int
    author: int | None
    due_on: str
    text: str
    kind: ClassVar[str] = "task.assigned"


@dataclass(frozen=True)
class TaskReported(TaskEvent):
    """The officer reported it done."""

    officer: int
    text: str
    kind: ClassVar[str] = "task.reported"


@dataclass(frozen=True)
class TaskReturned(TaskEvent):
    """A leader gave the report back; `due_on` is the last day in time from now on."""

    author: int | None
    due_on: str
    text: str
    kind: ClassVar[str] = "task.returned"


@dataclass(frozen=True)
class TaskAccepted(TaskEvent):
    """A leader accepted the report."""

    kind: ClassVar[str] = "task.accepted"


@dataclass(frozen=True)
class TaskWithdrawn(TaskEvent):
    """A leader took the task back; it counts nowhere."""

    author: int | None
    text: str
    kind: ClassVar[str] = "task.withdrawn"


@dataclass(frozen=True)
class NoteEvent(Event):
    """Something that happened to one note."""

    note: int
    officer: int

    @property
    def subject(self) -> str:
        """Return `note:<id>`."""
        return f"note:{self.note}"


@dataclass(frozen=True)
class NoteWritten(NoteEvent):
    """A leader wrote a note about an officer: `type` is `praise`, `training` or `correction`."""

    author: int | None
    type: str
    text: str
    kind: ClassVar[str] = "note.written"


@dataclass(frozen=True)
class NoteAnswered(NoteEvent):
    """The officer answered."""

    text: str
    kind: ClassVar[str] = "note.answered"


@dataclass(frozen=True)
class PresenceCorrected(Event):
    """A leader corrected where an officer was, from `from_min` to `to_min`, in minutes of the desk's `date`.

    `counter` is null for no counter. What the journal says of the counter stays as it is. `reason` is a code of the
    settings or `other`; events without one had no such code yet.
    """

    correction: int
    officer: int
    author: int | None
    date: str
    from_min: int
    to_min: int
    counter: int | None
    text: str
    reason: str
    kind: ClassVar[str] = "presence.corrected"

    @property
    def subject(self) -> str:
        """Return `presence:<id>`."""
        return f"presence:{self.correction}"


@dataclass(frozen=True)
class ProposalEvent(Event):
    """Something that happened to one proposal about an officer."""

    proposal: int
    officer: int

    @property
    def subject(self) -> str:
        """Return `proposal:<id>`."""
        return f"proposal:{self.proposal}"


@dataclass(frozen=True)
class ProposalDrafted(ProposalEvent):
    """A leader began a proposal for the days from `first` to `last`: `type` is `reward` or `review`."""

    author: int | None
    type: str
    first: str
    last: str
    kind: ClassVar[str] = "proposal.drafted"


@dataclass(frozen=True)
class GroundsWritten(ProposalEvent):
    """A leader wrote the grounds of a draft; earlier ones are erased."""

    author: int | None
    text: str
    kind: ClassVar[str] = "proposal.grounds_written"


@dataclass(frozen=True)
class OfficerAsked(ProposalEvent):
    """A leader laid grounds and evidence before the officer, who can answer until `due_on`.

    `text` is the commitment of the evidence, as JSON.
    """

    author: int | None
    due_on: str
    text: str
    kind: ClassVar[str] = "proposal.asked"


@dataclass(frozen=True)
class ProposalAnswered(ProposalEvent):
    """The officer answered."""

    text: str
    kind: ClassVar[str] = "proposal.answered"


@dataclass(frozen=True)
class AnswerDeclined(ProposalEvent):
    """The officer declined to answer."""

    kind: ClassVar[str] = "proposal.declined"


@dataclass(frozen=True)
class ProposalSigned(ProposalEvent):
    """A leader signed, having given the password again. `grounds` and `answer` are commitments of the words.

    `text` is the salted digest of the paper, as JSON: the evidence as it was then, its weight, names and times.
    """

    signer: int
    grounds: str
    answer: str | None
    text: str
    kind: ClassVar[str] = "proposal.signed"


@dataclass(frozen=True)
class ProposalWithdrawn(ProposalEvent):
    """A leader withdrew a proposal with a reason; a signed paper counts no more."""

    author: int | None
    text: str
    kind: ClassVar[str] = "proposal.withdrawn"
