"""What must be true of a ticket or a counter before a step: each check returns, or raises why not. Pure."""

from motcua.counters.model import Counter, CounterState
from motcua.desk.errors import Invalid, Refused
from motcua.queue.model import Ticket, TicketState

OPEN_STATES = (TicketState.CALLED, TicketState.SERVING)


def require_called(ticket: Ticket) -> None:
    """Raise `Refused("ticket.not_called")` unless `ticket` is being called."""
    _require_called(ticket, "ticket.not_called")


def require_called_at(ticket: Ticket, counter: int) -> None:
    """Raise `Refused("ticket.not_called_here")` unless `ticket` is being called at `counter`."""
    if ticket.counter != counter:
        raise Refused("ticket.not_called_here", "This ticket is not being called at this counter.")
    _require_called(ticket, "ticket.not_called_here")


def require_recalls(ticket: Ticket, recalls: int) -> None:
    """Raise `Refused` unless `ticket` is being called and was recalled at least `recalls` times."""
    require_called(ticket)
    missing = recalls - ticket.recalls
    if missing == 1:
        raise Refused("ticket.not_recalled", "Recall %(number)s once more first.", number=ticket.number)
    if missing > 1:
        raise Refused(
            "ticket.not_recalled", "Recall %(number)s %(times)s more times first.", number=ticket.number, times=missing
        )


def require_in_hand(ticket: Ticket) -> None:
    """Raise `Refused("ticket.wrong_state")` unless `ticket` is called or being served."""
    if ticket.state not in OPEN_STATES:
        raise make_state_refusal(ticket)


def require_serving(ticket: Ticket) -> None:
    """Raise `Refused("ticket.not_serving")` unless `ticket` is being served: only such a ticket is sent on."""
    if ticket.state is not TicketState.SERVING:
        raise Refused("ticket.not_serving", "Start serving %(number)s first.", number=ticket.number)


def require_receiving(target: Counter, sender: int) -> None:
    """Raise `Invalid` or `Refused` unless counter `target` accepts a transfer from `sender`."""
    if target.number == sender:
        raise Invalid("transfer.same", "The ticket is already at this counter.")
    if target.state is not CounterState.OPEN:
        raise Refused("counter.not_open", "Counter %(counter)s is not open.", counter=target.number)


def require_joining(ticket: Ticket, service: str) -> None:
    """Raise `Invalid` unless `ticket` can be sent on to the queue of `service`."""
    if service == ticket.service:
        raise Invalid("transfer.same", "%(number)s already belongs to this service.", number=ticket.number)


def _require_called(ticket: Ticket, code: str) -> None:
    if ticket.state is TicketState.SERVING:
        raise Refused(code, "%(number)s is already being served.", number=ticket.number)
    if ticket.state is not TicketState.CALLED:
        raise Refused(code, "%(number)s is not being called.", number=ticket.number)


def make_state_refusal(ticket: Ticket) -> Refused:
    """Return the refusal of a step that the state of `ticket` does not allow."""
    return Refused("ticket.wrong_state", "This is not possible with %(number)s now.", number=ticket.number)
