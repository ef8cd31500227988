"""A press on a counter's keypad or rating pad becomes the action that the officer or the citizen means."""

from collections.abc import Callable
from datetime import timedelta

from msgspec import Struct

from motcua.alerts import actions as alert_actions
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
from motcua.wiring.bindings import require_device

CALLS = frozenset({"next", "recall", "call"})
"""What makes the hall hear a number. Late, it would call somebody whom nobody at the counter expects any more."""
LATE_MS = 10_000
BY_KEYPAD = "gọi từ bàn phím quầy"
"""The reason of a call by number where the settings have no code `keypad`: a keypad has no words."""
MAY_BE_CALLED = (TicketState.WAITING, TicketState.ABSENT, TicketState.HELD)


class PressRequest(Struct, frozen=True):
    """A press at `counter`: what was pressed (a key of the keypad, or `rate`), its number, and how long ago it was.

    `age_ms` is None for a press from before the agent's restart, `device` the name of the keypad or pad where its
    agent says it.
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
    """Raise `Refused("press.late")` for a call that arrives too late, and `Invalid` for an impossible press."""
    if request.press not in ACTIONS:
        raise Invalid("press.unknown", "There is no key %(key)s.", key=request.press)
    if request.press in NUMBERED and request.number is None:
        raise Invalid("press.number", "This key needs a number typed before it.")
    if request.press in CALLS and (request.age_ms is None or request.age_ms > LATE_MS):
        raise Refused("press.late", "A press on the keypad arrived too late and was dropped. Please press again.")


def run_press(tx: Tx, agent: int, request: PressRequest) -> str | None:
    """Run the action of a press at a device of `agent`. Return the number of its ticket, None if there is none.

    Raises `Forbidden` for a device that is not declared or not bound, and `Refused`. All checks are inside the
    action: a press that is repeated under its key is not a second press, also if it is late.
    """
    require_device(tx.db, agent, "pad" if request.press == RATE else "keypad", request.counter, request.device)
    _require_press(request)
    return ACTIONS[request.press](tx, request)


def _next(tx: Tx, request: PressRequest) -> str | None:
    call = actions.call_next(tx, request.counter)
    return call.ticket.number if call.ticket else None


def _call(tx: Tx, request: PressRequest) -> str | None:
    ticket = _find_ticket(tx, request)
    if ticket.state is TicketState.HELD:
        call = actions.resume(tx, request.counter, ticket.id)
    else:
        codes = {choice.code for choice in settings_store.get_settings(tx.db).queue.call_reasons}
        call = actions.call_number(tx, request.counter, ticket.id, "keypad" if "keypad" in codes else BY_KEYPAD)
    return call.ticket.number if call.ticket else None


def _find_ticket(tx: Tx, request: PressRequest) -> Ticket:
    """Return the ticket with the typed digits, among those that this counter serves."""
    counter = counter_store.get(tx.db, request.counter)
    callable_tickets = queue_store.list_in_state(tx.db, tx.day, *MAY_BE_CALLED)
    matches = [
        item
        for item in callable_tickets
        if item.service in counter.services and int(item.number[len(item.letter) :]) == request.number
    ]
    if not matches:
        raise Refused("press.nobody", "No number ending in %(number)s waits for this counter.", number=request.number)
    if len(matches) > 1:
        numbers = ", ".join(item.number for item in matches)
        raise Refused(
            "press.ambiguous", "Several numbers fit: %(numbers)s. Please choose on the screen.", numbers=numbers
        )
    return matches[0]


def _transfer(tx: Tx, request: PressRequest) -> str | None:
    return actions.transfer(tx, request.counter, None, request.number).number


def _hold(tx: Tx, request: PressRequest) -> str | None:
    return actions.hold(tx, request.counter, None).number


def _pause(tx: Tx, request: PressRequest) -> str | None:
    """Pause an open counter; open a paused or closed one. One key does both."""
    counter = counter_store.get(tx.db, request.counter)
    if counter.state is CounterState.OPEN:
        reasons = settings_store.get_settings(tx.db).queue.pause_reasons
        counter_actions.pause(tx, request.counter, reasons[0].code if reasons else BY_KEYPAD)
    else:
        counter_actions.open_counter(tx, request.counter, counter.officer)
    return None


def _step(action: Callable[[Tx, int], Ticket]) -> Callable[[Tx, PressRequest], str | None]:
    def step(tx: Tx, request: PressRequest) -> str | None:
        return action(tx, request.counter).number

    return step


def _call_help(tx: Tx, request: PressRequest) -> str | None:
    """Call for help. Who presses again in their trouble calls it off by no means: it stays one call."""
    alert_actions.call_help(tx, request.counter)
    return None


def _rate(tx: Tx, request: PressRequest) -> str | None:
    """Record a rating at the time of its press. A rating of unknown age belongs to no visit."""
    at = stamp(parse(tx.at) - timedelta(milliseconds=request.age_ms)) if request.age_ms is not None else LONG_AGO
    rating_request = RatingRequest(
        request.number or 0, "keypad", None, request.counter, pressed_at=at, must_be_asked=True
    )
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
    "help": _call_help,
    "rate": _rate,
}
NUMBERED = frozenset({"transfer", "call", "rate"})
