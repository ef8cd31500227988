"""The page of one ticket on a phone."""

from motcua.catalogue.model import Service
from motcua.desk import Reader
from motcua.estimates.waits import Waits
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


def follow(db: Reader, found: Ticket, now_day: str, services: dict[str, Service], waits: Waits) -> View:
    """Return the page of one ticket: the whole truth about it but nobody's class or name."""
    settings = settings_store.current(db)
    zone = settings.timezone
    rating = feedback_store.find_counted(db, found.id)
    why = queue_store.find_last_why(db, found.id)
    known = services.get(found.service)
    may_rate = found.state is TicketState.SERVED and feedback_rules.is_qr_open(settings.rating, found.day, now_day)
    return {
        "unit": unit(settings.unit),
        "ticket": ticket(found, zone, people_ahead=ahead(db, found), wait=rest(waits, found)),
        "seat": queue_store.seat_of(db, found),
        "seats": list(settings.seats) if found.state is TicketState.WAITING and known is not None and known.at_seat else [],
        "due_at": local(found.due_at, zone),
        "service": service(known, found.service),
        "history": [
            {
                "at": local(move.at, zone),
                "move": move.move,
                "counter": move.counter,
                "reason": move.reason,
                "reason_text": _reason_text(settings, move.move, move.reason),
            }
            for move in queue_store.list_moves(db, found.id)
        ],
        "absent_until": absent_until(found, settings) if found.state is TicketState.ABSENT else None,
        "why_text": reasons.texts(db, found, why, settings, shows_class=False),
        "rating": {"open": may_rate, "level": rating.level if rating else None},
        "reasons": choices(settings.rating.reasons),
    }
