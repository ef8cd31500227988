"""A ticket that is issued is printed by the first printer of an agent, where paper is the agent's; again only when a person asks."""

from motcua.catalogue import store as catalogue_store
from motcua.desk import Desk, Json, Planned, Reader, parse, zone
from motcua.queue import store as queue_store
from motcua.queue.events import TicketIssued, TicketReprinted
from motcua.settings import store as settings_store
from motcua.wiring.paper import clock_words, wait_words
from motcua.wiring.routes import routes

PRINT_TTL_MS = 30_000


def plan_ticket(event: TicketIssued | TicketReprinted, db: Reader) -> list[Planned]:
    """Return the print job of a new ticket, or of one whose paper is wanted again: what stands on it, in the ward's language."""
    settings = settings_store.current(db)
    printers = routes(db, "printer") if settings.paper in {"auto", "agent"} else []
    if not printers:
        return []
    found = queue_store.get(db, event.ticket)
    service = catalogue_store.service(db, found.service)
    issued = parse(found.issued_at).astimezone(zone(settings.timezone))
    wait = wait_words(found.wait)
    footer = settings.texts.get("ticket_footer", ("", ""))
    payload: dict[str, Json] = {
        "ticket": found.id,
        "number": found.number,
        "service": service.name[0] if service else found.service,
        "unit": settings.unit.name,
        "centre": settings.unit.centre,
        "issued_at": issued.strftime("%H:%M:%S %d/%m/%Y"),
        "people_ahead": event.people_ahead,
        "wait": wait[0] if wait else None,
        "due_at": clock_words(found.due_at, settings.timezone),
        "seat": found.seat,
        "priority": found.rank < max((item.rank for item in settings.priorities), default=found.rank),
        "follow_path": f"/t/{found.code}",
        "footer": footer[0],
        "reprint": isinstance(event, TicketReprinted),
    }
    payload |= {"layout": settings.ticket_layout} if settings.ticket_layout else {}
    payload |= {"paper_mm": settings.paper_mm} if settings.paper_mm else {}
    return [Planned(printers[0], "print", payload, PRINT_TTL_MS)]


def install(desk: Desk) -> None:
    """Plan a print job with each new ticket, and with each wish for another paper."""
    desk.plan(TicketIssued, plan_ticket)
    desk.plan(TicketReprinted, plan_ticket)
