"""What an officer does with the ticket in hand."""

from collections.abc import Callable
from dataclasses import replace

from motcua.catalogue import store as catalogue_store
from motcua.counters import store as counter_store
from motcua.counters.model import Last
from motcua.desk import Invalid, Reader, Tx
from motcua.queue import store
from motcua.queue.actions import steps
from motcua.queue.events import MoveUndone, TicketAbsent, TicketHeld, TicketServed, TicketStarted, TicketTransferred
from motcua.queue.model import State, Ticket
from motcua.queue.rules import moves, requirements
from motcua.settings import store as settings_store


def start(tx: Tx, counter: int) -> Ticket:
    """Begin to serve the ticket that was called to `counter`."""
    desk, ticket = steps.in_hand(tx, counter)
    serving = moves.started(ticket, tx.at)
    store.begin_leg(tx.db, serving, counter, desk.officer)
    steps.keep(tx, desk, serving, "started")
    tx.emit(TicketStarted(ticket=serving.id, number=serving.number, counter=counter, officer=desk.officer))
    return serving


def finish(tx: Tx, counter: int) -> Ticket:
    """End the visit at `counter`. A ticket that was only called counts as started when it was called."""
    desk, ticket = steps.in_hand(tx, counter)
    served = steps.end_visit(tx, ticket, counter)
    move = "finish" if ticket.state is State.SERVING else "finish_called"
    counter_store.save(tx.db, replace(desk, in_hand=None, last=Last(move, ticket.id, tx.at)))
    tx.emit(TicketServed(ticket=served.id, number=served.number, counter=counter, officer=desk.officer))
    return served


def absent(tx: Tx, counter: int) -> Ticket:
    """Mark the ticket called to `counter` as absent; it was recalled as often as the settings want."""
    desk, ticket = steps.in_hand(tx, counter)
    gone = moves.absent(ticket, tx.at, settings_store.current(tx.db).queue.absent_recalls)
    store.save(tx.db, gone)
    counter_store.save(tx.db, replace(desk, in_hand=None, last=Last("absent", ticket.id, tx.at)))
    steps.note(tx, gone, "absent", counter)
    tx.emit(TicketAbsent(ticket=gone.id, number=gone.number, counter=counter))
    return gone


def hold(tx: Tx, counter: int, reason: str | None) -> Ticket:
    """Set the ticket at `counter` aside, perhaps for a reason (a code of the settings, or own words)."""
    desk, ticket = steps.in_hand(tx, counter)
    code, text = steps.coded(tx, settings_store.current(tx.db).queue.hold_reasons, reason) if reason else (None, None)
    held = moves.held(ticket, code)
    if ticket.state is State.SERVING:
        store.end_leg(tx.db, ticket.id, tx.at, "hold")
    steps.release(tx, desk, held, "held", code)
    tx.emit(TicketHeld(ticket=held.id, number=held.number, counter=counter, officer=desk.officer, reason=code, text=text))
    return held


def transfer(tx: Tx, counter: int, service: str | None, to_counter: int | None) -> Ticket:
    """Send the ticket being served at `counter` on to a service or to an open counter; its number and its place stay.

    Raises `Invalid` unless exactly one target is given and exists, `Refused` when the target counter is not open.
    """
    desk, ticket = steps.in_hand(tx, counter)
    if (service is None) == (to_counter is None):
        raise Invalid("transfer.target", "Name either a service or a counter.")
    if service is not None and catalogue_store.service(tx.db, service) is None:
        raise Invalid("service.unknown", "There is no service %(service)s.", service=service)
    if to_counter is not None:
        target = counter_store.find(tx.db, to_counter)
        if target is None:
            raise Invalid("counter.unknown", "There is no counter %(counter)s.", counter=to_counter)
        requirements.may_receive(target, counter)
    sent = moves.transferred(ticket, service or ticket.service, to_counter, tx.at, settings_store.current(tx.db).queue)
    store.end_leg(tx.db, ticket.id, tx.at, "transfer")
    steps.release(tx, desk, sent, "transferred", None)
    tx.emit(
        TicketTransferred(
            ticket=sent.id, number=sent.number, counter=counter, officer=desk.officer, service=sent.service, to_counter=to_counter
        )
    )
    return sent


def undo(tx: Tx, counter: int, rated: Callable[[Reader, str], bool], withdraw: Callable[[Reader, str], None]) -> Ticket:
    """Take back the counter's last finish or absent within some seconds, while nothing else happened there and no rating came.

    `rated(db, visit)` says whether a rating came; `withdraw(db, visit)` takes back the asking. Raises `Refused`.
    """
    desk = counter_store.get(tx.db, counter)
    seconds = settings_store.current(tx.db).queue.undo_s
    last = moves.undoable(desk.last, tx.at, seconds, rated=desk.last is not None and rated(tx.db, desk.last.ticket))
    ticket = moves.undone(store.get(tx.db, last.ticket), last, counter)
    if last.move != "absent":
        store.reopen_leg(tx.db, ticket.id, remove=last.move == "finish_called")
        withdraw(tx.db, ticket.id)
    store.save(tx.db, ticket)
    counter_store.save(tx.db, replace(desk, in_hand=ticket.id, last=None))
    steps.note(tx, ticket, "undone", counter)
    tx.emit(MoveUndone(ticket=ticket.id, number=ticket.number, counter=counter, move="absent" if last.move == "absent" else "finish"))
    return ticket
