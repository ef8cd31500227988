"""The states of the wall and the kiosk."""

from typing import Literal

from motcua.api.shapes.base import ApiShape, Both
from motcua.api.shapes.tickets import Wait
from motcua.api.streams.shared import NamedService, OpenOrClosed, PriorityClass, TicketWord, UnitContact, UnitName

PrinterWay = Literal["browser", "agent", "none"]


class CalledNumber(ApiShape):
    """A number that was called; with a seat the officer comes there."""

    number: str
    counter: int | None
    called_at: str | None
    seat: str | None


class StandingNumber(CalledNumber):
    """A number that stands at a counter now."""

    state: TicketWord


class ServiceCount(ApiShape):
    """How many wait for a service."""

    service: str
    count: int


class WallGroup(ApiShape):
    """A service group on the wall: how many wait, and how long."""

    letter: str
    name: Both
    count: int
    wait: Wait | None


class WallResult(ApiShape):
    """Last month's satisfaction in tenths of a percent, with its interval and n, and what was changed."""

    first: str
    last: str
    served: int
    n: int
    percent_tenths: int
    low_tenths: int
    high_tenths: int
    says_little: bool
    changes: list[str]


class ReadyCode(ApiShape):
    """The last part of the code of a dossier whose result is ready, and the code's day as `DD/MM`."""

    number: str
    day: str


class ReadyResults(ApiShape):
    """Dossiers whose result can be fetched, the newest first; `more` is how many are not listed."""

    items: list[ReadyCode]
    more: int


class WallStream(OpenOrClosed):
    """The wall: who stands where, the last calls, who waits; `result` only while nobody waits, where it is wished.

    `ready` is null where no result is ready, and where the wall does not list them.
    """

    unit: UnitName
    now: list[StandingNumber]
    recent: list[CalledNumber]
    waiting: list[ServiceCount]
    groups: list[WallGroup]
    same_day: bool
    ready: ReadyResults | None
    result: WallResult | None


class KioskService(NamedService):
    """A service on the kiosk. `quota_left` is null without a limit."""

    waiting: int
    wait: Wait | None
    quota_left: int | None
    again_today: bool
    served: bool
    at_seat: bool
    bookable: bool


class KioskGroup(ApiShape):
    """A tile of the kiosk."""

    letter: str
    name: Both
    hint: Both
    waiting: int
    wait: Wait | None
    services: list[KioskService]


class KioskStream(OpenOrClosed):
    """The kiosk: tiles, priority classes, seats, who prints and what is wrong with the printer.

    `dropoff`: papers can be handed in here now, because the hall is closed. `locker`: results are fetched here.
    """

    unit: UnitContact
    on_break: bool
    half: int
    paper: PrinterWay
    paper_ttl_ms: int
    same_day: bool
    callbacks: bool
    booking: bool
    dropoff: bool
    locker: bool
    seats: list[str]
    groups: list[KioskGroup]
    priorities: list[PriorityClass]
    printer_problem: str | None
    phones: bool
