"""Why a counter cannot do a command just now: the same rules that its actions ask, asked beforehand. Pure."""

from collections.abc import Callable
from functools import partial

from msgspec import Struct

from motcua.counters import rules as counter_rules
from motcua.counters.model import Counter
from motcua.desk.errors import Refused, find_refusal
from motcua.queue.model import Ticket
from motcua.queue.rules import moves, requirements
from motcua.settings.model import QueueRules


class CounterSituation(Struct, frozen=True):
    """Counter `counter` at the moment `at`, with the ticket in its hand.

    `last_ticket` is the ticket of the counter's last move, which *undo* takes back; `is_rated` says whether a rating
    of that visit came. `is_day_closed` says whether the desk has closed its day.
    """

    counter: Counter
    ticket: Ticket | None
    last_ticket: Ticket | None
    at: str
    rules: QueueRules
    is_rated: bool = False
    is_day_closed: bool = False


def _call(now: CounterSituation) -> None:
    moves.require_calling(now.counter, now.ticket, next_number=False)
    moves.require_open_day(day_closed=now.is_day_closed)


def _transfer(now: CounterSituation) -> None:
    requirements.require_serving(moves.get_in_hand(now.ticket))


def _undo(now: CounterSituation) -> None:
    last = moves.get_undoable(now.counter.last, now.at, now.rules.undo_s, rated=now.is_rated)
    if now.last_ticket is not None:
        moves.undone(now.last_ticket, last, now.counter.number)


CHECKS: dict[str, Callable[[CounterSituation], object]] = {
    "next": lambda now: moves.require_calling(now.counter, now.ticket, next_number=True),
    "call": _call,
    "recall": lambda now: requirements.require_called_at(moves.get_in_hand(now.ticket), now.counter.number),
    "start": lambda now: requirements.require_called(moves.get_in_hand(now.ticket)),
    "finish": lambda now: requirements.require_in_hand(moves.get_in_hand(now.ticket)),
    "absent": lambda now: requirements.require_recalls(moves.get_in_hand(now.ticket), now.rules.absent_recalls),
    "hold": lambda now: requirements.require_in_hand(moves.get_in_hand(now.ticket)),
    "resume": lambda now: moves.require_calling(now.counter, now.ticket, next_number=False),
    "transfer": _transfer,
    "undo": _undo,
    "open": lambda now: counter_rules.require_seat_free(now.counter, now.counter.officer),
    "pause": lambda now: counter_rules.require_pausable(now.counter),
    "close": lambda now: counter_rules.require_empty_handed(now.counter),
}
"""Every command of a counter and the rules that decide it before anything is chosen for it: a number, a reason,
where to."""


def list_refusals(now: CounterSituation) -> dict[str, Refused | None]:
    """Return for each command why it is refused now, None where the officer at the counter can do it."""
    return {command: find_refusal(partial(check, now)) for command, check in CHECKS.items()}


def can_receive(target: Counter, sender: int) -> bool:
    """Say whether counter `target` accepts a transfer from counter `sender`."""
    return find_refusal(partial(requirements.require_receiving, target, sender)) is None


def can_join(ticket: Ticket, service: str) -> bool:
    """Say whether `ticket` can be sent on to the queue of `service`."""
    return find_refusal(partial(requirements.require_joining, ticket, service)) is None
