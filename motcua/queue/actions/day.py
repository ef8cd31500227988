"""Opening the hall out of hours, and the end of the day."""

from motcua.copies import replace
from motcua.counters import rules as counter_rules
from motcua.counters import store as counter_store
from motcua.counters.model import CounterState
from motcua.desk import Tx
from motcua.queue import store
from motcua.queue.actions import steps
from motcua.queue.events import DayClosed, HallOpened
from motcua.queue.model import TicketState
from motcua.queue.rules import moves
from motcua.staff import store as staff_store


def open_hall(tx: Tx) -> None:
    """Open the hall for today outside its hours. Raises `Refused` when the day has ended or the clock is behind."""
    moves.require_issuing(
        is_open=True, opened_by_leader=True, day_closed=store.is_day_closed(tx.db, tx.day), clock_behind=tx.clock_behind
    )
    if not store.is_day_opened(tx.db, tx.day):
        store.open_day(tx.db, tx.day, tx.at)
        tx.emit(HallOpened(today=tx.day))


def close_day(tx: Tx, day: str) -> DayClosed | None:
    """End `day`: leftovers get a state and a reason, counters close, sign-ins end. None when it has ended already.

    Ended late, it leaves alone a counter that already has a ticket of another day in hand.
    """
    if store.is_day_closed(tx.db, day):
        return None
    unserved = store.list_in_state(tx.db, day, TicketState.WAITING, TicketState.HELD, TicketState.CALLED)
    for ticket in unserved:
        store.save(tx.db, ticket._replace(state=TicketState.CANCELLED, counter=None, reason="day_closed"))
        steps.record_move(tx, ticket, "cancelled", reason="day_closed")
    serving = store.list_in_state(tx.db, day, TicketState.SERVING)
    for ticket in serving:
        store.save(tx.db, ticket._replace(state=TicketState.SERVED, finished_at=tx.at, reason="day_closed"))
        store.end_leg(tx.db, ticket.id, None, "day_closed")
        steps.record_move(tx, ticket, "served", ticket.counter, reason="day_closed")
    ended = {ticket.id for ticket in (*unserved, *serving)}
    staffed = [
        counter
        for counter in counter_store.list_all(tx.db)
        if (counter.state is not CounterState.CLOSED or counter.officer)
        and (counter.in_hand is None or counter.in_hand in ended)
    ]
    for counter in staffed:
        counter_store.save(tx.db, counter_rules.closed(replace(counter, in_hand=None), tx.at))
    counter_store.forget_passes(tx.db)
    store.erase_notes_until(tx.db, day)
    staff_store.end_sessions(tx.db, tx.at)
    store.close_day(tx.db, day, tx.at)
    event = DayClosed(
        closed=day,
        cancelled=[ticket.id for ticket in unserved],
        served=[ticket.id for ticket in serving],
        counters=[counter.number for counter in staffed],
    )
    tx.emit(event)
    return event
