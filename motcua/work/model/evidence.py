"""What is laid before people who decide on a proposal about an officer. Whole numbers alone, so that it has one form.

Rates and limits are in tenths of a percent. Ratings are those of full fives, as the officer sees them: what two views
differ by must not tell what one citizen pressed.
"""

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct

from motcua.desk.messages import mark
from motcua.work.model.tasks import NoteKind, TaskCounts

Names = tuple[str, str]
"""A text in Vietnamese and in English."""
Span = tuple[int, int]
SpannedRate = tuple[int, int, int]
"""A rate and both ends of its 95 percent interval."""


class FunnelPlace(StrEnum):
    """Where a rate is on the funnel: beyond the outer limits, between outer and inner ones, or within."""

    FAR_BELOW = "far_below"
    BELOW = "below"
    WITHIN = "within"
    ABOVE = "above"
    FAR_ABOVE = "far_above"


PLACE_LABELS = {
    FunnelPlace.FAR_BELOW: mark("below the wide limits"),
    FunnelPlace.BELOW: mark("below the narrow limits"),
    FunnelPlace.WITHIN: mark("within the limits of chance"),
    FunnelPlace.ABOVE: mark("above the narrow limits"),
    FunnelPlace.FAR_ABOVE: mark("above the wide limits"),
}


class ProposalTerms(Struct, frozen=True):
    """The unit's rules by which evidence is weighed, as they were when it was collected."""

    basis: str
    since: str
    reliability_percent: int
    inner_tenths: int
    outer_tenths: int
    officers_least: int
    response_percent: int


class GroupEvidence(Struct, frozen=True):
    """An officer's ratings in one group of services.

    `officers` have answers in it. `missing` answers are needed to reach the gate; None where no number would do.
    Mean, limits and `place` are None while the comparison is closed.
    """

    letter: str
    name: Names
    n: int
    satisfied: int
    raw: SpannedRate
    shrunk: SpannedRate | None
    officers: int
    missing: int | None
    mean: int | None = None
    inner: Span | None = None
    outer: Span | None = None
    place: FunnelPlace | None = None


class NamedCount(Struct, frozen=True):
    """How often something was chosen that the settings name; the name is that of the time."""

    name: Names
    count: int


class NoteReference(Struct, frozen=True):
    """A leader's note without its words: they stand on the officer's page until they are erased."""

    number: int
    day: str
    kind: NoteKind
    is_answered: bool


class RatingEvidence(Struct, frozen=True):
    """Prompts, and the ratings of full fives. `set_aside` ratings are counted and not used.

    `weeks_low` and `weeks_high` of the `weeks` with answers stand out against the own mean.
    """

    asked: int
    answered: int
    skipped: int
    unprompted: int
    set_aside: int
    channels: Mapping[str, int]
    n: int
    satisfied: int
    raw: SpannedRate | None
    groups: tuple[GroupEvidence, ...]
    reasons: tuple[NamedCount, ...]
    weeks: int
    weeks_low: int
    weeks_high: int


class WorkEvidence(Struct, frozen=True):
    """Visits that ended at the officer's counter, seconds at it, tasks, notes, corrections of hours, suggestions.

    `suggestions` are counted by their state, without appeals and denunciations.
    """

    served: int
    present_s: int
    service_s: int
    median_service_s: int | None
    tasks: TaskCounts
    notes: tuple[NoteReference, ...]
    corrections: int
    suggestions: Mapping[str, int]


class Evidence(Struct, frozen=True):
    """Everything about one officer from the day `first` to `last`, and the rules of the time.

    It is stored as a text and read again years later: a field that is added here or above needs a default.
    """

    officer: int
    name: str
    title: str
    first: str
    last: str
    terms: ProposalTerms
    work: WorkEvidence
    ratings: RatingEvidence
