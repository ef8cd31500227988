"""What an officer does with the ticket in hand."""

from collections.abc import Callable

from motcua.catalogue import store as catalogue_store
from motcua.copies import replace
from motcua.counters import store as counter_store
from motcua.counters.model import LastMove
from motcua.desk import Invalid, Reader, Tx
from motcua.queue import store
from motcua.queue.actions import steps
from motcua.queue.events import MoveUndone, TicketAbsent, TicketHeld, TicketServed, TicketStarted, TicketTransferred
from motcua.queue.model import Ticket, TicketState
from motcua.queue.rules import moves, requirements
from motcua.settings import store as settings_store


def start(tx: Tx, counter_number: int) -> Ticket:
    """Begin to serve the ticket that was called to `counter`."""
    counter, ticket = steps.get_in_hand(tx, counter_number)
    serving = moves.started(ticket, tx.at)
    store.begin_leg(tx.db, serving, counter_number, counter.officer)
    steps.save_in_hand(tx, counter, serving, "started")
    tx.emit(TicketStarted(ticket=serving.id, number=serving.number, counter=counter_number, officer=counter.officer))
    return serving


def finish(tx: Tx, counter_number: int) -> Ticket:
    """End the visit at `counter`. A ticket that was only called counts as started when it was called."""
    counter, ticket = steps.get_in_hand(tx, counter_number)
    served = steps.end_visit(tx, ticket, counter)
    move = "finish" if ticket.state is TicketState.SERVING else "finish_called"
    counter_store.save(tx.db, replace(counter, in_hand=None, last=LastMove(move, ticket.id, tx.at)))
    tx.emit(TicketServed(ticket=served.id, number=served.number, counter=counter_number, officer=counter.officer))
    return served


def mark_absent(tx: Tx, counter_number: int) -> Ticket:
    """Mark the ticket called to `counter` as absent; the settings say how many recalls that needs."""
    counter, ticket = steps.get_in_hand(tx, counter_number)
    absent_ticket = moves.absent(ticket, tx.at, settings_store.get_settings(tx.db).queue.absent_recalls)
    store.save(tx.db, absent_ticket)
    counter_store.save(tx.db, replace(counter, in_hand=None, last=LastMove("absent", ticket.id, tx.at)))
    steps.record_move(tx, absent_ticket, "absent", counter_number)
    tx.emit(TicketAbsent(ticket=absent_ticket.id, number=absent_ticket.number, counter=counter_number))
    return absent_ticket


def hold(tx: Tx, counter_number: int, reason: str | None) -> Ticket:
    """Set the ticket at `counter` aside, perhaps for a reason (a code of the settings, or own words)."""
    counter, ticket = steps.get_in_hand(tx, counter_number)
    code, text = (
        steps.encode_reason(tx, settings_store.get_settings(tx.db).queue.hold_reasons, reason)
        if reason
        else (None, None)
    )
    held_ticket = moves.on_hold(ticket, code)
    if ticket.state is TicketState.SERVING:
        store.end_leg(tx.db, ticket.id, tx.at, "hold")
    steps.release_ticket(tx, counter, held_ticket, "held", code)
    tx.emit(
        TicketHeld(
            ticket=held_ticket.id,
            number=held_ticket.number,
            counter=counter_number,
            officer=counter.officer,
            reason=code,
            text=text,
        )
    )
    return held_ticket


def transfer(tx: Tx, counter_number: int, service: str | None, to_counter: int | None) -> Ticket:
    """Send the ticket being served at `counter` on to a service or to an open counter; its number and its place stay.

    Raises `Invalid` unless exactly one target is given and exists, `Refused` when the target counter is not open.
    """
    counter, ticket = steps.get_in_hand(tx, counter_number)
    if (service is None) == (to_counter is None):
        raise Invalid("transfer.target", "Name either a service or a counter.")
    if service is not None and catalogue_store.find_service(tx.db, service) is None:
        raise Invalid("service.unknown", "There is no service %(service)s.", service=service)
    if to_counter is not None:
        target = counter_store.find(tx.db, to_counter)
        if target is None:
            raise Invalid("counter.unknown", "There is no counter %(counter)s.", counter=to_counter)
        requirements.require_receiving(target, counter_number)
    moved_ticket = moves.transferred(
        ticket, service or ticket.service, to_counter, tx.at, settings_store.get_settings(tx.db).queue
    )
    store.end_leg(tx.db, ticket.id, tx.at, "transfer")
    steps.release_ticket(tx, counter, moved_ticket, "transferred", None)
    tx.emit(
        TicketTransferred(
            ticket=moved_ticket.id,
            number=moved_ticket.number,
            counter=counter_number,
            officer=counter.officer,
            service=moved_ticket.service,
            to_counter=to_counter,
        )
    )
    return moved_ticket


def undo(
    tx: Tx, counter_number: int, rated: Callable[[Reader, str], bool], withdraw: Callable[[Reader, str], None]
) -> Ticket:
    """Take back the counter's last finish or absent within some seconds, while nothing else happened there and no
    rating came.

    `rated(db, visit)` says whether a rating came; `withdraw(db, visit)` takes back the asking. Raises `Refused`.
    """
    counter = counter_store.get(tx.db, counter_number)
    seconds = settings_store.get_settings(tx.db).queue.undo_s
    last = moves.get_undoable(
        counter.last, tx.at, seconds, rated=counter.last is not None and rated(tx.db, counter.last.ticket)
    )
    ticket = moves.undone(store.get(tx.db, last.ticket), last, counter_number)
    if last.move != "absent":
        store.reopen_leg(tx.db, ticket.id, remove=last.move == "finish_called")
        withdraw(tx.db, ticket.id)
    store.save(tx.db, ticket)
    counter_store.save(tx.db, replace(counter, in_hand=ticket.id, last=None))
    steps.record_move(tx, ticket, "undone", counter_number)
    tx.emit(
        MoveUndone(
            ticket=ticket.id,
            number=ticket.number,
            counter=counter_number,
            move="absent" if last.move == "absent" else "finish",
        )
    )
    return ticket
