"""When a counter may open, pause or close."""

from dataclasses import replace

from motcua.counters.model import Counter, CounterState
from motcua.desk.errors import Refused


def empty_handed(counter: Counter) -> None:
    """Raise `Refused("counter.has_ticket")` while a ticket is called or served there."""
    if counter.in_hand is not None:
        raise Refused("counter.has_ticket", "There is still a ticket at counter %(counter)s.", counter=counter.number)


def opened(counter: Counter, officer: int | None, at: str) -> Counter:
    """Return `counter` open with `officer`. A new officer may sit down only when no ticket is in hand."""
    if officer != counter.officer:
        empty_handed(counter)
    return replace(counter, state=CounterState.OPEN, officer=officer, state_at=at, pause_reason=None, last=None)


def paused(counter: Counter, reason: str, at: str) -> Counter:
    """Return `counter` paused. Raises `Refused` unless it is open and empty-handed."""
    empty_handed(counter)
    if counter.state is not CounterState.OPEN:
        raise Refused("counter.not_open", "Counter %(counter)s is not open.", counter=counter.number)
    return replace(counter, state=CounterState.PAUSED, state_at=at, left_at=at, pause_reason=reason, last=None)


def closed(counter: Counter, at: str) -> Counter:
    """Return `counter` closed, nobody sitting there. Raises `Refused` while a ticket is in hand."""
    empty_handed(counter)
    return replace(counter, state=CounterState.CLOSED, officer=None, state_at=at, left_at=at, pause_reason=None, passes=0, last=None)
