"""What a visit is about: the matters that an officer adds or removes, and a note that dies with the visit."""

from motcua.desk import Invalid, Refused, Tx
from motcua.procedures import store as procedure_store
from motcua.queue import store
from motcua.queue.actions import steps
from motcua.queue.events import MatterAdded, MatterRemoved, VisitNoted
from motcua.queue.model import Ticket
from motcua.queue.rules import matters
from motcua.typed.lines import clean_text

NOTE_MAX = 300


def add_visit_matter(tx: Tx, counter: int, procedure: str, visit: str | None = None) -> Ticket:
    """Add a procedure to what the visit in hand at `counter` is about.

    Raises `Refused("counter.idle" | "matter.full" | "matter.twice")`, `Invalid("procedure.unknown")`.
    """
    ticket = _get_visit(tx, counter, visit)
    if procedure_store.find_procedure(tx.db, procedure, tx.day) is None:
        raise Invalid("procedure.unknown", "There is no procedure %(procedure)s.", procedure=procedure[:40])
    matters.require_room(store.list_matter_codes(tx.db, ticket.id), procedure)
    store.add_visit_matter(tx.db, ticket.id, procedure)
    tx.emit(MatterAdded(ticket.id, ticket.number, procedure=procedure, counter=counter))
    return ticket


def remove_visit_matter(tx: Tx, counter: int, procedure: str, visit: str | None = None) -> Ticket:
    """Remove a procedure from what the visit in hand is about. Raises `Unknown("matter.unknown")`, `Refused`."""
    ticket = _get_visit(tx, counter, visit)
    matters.require_there(store.list_matter_codes(tx.db, ticket.id), procedure)
    store.remove_visit_matter(tx.db, ticket.id, procedure)
    tx.emit(MatterRemoved(ticket.id, ticket.number, procedure=procedure, counter=counter))
    return ticket


def note_visit(tx: Tx, counter: int, text: str, visit: str | None = None) -> Ticket:
    """Note something about the visit in hand, for whoever gets it next; no words erase the note.

    Raises `Refused("counter.idle")`, `Invalid("visit.note_long")`.
    """
    ticket = _get_visit(tx, counter, visit)
    words = clean_text(text)
    if len(words) > NOTE_MAX:
        raise Invalid("visit.note_long", "A note can have at most %(most)s characters.", most=NOTE_MAX)
    store.write_note(tx.db, ticket.id, words)
    tx.emit(VisitNoted(ticket.id, ticket.number, counter=counter, has_note=bool(words)))
    return ticket


def _get_visit(tx: Tx, counter: int, visit: str | None) -> Ticket:
    """Return the ticket in hand. Raises `Refused("counter.idle" | "counter.other_visit")` where it is not `visit`."""
    _counter, ticket = steps.get_in_hand(tx, counter)
    if visit is not None and visit not in {ticket.id, ticket.number}:
        raise Refused("counter.other_visit", "Another number is in hand by now. Nothing was changed.")
    return ticket
