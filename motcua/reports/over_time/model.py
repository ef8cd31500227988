"""What one day of the hall adds to a report of many, and the figures of several days together."""

from collections.abc import Mapping

from msgspec import Struct

from motcua.reports.model import Rate

TicketClass = tuple[str, int]
"""The letter of a group and a rank."""


class CounterUse(Struct, frozen=True):
    """What a counter's time went into, in milliseconds. `waited_ms` it could have called somebody and did not.

    `paused_ms` is not a part of `open_ms`.
    """

    open_ms: int = 0
    serving_ms: int = 0
    calling_ms: int = 0
    waited_ms: int = 0
    paused_ms: int = 0

    @property
    def idle_ms(self) -> int:
        """Return for how long it was open and nobody waited for it."""
        return max(0, self.open_ms - self.serving_ms - self.calling_ms - self.waited_ms)

    def __add__(self, other: "CounterUse") -> "CounterUse":
        return CounterUse(
            self.open_ms + other.open_ms,
            self.serving_ms + other.serving_ms,
            self.calling_ms + other.calling_ms,
            self.waited_ms + other.waited_ms,
            self.paused_ms + other.paused_ms,
        )


class HallRecord(Struct, frozen=True):
    """One day as its journal tells it, in ascending milliseconds; `half_waits` are by the half-hour of the number.

    `service_times` are from start to finish by service, `start_delays` from a call to the start.
    """

    day: str
    waits: Mapping[TicketClass, tuple[int, ...]]
    half_waits: Mapping[int, tuple[int, ...]]
    arrivals: Mapping[int, int]
    service_times: Mapping[str, tuple[int, ...]]
    start_delays: tuple[int, ...]
    counters: Mapping[int, CounterUse]


class TicketCount(Struct, frozen=True):
    """How many tickets of a day, a group and a service are in one state."""

    day: str
    letter: str
    service: str
    state: str
    count: int


class DayFacts(Struct, frozen=True):
    """One day: its tickets, how many promised waits held of how many, and its record; None where the journal tells
    too little.
    """

    day: str
    counts: tuple[TicketCount, ...]
    promised: tuple[int, int]
    record: HallRecord | None


class Volumes(Struct, frozen=True):
    """What became of tickets. `here` are those whose visit has not ended."""

    issued: int
    served: int
    cancelled: int
    absent: int

    @property
    def here(self) -> int:
        """Return how many are still in the hall."""
        return self.issued - self.served - self.cancelled - self.absent


class WaitFigures(Struct, frozen=True):
    """Waits in seconds, nearest ranks; `under` is the share that was not longer than the target."""

    n: int
    mean_s: float | None = None
    p50_s: float | None = None
    p90_s: float | None = None
    longest_s: float | None = None
    under: Rate | None = None


class Span(Struct, frozen=True):
    """Neighbouring days that stand in one row: a day, a week, a month, cut to the period."""

    first: str
    last: str
