"""When a time can be booked, by whom, and the place of a booked ticket.

Pure: local times are naive, the desk's own wall clock.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta

from motcua.bookings.model import BookedPlace, Booking, BookingState, Slot
from motcua.catalogue.model import Service
from motcua.counters.model import Counter
from motcua.desk.errors import Invalid, Refused
from motcua.desk.moment import get_local_day, get_zone, parse, parse_day, stamp
from motcua.settings import rules as hours
from motcua.settings.model import Appointments, Settings
from motcua.typed.codes import clean_code, clean_phone
from motcua.typed.lines import clean_line

CODE_LETTERS = "ABCDEGHKLMNPQRSTUVXY23456789"
"""What a code is made of: nothing that is misheard or misread for something else."""
CODE_LENGTH = 8
LANGUAGES = ("vi", "en")
EMAIL_MAX = 200

_PHONE = re.compile(r"0[35789][0-9]{8}|02[0-9]{9}")
"""A Vietnamese mobile number, or a fixed line with its area code."""
_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def clean_booking_code(code: str) -> str:
    """Return a code as it is stored, however it was typed: without spaces and dashes, in capitals, a Z for what can
    only be a 2.
    """
    return clean_code(code).replace("Z", "2")


def make_code(entropy: Callable[[int], bytes]) -> str:
    """Return a new code. Bytes that would favour the first letters are thrown away."""
    fair = 256 - 256 % len(CODE_LETTERS)
    letters = ""
    while len(letters) < CODE_LENGTH:
        letters += "".join(CODE_LETTERS[byte % len(CODE_LETTERS)] for byte in entropy(CODE_LENGTH) if byte < fair)
    return letters[:CODE_LENGTH]


def read_phone(text: str) -> str:
    """Return a Vietnamese phone number as it is kept, `0912345678`, however it was written.

    Raises `Invalid("booking.phone")`.
    """
    number = re.sub(r"^(\+|00)?840?", "0", clean_phone(text))
    if not _PHONE.fullmatch(number):
        raise Invalid("booking.phone", "This is not a valid Vietnamese phone number. Write it like 0912 345 678.")
    return number


def mask_phone(number: str) -> str:
    """Return a phone number as lists show it, `09*****678`; empty when it was erased."""
    return f"{number[:2]}{'*' * (len(number) - 5)}{number[-3:]}" if number else ""


def is_email(text: str) -> bool:
    """Say whether `text` is an e-mail address and nothing else."""
    return len(text) <= EMAIL_MAX and _EMAIL.fullmatch(text) is not None


def read_email(text: str) -> str:
    """Return an e-mail address, or nothing when none was given. Raises `Invalid("booking.email")`."""
    address = clean_line(text)
    if address and not is_email(address):
        raise Invalid(
            "booking.email", "This is not a valid e-mail address. Write it like ten@example.vn, or leave it empty."
        )
    return address


def read_language(text: str) -> str:
    """Return the language of messages about the booking. Raises `Invalid("booking.language")`."""
    if text not in LANGUAGES:
        raise Invalid("booking.language", "Messages can be written in vi or en.")
    return text


def read_slot(text: str) -> str:
    """Return a slot's begin as a UTC stamp. Raises `Invalid("booking.slot_unknown")` for what is no moment."""
    try:
        slot_at = datetime.fromisoformat(text)
        if slot_at.tzinfo is not None:
            return stamp(slot_at)
    except (ValueError, OverflowError):
        pass
    raise _no_slot()


def read_day(text: str) -> str:
    """Return a day as it is kept. Raises `Invalid("booking.day")` for what is no date."""
    if parse_day(text) is None:
        raise Invalid("booking.day", "Write a day like 2026-11-23.")
    return text


def list_days(settings: Settings, today: date, *, ended: bool) -> list[date]:
    """Return the days that can be booked; `ended`: today is over already."""
    return [today + timedelta(days=ahead) for ahead in range(1 if ended else 0, settings.appointments.days_ahead + 1)]


def list_slots(settings: Settings, on: date, service: str, counters: Iterable[Counter]) -> list[str]:
    """Return when the slots of the day `on` begin (UTC stamps): whole ones within the opening sessions.

    Somebody is there for `service` at that minute; `counters` carry what they may call (see
    `counters.rules.resolve_lane`).
    """
    serving_counters = [counter for counter in counters if service in counter.services]
    length, midnight, place = settings.appointments.slot_min, datetime.combine(on, time()), get_zone(settings.timezone)
    begins = []
    for session in hours.list_sessions(settings, on):
        for minute in range(session.start_min, session.end_min - length + 1, length):
            if _staffed(serving_counters, minute):
                begins.append(stamp((midnight + timedelta(minutes=minute)).replace(tzinfo=place)))
    return begins


def _staffed(counters: Iterable[Counter], minute: int) -> bool:
    return any(not counter.hours or any(begin <= minute < end for begin, end in counter.hours) for counter in counters)


def is_still_served(settings: Settings, slot_at: str, service: str, counters: Iterable[Counter]) -> bool:
    """Say whether the hall is open at a slot that was booked, and somebody is there for its service."""
    local = parse(slot_at).astimezone(get_zone(settings.timezone)).replace(tzinfo=None)
    serving_counters = [counter for counter in counters if service in counter.services]
    return hours.is_open(settings, local) and _staffed(serving_counters, local.hour * 60 + local.minute)


def is_soon_enough(slot_at: str, now: str, rules: Appointments) -> bool:
    """Say whether a slot is late enough to be booked at `now`."""
    return parse(slot_at) >= parse(now) + timedelta(minutes=rules.lead_min)


def count_places(begins: Iterable[str], booked_begins: Sequence[str], rules: Appointments) -> list[Slot]:
    """Return the slots with the places that are left.

    `booked_begins` are the begins that were booked, in order, perhaps of other slots.
    """
    length = timedelta(minutes=rules.slot_min)
    slots = []
    for at in begins:
        booked = bisect_left(booked_begins, stamp(parse(at) + length)) - bisect_left(booked_begins, at)
        slots.append(Slot(at, max(0, rules.capacity - booked)))
    return slots


def is_open(settings: Settings, services: Iterable[Service]) -> bool:
    """Say whether times are booked here at all: it is switched on, and for some service."""
    return settings.appointments.is_open and any(service.bookable for service in services)


def require_bookable(settings: Settings, service: Service | None, *, clock_behind: bool) -> Service:
    """Return the service if times can be booked for it.

    Raises `Refused("booking.closed" | "clock.behind")`, `Invalid("booking.service")`.
    """
    if not settings.appointments.is_open:
        raise Refused(
            "booking.closed", "Times cannot be booked at the moment. Please come to the desk and take a number."
        )
    if clock_behind:
        raise Refused("clock.behind", "The clock is behind the journal; set the computer's date right first.")
    if service is None or not service.bookable:
        raise Invalid("booking.service", "No time can be booked for this service.")
    return service


def require_place(
    settings: Settings, slot_at: str, now: str, begins: Iterable[str], booked_begins: Sequence[str]
) -> None:
    """Raise unless a place is left in the slot: `Invalid("booking.slot_unknown")`, `Refused("booking.slot_late" |
    "booking.slot_full")`.
    """
    if slot_at not in begins:
        raise _no_slot()
    if not is_soon_enough(slot_at, now, settings.appointments):
        raise Refused("booking.slot_late", "This time is too close or has passed. Please choose a later one.")
    if not count_places([slot_at], booked_begins, settings.appointments)[0].left:
        raise Refused("booking.slot_full", "All places at this time are taken. Please choose another time.")


def _no_slot() -> Invalid:
    return Invalid("booking.slot_unknown", "This time cannot be booked. Please choose one of those that are shown.")


def require_promise(rules: Appointments, *, has_active: bool, missed: int) -> None:
    """Raise `Refused("booking.missed" | "booking.active")` when a phone number cannot book (again)."""
    if rules.missed_max and missed >= rules.missed_max:
        raise Refused(
            "booking.missed",
            "This phone number missed %(count)s bookings in the last %(days)s days. Please come to the desk "
            "and take a number.",
            count=missed,
            days=rules.missed_days,
        )
    if has_active:
        raise Refused(
            "booking.active", "This phone number already has a booking. Cancel that one before you book another."
        )


def compute_active_since(now: str, rules: Appointments) -> str:
    """Return from which slot on a booking is still good for its place: until the grace after its begin is over."""
    return stamp(parse(now) - timedelta(minutes=rules.grace_min))


def compute_missed_since(today: str, rules: Appointments) -> str:
    """Return the first day whose missed bookings still count."""
    return (date.fromisoformat(today) - timedelta(days=rules.missed_days)).isoformat()


def require_cancellable(booking: Booking, now: str) -> None:
    """Raise `Refused("booking.used" | "booking.over")` unless the booking's time is still to come."""
    if booking.state is BookingState.CHECKED_IN:
        raise Refused("booking.used", "A number was already taken with this booking.")
    if booking.state is not BookingState.BOOKED or now >= booking.slot_at:
        raise Refused("booking.over", "The time of this booking has passed, or it was cancelled before.")


def find_place(slot_at: str, now: str, rules: Appointments) -> BookedPlace | None:
    """Return where a ticket booked for `slot_at` stands when its citizen checks in at `now`; None: as an ordinary
    one, too late.

    On time it is callable from its slot, ahead of those who arrived later than the grace before it.
    """
    slot, grace = parse(slot_at), timedelta(minutes=rules.grace_min)
    if parse(now) > slot + grace:
        return None
    return BookedPlace(arrived_at=stamp(slot - grace), due_at=slot_at)


def require_check_in(booking: Booking | None, service: str, today: str, timezone: str) -> Booking:
    """Return the booking if its citizen may have a number for `service` now. Raises `Invalid`, `Refused`."""
    if booking is None:
        raise Invalid("appointment.unknown", "There is no booking with this code.")
    if booking.state is BookingState.CHECKED_IN:
        raise Refused("appointment.used", "This booking already has a number.")
    if booking.state is not BookingState.BOOKED:
        raise Refused("appointment.over", "This booking is no longer valid; please take a number.")
    if booking.day != today:
        raise Refused("appointment.other_day", "This booking is for %(day)s.", day=format_time(booking, timezone))
    if booking.service != service:
        raise Invalid("appointment.other_service", "This booking is for another service.")
    return booking


def get_slot_day(slot_at: str, timezone: str) -> str:
    """Return the desk's local date of a slot."""
    return get_local_day(parse(slot_at), timezone)


def format_time(booking: Booking, timezone: str) -> str:
    """Return when a booking is, as people read it at the desk."""
    local: datetime = parse(booking.slot_at).astimezone(get_zone(timezone))
    return f"{local:%d/%m/%Y %H:%M}"
