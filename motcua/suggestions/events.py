"""What happens to suggestions. Texts, contacts and photos stand here as salted commitments, codes and names nowhere."""

from typing import ClassVar

from motcua.desk.event import Event


class SuggestionEvent(Event, frozen=True):
    """Something that happened to one suggestion."""

    suggestion: int

    @property
    def subject(self) -> str:
        """Return `suggestion:<id>`."""
        return f"suggestion:{self.suggestion}"


class SuggestionReceived(SuggestionEvent, frozen=True):
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


class SuggestionTaken(SuggestionEvent, frozen=True):
    """The unit deals with it; `answer_by` is the day until which an answer is due."""

    answer_by: str
    kind: ClassVar[str] = "suggestion.taken"


class SuggestionAssigned(SuggestionEvent, frozen=True):
    """`owner` (an account) has to answer until `answer_by`. It counts as taken from then on."""

    owner: int
    answer_by: str
    kind: ClassVar[str] = "suggestion.assigned"


class SuggestionClassified(SuggestionEvent, frozen=True):
    """The unit decided what it is by law; `type` as in `suggestion.received`."""

    type: str
    kind: ClassVar[str] = "suggestion.classified"


class SuggestionQuestioned(SuggestionEvent, frozen=True):
    """The unit asked its sender for more; `text` is a commitment."""

    text: str
    kind: ClassVar[str] = "suggestion.questioned"


class SuggestionSupplemented(SuggestionEvent, frozen=True):
    """Its sender added something; `text` is a commitment."""

    text: str
    kind: ClassVar[str] = "suggestion.supplemented"


class SuggestionAnswered(SuggestionEvent, frozen=True):
    """The unit answered; `text` is a commitment.

    `publish_by` is the day until which a public answer has to be published, None where it is not public.
    """

    text: str
    publish_by: str | None
    kind: ClassVar[str] = "suggestion.answered"


class SuggestionClosed(SuggestionEvent, frozen=True):
    """It ended without an answer: `refused` with a reason (`text`, a commitment) or `duplicate` of `original`."""

    how: str
    original: int | None
    text: str | None
    kind: ClassVar[str] = "suggestion.closed"


class SuggestionPublished(SuggestionEvent, frozen=True):
    """The answer stands on the public page."""

    kind: ClassVar[str] = "suggestion.published"


class SuggestionUnpublished(SuggestionEvent, frozen=True):
    """The answer was taken off the public page."""

    kind: ClassVar[str] = "suggestion.unpublished"


class SuggestionRated(SuggestionEvent, frozen=True):
    """Its sender rated the answer, `level` 1 to 5."""

    level: int
    kind: ClassVar[str] = "suggestion.rated"


class SuggestionChanged(SuggestionEvent, frozen=True):
    """The unit wrote what it changed because of it (`text`, a commitment), or took that back (None)."""

    text: str | None
    kind: ClassVar[str] = "suggestion.changed"


class SuggestionOpened(SuggestionEvent, frozen=True):
    """Somebody read what is masked in lists: `text` or `contact`."""

    part: str
    kind: ClassVar[str] = "suggestion.opened"


class SuggestionEscalated(SuggestionEvent, frozen=True):
    """A deadline is near or over, once for each: `deadline` is `take`, `answer` or `publish`, `stage` `near` or `late`.

    `due` is the last day in time, `owner` the account that has to answer, None while nobody has to.
    """

    deadline: str
    stage: str
    due: str
    owner: int | None
    type: str
    kind: ClassVar[str] = "suggestion.escalated"


class SuggestionErased(SuggestionEvent, frozen=True):
    """Its sender had all words and the photo erased; `state` is where it is since."""

    state: str
    kind: ClassVar[str] = "suggestion.erased"
