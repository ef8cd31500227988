"""The state of a counter's own screen."""

from typing import Any, Literal

from motcua.api.shapes.alerts import HelpShape
from motcua.api.shapes.base import ApiShape, Both
from motcua.api.shapes.tickets import TicketShape
from motcua.api.streams.shared import CounterWord, LabelledCode, NamedService, PriorityClass, ShownFee, StreamState


class CounterOfficer(ApiShape):
    """Who sits at a counter."""

    id: int
    name: str
    title: str


class CounterBrief(ApiShape):
    """A counter as lists show it."""

    number: int
    label: str
    state: CounterWord
    officer: CounterOfficer | None
    pause_reason: str | None
    services: list[NamedService]


class QueueRow(ApiShape):
    """Somebody who waits for a counter."""

    id: str
    number: str
    service: str
    rank: int
    priority: str | None
    issued_at: str
    returned: bool
    transferred_from: int | None
    seat: str | None
    due_at: str | None


class ExpectedRow(ApiShape):
    """Somebody who has a number and a time that has not come yet."""

    id: str
    number: str
    service: str
    due_at: str | None


class HeldRow(ApiShape):
    """A number on hold."""

    id: str
    number: str
    service: str
    reason: str | None
    issued_at: str


class AbsentRow(ApiShape):
    """A number that may still come back."""

    id: str
    number: str
    absent_until: str | None


class CounterToday(ApiShape):
    """What a counter did today."""

    served: int
    asked: int
    answered: int
    median_service_s: int | None


class UndoOffer(ApiShape):
    """What can be taken back, and until when."""

    move: Literal["finish", "absent"]
    number: str
    until: str


class CommandRefusal(ApiShape):
    """Why a command is refused now."""

    code: str
    detail: Both


class OtherCounter(ApiShape):
    """A counter that a number can be sent to."""

    number: int
    label: str
    state: CounterWord


class LetteredService(NamedService):
    """A service with its group's letter."""

    letter: str


class CounterReasons(ApiShape):
    """The reasons that an officer chooses from."""

    hold: list[LabelledCode]
    pause: list[LabelledCode]
    call: list[LabelledCode]


class CounterCamera(ApiShape):
    """Whether a camera sees the citizen now, and whether the officer switched it off for this ticket."""

    is_looking: bool
    is_switched_off: bool


class TicketMatterShape(ApiShape):
    """What a citizen looked up before taking the number.

    `ticks` has a `1` for each paper that is there, in the order of `GET /procedures/<code>/checklist?s=<situation>`.
    """

    procedure: str
    name: Both
    situation: str
    ticks: str


class AddedMatterShape(ApiShape):
    """A procedure that an officer added to what the visit is about."""

    procedure: str
    name: Both


class CounterStream(StreamState):
    """A counter's own screen.

    `problem` says why no key does anything; `commands` why each is refused now, null where it is not.
    """

    counter: CounterBrief
    ticket: TicketShape | None
    why: dict[str, Any] | None
    why_text: Both | None
    matter: TicketMatterShape | None
    added_matters: list[AddedMatterShape]
    note: str | None
    seat: str | None
    due_at: str | None
    waiting: list[QueueRow]
    waiting_count: int
    expected: list[ExpectedRow]
    expected_count: int
    held: list[HeldRow]
    held_count: int
    absent: list[AbsentRow]
    absent_count: int
    today: CounterToday
    undo: UndoOffer | None
    commands: dict[str, CommandRefusal | None]
    counters: list[OtherCounter]
    services: list[LetteredService]
    same_services: list[str]
    reasons: CounterReasons
    priorities: list[PriorityClass]
    help: list[HelpShape]
    fee: ShownFee | None
    camera: CounterCamera | None
    problem: Both | None
