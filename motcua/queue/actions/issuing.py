"""Giving out numbers: to citizens who come, and to those who booked a time."""

import base64
from datetime import datetime

from motcua.bookings import rules as booking_rules
from motcua.bookings import store as booking_store
from motcua.bookings.model import Booking
from motcua.catalogue import store as catalogue_store
from motcua.catalogue.model import Service
from motcua.desk import Invalid, Tx, get_zone, parse, stamp
from motcua.procedures import store as procedure_store
from motcua.queue import store
from motcua.queue.actions import steps
from motcua.queue.events import TicketIssued
from motcua.queue.model import (
    IssuedTicket,
    Ranges,
    Ticket,
    TicketMatter,
    TicketRequest,
    TicketState,
    find_no_wait,
)
from motcua.queue.rules import matters, moves
from motcua.settings import rules as hours
from motcua.settings import store as settings_store
from motcua.settings.model import Settings

ORDINARY = "ordinary"
CODE_BYTES = 9
SHORT_CODE_BYTES, SHORT_CODES = 8, 10_000
"""Four digits that stand on the paper; so many bytes make each as likely as the others."""


def issue(tx: Tx, service: str, priority: str | None) -> IssuedTicket:
    """Give out the next number for `service` to a citizen of class `priority` (None: ordinary), as `take_number`
    does.
    """
    return take_number(tx, TicketRequest(service, priority), find_no_wait)


def take_number(tx: Tx, wish: TicketRequest, ranges: Ranges) -> IssuedTicket:
    """Give out the next number for what a citizen wishes; `ranges` says how long it will wait, which is kept with it.

    With a booking's code the booking's slot gives the place, and no quota is used.
    Raises `Invalid("service.unknown" | "priority.unknown" | "seat.unknown" | "seat.not_served" |
    "appointment.unknown" | "procedure.unknown" | "procedure.other_service" | "matter.changed")`,
    `Refused("hall.closed" | "clock.behind" | "quota.gone" | "appointment.used" |
    "appointment.other_day")`.
    """
    settings = settings_store.get_settings(tx.db)
    local = parse(tx.at).astimezone(get_zone(settings.timezone)).replace(tzinfo=None)
    booking = _booking(tx, wish, settings)
    service = catalogue_store.find_service(tx.db, wish.service)
    if service is None:
        raise Invalid("service.unknown", "There is no service %(service)s.", service=wish.service)
    rank = settings.find_priority(wish.priority or ORDINARY)
    if rank is None:
        raise Invalid("priority.unknown", "There is no priority class %(priority)s.", priority=wish.priority)
    seat = moves.get_seat(wish.seat, settings.seats.labels, at_seat=service.at_seat)
    matter = _check_matter(tx, wish, service)
    is_opened, is_closed = store.find_day(tx.db, tx.day)
    moves.require_issuing(
        is_open=hours.is_open(settings, local),
        opened_by_leader=is_opened,
        day_closed=is_closed,
        clock_behind=tx.clock_behind,
    )
    if booking is None:
        _within_quota(tx, service, local, settings)
    place = booking_rules.find_place(booking.slot_at, tx.at, settings.appointments) if booking else None
    serial, number_place = store.find_next_numbers(tx.db, tx.day, service.group)
    wait = ranges(service.code, rank.rank) if place is None else None
    ticket = Ticket(
        id=store.make_visit_id(tx.day, moves.format_number(service.group, serial)),
        day=tx.day,
        number=moves.format_number(service.group, serial),
        letter=service.group,
        serial=serial,
        service=service.code,
        rank=rank.rank,
        priority=rank.code,
        state=TicketState.WAITING,
        issued_at=tx.at,
        code=base64.urlsafe_b64encode(tx.entropy(CODE_BYTES)).decode(),
        place=number_place,
        arrived_at=place.arrived_at if place else tx.at,
        due_at=place.due_at if place else None,
        asked_for=service.code,
        booking=booking.id if booking else None,
        seat=seat,
        wait_p50_s=wait.p50_s if wait else None,
        wait_p80_s=wait.p80_s if wait else None,
        short_code=f"{int.from_bytes(tx.entropy(SHORT_CODE_BYTES)) % SHORT_CODES:04d}",
    )
    ahead = store.count_people_ahead(tx.db, ticket)
    store.add(tx.db, ticket)
    if booking is not None:
        booking_store.check_in(tx.db, booking.id, ticket.id)
    if matter is not None:
        store.add_matter(tx.db, ticket.id, matter)
    steps.record_move(tx, ticket, "issued")
    tx.emit(
        TicketIssued(
            ticket=ticket.id,
            number=ticket.number,
            service=service.code,
            letter=service.group,
            rank=rank.rank,
            people_ahead=ahead,
            wait=wait.to_json() if wait else None,
            booking=ticket.booking,
            arrived_at=place.arrived_at if place else None,
            due_at=ticket.due_at,
            seat=seat,
            matter=matter.to_json() if matter else None,
        )
    )
    return IssuedTicket(ticket, ahead)


def _check_matter(tx: Tx, wish: TicketRequest, service: Service) -> TicketMatter | None:
    if wish.matter is None:
        return None
    procedure = procedure_store.find_procedure(tx.db, wish.matter.procedure, tx.day)
    return matters.require_matter(wish.matter, procedure, service, catalogue_store.list_services(tx.db))


def _booking(tx: Tx, wish: TicketRequest, settings: Settings) -> Booking | None:
    """Return the booking behind the code of a wish; it is for today, for the same service, and not used yet."""
    if wish.appointment is None:
        return None
    booking = booking_store.find_by_code(tx.db, booking_rules.clean_booking_code(wish.appointment))
    return booking_rules.require_check_in(booking, wish.service, tx.day, settings.timezone)


def _within_quota(tx: Tx, service: Service, local: datetime, settings: Settings) -> None:
    if not any(quota is not None for quota in service.quota):
        return
    half, begin, end = hours.get_half_day(local)
    quota = service.quota[half]
    if quota is None:
        return
    since, until = (stamp(moment.replace(tzinfo=get_zone(settings.timezone))) for moment in (begin, end))
    moves.require_quota(quota, store.count_quota_used(tx.db, tx.day, service.code, since, until))
