"""What the sign over each counter shows follows from every move there."""

from typing import Any

from motcua.counters import store as counter_store
from motcua.counters.events import CounterClosed, CounterOpened, CounterPaused
from motcua.counters.model import Counter, CounterState
from motcua.desk import Desk, Event, Json, Planned, Reader
from motcua.queue import store as queue_store
from motcua.queue.events import (
    DayClosed,
    MoveUndone,
    TicketAbsent,
    TicketCalled,
    TicketHeld,
    TicketServed,
    TicketStarted,
    TicketTransferred,
)
from motcua.wiring.routes import routes

SIGN_TTL_MS = 60_000
AT_A_COUNTER = (
    TicketCalled,
    TicketStarted,
    TicketServed,
    TicketAbsent,
    TicketHeld,
    TicketTransferred,
    MoveUndone,
    CounterOpened,
    CounterPaused,
    CounterClosed,
)


def sign_state(db: Reader, counter: Counter) -> dict[str, Json]:
    """Return what stands over `counter` now: `counter`, `number` (null when nothing), `state`."""
    ticket = queue_store.find(db, counter.in_hand) if counter.in_hand else None
    if ticket is not None:
        return {"counter": counter.number, "number": ticket.number, "state": ticket.state.value}
    state = "idle" if counter.state is CounterState.OPEN else counter.state.value
    return {"counter": counter.number, "number": None, "state": state}


def all_shown(db: Reader) -> list[dict[str, Json]]:
    """Return what stands over every counter now."""
    return [sign_state(db, counter) for counter in counter_store.list_all(db)]


def _planned(db: Reader, counter: Counter) -> list[Planned]:
    return [Planned(route, "sign", sign_state(db, counter), SIGN_TTL_MS, newest_only=True) for route in routes(db, "sign", counter.number)]


def plan_sign(event: Event, db: Reader) -> list[Planned]:
    """Return what the counter's sign has to show after `event`."""
    number: Any = getattr(event, "counter", None)
    counter = counter_store.find(db, number) if isinstance(number, int) else None
    planned = _planned(db, counter) if counter else []
    left = counter_store.find(db, event.left) if isinstance(event, CounterOpened) and event.left is not None else None
    return [*planned, *(_planned(db, left) if left else [])]


def plan_blank(_event: DayClosed, db: Reader) -> list[Planned]:
    """Return the jobs that clear every sign when the day is over."""
    return [planned for counter in counter_store.list_all(db) for planned in _planned(db, counter)]


def install(desk: Desk) -> None:
    """Plan a sign's job with each move at its counter."""
    for kind in AT_A_COUNTER:
        desk.plan(kind, plan_sign)
    desk.plan(DayClosed, plan_blank)
