"""What happens to suggestions. Texts, contacts and photos stand here as salted commitments, codes and names nowhere."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.desk.event import Event


@dataclass(frozen=True)
class SuggestionEvent(Event):
    """Something that happened to one suggestion."""

    suggestion: int

    @property
    def subject(self) -> str:
        """Return `suggestion:<id>`."""
        return f"suggestion:{self.suggestion}"


@dataclass(frozen=True)
class SuggestionReceived(SuggestionEvent):
    """Somebody wrote. The deadlines are days, by the calendar as it was then.

    `type` is `suggestion`, `report`, `petition`, `appeal` or `denunciation`.
    `text`, `contact` and `photo` are commitments.
    """

    type: str
    source: str
    visit: str | None
    counter: int | None
    may_publish: bool
    text: str
    contact: str | None
    photo: str | None
    take_by: str
    supplement_by: str
    answer_by: str
    kind: ClassVar[str] = "suggestion.received"


@dataclass(frozen=True)
class SuggestionTaken(SuggestionEvent):
    """The unit deals with it; `answer_by` is the day until which an answer is due."""

    answer_by: str
    kind: ClassVar[str] = "suggestion.taken"


@dataclass(frozen=True)
class SuggestionAssigned(SuggestionEvent):
    """`owner` (an account) has to answer until `answer_by`. It counts as taken from then on."""

    owner: int
    answer_by: str
    kind: ClassVar[str] = "suggestion.assigned"


@dataclass(frozen=True)
class SuggestionClassified(SuggestionEvent):
    """The unit decided what it is by law; `type` as in `suggestion.received`."""

    type: str
    kind: ClassVar[str] = "suggestion.classified"


@dataclass(frozen=True)
class SuggestionQuestioned(SuggestionEvent):
    """The unit asked its sender for more; `text` is a commitment."""

    text: str
    kind: ClassVar[str] = "suggestion.questioned"


@dataclass(frozen=True)
class SuggestionSupplemented(SuggestionEvent):
    """Its sender added something; `text` is a commitment."""

    text: str
    kind: ClassVar[str] = "suggestion.supplemented"


@dataclass(frozen=True)
class SuggestionAnswered(SuggestionEvent):
    """The unit answered; `text` is a commitment.

    `publish_by` is the day until which a public answer has to be published, None where it is not public.
    """

    text: str
    publish_by: str | None
    kind: ClassVar[str] = "suggestion.answered"


@dataclass(frozen=True)
class SuggestionClosed(SuggestionEvent):
    """It ended without an answer: `refused` with a reason (`text`, a commitment) or `duplicate` of `original`."""

    how: str
    original: int | None
    text: str | None
    kind: ClassVar[str] = "suggestion.closed"


@dataclass(frozen=True)
class SuggestionPublished(SuggestionEvent):
    """The answer stands on the public page."""

    kind: ClassVar[str] = "suggestion.published"


@dataclass(frozen=True)
class SuggestionUnpublished(SuggestionEvent):
    """The answer was taken off the public page."""

    kind: ClassVar[str] = "suggestion.unpublished"


@dataclass(frozen=True)
class SuggestionRated(SuggestionEvent):
    """Its sender rated the answer, `level` 1 to 5."""

    level: int
    kind: ClassVar[str] = "suggestion.rated"


@dataclass(frozen=True)
class SuggestionChanged(SuggestionEvent):
    """The unit wrote what it changed because of it (`text`, a commitment), or took that back (None)."""

    text: str | None
    kind: ClassVar[str] = "suggestion.changed"


@dataclass(frozen=True)
class SuggestionOpened(SuggestionEvent):
    """Somebody read what is masked in lists: `text` or `contact`."""

    part: str
    kind: ClassVar[str] = "suggestion.opened"


@dataclass(frozen=True)
class SuggestionEscalated(SuggestionEvent):
    """A deadline is near or over, once for each: `deadline` is `take`, `answer` or `publish`, `stage` `near` or `late`.

    `due` is the last day in time, `owner` the account that has to answer, None while nobody has to.
    """

    deadline: str
    stage: str
    due: str
    owner: int | None
    type: str
    kind: ClassVar[str] = "suggestion.escalated"


@dataclass(frozen=True)
class SuggestionErased(SuggestionEvent):
    """Its sender had all words and the photo erased; `state` is where it is since."""

    state: str
    kind: ClassVar[str] = "suggestion.erased"
