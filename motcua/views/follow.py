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
from motcua.views.counter import absent_until
from motcua.views.shapes import View, ahead, both, choices, local, rest, service, ticket, unit


def _reason_text(settings: Settings, move: str, reason: str | None) -> View | None:
    """Return the words of a reason that an officer chose; own words and other codes have none here."""
    lists = {"held": settings.queue.hold_reasons, "called": settings.queue.call_reasons}
    return next((both(choice.label) for choice in lists.get(move, ()) if choice.code == reason and reason != "other"), None)


def follow(db: Reader, followed_ticket: Ticket, now_day: str, services: dict[str, Service], waits: WaitEstimates) -> View:
    """Return the page of one ticket: the whole truth about it but nobody's class or name."""
    settings = settings_store.current(db)
    zone = settings.timezone
    rating = feedback_store.find_counted(db, followed_ticket.id)
    why = queue_store.find_last_why(db, followed_ticket.id)
    current_service = services.get(followed_ticket.service)
    may_rate = followed_ticket.state is TicketState.SERVED and feedback_rules.is_qr_open(settings.rating, followed_ticket.day, now_day)
    return {
        "unit": unit(settings.unit),
        "ticket": ticket(followed_ticket, zone, people_ahead=ahead(db, followed_ticket), wait=rest(waits, followed_ticket)),
        "seat": queue_store.seat_of(db, followed_ticket),
        "seats": list(settings.seats)
        if followed_ticket.state is TicketState.WAITING and current_service is not None and current_service.at_seat
        else [],
        "due_at": local(followed_ticket.due_at, zone),
        "service": service(current_service, followed_ticket.service),
        "history": [
            {
                "at": local(move.at, zone),
                "move": move.move,
                "counter": move.counter,
                "reason": move.reason,
                "reason_text": _reason_text(settings, move.move, move.reason),
            }
            for move in queue_store.list_moves(db, followed_ticket.id)
        ],
        "absent_until": absent_until(followed_ticket, settings) if followed_ticket.state is TicketState.ABSENT else None,
        "why_text": reasons.texts(db, followed_ticket, why, settings, shows_class=False),
        "rating": {"open": may_rate, "level": rating.level if rating else None},
        "reasons": choices(settings.rating.reasons),
    }
