"""Queries, bodies and answers of the calls about ratings that were set aside."""

from typing import Annotated, Literal

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Both, Int, Strict
from motcua.api.texts import Text

LISTED_MAX = 100


class QuarantineQuery(ApiShape):
    """Which ratings: those that `waiting` for a leader, or those that a leader `decided` on; newest first.

    `before` is the number of the last one of the page before.
    """

    state: Literal["waiting", "decided"] = "waiting"
    before: Annotated[int, Field(ge=1, le=2**53)] | None = None
    limit: Annotated[int, Field(ge=1, le=LISTED_MAX)] = LISTED_MAX


class DecisionReason(Strict):
    """Why a leader decides so."""

    reason: Text


class QuarantinedShape(ApiShape):
    """A rating that was set aside: by which rule, what it would be without the rule, what a leader decided.

    `comment` and `reason` are null where there is none, and once they are erased.
    """

    id: int
    at: str
    counter: Int | None
    visit: str | None
    channel: str
    level: Int
    rule: str
    rule_label: Both
    would_be: str
    status: str
    comment: str | None
    decision: Literal["released", "confirmed"] | None
    decided_at: str | None
    decided_by: str | None
    reason: str | None


class QuarantineAnswer(ApiShape):
    """Ratings that were set aside, and how many wait for a leader."""

    items: list[QuarantinedShape]
    waiting: int
