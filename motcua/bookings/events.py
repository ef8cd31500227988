"""What happens to bookings. Neither phone numbers nor codes: a booking is known here by its number."""

from typing import ClassVar

from motcua.desk.event import Event, Json


class BookingEvent(Event, frozen=True):
    """Something that happened to one booking: for which service, when its slot begins (UTC), on which day of the
    desk.
    """

    booking: int
    service: str
    slot_at: str
    day: str

    @property
    def subject(self) -> str:
        """Return `booking:<id>`."""
        return f"booking:{self.booking}"


class BookingMade(BookingEvent, frozen=True):
    """A time was booked."""

    kind: ClassVar[str] = "booking.made"


class BookingCancelled(BookingEvent, frozen=True):
    """A booking was given up before its time; its place is free again. Checking in is told by `ticket.issued`."""

    kind: ClassVar[str] = "booking.cancelled"


class BookingsMissed(Event, frozen=True):
    """A day was over: `bookings` did not check in; `released` could not, as the hall had ended its day before their
    time.
    """

    missed_day: str
    bookings: list[Json]
    released: list[Json]
    kind: ClassVar[str] = "bookings.missed"

    @property
    def subject(self) -> str:
        """Return `day:<date>`."""
        return f"day:{self.missed_day}"
