"""Steps that the queue's actions share."""

from dataclasses import replace

from motcua.counters import store as counter_store
from motcua.counters.model import Counter
from motcua.desk import Tx
from motcua.desk.event import Json
from motcua.queue import store
from motcua.queue.events import TicketCalled
from motcua.queue.model import Called, Move, State, Ticket, Why
from motcua.queue.rules import moves
from motcua.settings import store as settings_store
from motcua.settings.model import Choice


def ticket_at(tx: Tx, counter: Counter) -> Ticket | None:
    """Return the ticket in the hand of `counter`, if any."""
    return store.find(tx.db, counter.in_hand) if counter.in_hand else None


def in_hand(tx: Tx, counter: int) -> tuple[Counter, Ticket]:
    """Return the counter and the ticket in its hand. Raises `Unknown`, `Refused("counter.idle")`."""
    desk = counter_store.get(tx.db, counter)
    return desk, moves.in_hand(ticket_at(tx, desk))


def note(
    tx: Tx, ticket: Ticket, move: str, counter: int | None = None, reason: str | None = None, why: dict[str, Json] | None = None
) -> None:
    """Add one step to the ticket's history."""
    store.moved(tx.db, ticket.id, Move(tx.at, move, counter, tx.actor, reason, why))


def keep(tx: Tx, desk: Counter, ticket: Ticket, move: str) -> None:
    """Save a ticket that stays in hand."""
    store.save(tx.db, ticket)
    if desk.last is not None:
        counter_store.save(tx.db, replace(desk, last=None))
    note(tx, ticket, move, desk.number)


def release(tx: Tx, desk: Counter, ticket: Ticket, move: str, reason: str | None) -> None:
    """Save a ticket that leaves the counter's hand for another reason than finish or absent."""
    store.save(tx.db, ticket)
    counter_store.save(tx.db, replace(desk, in_hand=None, last=None))
    note(tx, ticket, move, desk.number, reason)


def take(tx: Tx, desk: Counter, ticket: Ticket) -> None:
    """Put a called ticket into the counter's hand."""
    store.save(tx.db, ticket)
    counter_store.save(tx.db, replace(desk, in_hand=ticket.id, last=None))


def end_visit(tx: Tx, ticket: Ticket, counter: int) -> Ticket:
    """End the visit of `ticket` at `counter`; the leg of a ticket that was only called begins with its call."""
    served = moves.served(ticket, tx.at)
    if ticket.state is State.CALLED:
        store.begin_leg(tx.db, served, counter, counter_store.get(tx.db, counter).officer)
    store.end_leg(tx.db, ticket.id, tx.at, "finish")
    store.save(tx.db, served)
    note(tx, served, "served", counter)
    return served


def called(
    tx: Tx,
    desk: Counter,
    ticket: Ticket,
    why: Why,
    *,
    reason: str | None = None,
    text: str | None = None,
    finished: Ticket | None = None,
) -> Called:
    """Tell that `ticket` was called to `desk`, and why."""
    said = why.json()
    note(tx, ticket, "called", desk.number, reason, said)
    tx.emit(
        TicketCalled(
            ticket=ticket.id,
            number=ticket.number,
            counter=desk.number,
            officer=desk.officer,
            service=ticket.service,
            rank=ticket.rank,
            why=said,
            reason=reason,
            text=text,
            finished=finished.id if finished else None,
        )
    )
    return Called(ticket, said, finished)


def coded(tx: Tx, choices: tuple[Choice, ...], reason: str) -> tuple[str, str | None]:
    """Return the reason's code; words that are no code are kept apart as `other` with their commitment."""
    if any(choice.code == reason for choice in choices):
        return reason, None
    return "other", tx.keep_text(reason, settings_store.current(tx.db).retention.text_days)
