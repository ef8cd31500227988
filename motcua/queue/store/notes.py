"""What an officer notes about a visit. It dies with the visit, and the journal has nothing of its words."""

from motcua.desk import Reader, scrubbing


def write_note(db: Reader, ticket: str, text: str) -> None:
    """Write the note of a visit in the place of an earlier one; no words erase it."""
    if not text:
        erase_note(db, ticket)
        return
    if find_note(db, ticket) is not None:
        scrubbing.soil(db)
    db.execute("INSERT OR REPLACE INTO visit_notes (ticket, text) VALUES (?,?)", (ticket, text))


def find_note(db: Reader, ticket: str) -> str | None:
    """Return the note of a visit, None where there is none."""
    row = db.execute("SELECT text FROM visit_notes WHERE ticket = ?", (ticket,)).fetchone()
    return str(row[0]) if row else None


def erase_note(db: Reader, ticket: str) -> None:
    """Erase the note of a visit."""
    if db.execute("DELETE FROM visit_notes WHERE ticket = ?", (ticket,)).rowcount:
        scrubbing.soil(db)


def erase_notes_until(db: Reader, day: str) -> None:
    """Erase the notes of all visits of `day` and of days before."""
    query = "DELETE FROM visit_notes WHERE ticket IN (SELECT id FROM tickets WHERE day <= ?)"
    if db.execute(query, (day,)).rowcount:
        scrubbing.soil(db)
