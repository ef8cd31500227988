"""A press on a counter's keypad or rating pad becomes the action that the officer or the citizen means."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from motcua.counters import actions as counter_actions
from motcua.counters import store as counter_store
from motcua.counters.model import CounterState
from motcua.desk import Invalid, Refused, Tx, parse, stamp
from motcua.feedback import actions as feedback_actions
from motcua.feedback.model import RatingRequest
from motcua.queue import actions
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState
from motcua.settings import store as settings_store
from motcua.wiring.bindings import require

CALLS = frozenset({"next", "recall", "call"})
"""What makes the hall hear a number. Late, it would call somebody whom nobody at the counter expects any more."""
LATE_MS = 10_000
BY_KEYPAD = "gọi từ bàn phím quầy"
"""The reason of a call by number where the settings have no code `keypad`: a keypad has no words."""
MAY_BE_CALLED = (TicketState.WAITING, TicketState.ABSENT, TicketState.HELD)


@dataclass(frozen=True)
class PressRequest:
    """A press at `counter`: what was pressed (a key of the keypad, or `rate`), its number, and how long ago it was.

    `age_ms` is None for a press from before the agent's restart, `device` the name of the keypad or pad where its agent says it.
    """

    counter: int
    press: str
    number: int | None
    age_ms: int | None
    device: str | None = None


RATE = "rate"
LONG_AGO = "0001-01-01T00:00:00.000Z"
"""Before every visit: a rating of that time belongs to none."""


def _require_press(request: PressRequest) -> None:
    """Raise `Refused("press.late")` for a call that comes so late that it would surprise; `Invalid` for what no keypad can mean."""
    if request.press not in ACTIONS:
        raise Invalid("press.unknown", "There is no key %(key)s.", key=request.press)
    if request.press in NUMBERED and request.number is None:
        raise Invalid("press.number", "This key needs a number typed before it.")
    if request.press in CALLS and (request.age_ms is None or request.age_ms > LATE_MS):
        raise Refused("press.late", "A press on the keypad arrived too late and was dropped. Please press again.")


def act(tx: Tx, agent: int, request: PressRequest) -> str | None:
    """Do what was pressed at a device of `agent`; return the number of the ticket that it was about, None where there is none.

    Raises `Forbidden` for a device that the agent has not declared or is not bound to, and `Refused`. All this is looked at in here:
    under its key, a press whose answer got lost is no second press, however late it is repeated.
    """
    require(tx.db, agent, "pad" if request.press == RATE else "keypad", request.counter, request.device)
    _require_press(request)
    return ACTIONS[request.press](tx, request)


def _next(tx: Tx, request: PressRequest) -> str | None:
    call = actions.call_next(tx, request.counter)
    return call.ticket.number if call.ticket else None


def _call(tx: Tx, request: PressRequest) -> str | None:
    ticket = _named(tx, request)
    if ticket.state is TicketState.HELD:
        call = actions.resume(tx, request.counter, ticket.id)
    else:
        codes = {choice.code for choice in settings_store.current(tx.db).queue.call_reasons}
        call = actions.call_number(tx, request.counter, ticket.id, "keypad" if "keypad" in codes else BY_KEYPAD)
    return call.ticket.number if call.ticket else None


def _named(tx: Tx, request: PressRequest) -> Ticket:
    """Return the ticket that is meant: digits without the letter name one only among those that this counter serves."""
    counter = counter_store.get(tx.db, request.counter)
    callable_tickets = queue_store.list_in_state(tx.db, tx.day, *MAY_BE_CALLED)
    matches = [
        item for item in callable_tickets if item.service in counter.services and int(item.number[len(item.letter) :]) == request.number
    ]
    if not matches:
        raise Refused("press.nobody", "No number ending in %(number)s waits for this counter.", number=request.number)
    if len(matches) > 1:
        numbers = ", ".join(item.number for item in matches)
        raise Refused("press.ambiguous", "Several numbers fit: %(numbers)s. Please choose on the screen.", numbers=numbers)
    return matches[0]


def _transfer(tx: Tx, request: PressRequest) -> str | None:
    return actions.transfer(tx, request.counter, None, request.number).number


def _hold(tx: Tx, request: PressRequest) -> str | None:
    return actions.hold(tx, request.counter, None).number


def _pause(tx: Tx, request: PressRequest) -> str | None:
    """One key for both: pause an open counter, open one that is paused or closed."""
    counter = counter_store.get(tx.db, request.counter)
    if counter.state is CounterState.OPEN:
        reasons = settings_store.current(tx.db).queue.pause_reasons
        counter_actions.pause(tx, request.counter, reasons[0].code if reasons else BY_KEYPAD)
    else:
        counter_actions.open_counter(tx, request.counter, counter.officer)
    return None


def _step(action: Callable[[Tx, int], Ticket]) -> Callable[[Tx, PressRequest], str | None]:
    def step(tx: Tx, request: PressRequest) -> str | None:
        return action(tx, request.counter).number

    return step


def _rate(tx: Tx, request: PressRequest) -> str | None:
    """A rating counts from when it was pressed, not from when the cable brought it; nobody knows whose one of an unknown age is."""
    at = stamp(parse(tx.at) - timedelta(milliseconds=request.age_ms)) if request.age_ms is not None else LONG_AGO
    rating_request = RatingRequest(request.number or 0, "keypad", None, request.counter, pressed_at=at, must_be_asked=True)
    rating = feedback_actions.rate(tx, rating_request)
    return str(rating.status.value)


ACTIONS: dict[str, Callable[[Tx, PressRequest], str | None]] = {
    "next": _next,
    "recall": _step(actions.recall),
    "start": _step(actions.start),
    "finish": _step(actions.finish),
    "absent": _step(actions.mark_absent),
    "hold": _hold,
    "transfer": _transfer,
    "call": _call,
    "pause": _pause,
    "rate": _rate,
}
NUMBERED = frozenset({"transfer", "call", "rate"})
