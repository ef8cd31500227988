"""Bodies and answers of the calls about suggestions."""

from typing import Annotated, Literal

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Both, Int, Strict, describe_choice
from motcua.api.texts import Code, Comment, Line, TicketRef, Token
from motcua.suggestions.model import SuggestionKind

KindName = Annotated[Code, describe_choice(*(kind.value for kind in SuggestionKind))]


class NewSuggestion(Strict):
    """What somebody wrote.

    `visit` is a ticket's id, which nothing proves; `token` is the code of a ticket's page, which proves it.
    """

    text: Comment
    contact: Line | None = None
    visit: TicketRef | None = None
    token: Token | None = None
    counter: Int | None = None
    kind: KindName | None = None
    may_publish: bool = False


class SuggestionReceipt(ApiShape):
    """The code by which its sender finds it again, and the address of its page."""

    code: str
    follow_url: str


class SuggestionPath(ApiShape):
    """Which suggestion."""

    code: str = Field(description="the suggestion's code, in capitals or not, with spaces or without")


class SuggestionDeadlines(ApiShape):
    """The last days in time, by the desk's calendar of working days."""

    take_by: str
    supplement_by: str
    answer_by: str
    publish_by: str | None


class SuggestionWords(ApiShape):
    """A question or answer of the unit, or what its sender added; null once it is erased."""

    kind: Literal["question", "supplement", "answer", "refusal"]
    at: str
    text: str | None


class SuggestionShape(ApiShape):
    """Where a suggestion is, for whoever holds its code.

    `has_email`: its sender left an e-mail address, to which the desk writes when it arrives and when it is answered.
    """

    code: str
    kind: str
    kind_label: Both
    is_restricted: bool
    state: Literal["waiting", "processing", "answered", "refused", "duplicate", "withdrawn"]
    state_label: Both
    received_at: str
    closed_at: str | None
    deadlines: SuggestionDeadlines
    messages: list[SuggestionWords]
    answer: str | None
    may_publish: bool
    is_public: bool
    has_email: bool
    rating: Int | None
