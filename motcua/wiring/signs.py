"""Sign jobs: each move at a counter updates its sign."""

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
from motcua.wiring.routes import list_routes

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


def compose_sign(db: Reader, counter: Counter) -> dict[str, Json]:
    """Return the current content of the counter's sign: `counter`, `number` (null if none), `state`."""
    ticket = queue_store.find(db, counter.in_hand) if counter.in_hand else None
    if ticket is not None:
        return {"counter": counter.number, "number": ticket.number, "state": ticket.state.value}
    state = "idle" if counter.state is CounterState.OPEN else counter.state.value
    return {"counter": counter.number, "number": None, "state": state}


def compose_all_signs(db: Reader) -> list[dict[str, Json]]:
    """Return the current content of every sign."""
    return [compose_sign(db, counter) for counter in counter_store.list_all(db)]


def _plan(db: Reader, counter: Counter) -> list[Planned]:
    return [
        Planned(route, "sign", compose_sign(db, counter), SIGN_TTL_MS, newest_only=True)
        for route in list_routes(db, "sign", counter.number)
    ]


def plan_sign(event: Event, db: Reader) -> list[Planned]:
    """Return the sign jobs that `event` needs."""
    if not list_routes(db, "sign"):
        return []
    number: Any = getattr(event, "counter", None)
    counter = counter_store.find(db, number) if isinstance(number, int) else None
    planned = _plan(db, counter) if counter else []
    left = counter_store.find(db, event.left) if isinstance(event, CounterOpened) and event.left is not None else None
    return [*planned, *(_plan(db, left) if left else [])]


def plan_blank(_event: DayClosed, db: Reader) -> list[Planned]:
    """Return the jobs that clear every sign when the day is over."""
    return [planned for counter in counter_store.list_all(db) for planned in _plan(db, counter)]


def install(desk: Desk) -> None:
    """Plan a sign's job with each move at its counter."""
    for kind in AT_A_COUNTER:
        desk.plan(kind, plan_sign)
    desk.plan(DayClosed, plan_blank)
