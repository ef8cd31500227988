"""What citizens do with a number they have: come back, say where they sit, give it up."""

from motcua.catalogue import store as catalogue_store
from motcua.desk import Refused, Tx
from motcua.queue import store
from motcua.queue.actions import steps
from motcua.queue.events import TicketCancelled, TicketReprinted, TicketReturned, TicketSeated
from motcua.queue.model import Ticket, TicketState
from motcua.queue.rules import moves
from motcua.settings import store as settings_store


def come_back(tx: Tx, reference: str) -> Ticket:
    """Let an absent citizen wait again within the grace and the day. Raises `Refused`, `Unknown("ticket.unknown")`."""
    settings = settings_store.get_settings(tx.db)
    ticket = moves.returned(store.get(tx.db, reference), tx.at, settings.queue)
    moves.require_open_day(day_closed=store.is_day_closed(tx.db, ticket.day))
    store.save(tx.db, ticket)
    steps.record_move(tx, ticket, "returned")
    tx.emit(TicketReturned(ticket=ticket.id, number=ticket.number, service=ticket.service))
    return ticket


def cancel(tx: Tx, reference: str) -> Ticket:
    """Give up a waiting or held ticket. Raises `Refused`, `Unknown("ticket.unknown")`."""
    ticket = moves.cancelled(store.get(tx.db, reference), "cancelled")
    store.save(tx.db, ticket)
    steps.record_move(tx, ticket, "cancelled")
    tx.emit(TicketCancelled(ticket=ticket.id, number=ticket.number, service=ticket.service))
    return ticket


def reprint(tx: Tx, reference: str) -> Ticket:
    """Ask for the paper of a ticket of today once more.

    Raises `Refused("ticket.over")`, `Unknown("ticket.unknown")`.
    """
    ticket = store.get(tx.db, reference)
    if ticket.day != tx.day or ticket.state in {TicketState.SERVED, TicketState.CANCELLED}:
        raise Refused("ticket.over", "This ticket is over; there is nothing to print.")
    tx.emit(
        TicketReprinted(ticket=ticket.id, number=ticket.number, people_ahead=store.count_people_ahead(tx.db, ticket))
    )
    return ticket


def sit_at(tx: Tx, reference: str, place: str) -> Ticket:
    """Note that the citizen with a waiting ticket sits at `place`, where the officer comes to.

    Saying it again changes nothing.

    Raises `Invalid("seat.unknown" | "seat.not_served")`, `Refused("ticket.wrong_state")`, `Unknown("ticket.unknown")`.
    """
    ticket = store.get(tx.db, reference)
    service = catalogue_store.find_service(tx.db, ticket.service)
    seat = moves.get_seat(
        place, settings_store.get_settings(tx.db).seats.labels, at_seat=service is not None and service.at_seat
    )
    seated_ticket = moves.seated(ticket, seat or place)
    if seated_ticket == ticket:
        return ticket
    store.save(tx.db, seated_ticket)
    steps.record_move(tx, seated_ticket, "seated")
    tx.emit(TicketSeated(ticket=seated_ticket.id, number=seated_ticket.number, seat=place))
    return seated_ticket
