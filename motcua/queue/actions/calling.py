"""Calling numbers: the next one, one by its number, one that was set aside."""

from dataclasses import replace

from motcua.catalogue import store as catalogue_store
from motcua.counters import rules as counter_rules
from motcua.counters import store as counter_store
from motcua.desk import Tx
from motcua.queue import store
from motcua.queue.actions import serving, steps
from motcua.queue.events import TicketRecalled
from motcua.queue.model import Called, CallRequest, Ticket, Why
from motcua.queue.rules import moves, policy
from motcua.settings import store as settings_store


def call_next(tx: Tx, counter: int) -> Called:
    """Call who is next for `counter`; a ticket being served there is finished with the same step.

    Raises `Refused("counter.not_open" | "counter.has_called")`, `Unknown("counter.unknown")`.
    """
    desk = counter_store.get(tx.db, counter)
    held = steps.ticket_at(tx, desk)
    moves.calling(desk, held, next_number=True)
    counters = counter_store.every(tx.db)
    left_at = {other.number: other.left_at for other in counters}
    lane = counter_rules.lane(desk, counters, catalogue_store.group_of(tx.db))
    settings = settings_store.current(tx.db)
    line = store.waiting_for(tx.db, tx.day, lane.services, counter)
    choice = policy.choose(line, lane, left_at, settings.queue, tx.at)
    if choice is None:
        return Called(None, None, serving.finish(tx, counter) if held is not None else None)
    done = steps.end_visit(tx, held, counter) if held is not None else None
    ticket = moves.called(store.get(tx.db, choice.ticket.id), counter, tx.at)
    steps.take(tx, replace(desk, passes=choice.passes), ticket)
    return steps.called(tx, desk, CallRequest(ticket, choice.why, finished=done))


def call_number(tx: Tx, counter: int, reference: str, reason: str) -> Called:
    """Call the ticket `reference` (id or today's number) out of its order, for a `reason`; an absent one within its grace too.

    Raises `Refused` when the counter or the ticket is in another state, `Invalid("ticket.unknown")`.
    """
    desk = counter_store.get(tx.db, counter)
    settings = settings_store.current(tx.db)
    moves.calling(desk, steps.ticket_at(tx, desk), next_number=False)
    found = store.named(tx.db, tx.day, reference)
    moves.by_number(found, tx.at, settings.queue.absent_grace_min)
    moves.day_goes_on(day_closed=store.day_closed(tx.db, found.day))
    ticket = moves.called(found, counter, tx.at)
    steps.take(tx, desk, ticket)
    code, text = steps.coded(tx, settings.queue.call_reasons, reason)
    return steps.called(tx, desk, CallRequest(ticket, Why("number"), code, text))


def resume(tx: Tx, counter: int, reference: str) -> Called:
    """Call a held ticket (id or today's number) to `counter`, which is free."""
    desk = counter_store.get(tx.db, counter)
    moves.calling(desk, steps.ticket_at(tx, desk), next_number=False)
    ticket = moves.resumed(store.named(tx.db, tx.day, reference), counter, tx.at)
    steps.take(tx, desk, ticket)
    return steps.called(tx, desk, CallRequest(ticket, Why("resumed")))


def recall(tx: Tx, counter: int) -> Ticket:
    """Call the ticket at `counter` once more."""
    desk, ticket = steps.in_hand(tx, counter)
    again = moves.recalled(ticket, counter, tx.at)
    steps.keep(tx, desk, again, "recalled")
    tx.emit(TicketRecalled(ticket=again.id, number=again.number, counter=counter))
    return again
