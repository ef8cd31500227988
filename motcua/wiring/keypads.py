"""A press on a counter's keypad or rating pad becomes the action that the officer or the citizen means."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from motcua.counters import actions as counter_actions
from motcua.counters import store as counter_store
from motcua.counters.model import CounterState
from motcua.desk import Invalid, Refused, Tx, parse, stamp
from motcua.feedback import actions as feedback_actions
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


@dataclass(frozen=True)
class KeyPress:
    """A press at `counter`: its key (or `rate`), its number, and its age (None: before the agent's restart).

    `device` is the name of the keypad or pad, if its agent sends it.
    """

    counter: int
    key: str
    number: int | None
    age_ms: int | None
    device: str | None = None


RATE = "rate"
LONG_AGO = "0001-01-01T00:00:00.000Z"
"""Before every visit: a rating of that time belongs to none."""


def _require_press(pressed: KeyPress) -> None:
    """Raise `Refused("press.late")` for a call that arrives too late, and `Invalid` for an impossible press."""
    if pressed.key not in ACTIONS:
        raise Invalid("press.unknown", "There is no key %(key)s.", key=pressed.key)
    if pressed.key in NUMBERED and pressed.number is None:
        raise Invalid("press.number", "This key needs a number typed before it.")
    if pressed.key in CALLS and (pressed.age_ms is None or pressed.age_ms > LATE_MS):
        raise Refused("press.late", "A press on the keypad arrived too late and was dropped. Please press again.")


def run_press(tx: Tx, agent: int, pressed: KeyPress) -> str | None:
    """Run the action of a press at a device of `agent`. Return the number of its ticket, None if there is none.

    Raises `Forbidden` for a device that is not declared or not bound, and `Refused`. All checks are inside the action: a press that is
    repeated under its key is not a second press, also if it is late.
    """
    require_device(tx.db, agent, "pad" if pressed.key == RATE else "keypad", pressed.counter, pressed.device)
    _require_press(pressed)
    return ACTIONS[pressed.key](tx, pressed)


def _next(tx: Tx, pressed: KeyPress) -> str | None:
    call = actions.call_next(tx, pressed.counter)
    return call.ticket.number if call.ticket else None


def _call(tx: Tx, pressed: KeyPress) -> str | None:
    ticket = _find_ticket(tx, pressed)
    if ticket.state is TicketState.HELD:
        call = actions.resume(tx, pressed.counter, ticket.id)
    else:
        codes = {choice.code for choice in settings_store.current(tx.db).queue.call_reasons}
        call = actions.call_number(tx, pressed.counter, ticket.id, "keypad" if "keypad" in codes else BY_KEYPAD)
    return call.ticket.number if call.ticket else None


def _find_ticket(tx: Tx, pressed: KeyPress) -> Ticket:
    """Return the ticket with the typed digits, among those that this counter serves."""
    counter = counter_store.get(tx.db, pressed.counter)
    callable_tickets = queue_store.list_in_state(tx.db, tx.day, *MAY_BE_CALLED)
    matches = [
        item for item in callable_tickets if item.service in counter.services and int(item.number[len(item.letter) :]) == pressed.number
    ]
    if not matches:
        raise Refused("press.nobody", "No number ending in %(number)s waits for this counter.", number=pressed.number)
    if len(matches) > 1:
        numbers = ", ".join(item.number for item in matches)
        raise Refused("press.ambiguous", "Several numbers fit: %(numbers)s. Please choose on the screen.", numbers=numbers)
    return matches[0]


def _transfer(tx: Tx, pressed: KeyPress) -> str | None:
    return actions.transfer(tx, pressed.counter, None, pressed.number).number


def _hold(tx: Tx, pressed: KeyPress) -> str | None:
    return actions.hold(tx, pressed.counter, None).number


def _pause(tx: Tx, pressed: KeyPress) -> str | None:
    """Pause an open counter; open a paused or closed one. One key does both."""
    counter = counter_store.get(tx.db, pressed.counter)
    if counter.state is CounterState.OPEN:
        reasons = settings_store.current(tx.db).queue.pause_reasons
        counter_actions.pause(tx, pressed.counter, reasons[0].code if reasons else BY_KEYPAD)
    else:
        counter_actions.open_counter(tx, pressed.counter, counter.officer)
    return None


def _step(action: Callable[[Tx, int], Ticket]) -> Callable[[Tx, KeyPress], str | None]:
    def step(tx: Tx, pressed: KeyPress) -> str | None:
        return action(tx, pressed.counter).number

    return step


def _rate(tx: Tx, pressed: KeyPress) -> str | None:
    """Record a rating at the time of its press. A rating of unknown age belongs to no visit."""
    at = stamp(parse(tx.at) - timedelta(milliseconds=pressed.age_ms)) if pressed.age_ms is not None else LONG_AGO
    rating = feedback_actions.rate(tx, pressed.number or 0, "keypad", None, pressed.counter, [], None, at, must_be_asked=True)
    return str(rating.status.value)


ACTIONS: dict[str, Callable[[Tx, KeyPress], str | None]] = {
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
