"""How many wait: kept by class in the transaction of each move, so that nobody counts a full hall."""

from motcua.desk import Reader
from motcua.queue.model import Ticket


def count_waiting(db: Reader, day: str) -> dict[str, int]:
    """Return how many wait for each service that somebody waits for."""
    rows = db.execute("SELECT service, sum(tickets) FROM waiting_counts WHERE day = ? GROUP BY service", (day,))
    return {row[0]: row[1] for row in rows}


def count_waiting_classes(db: Reader) -> list[tuple[str, str, str, int, int, int, int]]:
    """Return for each class of waiting tickets its stored count and how many wait indeed.

    A class is a day, a letter, a service, a rank, and whether the tickets came back. The two numbers differ only if
    another program changed the store.
    """
    columns = "day, letter, service, rank, returned"
    query = (
        f"SELECT {columns}, sum(stored), sum(tickets) FROM (SELECT {columns}, tickets AS stored, 0 AS tickets FROM "
        f"waiting_counts UNION ALL SELECT {columns}, 0, 1 FROM tickets WHERE state = 'waiting') GROUP BY {columns}"
    )
    return [tuple(row) for row in db.execute(query)]


_SAME_CLASS = "day = ? AND letter = ? AND state = 'waiting' AND rank = ? AND returned = ?"
_FIRST = f"SELECT place FROM tickets WHERE {_SAME_CLASS} ORDER BY arrived_at, place LIMIT 1"
_LAST = f"SELECT arrived_at, place FROM tickets WHERE {_SAME_CLASS} ORDER BY arrived_at DESC, place DESC LIMIT 1"


def count_people_ahead(db: Reader, ticket: Ticket) -> int:
    """Return how many waiting tickets of its letter the policy would take before a waiting `ticket`.

    The classes are counted already. In its own class those on the shorter side of the ticket are counted.
    """
    rank, returned = ticket.rank, int(ticket.returned)
    query = "SELECT rank, returned, tickets FROM waiting_counts WHERE day = ? AND letter = ? AND rank <= ?"
    ahead = same = 0
    for class_rank, class_returned, tickets in db.execute(query, (ticket.day, ticket.letter, rank)):
        if class_rank < rank or class_returned > returned:
            ahead += tickets
        elif class_returned == returned:
            same += tickets
    return ahead + (_count_before(db, ticket, same) if same else 0)


def _count_before(db: Reader, ticket: Ticket, same: int) -> int:
    """Return how many of the `same` tickets in the class of `ticket` arrived before it; it need not be stored yet."""
    of_class = (ticket.day, ticket.letter, ticket.rank, int(ticket.returned))
    arrival = ticket.arrived_at, ticket.place
    last = tuple(db.execute(_LAST, of_class).fetchone())
    if last <= arrival:
        return same - int(last == arrival)
    first = int(db.execute(_FIRST, of_class).fetchone()[0])
    is_late: bool = ticket.place - first > last[1] - ticket.place
    where = _SAME_CLASS + (" AND (arrived_at, place) >= (?, ?)" if is_late else " AND (arrived_at, place) < (?, ?)")
    count = int(db.execute(f"SELECT count(*) FROM tickets WHERE {where}", (*of_class, *arrival)).fetchone()[0])
    return same - count if is_late else count
