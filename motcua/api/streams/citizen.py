"""The states that a citizen sees at the counter and on the phone: rating pad, followed ticket."""

from typing import Literal

from motcua.api.shapes.base import ApiShape, Both
from motcua.api.shapes.tickets import TicketShape
from motcua.api.streams.shared import LabelledCode, NamedService, ShownFee, StreamState, UnitContact, UnitName


class AskedOfficer(ApiShape):
    """Whom a rating is for."""

    name: str
    title: str


class SeatedOfficer(AskedOfficer):
    """Who sits at the pad's counter; `photo` names the picture shown, null for none, and changes with it."""

    photo: str | None


class RatingQuestion(ApiShape):
    """The visit that a pad asks about, and until when."""

    visit: str
    number: str
    officer: AskedOfficer | None
    until: str
    has_form: bool


class CameraQuestion(ApiShape):
    """What a pad shows of the camera: its question, or while it may look, that it does and how to take the yes back.

    `contact` says who answers questions, `retention_days` how long a score is kept.
    """

    visit: str
    number: str
    step: Literal["ask", "look"]
    contact: str
    retention_days: int


class PadStream(StreamState):
    """A rating pad. At rest it shows whose counter this is: `officer` and `field`, the counter's label."""

    unit: UnitName
    counter: int
    officer: SeatedOfficer | None
    field: str
    ask: RatingQuestion | None
    reasons: list[LabelledCode]
    window_s: int
    fee: ShownFee | None
    camera: CameraQuestion | None


class FollowedStep(ApiShape):
    """One step of a followed ticket."""

    at: str
    move: str
    counter: int | None
    reason: str | None
    reason_text: Both | None


class FollowedRating(ApiShape):
    """Whether a visit can be rated, how it was, and whether the form of questions is offered."""

    open: bool
    level: int | None
    has_form: bool


class FollowStream(StreamState):
    """One ticket as its citizen sees it. `has_smile`: a camera's score of this visit is kept, and can be erased."""

    unit: UnitContact
    ticket: TicketShape
    seat: str | None
    seats: list[str]
    due_at: str | None
    service: NamedService
    history: list[FollowedStep]
    absent_until: str | None
    why_text: Both | None
    rating: FollowedRating
    reasons: list[LabelledCode]
    has_smile: bool
