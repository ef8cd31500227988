"""Who waits, as screens show it: the first few of a line and how many there are, without reading the others.

Tickets that a transfer sent to one counter are few, and so are those that are booked for later: all of them are read.
"""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from motcua.desk import Reader
from motcua.queue.model import WaitingTicket
from motcua.queue.store.heads import COLUMNS

_TICKETS = f"SELECT {COLUMNS} FROM tickets INDEXED BY"
_WAITING = "WHERE day = ? AND state = 'waiting'"
_FREE = f"{_TICKETS} tickets_first {_WAITING} AND bound IS NULL AND service = ? AND rank = ? AND returned = ?"
_FIRST = f"{_FREE} AND (due_at IS NULL OR due_at <= ?) ORDER BY arrived_at, place LIMIT ?"
_OLDEST = (
    "SELECT letter, min((SELECT issued_at FROM tickets WHERE day = class.day AND state = 'waiting' AND bound IS NULL"
    " AND service = class.service AND rank = class.rank AND letter = class.letter ORDER BY place LIMIT 1))"
    " FROM (SELECT DISTINCT day, letter, service, rank FROM waiting_counts WHERE day = ?) AS class GROUP BY letter"
)
"""Places are given in the order of issue, so that the first of a class is its oldest."""
_CLASSES = (
    "SELECT service, rank, sum(tickets), min((SELECT issued_at FROM tickets WHERE day = class.day AND state = 'waiting'"
    " AND bound IS NULL AND service = class.service AND rank = class.rank AND letter = class.letter ORDER BY place"
    " LIMIT 1)) FROM waiting_counts AS class WHERE day = ? GROUP BY service, rank"
)


def list_bound(db: Reader, day: str) -> list[WaitingTicket]:
    """Return who waits on `day` and was sent to one counter, in the order of arrival."""
    query = f"{_TICKETS} tickets_bound {_WAITING} AND bound IS NOT NULL ORDER BY place"
    return [WaitingTicket._make(row) for row in db.execute(query, (day,))]


def list_later(db: Reader, day: str, at: str) -> list[WaitingTicket]:
    """Return who waits on `day` with a booking that is due after `at`, the next ones first."""
    query = f"{_TICKETS} tickets_later {_WAITING} AND due_at IS NOT NULL AND due_at > ? ORDER BY due_at, place"
    return [WaitingTicket._make(row) for row in db.execute(query, (day, at))]


def list_first(db: Reader, day: str, services: Sequence[str], at: str, limit: int) -> list[WaitingTicket]:
    """Return those waiting on `day` for `services` and sent to no counter of whom `limit` are the policy's first at
    `at`.

    There may be more: whole classes are returned as far as they can matter, as a counter may prefer a service.
    """
    marks = ", ".join("?" for _ in services)
    query = (
        f"SELECT DISTINCT rank, returned, service FROM waiting_counts WHERE day = ? AND service IN ({marks})"
        " ORDER BY rank, returned DESC"
    )
    first: list[WaitingTicket] = []
    for (rank, returned), classes in groupby(db.execute(query, (day, *services)), key=itemgetter(0, 1)):
        for row in classes:
            values = (day, row[2], rank, returned, at, limit)
            first += [WaitingTicket._make(ticket) for ticket in db.execute(_FIRST, values)]
        if len(first) >= limit:
            break
    return first


def list_oldest(db: Reader, day: str) -> dict[str, str]:
    """Return when the oldest of the waiting tickets of each letter was issued, for letters with some."""
    oldest = {letter: issued_at for letter, issued_at in db.execute(_OLDEST, (day,)) if issued_at is not None}
    for ticket in list_bound(db, day):
        oldest[ticket.letter] = min(ticket.issued_at, oldest.get(ticket.letter, ticket.issued_at))
    return oldest


def list_waiting_classes(db: Reader, day: str) -> list[tuple[str, int, int, str | None]]:
    """Return for each service and rank that somebody waits for: how many, and when the oldest ticket was issued."""
    classes = {(row[0], row[1]): (row[2], row[3]) for row in db.execute(_CLASSES, (day,))}
    for ticket in list_bound(db, day):
        count, oldest = classes.get((ticket.service, ticket.rank), (0, None))
        classes[ticket.service, ticket.rank] = (count, min(ticket.issued_at, oldest or ticket.issued_at))
    return [(service, rank, count, oldest) for (service, rank), (count, oldest) in sorted(classes.items())]


def count_waiting_by_letter(db: Reader, day: str) -> dict[str, int]:
    """Return how many wait under each letter that somebody waits under."""
    rows = db.execute("SELECT letter, sum(tickets) FROM waiting_counts WHERE day = ? GROUP BY letter", (day,))
    return {row[0]: row[1] for row in rows}
