"""Askings and ratings, answers to the camera question, and what cameras say."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from msgspec import Struct

from motcua.feedback.channels import Channel
from motcua.vision.gates import Reason

NOTICE_VERSION = 1
"""The version of the notice's words on the pad. Raise it whenever their meaning changes."""


class Level(IntEnum):
    """The five levels of satisfaction. Basis: LEGAL.md#sipas-rate."""

    VERY_DISSATISFIED = 1
    DISSATISFIED = 2
    NEUTRAL = 3
    SATISFIED = 4
    VERY_SATISFIED = 5


class Status(StrEnum):
    """`counted`: the visit's one rating. `unprompted`: outside its window, kept apart. `replaced`: a later one counts.

    `quarantined`: set aside with a reason, visibly and reversibly.
    """

    COUNTED = "counted"
    UNPROMPTED = "unprompted"
    REPLACED = "replaced"
    QUARANTINED = "quarantined"


class RatingPrompt(Struct, frozen=True):
    """A pad or keypad showed the question for a visit. `state` is `asked`, `answered` or `skipped`."""

    visit: str
    day: str
    counter: int
    officer: int | None
    asked_at: str
    until: str
    state: str


class Rating(Struct, frozen=True):
    """What a citizen pressed; `officer` is that of the visit's last leg."""

    id: int
    visit: str | None
    day: str
    counter: int | None
    officer: int | None
    level: int
    channel: Channel
    status: Status
    at: str
    reasons: tuple[str, ...]
    text: str | None


class RatingRequest(Struct, frozen=True):
    """What a citizen pressed or wrote. Without `visit` it is about the visit that ended last at `counter`.

    `pressed_at` is when a keypad was pressed, if the cable brought it later. `by_staff` says that it
    came from a browser of the hall's own people. With `must_be_asked` it counts only while the
    question of its visit is open at the counter. `typist` is who typed it in from paper.
    `source` names the browser, by nothing that names a person. `answers` are those of the form, by question.
    """

    level: int
    channel: str
    visit: str | None
    counter: int | None
    reasons: tuple[str, ...] = ()
    comment: str | None = None
    pressed_at: str | None = None
    by_staff: bool = False
    must_be_asked: bool = False
    source: str | None = None
    typist: int | None = None
    answers: Mapping[str, str] | None = None


class CodeRefusal(Struct, frozen=True):
    """A ticket's short code was wrong; `left` is how often it may still be tried."""

    left: int


class QuarantinedRating(Struct, frozen=True):
    """A rating that was set aside by `rule`, and what it would be without the rule.

    `decision` is None while it waits, then `released` or `confirmed`; `text` is the leader's reason (a commitment).
    """

    rating: Rating
    rule: str
    would_be: Status
    decision: str | None = None
    decided_at: str | None = None
    decided_by: str | None = None
    text: str | None = None


class RecentRating(Struct, frozen=True):
    """A rating of the last day: at the same counter or from the same browser.

    `asked_at` is when its visit's question was shown, None where nobody asked. `source` names its browser.
    """

    at: str
    counter: int | None
    channel: Channel
    visit: str | None
    status: Status
    asked_at: str | None
    source: str | None


class ConsentAnswer(StrEnum):
    """The answer to the camera question. Only the last answer of a visit counts, and only `yes` lets a camera look.

    `none`: the notice is on the pad and nobody has answered, which means no. `child`: the officer switched it off.
    """

    NONE = "none"
    YES = "yes"
    NO = "no"
    WITHDRAWN = "withdrawn"
    CHILD = "child"


ScoreObstacle = Reason
"""Why a visit has no score."""


class CameraData(StrEnum):
    """What is erased by itself after a while: what cameras said of visits, and what citizens answered."""

    SCORES = "scores"
    ANSWERS = "answers"


class CameraConsent(Struct, frozen=True):
    """An answer as it is kept. `turn` says how often the ticket had been called, or its end taken back, before it.

    Each turn is asked anew: another counter has another camera, and a camera that was stopped has forgotten.
    """

    visit: str
    day: str
    counter: int
    answer: ConsentAnswer
    notice: int
    turn: int
    at: str


class ExpressionReading(Struct, frozen=True):
    """What a camera says of a visit that ended: a smile index from 0 to 100 with its quality, or why there is none."""

    visit: str
    score: int | None
    quality: int | None
    valid_frames: int
    seen_frames: int
    reason: str | None
    model_hash: str


class ExpressionRecord(Struct, frozen=True):
    """A reading as it is kept; `officer` is that of the visit's last leg."""

    visit: str
    day: str
    counter: int
    officer: int | None
    score: int | None
    quality: int | None
    valid_frames: int
    seen_frames: int
    reason: ScoreObstacle | None
    model_hash: str
    at: str

    @property
    def has_score(self) -> bool:
        """Say whether there is a smile index."""
        return self.score is not None


class OfficerView(Struct, frozen=True):
    """The head of the unit opened the camera's figures by officer; `reason` is a commitment.

    `closed_at` is None while nobody closed it. Whether it is open all the same, the report's query says.
    """

    id: int
    opened_at: str
    opened_by: int
    reason: str
    closed_at: str | None = None
    closed_by: str | None = None
