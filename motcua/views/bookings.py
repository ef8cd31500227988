"""Bookings as citizens, kiosks and officers see them: never a phone number but masked."""

from datetime import date, timedelta
from typing import Any

from motcua.bookings import actions, rules, store
from motcua.bookings.model import Booking, BookingState, Slot
from motcua.catalogue import store as catalogue_store
from motcua.desk import Invalid, Reader, parse, stamp
from motcua.queue import store as queue_store
from motcua.settings.model import Settings
from motcua.views.shapes import View, local
from motcua.views.shapes import service as named


def booking(db: Reader, row: Booking, settings: Settings, today: str, now: str) -> View:
    """Return a booking: for what and when, whether its citizen may check in today, whether too late for its place, and its number then."""
    ticket = queue_store.find(db, row.ticket) if row.ticket else None
    rule = settings.appointments
    return {
        "code": row.code,
        "service": row.service,
        "service_name": named(catalogue_store.find_service(db, row.service), row.service)["name"],
        "day": row.day,
        "slot_at": local(row.slot_at, settings.timezone),
        "until": local(_end(row.slot_at, settings), settings.timezone),
        "grace_min": rule.grace_min,
        "state": row.state.value,
        "today": row.day == today,
        "late": row.state is BookingState.BOOKED and rules.find_place(row.slot_at, now, rule) is None,
        "number": ticket.number if ticket else None,
    }


def _end(slot_at: str, settings: Settings) -> str:
    return stamp(parse(slot_at) + timedelta(minutes=settings.appointments.slot_min))


def listed(db: Reader, row: Booking, settings: Settings) -> View:
    """Return a booking as the desk's own people see it in a list."""
    ticket = queue_store.find(db, row.ticket) if row.ticket else None
    return {
        "id": row.id,
        "code": row.code,
        "service": row.service,
        "slot_at": local(row.slot_at, settings.timezone),
        "state": row.state.value,
        "phone": rules.mask_phone(row.phone),
        "number": ticket.number if ticket else None,
    }


def offer(db: Reader, settings: Settings, today: str, now: str, service: str | None, day: str | None) -> View:
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
        view["days"] = [{"day": name, "left": sum(slot.left for slot in slots)} for name, slots in days.items() if slots]
        if day is not None:
            view["slots"] = [_slot(slot, settings) for slot in days.get(rules.read_day(day), [])]
    return view


def _days(db: Reader, settings: Settings, today: str, now: str, service: str) -> dict[str, list[Slot]]:
    """Return the slots of each day that can be booked; what is too near by now is left out."""
    days = rules.list_days(settings, date.fromisoformat(today), ended=queue_store.is_day_closed(db, today))
    if not days:
        return {}
    counters = actions.list_lanes(db)
    booked_slots = store.list_booked_slots(db, days[0].isoformat(), days[-1].isoformat())
    slots_by_day = {}
    for day in days:
        begins = [at for at in rules.list_slots(settings, day, service, counters) if rules.is_soon_enough(at, now, settings.appointments)]
        slots_by_day[day.isoformat()] = rules.count_places(begins, booked_slots, settings.appointments)
    return slots_by_day


def _slot(slot: Slot, settings: Settings) -> View:
    return {
        "at": local(slot.at, settings.timezone),
        "until": local(_end(slot.at, settings), settings.timezone),
        "left": slot.left,
    }
