"""The state of the leaders' page."""

from typing import Literal

from motcua.api.shapes.alerts import AlertShape, HelpShape
from motcua.api.shapes.base import ApiShape, Both
from motcua.api.shapes.reports import Coverage, NumberCalls, Share
from motcua.api.streams.shared import CounterWord, OpenOrClosed, TicketWord, UnitContact


class HallWarning(ApiShape):
    """Something that needs a hand; `service`, `name` and `waiting` where it is about a service."""

    code: str
    service: str | None = None
    name: Both | None = None
    waiting: int | None = None


class HallCounts(ApiShape):
    """How many numbers are in which state, and how many were given out."""

    waiting: int
    called: int
    serving: int
    served: int
    held: int
    absent: int
    cancelled: int
    issued: int


class LeadersGroup(ApiShape):
    """Who waits, by group."""

    letter: str
    name: Both
    waiting: int
    oldest_at: str | None


class NumberInHand(ApiShape):
    """The number at a counter."""

    number: str
    state: TicketWord
    since: str | None


class LeadersService(ApiShape):
    """A service that somebody waits for."""

    letter: str
    name: Both
    waiting: int
    oldest_at: str | None


class LeadersClass(ApiShape):
    """A rank of priority that somebody waits in, with the classes that belong to it."""

    rank: int
    labels: list[Both]
    waiting: int
    oldest_at: str | None


class SuggestionsDue(ApiShape):
    """Suggestions that are open, and those whose deadline is near or over."""

    open: int
    near: int
    late: int


class LeadersCounter(ApiShape):
    """A counter as leaders see it."""

    number: int
    label: str
    state: CounterWord
    since: str | None
    officer: str | None
    ticket: NumberInHand | None


class OfficerToday(ApiShape):
    """An officer's work today."""

    id: int
    name: str
    served: int
    asked: int
    answered: int
    skipped: int


class DeskToday(ApiShape):
    """The desk's figures of the day; `replaced` counts ratings by the channel that replaced them.

    `rated` counts the ratings that count; `rate` is null below five of them.
    """

    served: int
    asked: int
    answered: int
    skipped: int
    unprompted: int
    quarantined: int
    replaced: dict[str, int]
    rated: int
    rate: Share | None


class BookedToday(ApiShape):
    """Who booked a time today."""

    count: int
    came: int
    missed: int
    next_at: str | None


class DeviceTrouble(ApiShape):
    """A device that does not work, or only just."""

    name: str
    kind: str
    counters: list[int]
    state: Literal["down", "degraded"]
    problem: str | None


class DeskTrouble(ApiShape):
    """A fault of the desk."""

    code: str
    check: str
    detail: Both
    since: str


class LeadersStream(OpenOrClosed):
    """The leaders' page."""

    unit: UnitContact
    day: str
    opened_by_leader: bool
    day_closed: bool
    warnings: list[HallWarning]
    hall: HallCounts
    groups: list[LeadersGroup]
    services: list[LeadersService]
    classes: list[LeadersClass]
    counters: list[LeadersCounter]
    officers: list[OfficerToday]
    desk: DeskToday
    out_of_order: NumberCalls
    coverage: Coverage
    bookings: BookedToday | None
    suggestions: SuggestionsDue
    devices: list[DeviceTrouble]
    troubles: list[DeskTrouble]
    alerts: list[AlertShape]
    alerts_count: int
    help: list[HelpShape]
