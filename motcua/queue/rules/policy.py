"""Who is called next, and why: first come first served within ranks, with a guard for those who waited long.

`choose` is a pure function of what waits, the counter, the rules and the moment. The guard bounds the wait of lower ranks: after
`guard_calls` calls in a row that passed over a lower-ranked ticket waiting longer than `guard_wait_min`, the longest-waiting such
ticket is called.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, Protocol, TypeVar

from motcua.counters.model import Counter
from motcua.desk.moment import parse, stamp
from motcua.queue.model import Passed, Why
from motcua.settings.model import QueueRules

PASSED_SHOWN = 12
"""How many passed-over tickets a reason names at most; the earliest ones."""


class Queued(Protocol):
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
    def returned(self) -> bool: ...  # noqa: D102
    @property
    def bound(self) -> int | None: ...  # noqa: D102
    @property
    def bound_at(self) -> str | None: ...  # noqa: D102


Q = TypeVar("Q", bound=Queued)


@dataclass(frozen=True)
class Choice(Generic[Q]):
    """The ticket to call, why, and the number of calls in a row that passed over someone who waited too long."""

    ticket: Q
    why: Why
    passes: int


def is_bound(ticket: Queued, left_at: Mapping[int, str]) -> bool:
    """Say whether a transfer to a counter still binds `ticket`: that counter is there and has not paused or closed since."""
    return ticket.bound is not None and ticket.bound in left_at and (ticket.bound_at or "") > left_at[ticket.bound]


def serves(counter: Counter, ticket: Queued, left_at: Mapping[int, str]) -> bool:
    """Say whether `counter` may call `ticket`. `left_at` gives each counter's last pause or close."""
    if is_bound(ticket, left_at):
        return ticket.bound == counter.number
    return ticket.service in counter.services


def order(ticket: Queued) -> tuple[int, bool, int]:
    """Sort key of the policy: rank, then those who came back, then arrival."""
    return (ticket.rank, not ticket.returned, ticket.place)


def eligible(waiting: Iterable[Q], counter: Counter, left_at: Mapping[int, str]) -> list[Q]:
    """Return the waiting tickets that `counter` may call, in the policy's order (the guard aside)."""
    return sorted((ticket for ticket in waiting if serves(counter, ticket, left_at)), key=order)


def choose(waiting: Sequence[Q], counter: Counter, left_at: Mapping[int, str], rules: QueueRules, now: str) -> Choice[Q] | None:
    """Return the ticket that `counter` calls next at `now` and why, or None when nobody waits for it."""
    queue = eligible(waiting, counter, left_at)
    if not queue:
        return None
    limit = stamp(parse(now) - timedelta(minutes=rules.guard_wait_min))
    first = queue[0]
    kept_waiting = [ticket for ticket in queue if ticket.rank > first.rank and ticket.issued_at < limit]
    guarded = bool(kept_waiting) and counter.passes >= rules.guard_calls
    ticket = min(kept_waiting, key=lambda found: found.place) if guarded else first
    passes = 0 if guarded or not kept_waiting else counter.passes + 1
    earlier = sorted((other for other in queue if other.place < ticket.place or (guarded and other.rank < ticket.rank)), key=_place)
    passed = tuple(Passed(other.id, _reason(ticket, other, limit, guarded=guarded)) for other in earlier[:PASSED_SHOWN])
    return Choice(ticket, Why(_rule(ticket, passed, guarded=guarded), passed, passes), passes)


def _place(ticket: Queued) -> int:
    return ticket.place


def _rule(ticket: Queued, passed: Sequence[Passed], *, guarded: bool) -> str:
    if guarded:
        return "guard"
    if ticket.returned:
        return "returned"
    return "priority" if passed else "first"


def _reason(ticket: Queued, other: Queued, limit: str, *, guarded: bool) -> str:
    if guarded and other.rank < ticket.rank:
        return "guard"
    if other.rank == ticket.rank:
        return "returned_first"
    return "lower_rank_waiting_long" if other.issued_at < limit else "lower_rank"
