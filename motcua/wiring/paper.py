"""What stands on a ticket, who prints it, and a wait in words: said once, for the browser's page and for an agent's
printer.
"""

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from motcua.catalogue import store as catalogue_store
from motcua.desk import Json, Reader, get_zone, parse
from motcua.procedures import store as procedure_store
from motcua.procedures.rules.situations import list_papers
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState, WaitRange
from motcua.settings import store as settings_store
from motcua.settings.model import Bilingual
from motcua.wiring.routes import list_routes

MINUTE_S = 60


class PrintRoute(Struct, frozen=True):
    """The printer of tickets now: the kiosk's browser, an agent's `printer` (a route of `wiring.routes`), or nobody."""

    by: Literal["browser", "agent", "none"]
    printer: str | None = None


def find_print_route(db: Reader) -> PrintRoute:
    """Return who prints tickets.

    `auto` means an agent that has a printer, else the browser. With `agent` and no printer, nothing is printed.
    """
    setting = settings_store.get_settings(db).printing.paper
    printers = list_routes(db, "printer") if setting in {"auto", "agent"} else []
    if printers:
        return PrintRoute("agent", printers[0])
    return PrintRoute("browser" if setting in {"auto", "browser"} else "none")


class TicketPaper(Struct, frozen=True):
    """The content of a printed ticket, in both languages and local time.

    `people_ahead` is None if no order is promised. `procedure` is what the citizen looked up, with its `papers` and
    whether each is there.
    """

    ticket: str
    number: str
    service: Bilingual
    unit: str
    centre: str
    issued_at: datetime
    people_ahead: int | None
    wait: Bilingual | None
    due_at: str | None
    seat: str | None
    has_priority: bool
    path: str
    footer: Bilingual
    short_code: str | None = None
    procedure: Bilingual | None = None
    papers: tuple[tuple[Bilingual, bool], ...] = ()

    def to_payload(self) -> dict[str, Json]:
        """Return it as a print job carries it: in Vietnamese, as whoever takes it lives here."""
        papers: list[Json] = [f"[{'x' if is_ready else ' '}] {name[0]}" for name, is_ready in self.papers]
        looked_up: dict[str, Json] = {"procedure": self.procedure[0], "papers": papers} if self.procedure else {}
        return {
            "ticket": self.ticket,
            "number": self.number,
            "service": self.service[0],
            "unit": self.unit,
            "centre": self.centre,
            "issued_at": self.issued_at.strftime("%H:%M:%S %d/%m/%Y"),
            "people_ahead": self.people_ahead,
            "wait": self.wait[0] if self.wait else None,
            "due_at": self.due_at,
            "seat": self.seat,
            "priority": self.has_priority,
            "follow_path": self.path,
            "footer": self.footer[0],
            "short_code": self.short_code,
            **looked_up,
        }


def compose_ticket(db: Reader, ticket: Ticket, people_ahead: int | None = None) -> TicketPaper:
    """Return what stands on the paper of `ticket`, now or printed again.

    `people_ahead` is looked up where it is not known.

    A ticket that was booked, or does not wait any more, promises no place in the queue.
    """
    settings = settings_store.get_settings(db)
    service = catalogue_store.find_service(db, ticket.service)
    is_in_line = ticket.state is TicketState.WAITING and ticket.due_at is None
    if is_in_line and people_ahead is None:
        people_ahead = queue_store.count_people_ahead(db, ticket)
    return TicketPaper(
        ticket=ticket.id,
        number=ticket.number,
        service=service.name if service else (ticket.service, ticket.service),
        unit=settings.unit.name,
        centre=settings.unit.centre,
        issued_at=parse(ticket.issued_at).astimezone(get_zone(settings.timezone)),
        people_ahead=people_ahead if is_in_line else None,
        wait=write_wait(ticket.wait),
        due_at=write_time(ticket.due_at, settings.timezone),
        seat=queue_store.read_seat(db, ticket),
        has_priority=settings.has_priority(ticket.rank),
        path=f"/t/{ticket.code}",
        footer=settings.texts.ticket_footer,
        short_code=ticket.short_code,
        **_find_papers(db, ticket),
    )


def _find_papers(db: Reader, ticket: Ticket) -> dict[str, Any]:
    """Return the procedure and the papers that the citizen looked up, nothing where nothing was."""
    matter = queue_store.find_matter(db, ticket.id)
    procedure = procedure_store.find_procedure(db, matter.procedure, ticket.day) if matter else None
    if matter is None or procedure is None:
        return {}
    english = procedure_store.load_words().english.get(procedure.code) or procedure.name
    papers = list_papers(procedure.checklist, dict(matter.choices)) if procedure.checklist else ()
    return {
        "procedure": (procedure.name, english),
        "papers": tuple((item.name, item.code in matter.papers) for item in papers),
    }


def round_minutes(wait: WaitRange) -> tuple[int, int]:
    """Return a range in whole minutes, rounded outwards."""
    return wait.p50_s // MINUTE_S, max(1, -(-wait.p80_s // MINUTE_S))


def write_wait(wait: WaitRange | None) -> Bilingual | None:
    """Return a range of a wait in words, e.g. "khoảng 10 phút", "dưới 5 phút"; None where nobody knows."""
    if wait is None:
        return None
    low, high = round_minutes(wait)
    if low == 0:
        return f"dưới {high} phút", f"under {high} min"
    span = str(high) if low >= high else f"{low}\N{EN DASH}{high}"
    return f"khoảng {span} phút", f"about {span} min"


def write_time(at: str | None, timezone: str) -> str | None:
    """Return a stored time as the desk's wall clock shows it, "09:00"."""
    return parse(at).astimezone(get_zone(timezone)).strftime("%H:%M") if at else None
