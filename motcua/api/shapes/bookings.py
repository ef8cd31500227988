"""Bodies, queries and answers of the calls about bookings."""

from typing import Literal

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Both, Day, Strict
from motcua.api.texts import Code, Line

State = Literal["booked", "checked_in", "cancelled", "missed"]


class NewBooking(Strict):
    """Who books what: a slot's begin as `/bookings/slots` names it, and how the citizen can be reached."""

    service: Code
    slot_at: Code
    phone: Line
    email: Line | None = None
    language: Literal["vi", "en"] = "vi"


class BookingPath(ApiShape):
    """Which booking."""

    code: str = Field(description="the booking's code, in capitals or not, with spaces or without")


class SlotsQuery(ApiShape):
    """For which service, on which day."""

    service: Code | None = None
    day: Day | None = None


class BookingsQuery(ApiShape):
    """Of which day; today when left out."""

    day: Day | None = None


class BookableService(ApiShape):
    """A service that can be booked."""

    code: str
    name: Both


class BookableDay(ApiShape):
    """A day and how many places are left on it."""

    day: str
    left: int


class BookableSlot(ApiShape):
    """A slot: its begin and end, and how many places are left."""

    at: str
    until: str
    left: int


class Slots(ApiShape):
    """What can be booked; `days` for the service that was asked for, `slots` for the day."""

    open: bool
    services: list[BookableService]
    service: str | None
    day: str | None
    days: list[BookableDay]
    slots: list[BookableSlot]


class BookingShape(ApiShape):
    """A booking.

    `late`: too late for its place, checking in gives an ordinary number; `number`: the one it was given.
    """

    code: str
    service: str
    service_name: Both
    day: str
    slot_at: str
    until: str
    grace_min: int
    state: State
    today: bool
    late: bool
    number: str | None


class MadeBooking(BookingShape):
    """A new booking, the address of its page, and where to send a POST to cancel it."""

    url: str
    cancel_url: str


class ListedBooking(ApiShape):
    """A booking in a day's list; of the phone number only a few digits."""

    id: int
    code: str
    service: str
    slot_at: str
    state: State
    phone: str
    number: str | None


class Bookings(ApiShape):
    """A day's bookings by their slots."""

    day: str
    items: list[ListedBooking]
