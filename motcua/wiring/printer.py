"""A ticket that is issued is printed by the first printer of an agent, where paper is the agent's; again only when a
person asks.
"""

from motcua.desk import Desk, Planned, Reader
from motcua.queue import store as queue_store
from motcua.queue.events import TicketIssued, TicketReprinted
from motcua.settings import store as settings_store
from motcua.wiring.paper import compose_ticket, find_print_route

PRINT_TTL_MS = 30_000
"""After this a paper that no agent took is never printed."""


def plan_ticket(event: TicketIssued | TicketReprinted, db: Reader) -> list[Planned]:
    """Return the print job of a new ticket, or of one whose paper is wanted again: what stands on it, in the ward's
    language.
    """
    printer = find_print_route(db).printer
    if printer is None:
        return []
    settings = settings_store.get_settings(db)
    payload = compose_ticket(db, queue_store.get(db, event.ticket), event.people_ahead).to_payload()
    payload |= {"reprint": isinstance(event, TicketReprinted)}
    payload |= {"layout": settings.printing.layout} if settings.printing.layout else {}
    payload |= {"paper_mm": settings.printing.paper_mm} if settings.printing.paper_mm else {}
    return [Planned(printer, "print", payload, PRINT_TTL_MS)]


def install(desk: Desk) -> None:
    """Plan a print job with each new ticket, and with each wish for another paper."""
    desk.plan(TicketIssued, plan_ticket)
    desk.plan(TicketReprinted, plan_ticket)
