"""Who waits first: the few tickets on which a call can fall or which its reason names.

`list_heads` gives the rule of the next call all that it can look at. It costs the same in a full hall as in an empty
one. A class is a service, a rank and whether the ticket came back. Tickets that were sent to one counter are few: all
of them are read.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

from motcua.counters.model import Counter
from motcua.desk import Reader, parse, stamp
from motcua.queue.model import PASSED_SHOWN, WaitingTicket
from motcua.settings.model import QueueRules

COLUMNS = (
    "id, number, letter, service, rank, priority, place, issued_at, returned, bound, bound_at, arrived_at, due_at, seat"
)
"""The columns of a waiting ticket, in its order."""
_RANK, _PLACE = 4, 6

_FREE = "day = ?1 AND state = 'waiting' AND bound IS NULL AND service = class.service AND rank = class.rank"
_DUE = "(due_at IS NULL OR due_at <= ?2)"
_OVERDUE = "issued_at < ?2 AND (due_at IS NULL OR due_at < ?2)"
_BY_ARRIVAL = "ORDER BY arrived_at, place LIMIT 1"
_FIRST = f"(SELECT place FROM tickets WHERE {_FREE} AND returned = class.returned AND {_DUE} {_BY_ARRIVAL})"
_LONG = f"{_FREE} AND returned = class.returned AND arrived_at < ?2 AND {_OVERDUE}"
_LONGEST = f"(SELECT place FROM tickets WHERE {_LONG} {_BY_ARRIVAL})"
_MOVED = f"{_FREE} AND arrived_at > issued_at AND arrived_at >= ?2 AND {_OVERDUE}"
_LONGEST_MOVED = f"(SELECT place FROM tickets WHERE {_MOVED} {_BY_ARRIVAL})"
"""Of those who arrived elsewhere later: their wait counts from the number, their order from the arrival."""
_NUMBER = f"SELECT place FROM tickets WHERE {_FREE} ORDER BY place LIMIT 1"
_NUMBER_DUE = f"SELECT place FROM tickets WHERE {_FREE} AND {_DUE} ORDER BY place LIMIT 1"
_EARLIEST = f"SELECT place FROM tickets WHERE {_FREE} AND place < ?2 ORDER BY place LIMIT {PASSED_SHOWN}"
_EARLIEST_DUE = f"SELECT place FROM tickets WHERE {_FREE} AND {_DUE} ORDER BY place LIMIT {PASSED_SHOWN}"
"""Only the classes with the earliest numbers can have the earliest ones among their numbers."""


@dataclass(frozen=True)
class _Queries:
    """The queries for a number of services.

    Their parameters are the day, a moment (or a place), a rank (or a counter), and the services.
    """

    bound: str
    first: str
    longest: str
    earliest: str
    earliest_due: str
    ranks: str


@lru_cache(maxsize=64)
def _queries(services: int) -> _Queries:
    marks = ", ".join(f"?{number}" for number in range(4, 4 + services))
    tickets = f"SELECT {COLUMNS} FROM tickets"
    classes = f"waiting_counts AS class WHERE day = ?1 AND service IN ({marks})"
    lines = f"(SELECT DISTINCT service, rank FROM {classes}) AS class"
    by_number = f"(SELECT service, rank FROM {lines} ORDER BY ({_NUMBER}) NULLS LAST LIMIT {PASSED_SHOWN}) AS class"
    of_rank = f"(SELECT service, rank FROM {lines} WHERE rank = ?3 ORDER BY ({_NUMBER_DUE}) NULLS LAST LIMIT"
    overdue = f"SELECT {_LONGEST} FROM {classes} AND rank {{0}} ?3 UNION ALL SELECT {_LONGEST_MOVED} FROM {classes} AND"
    same, lower = (
        f"SELECT * FROM ({tickets} WHERE place IN ({overdue} rank {{0}} ?3) {_BY_ARRIVAL})".format(sign)
        for sign in ("=", ">")
    )
    return _Queries(
        bound=f"{tickets} INDEXED BY tickets_bound WHERE day = ?1 AND state = 'waiting' AND bound IS NOT NULL"
        f" AND (bound = ?3 OR ?2 IS NULL OR service IN ({marks}))",
        first=f"{tickets} WHERE place IN (SELECT {_FIRST} FROM {classes} AND rank = ?3)",
        longest=f"{same} UNION ALL {lower}",
        earliest=f"{tickets} WHERE place IN (SELECT place FROM {by_number} CROSS JOIN tickets USING (service, rank)"
        f" WHERE place IN ({_EARLIEST}) ORDER BY place LIMIT {PASSED_SHOWN})",
        earliest_due=f"{tickets} WHERE place IN (SELECT place FROM {of_rank} {PASSED_SHOWN}) AS class CROSS JOIN "
        f"tickets USING (service, rank) WHERE place IN ({_EARLIEST_DUE}) ORDER BY place LIMIT {PASSED_SHOWN})",
        ranks=f"SELECT DISTINCT rank FROM {classes} AND ?2 = ?3 ORDER BY rank",
    )


def list_heads(db: Reader, day: str, lane: Counter, rules: QueueRules, at: str) -> list[WaitingTicket]:
    """Return those waiting on `day` among whom `policy.choose` finds its choice for `lane` and all reasons, by place.

    They are the first due ticket of each class of the highest rank that waits. For the guard, they are the first
    arrived of those that waited too long, of that rank and of lower ones. For the reasons, they are the earliest
    numbers, and the earliest due ones of each higher rank if the guard may pass them over.
    """
    queries = _queries(len(lane.services))
    heads: dict[int, Any] = {}

    def look(query: str, second: object, third: int) -> Iterable[Any]:
        return db.execute(query, (day, second, third, *lane.services))

    def note(rows: Iterable[Any]) -> None:
        heads.update((row[_PLACE], row) for row in rows)

    note(look(queries.bound, at, lane.number))
    ranks = [row[0] for row in look(queries.ranks, 0, 0)] if lane.services else []
    for rank in ranks:
        before = len(heads)
        note(look(queries.first, at, rank))
        if len(heads) > before:
            note(look(queries.longest, stamp(parse(at) - timedelta(minutes=rules.guard_wait_min)), rank))
            break
    if not ranks:
        return [WaitingTicket._make(heads[place]) for place in sorted(heads)]
    note(look(queries.earliest, max(heads, default=0), 0))
    if heads and 0 < rules.guard_calls <= lane.passes:
        lowest = max(row[_RANK] for row in heads.values())
        for rank in ranks[: bisect_left(ranks, lowest)]:
            note(look(queries.earliest_due, at, rank))
    return [WaitingTicket._make(heads[place]) for place in sorted(heads)]
