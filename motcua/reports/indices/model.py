"""What official indices are computed from, and what they are. Pure."""

from collections.abc import Mapping

from msgspec import Struct, field

from motcua.dossiers.model.outcomes import DossierOutcome
from motcua.reports.model import Rate
from motcua.settings.sections.index_choices import USUAL, IndexChoices


class UnitFacts(Struct, frozen=True):
    """What the unit declares of itself: procedures it is responsible for, and how many of them are handled how."""

    procedures: int
    settled_here: int
    received_here: int
    online: int
    is_posted: bool
    is_published: bool


class AnsweredReport(Struct, frozen=True):
    """A report or petition of a citizen whose answer came, or was due, in the period; `number` is that of its page."""

    number: int
    is_on_time: bool


class IndexSources(Struct, frozen=True):
    """Everything that the indices of a period are computed from.

    `dossiers` were settled in it; None where no file covers any day of it. `unit` is None while nothing is declared.
    `answers` are what citizens answered in the form of questions: visit and points, by the index they count in.
    `history` are all choices, `choices` those on the last day.
    """

    dossiers: tuple[DossierOutcome, ...] | None
    unit: UnitFacts | None
    reports: tuple[AnsweredReport, ...] = ()
    levels: Mapping[int, int] = field(default_factory=dict)
    doubtful_levels: Mapping[int, int] = field(default_factory=dict)
    answers: Mapping[int, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    history: tuple[IndexChoices, ...] = (USUAL,)
    choices: IndexChoices = USUAL


class IndexScore(Struct, frozen=True):
    """One index: the `points` of the `n` dossiers or facts that have data for it, and their mean in tenths.

    `numerator` of `denominator` is what an index of the unit is judged by; None where points alone say it.
    """

    index: int
    points: int
    n: int
    tenths: int
    numerator: int | None = None
    denominator: int | None = None


class IndexTotal(Struct, frozen=True):
    """The sum of the indices that have data, in tenths of a point.

    `possible` is its maximum, `maximum` that of all indices. `band` is the place of the band, 0 for the best; None
    without any index, and where less than `least_percent` of the maximum has data (None: that was not asked).
    """

    tenths: int
    possible: int
    maximum: int
    band: int | None
    least_percent: int | None = None


class DossierSatisfaction(Struct, frozen=True):
    """Satisfaction by Decision 766 over `n` settled dossiers, in hundredths of a percent.

    `troubled` dossiers are late, complained about or rated as dissatisfied; each counts once. `operated` is the figure
    of the national system, which subtracts both shares. `has_complaints` and `has_ratings` say what the files tell.
    """

    n: int
    late: int
    complained: int
    troubled: int
    hundredths: int
    rate: Rate
    operated: int
    has_complaints: bool
    has_ratings: bool
