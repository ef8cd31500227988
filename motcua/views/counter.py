"""The view of a counter's screen."""

from datetime import datetime

from motcua.catalogue import store as catalogue_store
from motcua.catalogue.model import Service
from motcua.counters import rules as counter_rules
from motcua.counters import store as counter_store
from motcua.counters.model import Counter
from motcua.desk import Reader, stamp
from motcua.feedback import store as feedback_store
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState, WaitingTicket, find_seat
from motcua.queue.rules import commands, moves
from motcua.queue.rules.commands import CounterSituation
from motcua.reports import store as report_store
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.staff import store as staff_store
from motcua.views import reasons
from motcua.views.alerts import describe_open_help
from motcua.views.camera import CameraConditions, describe_at_counter
from motcua.views.fees import describe_shown_fee
from motcua.views.line import read_line
from motcua.views.matters import describe_matter, list_added_matters
from motcua.views.shapes import (
    View,
    count_people_ahead,
    describe_refusal,
    describe_service,
    describe_ticket,
    format_local,
    list_choices,
    list_classes,
)

SHOWN = 12
EXPECTED_SHOWN = 6
SET_ASIDE_SHOWN = 12
"""How many waiting, booked, held and absent tickets the screen lists. The view stays under 16 KiB."""


def find_officer(db: Reader, number: int | None) -> View | None:
    """Return the officer at a counter, None if nobody has signed in."""
    if number is None:
        return None
    account = staff_store.get_account(db, number)
    return {"id": account.id, "name": account.full_name, "title": account.title}


def describe_counter(db: Reader, counter: Counter) -> View:
    """Return a counter for a list."""
    services = {item.code: item for item in catalogue_store.list_services(db)}
    return {
        "number": counter.number,
        "label": counter.label,
        "state": counter.state.value,
        "officer": find_officer(db, counter.officer),
        "pause_reason": counter.pause_reason,
        "services": [describe_service(services.get(code), code) for code in counter.services],
    }


def show_counter(db: Reader, number: int, now: datetime, day: str, cameras: CameraConditions) -> View:
    """Return the view of the screen of counter `number`.

    `commands` says of each command why it is refused now. `counters` are those that a ticket can be sent on to,
    `same_services` what cannot be chosen for it among `services`.
    """
    settings, at = settings_store.get_settings(db), stamp(now)
    zone = settings.timezone
    counters = counter_store.list_all(db)
    counter = counter_store.get(db, number)
    services = {item.code: item for item in catalogue_store.list_services(db)}
    left_at = {other.number: other.left_at for other in counters}
    lane = counter_rules.resolve_lane(counter, counters, {item.code: item.group for item in services.values()})
    line = read_line(db, day, lane, left_at, at, SHOWN)
    sent_on = queue_store.find_transferring_counters(db, [item.id for item in line.first])
    ticket = queue_store.find(db, counter.in_hand) if counter.in_hand else None
    why = queue_store.find_last_why(db, ticket.id) if ticket else None
    held_tickets = queue_store.list_in_state(db, day, TicketState.HELD)
    absent = _absent(queue_store.list_in_state(db, day, TicketState.ABSENT), settings, at)
    situation = _situation(db, counter, ticket, settings, at, day)
    refusals = commands.list_refusals(situation)
    served, asked_count, answered, median_s = report_store.count_counter_day(db, day, number)
    return {
        "counter": describe_counter(db, counter),
        "ticket": describe_ticket(ticket, zone, people_ahead=count_people_ahead(db, ticket), priority=True)
        if ticket
        else None,
        "why": why,
        "why_text": reasons.explain_call(db, ticket, why, settings, shows_class=True) if ticket else None,
        "matter": describe_matter(db, ticket) if ticket else None,
        "added_matters": list_added_matters(db, ticket) if ticket else [],
        "note": queue_store.find_note(db, ticket.id) if ticket else None,
        "seat": queue_store.read_seat(db, ticket) if ticket else None,
        "due_at": format_local(ticket.due_at, zone) if ticket else None,
        "waiting": [_row(item, zone, sent_on, services) for item in line.first],
        "waiting_count": line.count,
        "expected": [
            {"id": item.id, "number": item.number, "service": item.service, "due_at": format_local(item.due_at, zone)}
            for item in line.later[:EXPECTED_SHOWN]
        ],
        "expected_count": len(line.later),
        "held": [
            {
                "id": item.id,
                "number": item.number,
                "service": item.service,
                "reason": item.reason,
                "issued_at": format_local(item.issued_at, zone),
            }
            for item in held_tickets[:SET_ASIDE_SHOWN]
        ],
        "held_count": len(held_tickets),
        "absent": absent[:SET_ASIDE_SHOWN],
        "absent_count": len(absent),
        "today": {"served": served, "asked": asked_count, "answered": answered, "median_service_s": median_s},
        "undo": _undo(situation, settings.timezone) if refusals["undo"] is None else None,
        "commands": {command: describe_refusal(error) for command, error in refusals.items()},
        "counters": [
            {"number": other.number, "label": other.label, "state": other.state.value}
            for other in counters
            if commands.can_receive(other, number)
        ],
        "services": [{**describe_service(item, item.code), "letter": item.group} for item in services.values()],
        "same_services": [code for code in services if ticket and not commands.can_join(ticket, code)],
        "reasons": {
            "hold": list_choices(settings.queue.hold_reasons),
            "pause": list_choices(settings.queue.pause_reasons),
            "call": list_choices(settings.queue.call_reasons),
        },
        "priorities": list_classes(settings),
        "help": describe_open_help(db, zone),
        "fee": describe_shown_fee(db, counter, settings),
        "camera": describe_at_counter(db, counter, now, day, cameras),
    }


def _row(waiting_ticket: WaitingTicket, zone: str, sent_on: dict[str, int], services: dict[str, Service]) -> View:
    return {
        "id": waiting_ticket.id,
        "number": waiting_ticket.number,
        "service": waiting_ticket.service,
        "rank": waiting_ticket.rank,
        "priority": waiting_ticket.priority,
        "issued_at": format_local(waiting_ticket.issued_at, zone),
        "returned": bool(waiting_ticket.returned),
        "transferred_from": sent_on.get(waiting_ticket.id),
        "seat": find_seat(waiting_ticket, services.get(waiting_ticket.service)),
        "due_at": format_local(waiting_ticket.due_at, zone),
    }


def _absent(tickets: list[Ticket], settings: Settings, at: str) -> list[View]:
    return [
        {"id": item.id, "number": item.number, "absent_until": format_absent_until(item, settings)}
        for item in tickets
        if moves.is_within_grace(item, at, settings.queue.absent_grace_min)
    ]


def format_absent_until(ticket: Ticket, settings: Settings) -> str | None:
    """Return until when an absent ticket can come back, None if it is not absent."""
    end = moves.compute_grace_end(ticket, settings.queue.absent_grace_min)
    return format_local(stamp(end), settings.timezone) if end else None


def _situation(
    db: Reader, counter: Counter, ticket: Ticket | None, settings: Settings, at: str, day: str
) -> CounterSituation:
    """Return the facts that the rules of the counter's commands need."""
    last = counter.last
    return CounterSituation(
        counter=counter,
        ticket=ticket,
        last_ticket=queue_store.find(db, last.ticket) if last else None,
        at=at,
        rules=settings.queue,
        is_rated=last is not None and feedback_store.is_rated(db, last.ticket),
        is_day_closed=queue_store.is_day_closed(db, day),
    )


def _undo(situation: CounterSituation, timezone: str) -> View | None:
    """Return the move that can be undone, and until when."""
    last, ticket = situation.counter.last, situation.last_ticket
    if last is None or ticket is None:
        return None
    until = moves.undo_end(last, situation.rules.undo_s)
    return {
        "move": "absent" if last.move == "absent" else "finish",
        "number": ticket.number,
        "until": format_local(stamp(until), timezone),
    }
