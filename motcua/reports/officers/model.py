"""What is counted of an officer over some days."""

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct, field

from motcua.reports.comparing.counts import Answers

SATISFIED_FROM = 4
"""The two best of five levels. Basis: LEGAL.md#sipas-rate."""


class CorrectionSum(Struct, frozen=True):
    """What leaders corrected for one reason: how many times, and the milliseconds at counters that this changed."""

    count: int = 0
    added_ms: int = 0
    removed_ms: int = 0

    def __add__(self, other: "CorrectionSum") -> "CorrectionSum":
        """Return both together."""
        return CorrectionSum(
            self.count + other.count, self.added_ms + other.added_ms, self.removed_ms + other.removed_ms
        )


class Presence(Struct, frozen=True):
    """Milliseconds at counters: `present_ms` while open, `paused_ms` by the reason of the pause, both corrected.

    `recorded_ms` is what the journal has as present; `corrections` are by the code of their reason.
    """

    present_ms: int = 0
    paused_ms: Mapping[str, int] = field(default_factory=dict)
    recorded_ms: int = 0
    corrections: Mapping[str, CorrectionSum] = field(default_factory=dict)


class ServiceTime(Struct, frozen=True):
    """Stretches of serving: `served` visits that ended here, milliseconds of serving and of calling before it.

    `median_ms` is that of the stretches that ended with a finish; None without any.
    """

    served: int = 0
    service_ms: int = 0
    calling_ms: int = 0
    median_ms: int | None = None


class Prompts(Struct, frozen=True):
    """Rating prompts by their result, ratings that do not count, and ratings that count by channel.

    `quarantined` ones wait for a leader's word; of `confirmed` ones a leader said that they do not count.
    """

    asked: int = 0
    answered: int = 0
    skipped: int = 0
    unprompted: int = 0
    quarantined: int = 0
    channels: Mapping[str, int] = field(default_factory=dict)
    confirmed: int = 0

    @property
    def counted(self) -> int:
        """Return how many ratings count."""
        return sum(self.channels.values())


class OfficerFigures(Struct, frozen=True):
    """One officer's figures. `officer` is None where nobody had signed in.

    `answers` are the ratings that count, by the letter of the number; `with_quarantined` also those set aside that
    would count. `has_left`: the account is closed.
    """

    officer: int | None
    name: str
    has_left: bool
    service: ServiceTime
    presence: Presence
    prompts: Prompts
    answers: Mapping[str, Answers]
    with_quarantined: Answers

    @property
    def idle_ms(self) -> int:
        """Return how long the counter was open while nobody was called or served."""
        return max(0, self.presence.present_ms - self.service.service_ms - self.service.calling_ms)


class RatingEntry(NamedTuple):
    """One rating of a visit, when it began to count: the number of its row, whose it is, what was pressed."""

    rating: int
    visit: str
    day: str
    officer: int
    letter: str
    level: int
    channel: str
    reasons: tuple[str, ...]
