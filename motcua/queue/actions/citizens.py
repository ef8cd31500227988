"""What citizens do with a number they have: come back, say where they sit, give it up."""

from motcua.catalogue import store as catalogue_store
from motcua.desk import Refused, Tx
from motcua.queue import store
from motcua.queue.actions import steps
from motcua.queue.events import TicketCancelled, TicketReprinted, TicketReturned, TicketSeated
from motcua.queue.model import State, Ticket
from motcua.queue.rules import moves
from motcua.settings import store as settings_store


def come_back(tx: Tx, reference: str) -> Ticket:
    """Let an absent citizen wait again within the grace and the day. Raises `Refused`, `Unknown("ticket.unknown")`."""
    settings = settings_store.current(tx.db)
    ticket = moves.returned(store.get(tx.db, reference), tx.at, settings.queue)
    moves.day_goes_on(day_closed=store.day_closed(tx.db, ticket.day))
    store.save(tx.db, ticket)
    steps.note(tx, ticket, "returned")
    tx.emit(TicketReturned(ticket=ticket.id, number=ticket.number, service=ticket.service))
    return ticket


def cancel(tx: Tx, reference: str) -> Ticket:
    """Give up a waiting or held ticket. Raises `Refused`, `Unknown("ticket.unknown")`."""
    ticket = moves.cancelled(store.get(tx.db, reference), "cancelled")
    store.save(tx.db, ticket)
    steps.note(tx, ticket, "cancelled")
    tx.emit(TicketCancelled(ticket=ticket.id, number=ticket.number, service=ticket.service))
    return ticket


def reprint(tx: Tx, reference: str) -> Ticket:
    """Ask for the paper of a ticket of today once more. Raises `Refused("ticket.over")`, `Unknown("ticket.unknown")`."""
    ticket = store.get(tx.db, reference)
    if ticket.day != tx.day or ticket.state in {State.SERVED, State.CANCELLED}:
        raise Refused("ticket.over", "This ticket is over; there is nothing to print.")
    tx.emit(TicketReprinted(ticket=ticket.id, number=ticket.number, people_ahead=store.people_ahead(tx.db, ticket)))
    return ticket


def sit_at(tx: Tx, reference: str, place: str) -> Ticket:
    """Note that the citizen with a waiting ticket sits at `place`, where the officer comes to. Saying it again changes nothing.

    Raises `Invalid("seat.unknown" | "seat.not_served")`, `Refused("ticket.wrong_state")`, `Unknown("ticket.unknown")`.
    """
    found = store.get(tx.db, reference)
    service = catalogue_store.service(tx.db, found.service)
    seat = moves.seat(place, settings_store.current(tx.db).seats.labels, at_seat=service is not None and service.at_seat)
    ticket = moves.seated(found, seat or place)
    if ticket == found:
        return found
    store.save(tx.db, ticket)
    steps.note(tx, ticket, "seated")
    tx.emit(TicketSeated(ticket=ticket.id, number=ticket.number, seat=place))
    return ticket
