"""Years of old tickets for a desk, as its own days would have left them."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from motcua.desk import journal
from motcua.desk.database import open_writer
from motcua.desk.tables import DESK
from motcua.queue import store
from motcua.queue.events import TicketIssued
from motcua.queue.model import Ticket, TicketMove, TicketState
from motcua.setup.rooms import ROOMS

FIRST_DAY = date(2024, 1, 1)


def fill(data: Path, days: int, tickets: int) -> None:
    """Write `days` closed days of `tickets` served tickets each into the desk in `data`, with history and journal rows.

    The journal's rows come after the set-up's, with its time: rows of the past cannot be added before it.
    """
    db = open_writer(data / "desk.db", [DESK, *ROOMS])
    db.conn.execute("BEGIN IMMEDIATE")
    head = journal.read_head(db)
    place = store.find_next_numbers(db, "", "")[1]
    for number in range(days):
        day = (FIRST_DAY + timedelta(days=number)).isoformat()
        start = datetime.fromisoformat(f"{day}T00:30:00").replace(tzinfo=UTC)
        for serial in range(1, tickets + 1):
            ticket = _served(day, start + timedelta(seconds=100 * serial), serial, place)
            store.add(db, ticket)
            for move in ("issued", "called", "served"):
                store.add_move(db, ticket.id, TicketMove(ticket.issued_at, move, 1, "counter:1", None, None))
            event = TicketIssued(ticket.id, ticket.number, ticket.service, ticket.letter, ticket.rank, 0, None)
            head = journal.append(db, head, head.at, head.day, "kiosk:1", event)
            place += 1
        store.close_day(db, day, ticket_at(start + timedelta(hours=10)))
    db.conn.execute("COMMIT")
    db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()


def ticket_at(moment: datetime) -> str:
    """Return a stored time."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _served(day: str, issued: datetime, serial: int, place: int) -> Ticket:
    number = f"A{serial:03d}"
    code = hashlib.sha256(f"{day}{number}".encode()).hexdigest()[:12]
    waiting = Ticket(
        store.make_visit_id(day, number),
        day,
        number,
        "A",
        serial,
        "certified-copy",
        4,
        None,
        TicketState.SERVED,
        ticket_at(issued),
        code,
        place,
    )
    called, ended = ticket_at(issued + timedelta(minutes=12)), ticket_at(issued + timedelta(minutes=18))
    return waiting._replace(counter=1, called_at=called, started_at=called, finished_at=ended)
