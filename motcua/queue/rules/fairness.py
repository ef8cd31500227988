"""How long anybody can be kept waiting at most, counted in calls: what the guard of `policy` guarantees, and why.

Let a ticket t wait longer than `guard_wait_min` and be due. Look at a counter c that may call t, at each of its
calls by *next* until t is called. Let G be `guard_calls` (at least 1) and p the counter's passes before the call.
Say that x *stands before* t when it arrived earlier (`arrived_at`, then `place`). `first` is who stands first in the
order of c, "kept" are those whom calling `first` passes over and who have waited too long.

(1) If `first` neither is t nor stands before t, then t is kept: `first` has a higher rank, or the same rank and
arrived later. (2) p < G, or nobody is kept: `first` is called. It is t, or stands before t, or t is kept (1) and p
grows by one. (3) p = G and somebody is kept: the first arrived u of the kept is called. It is t, or stands before t,
or t stands before u and so is not
    kept; then `first` is t or stands before t (1), so before u, and p grows by one.
(4) p > G and somebody is kept: the first arrived of the kept and of `first` is called. If t is kept, that is t or
stands before it; if
    not, `first` is t or stands before t (1), and so does whoever is called.

So a call that takes somebody who neither is t nor stands before t makes p grow by one and needs p <= G: there are at
most G + 1 such calls in a row, and between two such rows c calls somebody who stands before t. Let K be the number
of counters that may call t. Let E be the appearances of tickets that stand before t. Those are the ones that wait
when t has waited too long. Each later arrival, return, transfer or end of a transfer's bond that puts one there is
added. At most E calls take one of them, there are at most E + K rows, and

    calls before t is called  <=  E + (G + 1) * (E + K).

Without (4) there is no bound: between two higher ranks and a lower one, the guard's turn would go to the lower for
ever. Without a guard (G = 0) `setup.starvation` accepts only what needs none: at some counter nobody but those who
stand before t goes before it.
"""

from collections.abc import Iterable, Mapping, Sequence

from motcua.counters.model import Counter
from motcua.queue.rules.policy import Q, QueuedTicket, can_call, get_waiting_since, is_due


def is_before(other: QueuedTicket, ticket: QueuedTicket) -> bool:
    """Say whether `other` arrived before `ticket`, whatever their ranks."""
    return (other.arrived_at, other.place) < (ticket.arrived_at, ticket.place)


def is_overdue(ticket: QueuedTicket, limit: str, now: str) -> bool:
    """Say whether `ticket` may be called at `now` and could already be called before `limit`, which lies
    `guard_wait_min` back.
    """
    return is_due(ticket, now) and get_waiting_since(ticket) < limit


def list_callers(ticket: QueuedTicket, lanes: Iterable[Counter], left_at: Mapping[int, str]) -> list[int]:
    """Return the numbers of the counters that may call `ticket`.

    `lanes` are the counters as `counters.rules.resolve_lane` gives them.
    """
    return [counter.number for counter in lanes if can_call(counter, ticket, left_at)]


def list_ahead(
    ticket: QueuedTicket, waiting: Iterable[Q], lanes: Sequence[Counter], left_at: Mapping[int, str]
) -> list[Q]:
    """Return those who stand before `ticket` now, booked ones included, at any counter that may call it."""
    caller_lanes = [counter for counter in lanes if can_call(counter, ticket, left_at)]
    return [
        other
        for other in waiting
        if is_before(other, ticket) and any(can_call(counter, other, left_at) for counter in caller_lanes)
    ]


def count_calls_at_most(ahead: int, counters: int, guard_calls: int) -> int:
    """Return how many calls by *next* can come at most before that of an overdue ticket, at the counters that may
    call it.

    `ahead` is E, the appearances of tickets that stand before it; `counters` is K, how many counters may call it.
    With `guard_calls` 0 only calls of counters count that take nobody first but those who stand before it. Raises
    `ValueError` for negative numbers.
    """
    if min(ahead, counters, guard_calls) < 0:
        raise ValueError("a bound of less than nothing")
    return ahead + (guard_calls + 1) * (ahead + counters) if guard_calls else ahead
