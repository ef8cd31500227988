"""A booked time."""

from enum import StrEnum

from msgspec import Struct


class BookingState(StrEnum):
    """Where a booking is in its life."""

    BOOKED = "booked"
    CHECKED_IN = "checked_in"
    CANCELLED = "cancelled"
    MISSED = "missed"


class Booking(Struct, frozen=True):
    """A time booked for a service. `slot_at` is a UTC stamp, `day` the desk's local date of it.

    `code` is typed or scanned at the kiosk; `phone` and `email` are personal data, erased after a while (then empty).
    """

    id: int
    code: str
    service: str
    day: str
    slot_at: str
    phone: str
    email: str
    language: str
    state: BookingState
    made_at: str
    ticket: str | None = None


class BookingRequest(Struct, frozen=True):
    """What somebody asks for, as it was typed: a service's code, a slot's begin (RFC 3339), a phone number, perhaps
    an e-mail address.

    `holds` are the codes of earlier bookings that the caller can show; None for the desk, which knows all.
    """

    service: str
    slot_at: str
    phone: str
    email: str = ""
    language: str = "vi"
    holds: tuple[str, ...] | None = None


class Slot(Struct, frozen=True):
    """A stretch of a day that can be booked: its begin as a UTC stamp, and how many places are left."""

    at: str
    left: int


class BookedPlace(Struct, frozen=True):
    """The place of a booked ticket: as if it had arrived at `arrived_at`, and not called before `due_at`.

    UTC stamps.
    """

    arrived_at: str
    due_at: str
