"""What happens to tasks, notes, working hours and proposals. Words stand here as salted commitments (`text`)."""

from typing import ClassVar

from motcua.desk.event import Event


class TaskEvent(Event, frozen=True):
    """Something that happened to one task."""

    task: int

    @property
    def subject(self) -> str:
        """Return `task:<id>`."""
        return f"task:{self.task}"


class TaskAssigned(TaskEvent, frozen=True):
    """A leader (`author`, an account) gave an officer a task; `due_on` is the last day in time."""

    officer: int
    author: int | None
    due_on: str
    text: str
    kind: ClassVar[str] = "task.assigned"


class TaskReported(TaskEvent, frozen=True):
    """The officer reported it done."""

    officer: int
    text: str
    kind: ClassVar[str] = "task.reported"


class TaskReturned(TaskEvent, frozen=True):
    """A leader gave the report back; `due_on` is the last day in time from now on."""

    author: int | None
    due_on: str
    text: str
    kind: ClassVar[str] = "task.returned"


class TaskAccepted(TaskEvent, frozen=True):
    """A leader accepted the report."""

    kind: ClassVar[str] = "task.accepted"


class TaskWithdrawn(TaskEvent, frozen=True):
    """A leader took the task back; it counts nowhere."""

    author: int | None
    text: str
    kind: ClassVar[str] = "task.withdrawn"


class NoteEvent(Event, frozen=True):
    """Something that happened to one note."""

    note: int
    officer: int

    @property
    def subject(self) -> str:
        """Return `note:<id>`."""
        return f"note:{self.note}"


class NoteWritten(NoteEvent, frozen=True):
    """A leader wrote a note about an officer: `type` is `praise`, `training` or `correction`."""

    author: int | None
    type: str
    text: str
    kind: ClassVar[str] = "note.written"


class NoteAnswered(NoteEvent, frozen=True):
    """The officer answered."""

    text: str
    kind: ClassVar[str] = "note.answered"


class PresenceCorrected(Event, frozen=True):
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


class ProposalEvent(Event, frozen=True):
    """Something that happened to one proposal about an officer."""

    proposal: int
    officer: int

    @property
    def subject(self) -> str:
        """Return `proposal:<id>`."""
        return f"proposal:{self.proposal}"


class ProposalDrafted(ProposalEvent, frozen=True):
    """A leader began a proposal for the days from `first` to `last`: `type` is `reward` or `review`."""

    author: int | None
    type: str
    first: str
    last: str
    kind: ClassVar[str] = "proposal.drafted"


class GroundsWritten(ProposalEvent, frozen=True):
    """A leader wrote the grounds of a draft; earlier ones are erased."""

    author: int | None
    text: str
    kind: ClassVar[str] = "proposal.grounds_written"


class OfficerAsked(ProposalEvent, frozen=True):
    """A leader laid grounds and evidence before the officer, who can answer until `due_on`.

    `text` is the commitment of the evidence, as JSON.
    """

    author: int | None
    due_on: str
    text: str
    kind: ClassVar[str] = "proposal.asked"


class ProposalAnswered(ProposalEvent, frozen=True):
    """The officer answered."""

    text: str
    kind: ClassVar[str] = "proposal.answered"


class AnswerDeclined(ProposalEvent, frozen=True):
    """The officer declined to answer."""

    kind: ClassVar[str] = "proposal.declined"


class ProposalSigned(ProposalEvent, frozen=True):
    """A leader signed, having given the password again. `grounds` and `answer` are commitments of the words.

    `text` is the salted digest of the paper, as JSON: the evidence as it was then, its weight, names and times.
    """

    signer: int
    grounds: str
    answer: str | None
    text: str
    kind: ClassVar[str] = "proposal.signed"


class ProposalWithdrawn(ProposalEvent, frozen=True):
    """A leader withdrew a proposal with a reason; a signed paper counts no more."""

    author: int | None
    text: str
    kind: ClassVar[str] = "proposal.withdrawn"
