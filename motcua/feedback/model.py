"""Askings and ratings."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum, StrEnum

from motcua.feedback.channels import Channel


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


@dataclass(frozen=True)
class RatingPrompt:
    """A pad or keypad showed the question for a visit. `state` is `asked`, `answered` or `skipped`."""

    visit: str
    day: str
    counter: int
    officer: int | None
    asked_at: str
    until: str
    state: str


@dataclass(frozen=True)
class Rating:
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


@dataclass(frozen=True)
class RatingRequest:
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


@dataclass(frozen=True)
class CodeRefusal:
    """A ticket's short code was wrong; `left` is how often it may still be tried."""

    left: int


@dataclass(frozen=True)
class QuarantinedRating:
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


@dataclass(frozen=True)
class RecentRating:
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
