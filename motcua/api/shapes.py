"""Bodies, paths and answers of the API, from which OpenAPI is generated."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from motcua.api.texts import Code, Comment, Text, TicketRef, Token
from motcua.typed.codes import clean_number

Int = Annotated[int, Field(ge=-(2**31), lt=2**31)]
"""A whole number that every store and every program can hold."""


class Strict(BaseModel):
    """A body: exact types, no unknown fields."""

    model_config = ConfigDict(extra="forbid", strict=True)


class NoBody(Strict):
    """Nothing needs to be said."""


class CounterPath(BaseModel):
    """Which counter."""

    n: int = Field(description="the counter's number")


class TicketPath(BaseModel):
    """Which ticket."""

    id: Annotated[str, BeforeValidator(clean_number)] = Field(description="the ticket's id, e.g. 20261122-A001")


class NewTicket(Strict):
    """What a citizen takes a number for; with a booking's code, and where the officer comes to the seat."""

    service: Code
    priority: Code | None = None
    appointment: Code | None = None
    seat: Code | None = None


class NewSeat(Strict):
    """Where the citizen with a ticket's code sits."""

    token: Token
    seat: Code


class SeatAnswer(BaseModel):
    """Where the officer comes to."""

    seat: str


class CallNumber(Strict):
    """A ticket to be called out of its order, and why."""

    ticket: TicketRef
    reason: Text


class Hold(Strict):
    """Why a ticket is set aside: a code of the settings, or own words."""

    reason: Text | None = None


class Resume(Strict):
    """Which held ticket."""

    ticket: TicketRef


class Transfer(Strict):
    """Where a ticket goes: exactly one of both."""

    service: Code | None = None
    counter: Int | None = None


class OpenCounter(Strict):
    """Who sits down: an account's number; the caller when left out."""

    officer: Int | None = None


class Pause(Strict):
    """Why a counter pauses: a code of the settings, or own words."""

    reason: Text


class NewRating(Strict):
    """What a citizen thought of a visit."""

    level: Int
    channel: Code
    visit: TicketRef | None = None
    token: Token | None = None
    counter: Int | None = None
    reasons: list[Code] = Field(default_factory=list, max_length=20)
    comment: Comment | None = None


class Wait(BaseModel):
    """A range of the wait, in seconds."""

    p50_s: int
    p80_s: int


class TicketShape(BaseModel):
    """The one ticket shape."""

    id: str
    number: str
    service: str
    letter: str
    rank: int
    priority: str | None
    state: Literal["waiting", "called", "serving", "held", "absent", "served", "cancelled"]
    counter: int | None
    issued_at: str
    called_at: str | None
    recalled_at: str | None
    started_at: str | None
    finished_at: str | None
    people_ahead: int | None
    wait: Wait | None
    follow_url: str | None


class Step(BaseModel):
    """One step of a ticket's history."""

    at: str
    move: str
    counter: int | None
    reason: str | None
    why: dict[str, Any] | None
    why_text: str | None


class TicketWithHistory(TicketShape):
    """A ticket, its history and the reasons."""

    history: list[Step]


class CounterAnswer(BaseModel):
    """What a counter has in hand after an action, why it was called, and the seat where its citizen is served (null: at the counter)."""

    ticket: TicketShape | None
    why: dict[str, Any] | None
    seat: str | None
    finished: TicketShape | None = None


class RatingAnswer(BaseModel):
    """How a rating was taken."""

    id: int
    status: Literal["counted", "unprompted", "quarantined"]


class Standing(BaseModel):
    """A ticket that stands at a counter; with a seat the officer comes there."""

    number: str
    counter: int | None
    state: str
    called_at: str | None
    seat: str | None


class RecentCall(BaseModel):
    """A call of a moment ago."""

    number: str
    counter: int | None
    called_at: str | None
    seat: str | None


class WaitingCount(BaseModel):
    """How many wait for a service."""

    service: str
    count: int


class WallAnswer(BaseModel):
    """What the wall shows."""

    model_config = ConfigDict(extra="allow")

    revision: int
    epoch: str
    now: list[Standing]
    recent: list[RecentCall]
    waiting: list[WaitingCount]


class ServiceItem(BaseModel):
    """A service in the reader's language; `group` is its letter."""

    code: str
    name: str
    group: str


class CounterItem(BaseModel):
    """A counter."""

    model_config = ConfigDict(extra="allow")

    number: int
    label: str
    state: Literal["closed", "open", "paused"]
    services: list[str]


class PriorityItem(BaseModel):
    """A priority class in the reader's language."""

    code: str
    label: str
    rank: int


class Services(BaseModel):
    """All services."""

    items: list[ServiceItem]


class Counters(BaseModel):
    """All counters."""

    items: list[CounterItem]


class Priorities(BaseModel):
    """All priority classes."""

    items: list[PriorityItem]


class QueueAnswer(BaseModel):
    """Everybody who is in the hall: waiting in the order of the policy, then at counters, held and absent."""

    items: list[TicketShape]
    counts: dict[str, int]


class Done(BaseModel):
    """It is done."""

    ok: Literal[True]


class Fault(BaseModel):
    """Something that does not work just now, though the desk goes on. `since` is when it was first seen."""

    code: str
    detail: str
    since: str


class Health(BaseModel):
    """Whether the desk can work. It is `failing` only while no number can be issued, `degraded` while something else is wrong.

    The checks are `store`, `clock`, `journal`, `devices`, `address`, `backup`, `digests` and `voice`, each with one word.
    """

    status: Literal["ok", "degraded", "failing"]
    checks: dict[str, str]
    problems: list[Fault]


class Problem(BaseModel):
    """RFC 9457 problem details with a stable code."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str
