"""When a counter may open, pause or close."""

from collections.abc import Iterable, Mapping

from motcua.copies import replace
from motcua.counters.model import Counter, CounterState
from motcua.desk.errors import Refused


def resolve_lane(counter: Counter, counters: Iterable[Counter], group_of: Mapping[str, str]) -> Counter:
    """Return `counter` as the policy sees it: `services` are those it may call now, `prefer` the service codes it
    takes first.

    A group or service that some counter *must* serve is called at such counters only. `group_of` gives each
    service's letter.
    """
    bound = {name for other in counters for name in other.must}
    if not bound and not counter.prefer:
        return counter
    required = set(counter.must)

    def named(code: str, names: set[str]) -> bool:
        return code in names or group_of.get(code, "") in names

    services = tuple(code for code in counter.services if named(code, required) or not named(code, bound))
    preferred = set(counter.prefer)
    return replace(counter, services=services, prefer=tuple(code for code in services if named(code, preferred)))


def list_unserved(
    counters: Iterable[Counter], group_of: Mapping[str, str], services: Iterable[str], since: str
) -> set[str]:
    """Return which of `services` no open counter may call, though a counter that may call them was open and left today.

    `since` is the UTC stamp of the local midnight with which today began.
    """
    all_counters = tuple(counters)
    lanes = [resolve_lane(counter, all_counters, group_of) for counter in all_counters]
    called_now = {code for item in lanes if item.state is CounterState.OPEN for code in item.services}
    left_today = {code for item in lanes if item.left_at >= since for code in item.services}
    return (left_today - called_now) & set(services)


def require_empty_handed(counter: Counter) -> None:
    """Raise `Refused("counter.has_ticket")` while a ticket is called or served there."""
    if counter.in_hand is not None:
        raise Refused(
            "counter.has_ticket",
            "There is still a ticket at counter %(counter)s. Finish with it first.",
            counter=counter.number,
        )


def require_seat_free(counter: Counter, officer: int | None) -> None:
    """Raise `Refused` unless `officer` may work at `counter`: a new one only when no ticket is in hand."""
    if officer != counter.officer:
        require_empty_handed(counter)


def require_pausable(counter: Counter) -> None:
    """Raise `Refused` unless `counter` is open and empty-handed."""
    require_empty_handed(counter)
    if counter.state is not CounterState.OPEN:
        raise Refused("counter.not_open", "Counter %(counter)s is not open.", counter=counter.number)


def opened(counter: Counter, officer: int | None, at: str) -> Counter:
    """Return `counter` open with `officer`. A new officer may sit down only when no ticket is in hand."""
    require_seat_free(counter, officer)
    return replace(counter, state=CounterState.OPEN, officer=officer, state_at=at, pause_reason=None, last=None)


def paused(counter: Counter, reason: str, at: str) -> Counter:
    """Return `counter` paused. Raises `Refused` unless it is open and empty-handed."""
    require_pausable(counter)
    return replace(counter, state=CounterState.PAUSED, state_at=at, left_at=at, pause_reason=reason, last=None)


def closed(counter: Counter, at: str) -> Counter:
    """Return `counter` closed, nobody sitting there. Raises `Refused` while a ticket is in hand."""
    require_empty_handed(counter)
    return replace(
        counter, state=CounterState.CLOSED, officer=None, state_at=at, left_at=at, pause_reason=None, last=None
    )
