"""Calling numbers: the next one, one by its number, one that was set aside."""

from motcua.catalogue import store as catalogue_store
from motcua.copies import replace
from motcua.counters import rules as counter_rules
from motcua.counters import store as counter_store
from motcua.desk import Tx
from motcua.queue import store
from motcua.queue.actions import serving, steps
from motcua.queue.events import TicketRecalled
from motcua.queue.model import CallRequest, CallResult, Ticket, Why
from motcua.queue.rules import moves, policy
from motcua.settings import store as settings_store


def call_next(tx: Tx, counter_number: int) -> CallResult:
    """Call who is next for `counter`; a ticket being served there is finished with the same step.

    Raises `Refused("counter.not_open" | "counter.has_called")`, `Unknown("counter.unknown")`.
    """
    counter = counter_store.get(tx.db, counter_number)
    in_hand = steps.find_in_hand(tx, counter)
    moves.require_calling(counter, in_hand, next_number=True)
    lane = counter_rules.resolve_lane(counter, counter_store.list_lanes(tx.db), catalogue_store.map_groups(tx.db))
    settings = settings_store.get_settings(tx.db)
    heads = store.list_heads(tx.db, tx.day, lane, settings.queue, tx.at)
    left_at = counter_store.map_left_at(tx.db) if any(ticket.bound is not None for ticket in heads) else {}
    choice = policy.choose(heads, lane, left_at, settings.queue, tx.at)
    if choice is None:
        return CallResult(None, None, serving.finish(tx, counter_number) if in_hand is not None else None)
    finished_ticket = steps.end_visit(tx, in_hand, counter) if in_hand is not None else None
    ticket = moves.called(store.get(tx.db, choice.ticket.id), counter_number, tx.at)
    steps.put_in_hand(tx, replace(counter, passes=choice.passes), ticket)
    return steps.record_call(tx, counter, CallRequest(ticket, choice.why, finished=finished_ticket))


def call_number(tx: Tx, counter_number: int, reference: str, reason: str) -> CallResult:
    """Call the ticket `reference` (id or today's number) out of its order, for a `reason`; an absent one within its
    grace too.

    Raises `Refused` when the counter or the ticket is in another state, `Invalid("ticket.unknown")`.
    """
    counter = counter_store.get(tx.db, counter_number)
    settings = settings_store.get_settings(tx.db)
    moves.require_calling(counter, steps.find_in_hand(tx, counter), next_number=False)
    named_ticket = store.get_by_reference(tx.db, tx.day, reference)
    moves.require_callable(named_ticket, tx.at, settings.queue.absent_grace_min)
    moves.require_open_day(day_closed=store.is_day_closed(tx.db, named_ticket.day))
    ticket = moves.called(named_ticket, counter_number, tx.at)
    steps.put_in_hand(tx, counter, ticket)
    code, text = steps.encode_reason(tx, settings.queue.call_reasons, reason)
    return steps.record_call(tx, counter, CallRequest(ticket, Why("number"), code, text))


def resume(tx: Tx, counter_number: int, reference: str) -> CallResult:
    """Call a held ticket (id or today's number) to `counter`, which is free."""
    counter = counter_store.get(tx.db, counter_number)
    moves.require_calling(counter, steps.find_in_hand(tx, counter), next_number=False)
    ticket = moves.resumed(store.get_by_reference(tx.db, tx.day, reference), counter_number, tx.at)
    steps.put_in_hand(tx, counter, ticket)
    return steps.record_call(tx, counter, CallRequest(ticket, Why("resumed")))


def recall(tx: Tx, counter_number: int) -> Ticket:
    """Call the ticket at `counter` once more."""
    counter, ticket = steps.get_in_hand(tx, counter_number)
    recalled_ticket = moves.recalled(ticket, counter_number, tx.at)
    steps.save_in_hand(tx, counter, recalled_ticket, "recalled")
    tx.emit(TicketRecalled(ticket=recalled_ticket.id, number=recalled_ticket.number, counter=counter_number))
    return recalled_ticket
