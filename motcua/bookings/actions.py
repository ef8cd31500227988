"""Booking a time, giving it up, and what becomes of those who did not come. Checking in is taking a number."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from motcua.bookings import rules, store
from motcua.bookings.events import BookingCancelled, BookingMade, BookingsMissed
from motcua.bookings.model import Booking, BookingRequest, BookingState
from motcua.catalogue import store as catalogue_store
from motcua.counters import rules as counter_rules
from motcua.counters import store as counter_store
from motcua.counters.model import Counter
from motcua.desk import Reader, Tx
from motcua.settings import store as settings_store

Ended = Callable[[Reader, str], bool]
"""Says whether a day of the desk is over; the queue's matter."""


def lanes(db: Reader) -> list[Counter]:
    """Return the counters with the services that may be called there."""
    counters, group_of = counter_store.every(db), catalogue_store.group_of(db)
    return [counter_rules.lane(counter, counters, group_of) for counter in counters]


def book(tx: Tx, request: BookingRequest, ended: Ended) -> Booking:
    """Book a time for a service; one booking a phone number at a time, as far as whoever asks can know of it.

    Anybody may type another person's number. So a booking that is not in `asked.holds` changes nothing in the answer: it would tell a
    stranger that the number has one, or that its owner did not come.

    Raises `Refused("booking.closed" | "clock.behind" | "booking.slot_late" | "booking.slot_full" | "booking.missed" | "booking.active")`,
    `Invalid("booking.service" | "booking.phone" | "booking.email" | "booking.language" | "booking.slot_unknown")`.
    """
    settings = settings_store.current(tx.db)
    service = rules.may_book(settings, catalogue_store.service(tx.db, request.service), clock_behind=tx.clock_behind)
    phone, email, language = rules.phone(request.phone), rules.email(request.email), rules.language(request.language)
    slot_at = rules.moment(request.slot_at)
    day = rules.day_of(slot_at, settings.timezone)
    begins: list[str] = []
    if (local := date.fromisoformat(day)) in rules.days(settings, date.fromisoformat(tx.day), ended=ended(tx.db, tx.day)):
        begins = rules.slots(settings, local, service.code, lanes(tx.db))
    rules.may_take(settings, slot_at, tx.at, begins, store.taken(tx.db, day, day))
    rules.may_promise(
        settings.appointments,
        has_active=store.has_active(tx.db, phone, rules.active_since(tx.at, settings.appointments), request.holds),
        missed=store.missed(tx.db, phone, rules.missed_since(tx.day, settings.appointments), request.holds),
    )
    while store.by_code(tx.db, code := rules.new_code(tx.entropy)) is not None:
        pass
    booking = Booking(0, code, service.code, day, slot_at, phone, email, language, BookingState.BOOKED, tx.at)
    booking = replace(booking, id=store.add(tx.db, booking))
    tx.emit(BookingMade(booking=booking.id, service=booking.service, slot_at=booking.slot_at, day=booking.day))
    return booking


def cancel(tx: Tx, code: str) -> Booking:
    """Give up the booking that `code` names; somebody else may have its place.

    Raises `Unknown("booking.unknown")`, `Refused("booking.used" | "booking.over")`.
    """
    booking = store.opened(tx.db, rules.typed(code))
    rules.may_cancel(booking, tx.at)
    store.put(tx.db, [booking.id], BookingState.CANCELLED)
    tx.emit(BookingCancelled(booking=booking.id, service=booking.service, slot_at=booking.slot_at, day=booking.day))
    return replace(booking, state=BookingState.CANCELLED)


def miss(tx: Tx, day: str, worked: bool) -> list[int]:
    """Record who booked for `day`, which is over, and did not come; return their numbers.

    Nobody misses a time that the hall did not keep: on a day without work (`worked` is false), or after it had ended today.
    """
    waiting = store.still_booked(tx.db, day)
    missed = [booking.id for booking in waiting if worked and (day < tx.day or booking.slot_at <= tx.at)]
    released = [booking.id for booking in waiting if booking.id not in missed]
    if not waiting:
        return []
    store.put(tx.db, missed, BookingState.MISSED)
    store.put(tx.db, released, BookingState.CANCELLED)
    tx.emit(BookingsMissed(missed_day=day, bookings=list(missed), released=list(released)))
    return missed
