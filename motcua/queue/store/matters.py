"""What citizens come for, as they looked it up before they took a number."""

import json

from motcua.desk import Reader
from motcua.queue.model import TicketMatter


def add_matter(db: Reader, ticket: str, matter: TicketMatter) -> None:
    """Write what the citizen with a new ticket comes for."""
    db.execute(
        "INSERT INTO ticket_matters (id, procedure, choices, papers) VALUES (?,?,?,?)",
        (ticket, matter.procedure, json.dumps(dict(matter.choices)), json.dumps(matter.papers)),
    )


def find_matter(db: Reader, ticket: str) -> TicketMatter | None:
    """Return what the citizen with a ticket looked up; None where nothing was."""
    query = "SELECT procedure, choices, papers FROM ticket_matters WHERE id = ?"
    row = db.execute(query, (ticket,)).fetchone()
    return TicketMatter(row[0], tuple(json.loads(row[1]).items()), tuple(json.loads(row[2]))) if row else None
