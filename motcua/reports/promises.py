"""Whether the waits that were shown with numbers held, by ISO week."""

from datetime import date, timedelta

from motcua.desk import Reader, parse
from motcua.queue import store as queue_store
from motcua.reports import measures
from motcua.reports.model import PromiseCoverage

WEEKS = 8
"""How many weeks the leaders look back."""
_PROMISED = (
    "SELECT issued_at, first_called_at, wait_p80_s FROM tickets WHERE day BETWEEN ? AND ? AND wait_p80_s IS NOT NULL"
    " AND (first_called_at IS NOT NULL OR (state = 'cancelled' AND reason = 'day_closed'))"
)


def measure_promises(db: Reader, first: str, last: str) -> PromiseCoverage:
    """Return how many promised waits held from the day `first` to `last`.

    This counts tickets with a promised range that were called, or still waited when their day ended. Cancelled ones
    do not count.
    """
    return PromiseCoverage(first, last, measures.measure_kept(_list_waits(db, first, last)))


def _list_waits(db: Reader, first: str, last: str) -> list[tuple[int | None, int]]:
    """Return each wait until the first call and the promised one, in milliseconds."""
    rows = db.execute(_PROMISED, (first, last))
    return [(_ms(issued, called), promised * 1000) for issued, called, promised in rows]


class PromiseCounts:
    """How many promised waits held, day by day. A day that is closed is counted once."""

    def __init__(self) -> None:
        self._closed: dict[str, tuple[int, int]] = {}

    def count(self, db: Reader, day: str) -> tuple[int, int]:
        """Return how many waits of `day` were not longer than promised, and of how many."""
        counts = self._closed.get(day)
        if counts is None:
            counts = measures.count_kept(_list_waits(db, day, day))
            if queue_store.is_day_closed(db, day):
                self._closed[day] = counts
        return counts

    def measure(self, db: Reader, first: date, days: int) -> PromiseCoverage:
        """Return how many promised waits held in so many days from `first` on."""
        names = [(first + timedelta(days=later)).isoformat() for later in range(days)]
        kept_count, total = map(sum, zip(*(self.count(db, name) for name in names), strict=True))
        return PromiseCoverage(names[0], names[-1], measures.measure_rate(kept_count, total) if total else None)


def _ms(issued: str, called: str | None) -> int | None:
    """Return the milliseconds from the issue of a ticket to its call."""
    return None if called is None else round((parse(called) - parse(issued)).total_seconds() * 1000)


def list_weeks(db: Reader, today: str, weeks: int = WEEKS) -> list[PromiseCoverage]:
    """Return the last `weeks` weeks up to that of `today`, oldest first; a week lasts from Monday to Sunday."""
    monday = get_monday(today)
    starts = [monday - timedelta(weeks=ago) for ago in reversed(range(weeks))]
    return [measure_promises(db, start.isoformat(), (start + timedelta(days=6)).isoformat()) for start in starts]


def find_newest(db: Reader, today: str, counts: PromiseCounts) -> PromiseCoverage:
    """Return this week, or the last one while this week has no data."""
    this, before = (counts.measure(db, start, 7) for start in _list_mondays(today))
    return this if this.rate is not None or before.rate is None else before


def _list_mondays(today: str) -> tuple[date, date]:
    monday = get_monday(today)
    return monday, monday - timedelta(weeks=1)


def get_monday(day: str) -> date:
    """Return the Monday of the ISO week of `day`."""
    local_date = date.fromisoformat(day)
    return local_date - timedelta(days=local_date.weekday())
