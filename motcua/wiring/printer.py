"""A ticket that is issued is printed by the first enrolled agent, where paper is the agent's."""

from motcua.catalogue import store as catalogue_store
from motcua.desk import Desk, Json, Planned, Reader, parse, zone
from motcua.queue import store as queue_store
from motcua.queue.events import TicketIssued
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.wiring.paper import clock_words, wait_words

PRINT_TTL_MS = 30_000


def plan_ticket(event: TicketIssued, db: Reader) -> list[Planned]:
    """Return the print job of a new ticket: what stands on the paper, in the ward's language."""
    settings = settings_store.current(db)
    agents = staff_store.agents(db) if settings.paper in {"auto", "agent"} else []
    if not agents:
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
        "reprint": False,
    }
    return [Planned(f"printer:{agents[0]}", "print", payload, PRINT_TTL_MS)]


def install(desk: Desk) -> None:
    """Plan a print job with each new ticket."""
    desk.plan(TicketIssued, plan_ticket)
