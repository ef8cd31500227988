"""What citizens come for: as they looked it up before they took a number, and what an officer added."""

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


def list_visit_matters(db: Reader, ticket: str) -> list[str]:
    """Return the procedures that officers added to a visit, in their order."""
    query = "SELECT procedure FROM visit_matters WHERE visit = ? ORDER BY place"
    return [row[0] for row in db.execute(query, (ticket,))]


def list_matter_codes(db: Reader, ticket: str) -> list[str]:
    """Return every procedure that a visit is about, that which was looked up first."""
    matter = find_matter(db, ticket)
    return [*([matter.procedure] if matter else []), *list_visit_matters(db, ticket)]


def add_visit_matter(db: Reader, ticket: str, procedure: str) -> None:
    """Add a procedure to a visit, after the others."""
    query = (
        "INSERT INTO visit_matters (visit, procedure, place)"
        " SELECT ?, ?, coalesce(max(place), 0) + 1 FROM visit_matters WHERE visit = ?"
    )
    db.execute(query, (ticket, procedure, ticket))


def remove_visit_matter(db: Reader, ticket: str, procedure: str) -> None:
    """Remove a procedure from a visit, whoever named it."""
    db.execute("DELETE FROM visit_matters WHERE visit = ? AND procedure = ?", (ticket, procedure))
    db.execute("DELETE FROM ticket_matters WHERE id = ? AND procedure = ?", (ticket, procedure))
