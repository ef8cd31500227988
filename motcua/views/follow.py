"""The page of one ticket on a phone."""

from motcua.catalogue.model import Service
from motcua.desk import Reader
from motcua.estimates.waits import WaitEstimates
from motcua.feedback import rules as feedback_rules
from motcua.feedback import store as feedback_store
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.views import reasons
from motcua.views.counter import format_absent_until
from motcua.views.shapes import (
    View,
    both,
    count_people_ahead,
    describe_service,
    describe_ticket,
    describe_unit,
    find_remaining_wait,
    format_local,
    list_choices,
)


def _reason_text(settings: Settings, move: str, reason: str | None) -> View | None:
    """Return the label of a reason, None for free text and unknown codes."""
    lists = {"held": settings.queue.hold_reasons, "called": settings.queue.call_reasons}
    return next(
        (both(choice.label) for choice in lists.get(move, ()) if choice.code == reason and reason != "other"), None
    )


def follow_screen(db: Reader, ticket: Ticket, now_day: str, services: dict[str, Service], waits: WaitEstimates) -> View:
    """Return the page of one ticket: everything about it except classes and names."""
    settings = settings_store.get_settings(db)
    zone = settings.timezone
    rating = feedback_store.find_counted(db, ticket.id)
    why = queue_store.find_last_why(db, ticket.id)
    current_service = services.get(ticket.service)
    may_rate = ticket.state is TicketState.SERVED and feedback_rules.is_qr_open(settings.rating, ticket.day, now_day)
    has_form = may_rate and ticket.service in settings.rating_form.services
    return {
        "unit": describe_unit(settings.unit),
        "ticket": describe_ticket(
            ticket, zone, people_ahead=count_people_ahead(db, ticket), wait=find_remaining_wait(waits, ticket)
        ),
        "seat": queue_store.read_seat(db, ticket),
        "seats": list(settings.seats.labels)
        if ticket.state is TicketState.WAITING and current_service is not None and current_service.at_seat
        else [],
        "due_at": format_local(ticket.due_at, zone),
        "service": describe_service(current_service, ticket.service),
        "history": [
            {
                "at": format_local(move.at, zone),
                "move": move.move,
                "counter": move.counter,
                "reason": move.reason,
                "reason_text": _reason_text(settings, move.move, move.reason),
            }
            for move in queue_store.list_moves(db, ticket.id)
        ],
        "absent_until": format_absent_until(ticket, settings) if ticket.state is TicketState.ABSENT else None,
        "why_text": reasons.explain_call(db, ticket, why, settings, shows_class=False),
        "rating": {"open": may_rate, "level": rating.level if rating else None, "has_form": has_form},
        "reasons": list_choices(settings.rating.reasons),
        "has_smile": feedback_store.has_score(db, ticket.id),
    }
