"""What happens to askings and ratings."""

from typing import ClassVar

from motcua.desk.event import Event, Json


class VisitEvent(Event, frozen=True):
    """Something about the rating of one visit."""

    visit: str
    counter: int | None
    officer: int | None

    @property
    def subject(self) -> str:
        """Return `ticket:<id>`: visit and ticket share their id."""
        return f"ticket:{self.visit}"


class RatingAsked(VisitEvent, frozen=True):
    """A connected pad or keypad showed the question."""

    until: str
    kind: ClassVar[str] = "rating.asked"


class RatingSkipped(VisitEvent, frozen=True):
    """Asked and not answered: by the button (`skipped`) or by time (`timed_out`)."""

    how: str
    kind: ClassVar[str] = "rating.skipped"


class RatingGiven(Event, frozen=True):
    """A citizen rated. `replaced` is the earlier rating of the visit that no longer counts; `text` is a commitment.

    `rule` set it aside, and without that rule it would be `would_be`. `answers` are those of a form, by question.
    """

    rating: int
    visit: str | None
    counter: int | None
    officer: int | None
    level: int
    channel: str
    status: str
    reasons: list[Json]
    text: str | None
    replaced: int | None
    rule: str | None = None
    would_be: str | None = None
    answers: dict[str, Json] | None = None
    kind: ClassVar[str] = "rating.given"

    @property
    def subject(self) -> str:
        """Return `rating:<id>`."""
        return f"rating:{self.rating}"


class RatingReviewed(Event, frozen=True):
    """A leader `released` or `confirmed` a rating that was set aside; `status` is what it is now.

    `replaced` is the earlier rating that no longer counts; `text` is the commitment of the leader's reason.
    """

    rating: int
    visit: str | None
    counter: int | None
    officer: int | None
    decision: str
    status: str
    replaced: int | None
    text: str
    kind: ClassVar[str] = "rating.reviewed"

    @property
    def subject(self) -> str:
        """Return `rating:<id>`."""
        return f"rating:{self.rating}"


class CameraConsentGiven(VisitEvent, frozen=True):
    """What was answered to the camera question: `yes`, `no`, `withdrawn` after a yes, or `child` by the officer.

    `none` says that the notice was shown and nobody has answered so far; after a `yes`, that no pad was left on which
    it could be taken back. Only the last answer counts, and only yes.
    """

    answer: str
    notice: int
    kind: ClassVar[str] = "camera.consent"


class ExpressionNoted(Event, frozen=True):
    """A camera spoke of a visit that had ended: a score was kept, or why not. The score itself is not in the journal.

    `model` is the beginning of the model's hash.
    """

    visit: str
    counter: int
    kept: bool
    reason: str | None
    model: str
    kind: ClassVar[str] = "expression.noted"

    @property
    def subject(self) -> str:
        """Return `ticket:<id>`."""
        return f"ticket:{self.visit}"


class CameraDataErased(Event, frozen=True):
    """What cameras said of visits (`scores`) or answers to the camera question (`answers`) were erased.

    It is all of visits before the day `before`: `count` rows.
    """

    what: str
    before: str
    count: int
    kind: ClassVar[str] = "camera.erased"

    @property
    def subject(self) -> str:
        """Return `camera`."""
        return "camera"


class ShortCodeRefused(Event, frozen=True):
    """Somebody gave a wrong short code for a ticket; after the last of `left` tries the code is void."""

    visit: str
    left: int
    kind: ClassVar[str] = "rating.code_refused"

    @property
    def subject(self) -> str:
        """Return `ticket:<id>`."""
        return f"ticket:{self.visit}"


class TypistNamed(Event, frozen=True):
    """A leader lets an officer type in paper slips."""

    account: int
    kind: ClassVar[str] = "slips.typist_named"

    @property
    def subject(self) -> str:
        """Return `account:<id>`."""
        return f"account:{self.account}"


class TypistRemoved(Event, frozen=True):
    """A leader no longer lets an officer type in paper slips."""

    account: int
    kind: ClassVar[str] = "slips.typist_removed"

    @property
    def subject(self) -> str:
        """Return `account:<id>`."""
        return f"account:{self.account}"


class OfficerViewOpened(Event, frozen=True):
    """The head of the unit opened the camera's figures by officer; `text` is the commitment of the written reason.

    It ends an earlier opening that nobody closed.
    """

    view: int
    account: int
    text: str
    kind: ClassVar[str] = "camera.officer_view_opened"

    @property
    def subject(self) -> str:
        """Return `camera`."""
        return "camera"


class OfficerViewClosed(Event, frozen=True):
    """Somebody closed the camera's figures by officer."""

    view: int
    kind: ClassVar[str] = "camera.officer_view_closed"

    @property
    def subject(self) -> str:
        """Return `camera`."""
        return "camera"


class CameraPreviewed(Event, frozen=True):
    """Somebody began to look at a camera's picture on the settings page. The picture itself is stored nowhere."""

    agent: int
    device: str
    counter: int
    kind: ClassVar[str] = "camera.previewed"

    @property
    def subject(self) -> str:
        """Return `agent:<credential>`."""
        return f"agent:{self.agent}"
