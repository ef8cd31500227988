"""Bodies and answers of replays."""

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Day, Strict
from motcua.planning.changes import Changes


class AskReplay(Strict):
    """Which days (`to` left out: one), and what is tried on them: another settings file, changes to whichever
    settings hold.
    """

    begin: Day = Field(alias="from")
    end: Day | None = Field(None, alias="to")
    settings: str | None = None
    changes: Changes | None = None


class ReplayWaits(ApiShape):
    """Waits from the number to its first call, in seconds; null where nobody was called."""

    n: int
    mean_s: float | None
    p50_s: float | None
    p90_s: float | None
    longest_s: float | None


class WaitsOfHalfHour(ReplayWaits):
    """The waits of those who took a number in the half-hour from `at` on."""

    at: str


class Figures(ApiShape):
    """Figures of days.

    `waits` are of `all` and by rank, `utilisation` by counter (time with a ticket in hand per time open).
    """

    tickets: int
    called: int
    served: int
    unserved: int
    waits: dict[str, ReplayWaits]
    longest_wait_s: float | None
    p90_wait_s: float | None
    utilisation: dict[str, float]
    mean_utilisation: float | None
    half_hours: list[WaitsOfHalfHour]


class WaitsLonger(ApiShape):
    """Somebody who would have waited longer; `replayed_s` is null when the replay never calls them."""

    ticket: str
    rank: int
    happened_s: float
    replayed_s: float | None


class ReplayNote(ApiShape):
    """Something to know about a replay, in the reader's language."""

    code: str
    text: str


class ReplayedDay(ApiShape):
    """One of several days."""

    day: str
    happened: Figures
    replayed: Figures
    same_calls: bool


class ReplayAnswer(ApiShape):
    """What happened beside the replay; `day` for one day, `days` and `each` for several.

    `longer` lists the largest differences first.
    """

    day: str | None = None
    days: list[str] | None = None
    happened: Figures
    replayed: Figures
    same_calls: bool
    longer: list[WaitsLonger]
    longer_count: int
    shorter_count: int
    notes: list[ReplayNote]
    each: list[ReplayedDay] | None = None


class PastDay(ApiShape):
    """A day that ended, and how many numbers it gave out."""

    day: str
    tickets: int


class PastDays(ApiShape):
    """Past days, newest first."""

    items: list[PastDay]
