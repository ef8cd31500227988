"""A ticket that is issued is printed by the first printer of an agent, where paper is the agent's; again only when a
person asks.
"""

from motcua.desk import Desk, Planned, Reader
from motcua.procedures.events import ChecklistPrinted
from motcua.queue import store as queue_store
from motcua.queue.events import TicketIssued, TicketReprinted
from motcua.settings import store as settings_store
from motcua.wiring.checklist_paper import compose_checklist
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


def plan_checklist(event: ChecklistPrinted, db: Reader) -> list[Planned]:
    """Return the print job of a list of papers, in the ward's language, with its page's code."""
    printer = find_print_route(db).printer
    if printer is None:
        return []
    choices = {question: str(choice) for question, choice in event.choices.items()}
    payload = compose_checklist(db, event.code, choices, event.today).to_payload()
    paper_mm = settings_store.get_settings(db).printing.paper_mm
    payload |= {"paper_mm": paper_mm} if paper_mm else {}
    return [Planned(printer, "print", payload, PRINT_TTL_MS)]


def install(desk: Desk) -> None:
    """Plan a print job with each new ticket, with each wish for another paper, and with each list of papers."""
    desk.plan(TicketIssued, plan_ticket)
    desk.plan(TicketReprinted, plan_ticket)
    desk.plan(ChecklistPrinted, plan_checklist)
