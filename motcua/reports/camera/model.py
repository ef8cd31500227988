"""What the camera's report is made of."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from msgspec import Struct

from motcua.reports.measures import Coefficient, MedianInterval, Quartiles
from motcua.reports.model import Rate

ANSWERS = ("yes", "no", "none", "withdrawn")
"""What somebody who was asked may have answered; `child` was not asked, or no longer."""
CHILD = "child"


class HiddenBecause(StrEnum):
    """Why figures of the index are not shown."""

    FEW = "few"
    """Fewer visits with index and rating than the settings say."""
    ONE_OFFICER = "one_officer"
    """Nearly all of them are of one officer."""
    ONE_COUNTER = "one_counter"
    """Nearly all of them are of one counter."""


class DeskFigures(Struct, frozen=True):
    """The index over the visits that have one, and how it agrees with what they pressed."""

    quartiles: Quartiles
    rho: Coefficient | None
    kappa: Coefficient | None


class RegisterRow(Struct, frozen=True):
    """How many visits of a day have each last answer to one version of the notice."""

    day: str
    notice: int
    answers: Mapping[str, int]


class DeskExpression(Struct, frozen=True):
    """What may be seen of a period: counts of visits, and figures of the index unless they are hidden.

    `answers` are the last answers of the visits that were asked or left out. `readings` counts visits with an index,
    `reasons` those without by why. `pairs` counts those that also have a pressed rating that counts.
    """

    served: int
    answers: Mapping[str, int]
    readings: int
    reasons: Mapping[str, int]
    pairs: int
    minimum_pairs: int
    hidden: HiddenBecause | None
    figures: DeskFigures | None
    register: Sequence[RegisterRow]

    @property
    def asked(self) -> int:
        """Return how many visits were asked: all but those whose officer switched the camera off."""
        return sum(self.answers.get(answer, 0) for answer in ANSWERS)


class ClosedBecause(StrEnum):
    """Why figures by officer are closed."""

    NEVER = "never"
    """Nobody has opened them."""
    BY_HAND = "by_hand"
    """Somebody closed them."""
    REASON_ERASED = "reason_erased"
    """The words of the reason were erased."""
    NOT_MEASURED = "not_measured"
    """The agreement of the last days cannot be measured: too few visits, or all of one officer."""
    LOW_AGREEMENT = "low_agreement"
    """The agreement of the last days is too low."""
    CAMERA_OFF = "camera_off"
    """The camera is switched off."""


class OfficerViewState(Struct, frozen=True):
    """Whether figures by officer are open; if not, why. Whoever shows such a figure also shows all of this.

    `rho` is the desk's agreement from the day `first` to the day `last`. `opened_by` is an account.
    """

    closed: ClosedBecause | None
    first: str
    last: str
    rho: Coefficient | None
    opened_at: str | None = None
    opened_by: int | None = None
    reason: str | None = None


class OfficerExpression(Struct, frozen=True):
    """One officer's median index, beside what was pressed for the same officer, and how far the desk's agreement goes.

    `levels` counts the ratings that count. Machine-made, for information.
    """

    officer: int
    median: MedianInterval
    levels: Mapping[int, int]
    satisfaction: Rate | None
    view: OfficerViewState
