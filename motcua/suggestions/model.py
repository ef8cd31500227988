"""Suggestions: what somebody wrote to the unit, where it is in its life, and what has to happen until when."""

from enum import StrEnum

from msgspec import Struct

from motcua.desk.messages import mark


class SuggestionKind(StrEnum):
    """What a text is by law. The last two have procedures of their own. Basis: LEGAL.md#appeals."""

    SUGGESTION = "suggestion"
    REPORT = "report"
    PETITION = "petition"
    APPEAL = "appeal"
    DENUNCIATION = "denunciation"

    @property
    def is_restricted(self) -> bool:
        """Say whether only the head of the unit may read it, and another procedure settles it."""
        return self in {SuggestionKind.APPEAL, SuggestionKind.DENUNCIATION}


class SuggestionState(StrEnum):
    """Where a suggestion is in its life. `WITHDRAWN`: its sender had it erased before an answer."""

    WAITING = "waiting"
    PROCESSING = "processing"
    ANSWERED = "answered"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Say whether somebody still has to do something with it."""
        return self in {SuggestionState.WAITING, SuggestionState.PROCESSING}


class SuggestionSource(StrEnum):
    """By which door a suggestion came."""

    WEB = "web"
    TICKET = "ticket"
    PAD = "pad"
    OFFICER = "officer"
    API = "api"


class MessageKind(StrEnum):
    """What a message about a suggestion is: the unit's question, answer or refusal, or what its sender added."""

    QUESTION = "question"
    SUPPLEMENT = "supplement"
    ANSWER = "answer"
    REFUSAL = "refusal"


KIND_LABELS = {
    SuggestionKind.SUGGESTION: mark("Suggestion"),
    SuggestionKind.REPORT: mark("Report of a problem"),
    SuggestionKind.PETITION: mark("Petition"),
    SuggestionKind.APPEAL: mark("Appeal"),
    SuggestionKind.DENUNCIATION: mark("Denunciation"),
}
STATE_LABELS = {
    SuggestionState.WAITING: mark("Waiting to be taken"),
    SuggestionState.PROCESSING: mark("In progress"),
    SuggestionState.ANSWERED: mark("Settled"),
    SuggestionState.REFUSED: mark("Refused"),
    SuggestionState.DUPLICATE: mark("Duplicate"),
    SuggestionState.WITHDRAWN: mark("Withdrawn"),
}
SOURCE_LABELS = {
    SuggestionSource.WEB: mark("public page"),
    SuggestionSource.TICKET: mark("ticket's page"),
    SuggestionSource.PAD: mark("rating pad"),
    SuggestionSource.OFFICER: mark("typed in by an officer"),
    SuggestionSource.API: mark("another program"),
}


class Suggestion(Struct, frozen=True):
    """A suggestion. `text`, `contact`, `photo` and `change` are commitments of what an erasable table keeps.

    `code` is the sender's way back to it. `concerned` is the officer of its visit or counter.
    `received_on` is the desk's day. `is_public` is None until the unit decided.
    `change` is what the unit changed because of it. `escalation` is the last deadline that was reported.
    `language` is the one in which its sender wrote, `vi` or `en`.
    """

    id: int
    code: str
    kind: SuggestionKind
    state: SuggestionState
    source: SuggestionSource
    received_at: str
    received_on: str
    text: str
    contact: str | None = None
    photo: str | None = None
    visit: str | None = None
    is_visit_proven: bool = False
    counter: int | None = None
    concerned: int | None = None
    may_publish: bool = False
    owner: int | None = None
    taken_at: str | None = None
    closed_at: str | None = None
    closed_on: str | None = None
    original: int | None = None
    is_public: bool | None = None
    rating: int | None = None
    change: str | None = None
    changed_on: str | None = None
    escalation: str = ""
    erased_at: str | None = None
    language: str = "vi"


class SuggestionMessage(Struct, frozen=True):
    """One message about a suggestion; `text` is a commitment."""

    kind: MessageKind
    at: str
    text: str


class SuggestionRequest(Struct, frozen=True):
    """What somebody wrote. `ticket` is the code of a ticket's page, `visit` a ticket's id that nothing proves.

    `photo` is a JPEG that the desk made of what was sent.
    """

    text: str
    source: SuggestionSource
    kind: str = ""
    contact: str = ""
    ticket: str = ""
    visit: str = ""
    counter: int | None = None
    may_publish: bool = False
    photo: bytes | None = None
    language: str = "vi"


class Deadlines(Struct, frozen=True):
    """Until which days (`YYYY-MM-DD`, whole) what has to happen. `publish_by` is None before an answer."""

    take_by: str
    supplement_by: str
    answer_by: str
    publish_by: str | None = None


class Viewer(Struct, frozen=True):
    """Who reads: an account of the desk, its role as the staff room names it."""

    account: int | None
    role: str
