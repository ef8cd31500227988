"""Steps that the queue's actions share."""

from motcua.copies import replace
from motcua.counters import store as counter_store
from motcua.counters.model import Counter
from motcua.desk import Tx
from motcua.queue import store
from motcua.queue.events import TicketCalled
from motcua.queue.model import CallRequest, CallResult, Ticket, TicketMove, TicketState
from motcua.queue.rules import moves
from motcua.settings import store as settings_store
from motcua.settings.model import Choice


def find_in_hand(tx: Tx, counter: Counter) -> Ticket | None:
    """Return the ticket in the hand of `counter`, if any."""
    return store.find(tx.db, counter.in_hand) if counter.in_hand else None


def get_in_hand(tx: Tx, counter_number: int) -> tuple[Counter, Ticket]:
    """Return the counter and the ticket in its hand. Raises `Unknown`, `Refused("counter.idle")`."""
    counter = counter_store.get(tx.db, counter_number)
    return counter, moves.get_in_hand(find_in_hand(tx, counter))


def record_move(tx: Tx, ticket: Ticket, move: str, counter: int | None = None, reason: str | None = None) -> None:
    """Add one step to the ticket's history."""
    store.add_move(tx.db, ticket.id, TicketMove(tx.at, move, counter, tx.actor, reason, None))


def save_in_hand(tx: Tx, counter: Counter, ticket: Ticket, move: str) -> None:
    """Save a ticket that stays in hand."""
    store.save(tx.db, ticket)
    if counter.last is not None:
        counter_store.save(tx.db, replace(counter, last=None))
    record_move(tx, ticket, move, counter.number)


def release_ticket(tx: Tx, counter: Counter, ticket: Ticket, move: str, reason: str | None) -> None:
    """Save a ticket that leaves the counter's hand for another reason than finish or absent."""
    store.save(tx.db, ticket)
    counter_store.save(tx.db, replace(counter, in_hand=None, last=None))
    record_move(tx, ticket, move, counter.number, reason)


def put_in_hand(tx: Tx, counter: Counter, ticket: Ticket) -> None:
    """Put a called ticket into the counter's hand."""
    store.save(tx.db, ticket)
    counter_store.save(tx.db, replace(counter, in_hand=ticket.id, last=None))


def end_visit(tx: Tx, ticket: Ticket, counter: Counter) -> Ticket:
    """End the visit of `ticket` at `counter`; the leg of a ticket that was only called begins with its call."""
    served = moves.served(ticket, tx.at)
    if ticket.state is TicketState.CALLED:
        store.begin_leg(tx.db, served, counter.number, counter.officer)
    store.end_leg(tx.db, ticket.id, tx.at, "finish")
    store.save(tx.db, served)
    record_move(tx, served, "served", counter.number)
    return served


def record_call(tx: Tx, counter: Counter, call: CallRequest) -> CallResult:
    """Tell that a ticket was called to `counter`, and why."""
    ticket, why = call.ticket, call.why.to_json()
    store.add_move(tx.db, ticket.id, TicketMove(tx.at, "called", counter.number, tx.actor, call.reason, why))
    tx.emit(
        TicketCalled(
            ticket=ticket.id,
            number=ticket.number,
            counter=counter.number,
            officer=counter.officer,
            service=ticket.service,
            rank=ticket.rank,
            why=why,
            reason=call.reason,
            text=call.text,
            finished=call.finished.id if call.finished else None,
        )
    )
    return CallResult(ticket, why, call.finished)


def encode_reason(tx: Tx, choices: tuple[Choice, ...], reason: str) -> tuple[str, str | None]:
    """Return the reason's code; words that are no code are kept apart as `other` with their commitment."""
    if any(choice.code == reason for choice in choices):
        return reason, None
    return "other", tx.keep_text(reason, settings_store.get_settings(tx.db).retention.text_days)
