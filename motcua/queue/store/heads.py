"""Who waits first: the few tickets on which a call can fall or which its reason names.

`list_heads` gives the rule of the next call all that it can look at. It costs the same in a full hall as in an empty
one. A class is a service, a rank and whether the ticket came back. Tickets that were sent to one counter are few: all
of them are read.
"""

from bisect import bisect_left
from datetime import timedelta
from functools import lru_cache

from msgspec import Struct

from motcua.counters.model import Counter
from motcua.desk import Reader, parse, stamp
from motcua.queue.model import PASSED_SHOWN, WaitingTicket
from motcua.settings.model import QueueRules

COLUMNS = (
    "id, number, letter, service, rank, priority, place, issued_at, returned, bound, bound_at, arrived_at, due_at, seat"
)
"""The columns of a waiting ticket, in its order."""

_FREE = "day = :day AND state = 'waiting' AND bound IS NULL AND service = class.service AND rank = class.rank"
_DUE = "(due_at IS NULL OR due_at <= :moment)"
_OVERDUE = "issued_at < :moment AND (due_at IS NULL OR due_at < :moment)"
_BY_ARRIVAL = "ORDER BY arrived_at, place LIMIT 1"
_FIRST = f"(SELECT place FROM tickets WHERE {_FREE} AND returned = class.returned AND {_DUE} {_BY_ARRIVAL})"
_LONG = f"{_FREE} AND returned = class.returned AND arrived_at < :moment AND {_OVERDUE}"
_LONGEST = f"(SELECT place FROM tickets WHERE {_LONG} {_BY_ARRIVAL})"
_MOVED = f"{_FREE} AND arrived_at > issued_at AND arrived_at >= :moment AND {_OVERDUE}"
_LONGEST_MOVED = f"(SELECT place FROM tickets WHERE {_MOVED} {_BY_ARRIVAL})"
"""Of those who arrived elsewhere later: their wait counts from the number, their order from the arrival."""
_ANY_MOVED = (
    "EXISTS (SELECT 1 FROM tickets INDEXED BY tickets_moved WHERE day = :day AND state = 'waiting' AND bound IS NULL "
    "AND arrived_at > issued_at)"
)
"""They are few: mostly one look says that there is nobody."""
_CALLABLE = f"{_FREE} AND {_DUE}"
_NO_END = str(2**63 - 1)
"""The largest whole number of SQLite."""


class _Queries(Struct, frozen=True):
    """The queries for a number of services.

    Their parameters are `day`, `moment` (or a place), `rank` (or a counter), and the services by `_name_services`.
    """

    bound: str
    first: str
    longest: str
    earliest: str
    earliest_due: str
    ranks: str


@lru_cache(maxsize=64)
def _name_services(count: int) -> tuple[str, ...]:
    """Return the names of so many parameters: Python 3.12.1 warns of numbered ones."""
    return tuple(f"service{number}" for number in range(count))


@lru_cache(maxsize=64)
def _queries(services: int) -> _Queries:
    marks = ", ".join(f":{name}" for name in _name_services(services))
    tickets = f"SELECT {COLUMNS} FROM tickets"
    classes = f"waiting_counts AS class WHERE day = :day AND service IN ({marks})"
    lines = f"(SELECT DISTINCT service, rank FROM {classes}) AS class"
    of_ranks = f"FROM {classes} AND rank >= :rank"
    return _Queries(
        bound=f"{tickets} INDEXED BY tickets_bound WHERE day = :day AND state = 'waiting' AND bound IS NOT NULL"
        f" AND (bound = :rank OR service IN ({marks}))",
        first=f"{tickets} WHERE place IN (SELECT {_FIRST} FROM {classes} AND rank = :rank)",
        longest=f"{tickets} WHERE place IN (SELECT {_LONGEST} {of_ranks} UNION ALL SELECT {_LONGEST_MOVED} {of_ranks} "
        f"AND {_ANY_MOVED})",
        earliest=_write_earliest(lines, _FREE, ":moment - 1"),
        earliest_due=_write_earliest(f"{lines} WHERE rank = :rank", _CALLABLE, _NO_END),
        ranks=f"SELECT DISTINCT rank FROM {classes} ORDER BY rank",
    )


def _write_earliest(classes: str, which: str, end: str) -> str:
    """Return the query for the earliest numbers up to `end` among the tickets `which` of `classes`.

    Only the classes with the earliest first numbers can have them. Where these are enough, nobody after the last of
    these first numbers is looked at.
    """
    numbers = f"SELECT place FROM tickets WHERE {which} AND place <="
    by_place = f"ORDER BY place LIMIT {PASSED_SHOWN}"
    first = f"({numbers} {end} ORDER BY place LIMIT 1)"
    last = f"CASE WHEN count(first) = {PASSED_SHOWN} THEN max(first) ELSE {end} END"
    return (
        f"WITH class AS MATERIALIZED (SELECT service, rank, {first} AS first FROM {classes} ORDER BY first NULLS LAST "
        f"LIMIT {PASSED_SHOWN}), last AS MATERIALIZED (SELECT {last} AS latest FROM class) "
        f"SELECT {COLUMNS} FROM tickets WHERE place IN (SELECT place FROM last CROSS JOIN class CROSS JOIN "
        f"tickets USING (service, rank) WHERE place IN ({numbers} last.latest {by_place}) {by_place})"
    )


def list_heads(db: Reader, day: str, lane: Counter, rules: QueueRules, at: str) -> list[WaitingTicket]:
    """Return those waiting on `day` among whom `policy.choose` finds its choice for `lane` and all reasons, by place.

    They are the first due ticket of each class of the highest rank that waits. For the guard, they are the first
    arrived of those that waited too long, of that rank and of lower ones. For the reasons, they are the earliest
    numbers, and the earliest due ones of each higher rank if the guard may pass them over.
    """
    queries = _queries(len(lane.services))
    values: dict[str, object] = dict(zip(_name_services(len(lane.services)), lane.services, strict=True))

    def look(query: str, moment: object, rank: int) -> list[WaitingTicket]:
        parameters = {**values, "day": day, "moment": moment, "rank": rank}
        return [WaitingTicket._make(row) for row in db.execute(query, parameters)]

    heads = look(queries.bound, at, lane.number)
    ranks = _list_ranks(db, queries, {**values, "day": day}) if lane.services else []
    for rank in ranks:
        if first := look(queries.first, at, rank):
            limit = stamp(parse(at) - timedelta(minutes=rules.guard_wait_min))
            heads += _list_longest(look(queries.longest, limit, rank), rank)
            last_place = max(ticket.place for ticket in (*heads, *_list_callable(first, lane)))
            heads += first
            break
    else:
        last_place = max((ticket.place for ticket in heads), default=0)
    if ranks:
        heads += look(queries.earliest, last_place, 0)
    if heads and 0 < rules.guard_calls <= lane.passes:
        lowest = max(ticket.rank for ticket in heads)
        for rank in ranks[: bisect_left(ranks, lowest)]:
            heads += look(queries.earliest_due, at, rank)
    by_place = {ticket.place: ticket for ticket in heads}
    return [by_place[place] for place in sorted(by_place)]


def _list_ranks(db: Reader, queries: _Queries, parameters: dict[str, object]) -> list[int]:
    """Return the ranks of which somebody waits for the services of a lane, the highest first."""
    return [row[0] for row in db.execute(queries.ranks, parameters)]


def _list_longest(overdue: list[WaitingTicket], rank: int) -> list[WaitingTicket]:
    """Return the first arrived of those that waited too long: one of `rank`, and one of lower ranks."""
    groups = ([ticket for ticket in overdue if (ticket.rank > rank) is is_lower] for is_lower in (False, True))
    return [min(group, key=_get_arrival) for group in groups if group]


def _list_callable(first: list[WaitingTicket], lane: Counter) -> list[WaitingTicket]:
    """Return on whom of the first of each class the choice can fall.

    Tickets are alike if both came back or neither did, and if both are for a preferred service or neither is. Of these
    only the first arrived can be called.
    """
    alike: dict[tuple[bool, bool], WaitingTicket] = {}
    for ticket in sorted(first, key=_get_arrival):
        alike.setdefault((ticket.returned, ticket.service in lane.prefer), ticket)
    return list(alike.values())


def _get_arrival(ticket: WaitingTicket) -> tuple[str, int]:
    return ticket.arrived_at, ticket.place
