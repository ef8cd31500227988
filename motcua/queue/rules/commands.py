"""Why a counter cannot do a command just now: the same rules that its actions ask, asked beforehand. Pure."""

from collections.abc import Callable
from dataclasses import dataclass

from motcua.counters import rules as counter_rules
from motcua.counters.model import Counter
from motcua.desk.errors import Refused
from motcua.queue.model import Ticket
from motcua.queue.rules import moves
from motcua.settings.model import QueueRules


@dataclass(frozen=True)
class Situation:
    """Counter `counter` at the moment `at`, with the ticket in its hand.

    `last_ticket` is the ticket of the counter's last move, which *undo* takes back; `is_rated` says whether a rating of that visit came.
    `is_day_closed` says whether the desk has closed its day.
    """

    counter: Counter
    ticket: Ticket | None
    last_ticket: Ticket | None
    at: str
    rules: QueueRules
    is_rated: bool = False
    is_day_closed: bool = False


def _call(now: Situation) -> None:
    moves.calling(now.counter, now.ticket, next_number=False)
    moves.day_goes_on(day_closed=now.is_day_closed)


def _transfer(now: Situation) -> None:
    moves.require_serving(moves.in_hand(now.ticket))


def _undo(now: Situation) -> None:
    last = moves.undoable(now.counter.last, now.at, now.rules.undo_s, rated=now.is_rated)
    if now.last_ticket is not None:
        moves.undone(now.last_ticket, last, now.counter.number)


CHECKS: dict[str, Callable[[Situation], object]] = {
    "next": lambda now: moves.calling(now.counter, now.ticket, next_number=True),
    "call": _call,
    "recall": lambda now: moves.recalled(moves.in_hand(now.ticket), now.counter.number, now.at),
    "start": lambda now: moves.started(moves.in_hand(now.ticket), now.at),
    "finish": lambda now: moves.served(moves.in_hand(now.ticket), now.at),
    "absent": lambda now: moves.absent(moves.in_hand(now.ticket), now.at, now.rules.absent_recalls),
    "hold": lambda now: moves.held(moves.in_hand(now.ticket), None),
    "resume": lambda now: moves.calling(now.counter, now.ticket, next_number=False),
    "transfer": _transfer,
    "undo": _undo,
    "open": lambda now: counter_rules.opened(now.counter, now.counter.officer, now.at),
    "pause": lambda now: counter_rules.paused(now.counter, "", now.at),
    "close": lambda now: counter_rules.closed(now.counter, now.at),
}
"""Every command of a counter and the rules that decide it before anything is chosen for it: a number, a reason, where to."""


def refusal(command: str, now: Situation) -> Refused | None:
    """Return why `command` is refused now, None when it can be done (by whoever sits at the counter)."""
    try:
        CHECKS[command](now)
    except Refused as error:
        return error
    return None


def refusals(now: Situation) -> dict[str, Refused | None]:
    """Return for each command why it is refused now, or None."""
    return {command: refusal(command, now) for command in CHECKS}
