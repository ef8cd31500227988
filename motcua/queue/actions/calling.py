"""Giving out numbers and calling them."""

import base64
from dataclasses import replace

from motcua.catalogue import store as catalogue_store
from motcua.counters import store as counter_store
from motcua.desk import Invalid, Tx, parse, zone
from motcua.queue import store
from motcua.queue.actions import serving, steps
from motcua.queue.events import TicketCancelled, TicketIssued, TicketRecalled, TicketReturned
from motcua.queue.model import Called, Issued, State, Ticket, Why
from motcua.queue.rules import moves, policy
from motcua.settings import rules as hours
from motcua.settings import store as settings_store

ORDINARY = "ordinary"
CODE_BYTES = 9


def issue(tx: Tx, service: str, priority: str | None) -> Issued:
    """Give out the next number for `service` to a citizen of class `priority` (None: ordinary).

    Raises `Invalid("service.unknown" | "priority.unknown")`, `Refused("hall.closed" | "clock.behind")`.
    """
    settings = settings_store.current(tx.db)
    found = catalogue_store.service(tx.db, service)
    if found is None:
        raise Invalid("service.unknown", "There is no service %(service)s.", service=service)
    rank = settings.priority(priority or ORDINARY)
    if rank is None:
        raise Invalid("priority.unknown", "There is no priority class %(priority)s.", priority=priority)
    local = parse(tx.at).astimezone(zone(settings.timezone)).replace(tzinfo=None)
    moves.may_issue(
        is_open=hours.is_open(settings, local),
        opened_by_leader=store.day_opened(tx.db, tx.day),
        day_closed=store.day_closed(tx.db, tx.day),
        clock_behind=tx.clock_behind,
    )
    serial = store.next_serial(tx.db, tx.day, found.group)
    number = moves.number(found.group, serial)
    ticket = Ticket(
        id=store.visit_id(tx.day, number),
        day=tx.day,
        number=number,
        letter=found.group,
        serial=serial,
        service=found.code,
        rank=rank.rank,
        priority=rank.code,
        state=State.WAITING,
        issued_at=tx.at,
        code=base64.urlsafe_b64encode(tx.entropy(CODE_BYTES)).decode(),
        place=store.next_place(tx.db),
    )
    ahead = store.people_ahead(tx.db, ticket)
    store.add(tx.db, ticket)
    steps.note(tx, ticket, "issued")
    tx.emit(
        TicketIssued(ticket=ticket.id, number=number, service=found.code, letter=found.group, rank=rank.rank, people_ahead=ahead, wait=None)
    )
    return Issued(ticket, ahead)


def call_next(tx: Tx, counter: int) -> Called:
    """Call who is next for `counter`; a ticket being served there is finished with the same step.

    Raises `Refused("counter.not_open" | "counter.has_called")`, `Unknown("counter.unknown")`.
    """
    desk = counter_store.get(tx.db, counter)
    held = steps.ticket_at(tx, desk)
    moves.calling(desk, held, next_number=True)
    left_at = {other.number: other.left_at for other in counter_store.every(tx.db)}
    settings = settings_store.current(tx.db)
    line = store.waiting_for(tx.db, tx.day, desk.services, counter)
    choice = policy.choose(line, desk, left_at, settings.queue, tx.at)
    if choice is None:
        return Called(None, None, serving.finish(tx, counter) if held is not None else None)
    done = steps.end_visit(tx, held, counter) if held is not None else None
    ticket = moves.called(store.get(tx.db, choice.ticket.id), counter, tx.at)
    steps.take(tx, replace(desk, passes=choice.passes), ticket)
    return steps.called(tx, desk, ticket, choice.why, finished=done)


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
    return steps.called(tx, desk, ticket, Why("number"), reason=code, text=text)


def resume(tx: Tx, counter: int, reference: str) -> Called:
    """Call a held ticket (id or today's number) to `counter`, which is free."""
    desk = counter_store.get(tx.db, counter)
    moves.calling(desk, steps.ticket_at(tx, desk), next_number=False)
    ticket = moves.resumed(store.named(tx.db, tx.day, reference), counter, tx.at)
    steps.take(tx, desk, ticket)
    return steps.called(tx, desk, ticket, Why("resumed"))


def recall(tx: Tx, counter: int) -> Ticket:
    """Call the ticket at `counter` once more."""
    desk, ticket = steps.in_hand(tx, counter)
    again = moves.recalled(ticket, counter, tx.at)
    steps.keep(tx, desk, again, "recalled")
    tx.emit(TicketRecalled(ticket=again.id, number=again.number, counter=counter))
    return again


def come_back(tx: Tx, reference: str) -> Ticket:
    """Let an absent citizen wait again, first in the class, within the grace and the day. Raises `Refused`, `Unknown("ticket.unknown")`."""
    settings = settings_store.current(tx.db)
    ticket = moves.returned(store.get(tx.db, reference), tx.at, settings.queue.absent_grace_min)
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
