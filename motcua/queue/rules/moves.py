"""What a ticket may do next. No clock, no database: every fact is an argument."""

from datetime import datetime, timedelta

from motcua.counters import rules as counter_rules
from motcua.counters.model import Counter, CounterState, LastMove
from motcua.desk.errors import Invalid, Refused
from motcua.desk.moment import parse
from motcua.queue.model import Ticket, TicketState
from motcua.queue.rules.requirements import (
    make_state_refusal,
    require_called,
    require_called_at,
    require_in_hand,
    require_joining,
    require_recalls,
    require_serving,
)
from motcua.settings.model import QueueRules


def format_number(letter: str, serial: int) -> str:
    """Return the number as printed: three digits, four after 999."""
    return f"{letter}{serial:03d}"


def require_issuing(*, is_open: bool, opened_by_leader: bool, day_closed: bool, clock_behind: bool) -> None:
    """Raise `Refused` while no number can be given out."""
    if clock_behind:
        raise Refused("clock.behind", "The clock is behind the journal; set the computer's date right first.")
    require_open_day(day_closed=day_closed)
    if not is_open and not opened_by_leader:
        raise Refused("hall.closed", "The hall is closed now.")


def require_quota(quota: int | None, used: int) -> None:
    """Raise `Refused("quota.gone")` when a service has no number left in this half-day. `quota` None has no limit."""
    if quota is not None and used >= quota:
        raise Refused("quota.gone", "All numbers of this half-day have been given out.")


def get_seat(seat: str | None, seats: tuple[str, ...], *, at_seat: bool) -> str | None:
    """Return the seat to which the officer comes, None when the ticket is called to a counter. Raises `Invalid`."""
    if seat is None:
        return None
    if seat not in seats:
        raise Invalid("seat.unknown", "There is no seat “%(seat)s”.", seat=seat)
    if not at_seat:
        raise Invalid("seat.not_served", "For this service officers do not come to the seat.")
    return seat


def require_open_day(*, day_closed: bool) -> None:
    """Raise `Refused("hall.closed")` when the ticket's day has ended: what was absent then stays so."""
    if day_closed:
        raise Refused("hall.closed", "The day is closed. Numbers are given out again on the next working day.")


def get_in_hand(ticket: Ticket | None) -> Ticket:
    """Return the ticket in hand. Raises `Refused("counter.idle")`."""
    if ticket is None:
        raise Refused("counter.idle", "No ticket has been called to this counter.")
    return ticket


def require_calling(counter: Counter, ticket: Ticket | None, *, next_number: bool) -> None:
    """Raise `Refused` unless `counter` may call; *next* may also end the ticket being served there."""
    if counter.state is not CounterState.OPEN:
        raise Refused("counter.not_open", "Counter %(counter)s is not open.", counter=counter.number)
    if ticket is None or (next_number and ticket.state is TicketState.SERVING):
        return
    if ticket.state is TicketState.CALLED:
        raise Refused(
            "counter.has_called", "%(number)s is being called: start it or mark it absent.", number=ticket.number
        )
    counter_rules.require_empty_handed(counter)


def called(ticket: Ticket, counter: int, at: str) -> Ticket:
    """Return `ticket` as called to `counter`. Raises `Refused` unless it waits, is held, or is absent."""
    if ticket.state not in {TicketState.WAITING, TicketState.HELD, TicketState.ABSENT}:
        raise make_state_refusal(ticket)
    return ticket._replace(
        state=TicketState.CALLED,
        counter=counter,
        called_at=at,
        first_called_at=ticket.first_called_at or at,
        recalled_at=None,
        recalls=0,
        started_at=None,
        absent_at=None,
        returned=False,
        bound=None,
        bound_at=None,
        reason=None,
    )


def resumed(ticket: Ticket, counter: int, at: str) -> Ticket:
    """Return a held ticket as called at `counter`. Raises `Refused`."""
    if ticket.state is not TicketState.HELD:
        raise Refused("ticket.not_held", "%(number)s is not on hold.", number=ticket.number)
    return called(ticket, counter, at)


def require_callable(ticket: Ticket, now: str, grace_min: int) -> None:
    """Raise `Refused` unless `ticket` may be called out of its order: it waits, or is absent within the grace."""
    if ticket.state is TicketState.ABSENT:
        require_grace(ticket, now, grace_min)
    elif ticket.state is not TicketState.WAITING:
        raise make_state_refusal(ticket)


def recalled(ticket: Ticket, counter: int, at: str) -> Ticket:
    """Return `ticket` as called once more.

    The first call's time stays. Raises `Refused` unless it is called at `counter`.
    """
    require_called_at(ticket, counter)
    return ticket._replace(recalled_at=at, recalls=ticket.recalls + 1)


def started(ticket: Ticket, at: str) -> Ticket:
    """Return `ticket` as being served. Raises `Refused` unless it is called."""
    require_called(ticket)
    return ticket._replace(state=TicketState.SERVING, started_at=at)


def served(ticket: Ticket, at: str) -> Ticket:
    """Return `ticket` as served. One that was only called counts as started when it was called."""
    require_in_hand(ticket)
    return ticket._replace(state=TicketState.SERVED, started_at=ticket.started_at or ticket.called_at, finished_at=at)


def absent(ticket: Ticket, at: str, recalls: int) -> Ticket:
    """Return `ticket` as absent. Raises `Refused` unless it is called and was recalled at least `recalls` times."""
    require_recalls(ticket, recalls)
    return ticket._replace(state=TicketState.ABSENT, counter=None, absent_at=at)


def compute_grace_end(ticket: Ticket, grace_min: int) -> datetime | None:
    """Return the last moment at which an absent ticket may come back, None for one that is not absent."""
    return parse(ticket.absent_at) + timedelta(minutes=grace_min) if ticket.absent_at is not None else None


def is_within_grace(ticket: Ticket, now: str, grace_min: int) -> bool:
    """Say whether an absent ticket's grace still runs."""
    end = compute_grace_end(ticket, grace_min)
    return end is not None and parse(now) <= end


def require_grace(ticket: Ticket, now: str, grace_min: int) -> None:
    """Raise `Refused("ticket.grace_over")` when an absent ticket's grace has run out."""
    if not is_within_grace(ticket, now, grace_min):
        raise Refused(
            "ticket.grace_over", "%(number)s was absent for too long; please take a new number.", number=ticket.number
        )


def returned(ticket: Ticket, now: str, rules: QueueRules) -> Ticket:
    """Return an absent `ticket` as waiting again, first in its class where the rules say so.

    Raises `Refused` after the grace, or when it came back too often: a bounded number of returns bounds everybody's
    wait.
    """
    if ticket.state is not TicketState.ABSENT:
        raise Refused("ticket.not_absent", "%(number)s was not marked absent.", number=ticket.number)
    require_grace(ticket, now, rules.absent_grace_min)
    if ticket.returns >= rules.absent_returns:
        raise Refused(
            "ticket.returned_often", "%(number)s came back too often; please take a new number.", number=ticket.number
        )
    return ticket._replace(
        state=TicketState.WAITING,
        returned=rules.returned_first,
        returns=ticket.returns + 1,
        called_at=None,
        recalled_at=None,
        recalls=0,
        absent_at=None,
    )


def on_hold(ticket: Ticket, reason: str | None) -> Ticket:
    """Return `ticket` as set aside. Raises `Refused` unless it is called or being served."""
    require_in_hand(ticket)
    return ticket._replace(state=TicketState.HELD, counter=None, reason=reason)


def transferred(ticket: Ticket, service: str, to: int | None, at: str, rules: QueueRules) -> Ticket:
    """Return `ticket` as waiting elsewhere with its number, by the rules with its place; it is bound to counter
    `to`, if they bind.

    Raises `Refused` unless it is being served.
    """
    require_serving(ticket)
    bound = to if rules.transfer_binds else None
    if to is None:
        require_joining(ticket, service)
    return ticket._replace(
        state=TicketState.WAITING,
        service=service,
        counter=None,
        called_at=None,
        recalled_at=None,
        recalls=0,
        started_at=None,
        bound=bound,
        bound_at=at if bound is not None else None,
        arrived_at=ticket.arrived_at if rules.transfer_keeps_place else at,
        due_at=None,
    )


def seated(ticket: Ticket, place: str) -> Ticket:
    """Return a waiting `ticket` with the seat `place`. Raises `Refused` unless it waits."""
    if ticket.state is not TicketState.WAITING:
        raise make_state_refusal(ticket)
    return ticket._replace(seat=place)


def cancelled(ticket: Ticket, reason: str) -> Ticket:
    """Return `ticket` as given up. Raises `Refused` unless it waits or is held."""
    if ticket.state not in {TicketState.WAITING, TicketState.HELD}:
        raise make_state_refusal(ticket)
    return ticket._replace(state=TicketState.CANCELLED, counter=None, reason=reason)


def undo_end(last: LastMove, seconds: int) -> datetime:
    """Return the last moment at which `last` may be taken back."""
    return parse(last.at) + timedelta(seconds=seconds)


def get_undoable(last: LastMove | None, now: str, seconds: int, *, rated: bool) -> LastMove:
    """Return what the counter may take back.

    Raises `Refused` when there is nothing, it is too late, or a rating came.
    """
    if last is None or parse(now) > undo_end(last, seconds):
        raise Refused("undo.nothing", "There is nothing left to undo.")
    if rated:
        raise Refused("undo.rated", "The citizen has already rated this visit.")
    return last


def undone(ticket: Ticket, last: LastMove, counter: int) -> Ticket:
    """Return `ticket` as it was before the counter's last move. Raises `Refused` when it has moved since then."""
    if ticket.state is not (TicketState.ABSENT if last.move == "absent" else TicketState.SERVED):
        raise Refused("undo.nothing", "There is nothing left to undo.")
    if last.move == "absent":
        return ticket._replace(state=TicketState.CALLED, counter=counter, absent_at=None)
    was_called = last.move == "finish_called"
    state = TicketState.CALLED if was_called else TicketState.SERVING
    return ticket._replace(state=state, started_at=None if was_called else ticket.started_at, finished_at=None)
