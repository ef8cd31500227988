"""When a time can be booked, by whom, and where a booked ticket stands. Pure: local times are naive, the desk's own wall clock."""

from datetime import datetime, timedelta

from motcua.bookings.model import Booking, BookingState, Place
from motcua.desk.errors import Invalid, Refused
from motcua.desk.moment import parse, stamp, zone
from motcua.settings.model import Appointments

CODE_LETTERS = "ABCDEGHKLMNPQRSTUVXY23456789"
"""What a code is made of: nothing that is misheard or misread for something else."""
CODE_LENGTH = 8


def typed(code: str) -> str:
    """Return a code as it is stored, however it was typed: without spaces and dashes, in capitals."""
    return "".join(letter for letter in code.upper() if letter.isalnum())


def place(slot_at: str, now: str, rules: Appointments) -> Place | None:
    """Return where a ticket booked for `slot_at` stands when its citizen checks in at `now`; None: as an ordinary one, too late.

    On time it is callable from its slot, ahead of those who arrived later than the grace before it.
    """
    slot, grace = parse(slot_at), timedelta(minutes=rules.grace_min)
    if parse(now) > slot + grace:
        return None
    return Place(arrived_at=stamp(slot - grace), due_at=slot_at)


def may_check_in(found: Booking | None, service: str, today: str, timezone: str) -> Booking:
    """Return the booking if its citizen may have a number for `service` now. Raises `Invalid`, `Refused`."""
    if found is None:
        raise Invalid("appointment.unknown", "There is no booking with this code.")
    if found.state is BookingState.CHECKED_IN:
        raise Refused("appointment.used", "This booking already has a number.")
    if found.state is not BookingState.BOOKED:
        raise Refused("appointment.over", "This booking is no longer valid; please take a number.")
    if found.day != today:
        raise Refused("appointment.other_day", "This booking is for %(day)s.", day=_shown(found, timezone))
    if found.service != service:
        raise Invalid("appointment.other_service", "This booking is for another service.")
    return found


def _shown(found: Booking, timezone: str) -> str:
    local: datetime = parse(found.slot_at).astimezone(zone(timezone))
    return f"{local:%d/%m/%Y %H:%M}"
