"""Whether the waits that were shown with numbers held, by ISO week."""

from datetime import date, timedelta

from motcua.desk import Reader, parse
from motcua.reports import measures
from motcua.reports.model import KeptPromises

WEEKS = 8
"""How many weeks the leaders look back."""
_PROMISED = (
    "SELECT issued_at, first_called_at, wait_p80_s FROM tickets WHERE day BETWEEN ? AND ? AND wait_p80_s IS NOT NULL"
    " AND (first_called_at IS NOT NULL OR (state = 'cancelled' AND reason = 'day_closed'))"
)


def kept_promises(db: Reader, first: str, last: str) -> KeptPromises:
    """Return how many promised waits held from the day `first` to `last`.

    Counted are numbers that were given with a range and were called, or still waited when their day ended; who gave up is left out.
    """
    waits = [(_ms(issued, called), promised * 1000) for issued, called, promised in db.execute(_PROMISED, (first, last))]
    return KeptPromises(first, last, measures.share_within(waits))


def _ms(issued: str, called: str | None) -> int | None:
    """Return the milliseconds from the number to its call."""
    return None if called is None else round((parse(called) - parse(issued)).total_seconds() * 1000)


def weekly(db: Reader, today: str, weeks: int = WEEKS) -> list[KeptPromises]:
    """Return the last `weeks` weeks up to that of `today`, oldest first; a week lasts from Monday to Sunday."""
    monday = monday_of(today)
    starts = [monday - timedelta(weeks=ago) for ago in reversed(range(weeks))]
    return [kept_promises(db, start.isoformat(), (start + timedelta(days=6)).isoformat()) for start in starts]


def newest(db: Reader, today: str) -> KeptPromises:
    """Return this week, or the last one while nothing is known of this week."""
    this, before = (kept_promises(db, start.isoformat(), (start + timedelta(days=6)).isoformat()) for start in _two(today))
    return this if this.rate is not None or before.rate is None else before


def _two(today: str) -> tuple[date, date]:
    monday = monday_of(today)
    return monday, monday - timedelta(weeks=1)


def monday_of(day: str) -> date:
    """Return the Monday of the ISO week of `day`."""
    local_date = date.fromisoformat(day)
    return local_date - timedelta(days=local_date.weekday())
