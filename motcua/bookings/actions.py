"""Booking a time, giving it up, and what becomes of those who did not come. Checking in is taking a number."""

from collections.abc import Callable
from datetime import date

from motcua.bookings import rules, store
from motcua.bookings.events import BookingCancelled, BookingMade, BookingsMissed
from motcua.bookings.model import Booking, BookingRequest, BookingState
from motcua.catalogue import store as catalogue_store
from motcua.copies import replace
from motcua.counters import rules as counter_rules
from motcua.counters import store as counter_store
from motcua.counters.model import Counter
from motcua.desk import Reader, Tx
from motcua.settings import store as settings_store

Ended = Callable[[Reader, str], bool]
"""Says whether a day of the desk is over; the queue's matter."""


def list_lanes(db: Reader) -> list[Counter]:
    """Return the counters with the services that may be called there."""
    counters, group_of = counter_store.list_all(db), catalogue_store.map_groups(db)
    return [counter_rules.resolve_lane(counter, counters, group_of) for counter in counters]


def book(tx: Tx, request: BookingRequest, ended: Ended) -> Booking:
    """Book a time for a service; a phone number has one active booking at a time, as far as the caller can know of it.

    Anybody may type another person's number. So a booking that is not in `asked.holds` changes nothing in the
    answer: it would tell a stranger that the number has one, or that its owner did not come.

    Raises `Refused("booking.closed" | "clock.behind" | "booking.slot_late" | "booking.slot_full" | "booking.missed"
    | "booking.active")`, `Invalid("booking.service" | "booking.phone" | "booking.email" |
    "booking.language" | "booking.slot_unknown")`.
    """
    settings = settings_store.get_settings(tx.db)
    service = rules.require_bookable(
        settings, catalogue_store.find_service(tx.db, request.service), clock_behind=tx.clock_behind
    )
    phone, email, language = (
        rules.read_phone(request.phone),
        rules.read_email(request.email),
        rules.read_language(request.language),
    )
    slot_at = rules.read_slot(request.slot_at)
    day = rules.get_slot_day(slot_at, settings.timezone)
    begins: list[str] = []
    if (local := date.fromisoformat(day)) in rules.list_days(
        settings, date.fromisoformat(tx.day), ended=ended(tx.db, tx.day)
    ):
        begins = rules.list_slots(settings, local, service.code, list_lanes(tx.db))
    rules.require_place(settings, slot_at, tx.at, begins, store.list_booked_slots(tx.db, day, day))
    rules.require_promise(
        settings.appointments,
        has_active=store.has_active(
            tx.db, phone, rules.compute_active_since(tx.at, settings.appointments), request.holds
        ),
        missed=store.count_missed(
            tx.db, phone, rules.compute_missed_since(tx.day, settings.appointments), request.holds
        ),
    )
    while store.find_by_code(tx.db, code := rules.make_code(tx.entropy)) is not None:
        pass
    booking = Booking(0, code, service.code, day, slot_at, phone, email, language, BookingState.BOOKED, tx.at)
    booking = replace(booking, id=store.add(tx.db, booking))
    tx.emit(BookingMade(booking=booking.id, service=booking.service, slot_at=booking.slot_at, day=booking.day))
    return booking


def cancel(tx: Tx, code: str) -> Booking:
    """Give up the booking that `code` names; somebody else may have its place.

    Raises `Unknown("booking.unknown")`, `Refused("booking.used" | "booking.over")`.
    """
    booking = store.get_by_code(tx.db, rules.clean_booking_code(code))
    rules.require_cancellable(booking, tx.at)
    store.save_state(tx.db, [booking.id], BookingState.CANCELLED)
    tx.emit(BookingCancelled(booking=booking.id, service=booking.service, slot_at=booking.slot_at, day=booking.day))
    return replace(booking, state=BookingState.CANCELLED)


def record_missed(tx: Tx, day: str, worked: bool) -> list[int]:
    """Record who booked for `day`, which is over, and did not come; return their numbers.

    Nobody misses a time that the hall did not keep: on a day without work (`worked` is false), or after it had ended
    today.
    """
    waiting = store.list_still_booked(tx.db, day)
    missed = [booking.id for booking in waiting if worked and (day < tx.day or booking.slot_at <= tx.at)]
    released = [booking.id for booking in waiting if booking.id not in missed]
    if not waiting:
        return []
    store.save_state(tx.db, missed, BookingState.MISSED)
    store.save_state(tx.db, released, BookingState.CANCELLED)
    tx.emit(BookingsMissed(missed_day=day, bookings=list(missed), released=list(released)))
    return missed
