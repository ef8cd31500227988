"""Queries, bodies and answers of the calls about proposals for a reward or a review."""

from typing import Annotated, Any, Literal

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Both, Day, Strict, describe_choice
from motcua.api.shapes.work import OfficerName
from motcua.api.texts import Code, Comment, Password
from motcua.work.model import ProposalKind

ProposalKindName = Annotated[Code, describe_choice(*(kind.value for kind in ProposalKind))]
StateName = Literal["drafted", "asked", "answered", "signed", "withdrawn"]
Seen = Annotated[Code, Field(description="`seen` of the proposal as it was read; refused once anything has changed")]


class NewProposal(Strict):
    """A draft for the days `from` to `to`."""

    kind: ProposalKindName
    begin: Day = Field(alias="from")
    end: Day = Field(alias="to")


class ProposalWords(Strict):
    """Grounds, an answer or a reason."""

    text: Comment


class SeenProposal(Strict):
    """Which state of the proposal was read."""

    seen: Seen


class ProposalSignature(SeenProposal):
    """The caller's password, asked again."""

    password: Password


class ProposalReceipt(ApiShape):
    """Where a proposal is now."""

    id: int
    state: StateName


class ProposalSummary(ProposalReceipt):
    """A proposal without its words. `due_on` is the last day on which a leader waits for the officer's answer."""

    officer: OfficerName
    has_left: bool
    kind: Literal["reward", "review"]
    kind_label: Both
    begin: str = Field(alias="from")
    end: str = Field(alias="to")
    state_label: Both
    due_on: str | None
    is_overdue: bool
    is_answered: bool
    has_declined: bool
    is_signed: bool


class ProposalList(ApiShape):
    """Proposals, by the officers' names, each officer's newest first."""

    items: list[ProposalSummary]


class ProposalMoment(ApiShape):
    """Who took a proposal into a state, and when; `by` is null for a program."""

    state: StateName
    label: Both
    at: str
    by: str | None


class CodedLabel(ApiShape):
    """A stable code and its sentence."""

    code: str
    label: Both


class WeighingShape(ApiShape):
    """What the ratings say for the proposal, in words, and every point for and against it."""

    strength: Literal["nothing", "chance", "contrary", "hint", "clear"]
    strength_label: Both
    points_for: list[CodedLabel]
    points_against: list[CodedLabel]


class SectionShape(ApiShape):
    """A part of the evidence in the reader's language, as the page and the paper have it."""

    id: str
    title: str
    text: str
    facts: list[tuple[str, str]]
    columns: list[tuple[str, bool]]
    rows: list[list[str]]
    lines: list[str]
    empty: str


class ProposalShape(ProposalSummary):
    """A proposal; words are null until they are written and once they are erased.

    `evidence` has whole numbers: rates and limits in tenths of a percent, each rate with both ends of its 95 percent
    interval. It is that of the signed paper, else as the officer read it, else of now. The obstacles say what is
    missing for the caller. `digest` is that of the signed paper, as the journal has it.
    """

    history: list[ProposalMoment]
    grounds: str | None
    has_grounds: bool
    answer: str | None
    reason: str | None
    evidence: dict[str, Any] | None
    weighing: WeighingShape | None
    question_obstacles: list[CodedLabel]
    signing_obstacles: list[CodedLabel]
    seen: str | None
    digest: str | None
    sections: list[SectionShape] | None
