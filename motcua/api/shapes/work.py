"""Queries, bodies and answers of the calls about tasks, notes and working hours."""

from typing import Annotated, Literal

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Both, Day, Int, Strict, describe_choice
from motcua.api.texts import Code, Comment
from motcua.work.model import NoteKind

NoteKindName = Annotated[Code, describe_choice(*(kind.value for kind in NoteKind))]
Minute = Annotated[Code, Field(description="a time of the desk's day, `07:30`; `24:00` is its end")]


class WorkQuery(ApiShape):
    """Tasks of which days: a first and a last one. Without them the month so far."""

    begin: Day | None = Field(default=None, alias="from")
    end: Day | None = Field(default=None, alias="to")


class HoursQuery(ApiShape):
    """Working hours of which day; today without one."""

    day: Day | None = None


class NewTask(Strict):
    """A task for an officer. `due_on` is the last day in time, a working day."""

    officer: Int
    due_on: Day
    text: Comment


class WorkWords(Strict):
    """A report, an answer or a reason."""

    text: Comment


class TaskReturn(WorkWords):
    """Why a report is given back, and until when the task is due now; without it as before."""

    due_on: Day | None = None


class NewNote(Strict):
    """A note about an officer."""

    kind: NoteKindName
    text: Comment


class NewCorrection(Strict):
    """Where an officer was from `begin` to `end` of a day; `counter` is null for no counter.

    `reason_code` is one of the settings (`work.correction_reasons`); without it, `other`.
    """

    day: Day
    begin: Minute
    end: Minute
    counter: Int | None
    reason: Comment
    reason_code: Code | None = None


class WorkReceipt(ApiShape):
    """The number of what was written."""

    id: int


class TaskReceipt(WorkReceipt):
    """Where a task is now."""

    state: Literal["open", "reported", "accepted", "withdrawn"]
    due_on: str


class OfficerName(ApiShape):
    """An officer's account."""

    id: int
    name: str


class TaskWords(ApiShape):
    """A report, a return or a withdrawal; `text` is null once it is erased."""

    kind: Literal["report", "return", "withdrawal"]
    at: str
    author: str | None
    text: str | None


class TaskShape(ApiShape):
    """A task. `days_left` counts working days until its last day, negative once that has passed."""

    id: int
    officer: OfficerName
    author: str | None
    assigned_on: str
    due_on: str
    days_left: int | None
    is_late: bool
    state: Literal["open", "reported", "accepted", "withdrawn"]
    state_label: Both
    reported_on: str | None
    closed_on: str | None
    text: str | None
    messages: list[TaskWords]


class TaskFigures(ApiShape):
    """What became of the tasks that were given on these days; those that were taken back are left out.

    `overdue` ones are not reported and past their last day, `open` ones are not.
    """

    begin: str = Field(alias="from")
    end: str = Field(alias="to")
    assigned: int
    done_in_time: int
    done_late: int
    overdue: int
    open: int


class TaskAnswer(ApiShape):
    """Tasks, the newest first, and what they add up to."""

    items: list[TaskShape]
    counts: TaskFigures


class NoteShape(ApiShape):
    """A note and its answer; words are null once they are erased."""

    id: int
    author: str | None
    kind: Literal["praise", "training", "correction"]
    kind_label: Both
    written_at: str
    text: str | None
    is_answered: bool
    answer: str | None
    answered_at: str | None


class NoteList(ApiShape):
    """Notes, the newest first."""

    items: list[NoteShape]


class SpanShape(ApiShape):
    """Somebody sat at a counter."""

    begin: str
    end: str
    counter: int


class CorrectionShape(ApiShape):
    """A leader's word on a part of a day; `counter` is null for no counter, `reason` once its words are erased."""

    id: int
    begin: str
    end: str
    counter: int | None
    author: str | None
    at: str
    reason: str | None
    reason_code: str
    reason_label: Both


class HoursShape(ApiShape):
    """An officer's day: what was recorded, what leaders said, and the hours after that."""

    day: str
    recorded: list[SpanShape]
    recorded_s: int
    corrections: list[CorrectionShape]
    corrected: list[SpanShape]
    corrected_s: int


class OwnWork(ApiShape):
    """What leaders and the caller settled: tasks, notes, and the days whose hours were corrected."""

    counts: TaskFigures
    tasks: list[TaskShape]
    notes: list[NoteShape]
    hours: list[HoursShape]
