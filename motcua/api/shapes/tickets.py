"""Tickets, counters and ratings."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from motcua.api.shapes.base import ApiShape, Both, Int, Strict, describe_choice
from motcua.api.texts import Code, Comment, Text, TicketRef, Token
from motcua.feedback.channels import Channel
from motcua.feedback.model import Level
from motcua.typed.codes import clean_number
from motcua.typed.situation import ANSWERS_MAX

RatingChannel = Annotated[Code, describe_choice(*Channel)]
RatingLevel = Annotated[
    int, Field(ge=-(2**31), lt=2**31), WithJsonSchema({"type": "integer", "minimum": min(Level), "maximum": max(Level)})
]


class CounterPath(ApiShape):
    """Which counter."""

    n: int = Field(description="the counter's number")


class TicketPath(ApiShape):
    """Which ticket."""

    id: Annotated[str, BeforeValidator(clean_number)] = Field(description="the ticket's id, e.g. 20261123-A001")


class NewMatter(Strict):
    """What a citizen looked up: a procedure, what was answered about the situation, and the papers that are there."""

    procedure: Code = Field(json_schema_extra={"example": "1.001193"})
    choices: dict[Code, Code] = Field(default_factory=dict, max_length=ANSWERS_MAX)
    papers: list[Code] = Field(default_factory=list, max_length=60)


class NewTicket(Strict):
    """What a citizen takes a number for; with a booking's code, and where the officer comes to the seat."""

    service: Code = Field(json_schema_extra={"example": "certified-copy"})
    priority: Code | None = Field(default=None, json_schema_extra={"example": "elder75"})
    appointment: Code | None = None
    seat: Code | None = None
    matter: NewMatter | None = None


class NewSeat(Strict):
    """Where the citizen with a ticket's code sits."""

    token: Token
    seat: Code


class TicketToken(Strict):
    """The code of a ticket's own page."""

    token: Token


class SeatAnswer(ApiShape):
    """Where the officer comes to."""

    seat: str


class CallNumber(Strict):
    """A ticket to be called out of its order, and why."""

    ticket: TicketRef = Field(json_schema_extra={"example": "A001"})
    reason: Text = Field(json_schema_extra={"example": "waiting-inside"})


class VisitMatter(Strict):
    """A procedure; with `visit`, the id of a ticket, only if that one is in hand."""

    procedure: Code = Field(json_schema_extra={"example": "1.001193"})
    visit: TicketRef | None = None


class VisitNote(Strict):
    """A note, empty to erase it; with `visit`, the id of a ticket, only if that one is in hand."""

    text: Annotated[str, Field(max_length=2000)]
    visit: TicketRef | None = None


class Hold(Strict):
    """Why a ticket is set aside: a code of the settings, or own words."""

    reason: Text | None = Field(default=None, json_schema_extra={"example": "documents"})


class Resume(Strict):
    """Which held ticket."""

    ticket: TicketRef


class Transfer(Strict):
    """Where a ticket goes: exactly one of both."""

    service: Code | None = Field(default=None, json_schema_extra={"example": "birth"})
    counter: Int | None = None


class OpenCounter(Strict):
    """Who sits down: an account's number; the caller when left out."""

    officer: Int | None = None


class Pause(Strict):
    """Why a counter pauses: a code of the settings, or own words."""

    reason: Text = Field(json_schema_extra={"example": "break"})


class NewRating(Strict):
    """What a citizen thought of a visit."""

    level: RatingLevel
    channel: RatingChannel
    visit: TicketRef | None = None
    token: Token | None = None
    counter: Int | None = None
    number: TicketRef | None = None
    short_code: Code | None = None
    reasons: list[Code] = Field(default_factory=list, max_length=20)
    comment: Comment | None = None
    answers: dict[Code, Code] | None = Field(default=None, max_length=20)


class Wait(ApiShape):
    """A range of the wait, in seconds, and in words as every screen and paper has them."""

    p50_s: int
    p80_s: int
    text: Both


class TicketShape(ApiShape):
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


class Step(ApiShape):
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


class CounterAnswer(ApiShape):
    """What a counter has in hand after an action, why it was called, and the seat where its citizen is served (null:
    at the counter).
    """

    ticket: TicketShape | None
    why: dict[str, Any] | None
    seat: str | None
    finished: TicketShape | None = None


class CameraAnswer(ApiShape):
    """The answer to the camera question that counts now: `withdrawn` by the citizen, or `child` by the officer."""

    camera: str


class RatingAnswer(ApiShape):
    """How a rating was taken. `replaced`: a later one of the same visit had arrived before."""

    id: int
    status: Literal["counted", "unprompted", "replaced", "quarantined"]
