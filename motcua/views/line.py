"""Who waits for a counter, as its screen shows it."""

from collections.abc import Mapping

from msgspec import Struct

from motcua.counters.model import Counter
from motcua.desk import Reader
from motcua.queue import store as queue_store
from motcua.queue.model import WaitingTicket
from motcua.queue.rules import policy


class CounterLine(Struct, frozen=True):
    """The first tickets that a counter may call and how many there are; those booked for later, the next ones first."""

    first: list[WaitingTicket]
    count: int
    later: list[WaitingTicket]


def read_line(db: Reader, day: str, lane: Counter, left_at: Mapping[int, str], at: str, limit: int) -> CounterLine:
    """Return the line before the counter `lane` (as `counters.rules.resolve_lane` gives it), `limit` tickets of it.

    It costs the same however many wait.
    """
    bound = queue_store.list_bound(db, day)
    later = queue_store.list_later(db, day, at)
    free = queue_store.list_first(db, day, lane.services, at, limit)
    called_here = policy.list_eligible(bound, lane, left_at, at)
    counts = queue_store.count_waiting(db, day)
    not_free = sum(ticket.service in lane.services for ticket in bound)
    not_due = sum(ticket.bound is None and ticket.service in lane.services for ticket in later)
    count = sum(counts.get(code, 0) for code in set(lane.services)) - not_free - not_due + len(called_here)
    return CounterLine(
        policy.list_eligible([*free, *called_here], lane, left_at, at)[:limit],
        count,
        [ticket for ticket in later if policy.can_call(lane, ticket, left_at)],
    )
