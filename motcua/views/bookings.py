"""Bookings as citizens, kiosks and officers see them: never a phone number but masked."""

from datetime import date, timedelta
from typing import Any

from motcua.bookings import actions, rules, store
from motcua.bookings.model import Booking, BookingState, Slot
from motcua.catalogue import store as catalogue_store
from motcua.desk import Invalid, Reader, parse, stamp
from motcua.queue import store as queue_store
from motcua.settings.model import Settings
from motcua.views.shapes import View, format_local
from motcua.views.shapes import describe_service as named


def describe_booking(db: Reader, booking: Booking, settings: Settings, today: str, now: str) -> View:
    """Return a booking for its citizen: service, time, whether check-in is possible today, whether it is late, and
    its ticket number.
    """
    ticket = queue_store.find(db, booking.ticket) if booking.ticket else None
    rule = settings.appointments
    return {
        "code": booking.code,
        "service": booking.service,
        "service_name": named(catalogue_store.find_service(db, booking.service), booking.service)["name"],
        "day": booking.day,
        "slot_at": format_local(booking.slot_at, settings.timezone),
        "until": format_local(_end(booking.slot_at, settings), settings.timezone),
        "grace_min": rule.grace_min,
        "state": booking.state.value,
        "today": booking.day == today,
        "late": booking.state is BookingState.BOOKED and rules.find_place(booking.slot_at, now, rule) is None,
        "number": ticket.number if ticket else None,
    }


def _end(slot_at: str, settings: Settings) -> str:
    return stamp(parse(slot_at) + timedelta(minutes=settings.appointments.slot_min))


def describe_listed_booking(db: Reader, booking: Booking, settings: Settings) -> View:
    """Return a booking as a row of the officers' list."""
    ticket = queue_store.find(db, booking.ticket) if booking.ticket else None
    return {
        "id": booking.id,
        "code": booking.code,
        "service": booking.service,
        "slot_at": format_local(booking.slot_at, settings.timezone),
        "state": booking.state.value,
        "phone": rules.mask_phone(booking.phone),
        "number": ticket.number if ticket else None,
    }


def describe_offer(db: Reader, settings: Settings, today: str, now: str, service: str | None, day: str | None) -> View:
    """Return what can be booked: the services; for one of them the days with their places; for one of those its slots.

    Raises `Invalid("booking.service" | "booking.day")`.
    """
    if day is not None:
        rules.read_day(day)
    services = catalogue_store.list_services(db)
    is_open = rules.is_open(settings, services)
    bookable = [item for item in services if item.bookable] if is_open else []
    view: dict[str, Any] = {
        "open": is_open,
        "services": [named(item, item.code) for item in bookable],
        "service": service,
        "day": day,
        "days": [],
        "slots": [],
    }
    if not is_open:
        return view
    if service is not None:
        if service not in {item.code for item in bookable}:
            raise Invalid("booking.service", "No time can be booked for this service.")
        days = _days(db, settings, today, now, service)
        view["days"] = [
            {"day": name, "left": sum(slot.left for slot in slots)} for name, slots in days.items() if slots
        ]
        if day is not None:
            view["slots"] = [_slot(slot, settings) for slot in days.get(rules.read_day(day), [])]
    return view


def _days(db: Reader, settings: Settings, today: str, now: str, service: str) -> dict[str, list[Slot]]:
    """Return the slots of each day that can still be booked."""
    days = rules.list_days(settings, date.fromisoformat(today), ended=queue_store.is_day_closed(db, today))
    if not days:
        return {}
    counters = actions.list_lanes(db)
    booked_slots = store.list_booked_slots(db, days[0].isoformat(), days[-1].isoformat())
    slots_by_day = {}
    for day in days:
        begins = [
            at
            for at in rules.list_slots(settings, day, service, counters)
            if rules.is_soon_enough(at, now, settings.appointments)
        ]
        slots_by_day[day.isoformat()] = rules.count_places(begins, booked_slots, settings.appointments)
    return slots_by_day


def _slot(slot: Slot, settings: Settings) -> View:
    return {
        "at": format_local(slot.at, settings.timezone),
        "until": format_local(_end(slot.at, settings), settings.timezone),
        "left": slot.left,
    }
