"""Who waits, in a few sums: cheap with thousands of waiting tickets."""

from motcua.desk import Reader
from motcua.queue.model import WaitingSum


def sum_waiting(db: Reader, day: str, at: str) -> list[WaitingSum]:
    """Return how many wait and may be called at `at`, by service and by the counter that a transfer binds them to."""
    rows = db.execute(
        "SELECT service, letter, bound, max(bound_at), count(*),"
        " min(CASE WHEN first_called_at IS NULL THEN max(issued_at, coalesce(due_at, '')) END),"
        " min(max(arrived_at, coalesce(due_at, '')))"
        " FROM tickets WHERE day = ? AND state = 'waiting' AND (due_at IS NULL OR due_at <= ?)"
        " GROUP BY service, letter, bound",
        (day, at),
    )
    return [WaitingSum(row[0], row[1], row[2], row[3], row[4], row[5], row[6]) for row in rows]


def list_last_served(db: Reader, day: str) -> dict[int, str]:
    """Return when each counter last had a ticket that it served on `day`."""
    query = "SELECT counter, max(ended_at) FROM legs WHERE day = ? AND ended_at IS NOT NULL GROUP BY counter"
    return {row[0]: row[1] for row in db.execute(query, (day,))}
