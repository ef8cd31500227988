"""Who is called next, and why: first come first served within ranks, lanes that counters prefer, and a guard for
those who waited long.

`choose` is a pure function of what waits, the counter, the rules and the moment. At a counter a ticket stands by
rank, then those who came back, then services the counter prefers, then arrival (a booked ticket on time: some
minutes before its slot, and it is not called before the slot). The guard bounds everybody's wait. It looks at those
who waited longer than `guard_wait_min` and are passed over by a call: of a lower rank, or of the same one and there
earlier. After `guard_calls` such calls in a row the first arrived of them is called. That may go before somebody who
stood first and had come earlier still. Then the next call takes the first arrived of them and of those kept waiting:
`fairness` says why without this turn a class in the middle could wait for ever.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from heapq import nsmallest
from typing import Generic, Protocol, TypeVar

from msgspec import Struct

from motcua.counters.model import Counter
from motcua.desk.moment import parse, stamp
from motcua.queue.model import PASSED_SHOWN, PassedTicket, Why
from motcua.settings.model import QueueRules


class QueuedTicket(Protocol):
    """What the policy looks at in a waiting ticket."""

    @property
    def id(self) -> str: ...  # noqa: D102 -- see `Ticket`
    @property
    def service(self) -> str: ...  # noqa: D102
    @property
    def rank(self) -> int: ...  # noqa: D102
    @property
    def place(self) -> int: ...  # noqa: D102
    @property
    def issued_at(self) -> str: ...  # noqa: D102
    @property
    def arrived_at(self) -> str: ...  # noqa: D102
    @property
    def due_at(self) -> str | None: ...  # noqa: D102
    @property
    def returned(self) -> bool: ...  # noqa: D102
    @property
    def bound(self) -> int | None: ...  # noqa: D102
    @property
    def bound_at(self) -> str | None: ...  # noqa: D102


Q = TypeVar("Q", bound=QueuedTicket)


class PolicyChoice(Struct, Generic[Q], frozen=True):
    """The ticket to call, why, and the number of calls in a row that passed over someone who waited too long."""

    ticket: Q
    why: Why
    passes: int


def is_bound(ticket: QueuedTicket, left_at: Mapping[int, str]) -> bool:
    """Say whether a transfer to a counter still binds `ticket`: that counter is there and has not paused or closed
    since.
    """
    return ticket.bound is not None and ticket.bound in left_at and (ticket.bound_at or "") > left_at[ticket.bound]


def can_call(counter: Counter, ticket: QueuedTicket, left_at: Mapping[int, str]) -> bool:
    """Say whether `counter` may call `ticket`. `left_at` gives each counter's last pause or close."""
    if is_bound(ticket, left_at):
        return ticket.bound == counter.number
    return ticket.service in counter.services


def order(ticket: QueuedTicket) -> tuple[int, bool, str, int]:
    """Sort key of the policy where no counter prefers anything: rank, then those who came back, then arrival."""
    return (ticket.rank, not ticket.returned, ticket.arrived_at, ticket.place)


def order_at(counter: Counter, ticket: QueuedTicket) -> tuple[int, bool, bool, str, int]:
    """Sort key of the policy at `counter` (as `counters.rules.resolve_lane` gives it)."""
    return (ticket.rank, not ticket.returned, ticket.service not in counter.prefer, ticket.arrived_at, ticket.place)


def get_waiting_since(ticket: QueuedTicket) -> str:
    """Return from when on `ticket` could be called: since it was taken, a booked one since its slot."""
    return max(ticket.issued_at, ticket.due_at or "")


def is_due(ticket: QueuedTicket, now: str) -> bool:
    """Say whether `ticket` may be called at `now`: it is not booked for later."""
    return ticket.due_at is None or ticket.due_at <= now


def list_eligible(waiting: Iterable[Q], counter: Counter, left_at: Mapping[int, str], now: str) -> list[Q]:
    """Return the waiting tickets that `counter` may call at `now`, in the policy's order (the guard aside)."""
    tickets = (ticket for ticket in waiting if can_call(counter, ticket, left_at) and is_due(ticket, now))
    return sorted(tickets, key=lambda ticket: order_at(counter, ticket))


def is_passed_over(other: QueuedTicket, first: QueuedTicket, limit: str) -> bool:
    """Say whether calling `first` counts as passing over `other`, who has waited since before `limit`."""
    if other.issued_at >= limit or get_waiting_since(other) >= limit:
        return False
    return other.rank > first.rank or (other.rank == first.rank and _arrival(other) < _arrival(first))


def choose(
    waiting: Sequence[Q], counter: Counter, left_at: Mapping[int, str], rules: QueueRules, now: str
) -> PolicyChoice[Q] | None:
    """Return the ticket that `counter` calls next at `now` and why, or None when nobody waits for it.

    `counter` carries what it may call and prefers now: `counters.rules.resolve_lane`.
    """
    services = frozenset(counter.services)
    candidates = [
        ticket
        for ticket in waiting
        if (ticket.service in services if ticket.bound is None else can_call(counter, ticket, left_at))
    ]
    queue = [ticket for ticket in candidates if ticket.due_at is None or ticket.due_at <= now]
    if not queue:
        return None
    moment = parse(now)
    limit = stamp(moment - timedelta(minutes=rules.guard_wait_min))
    first = _first(queue, counter)
    rank = first.rank
    kept_waiting = [ticket for ticket in queue if ticket.rank >= rank and is_passed_over(ticket, first, limit)]
    ticket, passes = _guard(first, kept_waiting, counter.passes, rules.guard_calls)
    guarded = ticket is not first
    place = ticket.place
    passed_tickets = nsmallest(
        PASSED_SHOWN,
        (
            other
            for other in candidates
            if other.place < place or (guarded and other.rank < ticket.rank and is_due(other, now))
        ),
        key=_place,
    )  # whoever may ask why: they have an older number, or a higher rank that the guard made wait
    passed = tuple(
        PassedTicket(
            other.id, _reason(ticket, other, limit, now, guarded=guarded), _minutes(get_waiting_since(other), now)
        )
        for other in passed_tickets
    )
    why = Why(
        _rule(ticket, passed, guarded=guarded),
        passed,
        0 if guarded else passes,
        (rules.guard_calls, rules.guard_wait_min),
    )
    return PolicyChoice(ticket, why, passes)


def _first(queue: Sequence[Q], counter: Counter) -> Q:
    """Return the first ticket at `counter`: only those of the highest rank that waits need be compared."""
    rank = min(ticket.rank for ticket in queue)
    return min((ticket for ticket in queue if ticket.rank == rank), key=lambda ticket: order_at(counter, ticket))


def _guard(first: Q, kept_waiting: Sequence[Q], passes: int, guard_calls: int) -> tuple[Q, int]:
    """Return the ticket that the guard lets a counter call, and the counter's passes then: one more than
    `guard_calls` is a turn owed.
    """
    if not kept_waiting:
        return first, 0
    if not 0 < guard_calls <= passes:
        return first, passes + 1
    longest = min(kept_waiting, key=_arrival)
    if _arrival(longest) < _arrival(first):
        return longest, 0
    return (first, 1) if passes > guard_calls else (longest, guard_calls + 1)


def _minutes(since: str, now: str) -> int:
    return max(0, int((parse(now) - parse(since)).total_seconds() // 60))


def _arrival(ticket: QueuedTicket) -> tuple[str, int]:
    return (ticket.arrived_at, ticket.place)


def _place(ticket: QueuedTicket) -> int:
    return ticket.place


def _rule(ticket: QueuedTicket, passed: Sequence[PassedTicket], *, guarded: bool) -> str:
    """Return what decided: the guard, a return, the rank, a booking, the counter's lane, or just the arrival."""
    if guarded:
        return "guard"
    if ticket.returned:
        return "returned"
    reasons = {item.reason for item in passed}
    if reasons & {"lower_rank", "lower_rank_waiting_long"}:
        return "priority"
    return next((rule for rule in ("booked", "lane") if rule in reasons), "first")


def _reason(ticket: QueuedTicket, other: QueuedTicket, limit: str, now: str, *, guarded: bool) -> str:
    """Return why `other` is not called now although its number is older."""
    if not is_due(other, now):
        return "not_due"
    if guarded and other.rank < ticket.rank:
        return "guard"
    if other.rank > ticket.rank:
        return "lower_rank_waiting_long" if get_waiting_since(other) < limit else "lower_rank"
    if ticket.returned and not other.returned:
        return "returned_first"
    if _arrival(other) > _arrival(ticket):
        return "booked" if ticket.due_at is not None else "arrived_later"
    return "lane" if not guarded else "guard"
