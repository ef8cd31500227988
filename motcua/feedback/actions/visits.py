"""The visit that a rating, a consent or a reading is about."""

from motcua.desk import Invalid, Tx
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket


def get_visit(tx: Tx, visit: str, counter: int | None = None) -> Ticket:
    """Return a visit's ticket. Raises `Invalid("visit.unknown")` where there is none, or none at this counter."""
    ticket = queue_store.find(tx.db, visit)
    if ticket is None or (counter is not None and ticket.counter != counter):
        raise Invalid("visit.unknown", "There is no such visit here.")
    return ticket
