"""Queries of a report over many days: what each day was like, from the journal; tickets, ratings, suggestions."""

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

from motcua.desk import Invalid, Reader, journal
from motcua.planning.history import CLOSED, KINDS, rebuild
from motcua.reports.form import FORM
from motcua.reports.over_time.keeping import read_facts
from motcua.reports.over_time.model import DayFacts, HallRecord, TicketCount
from motcua.reports.over_time.records import record_hall, sum_pauses
from motcua.reports.promises import PromiseCounts
from motcua.summaries import store as summary_store

DAYS_REMEMBERED = 800
"""Two years of working days and more; one takes some ten kilobytes."""
SETTINGS = "settings.changed"
_TICKETS = "SELECT day, letter, asked_for, state, count(*) FROM tickets WHERE day = ? GROUP BY letter, asked_for, state"
_DAYS = (
    "WITH RECURSIVE used (day) AS (SELECT min(day) FROM tickets WHERE day >= :first UNION ALL SELECT (SELECT min(day)"
    " FROM tickets WHERE day > used.day) FROM used WHERE used.day <= :last) SELECT day FROM used WHERE day <= :last"
)
"""One step in the index for each day, however many tickets it has."""
_CLOSING = "SELECT hash, day, seq, at, action, data FROM journal WHERE action = ? AND day = ? AND subject = ?"
_CLOSING_LATER = "SELECT hash, day, seq, at, action, data FROM journal WHERE action = ? AND subject = ?"
"""The first looks at one day's rows; the second at all that closed a day, for one that was closed afterwards."""
_LEVELS = "SELECT day, status, level, count(*) FROM ratings WHERE day BETWEEN ? AND ? GROUP BY day, status, level"
_PROMPTS = (
    "SELECT count(*), coalesce(sum(state = 'answered'), 0), coalesce(sum(state = 'skipped'), 0) FROM askings"
    " WHERE day BETWEEN ? AND ?"
)
_SUGGESTIONS = (
    "SELECT received_on, taken_at, closed_on FROM suggestions WHERE received_on BETWEEN ? AND ? ORDER BY received_on"
)
_DOWNTIMES = (
    "SELECT key, raised_at, cleared_at, threshold FROM alerts WHERE kind = 'device' AND day BETWEEN ? AND ? ORDER BY id"
)
_QUOTA = (
    "SELECT day, issued_at FROM tickets WHERE day BETWEEN ? AND ? AND asked_for = ? AND booking IS NULL"
    " AND NOT (state = 'cancelled' AND first_called_at IS NULL)"
)
"""As `queue.store.count_quota_used` counts: one that was cancelled before its first call was given back."""


class DayMemory:
    """Remembers days that are over. The hash of the row that closed a day stands for all that happened before it."""

    def __init__(self, most: int = DAYS_REMEMBERED) -> None:
        self._most, self._lock = most, Lock()
        self._days: OrderedDict[str, DayFacts] = OrderedDict()

    def has(self, key: str) -> bool:
        """Say whether the day closed by the row with this hash is remembered."""
        return key in self._days

    def get(self, key: str) -> DayFacts:
        """Return what was remembered."""
        return self._days[key]

    def put(self, key: str, facts: DayFacts) -> None:
        """Remember a day; the one that was added first is forgotten when there are many."""
        with self._lock:
            self._days[key] = facts
            while len(self._days) > self._most:
                self._days.popitem(last=False)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._days.clear()


MEMORY = DayMemory()


def list_days(db: Reader, first: str, last: str, memory: DayMemory = MEMORY) -> list[DayFacts]:
    """Return the days with tickets from `first` to `last`.

    One that is not remembered takes the processor for some ten milliseconds.
    """
    names = [row[0] for row in db.execute(_DAYS, {"first": first, "last": last})]
    summed = summary_store.map_hashes(db, first, last, FORM)
    days = []
    for day in names:
        closing = None if day in summed else find_closing(db, day)
        key = summed.get(day) or (None if closing is None else str(closing["hash"]))
        if key and memory.has(key):
            facts = memory.get(key)
        elif day in summed:
            facts = read_facts(day, summary_store.get_hall(db, day))
        else:
            facts = measure_hall(db, day, closing)
        if key and not memory.has(key):
            memory.put(key, facts)
        days.append(facts)
    return days


def find_closing(db: Reader, day: str) -> dict[str, object] | None:
    """Return the journal row that closed `day`: of that day itself, or of a later one."""
    row = db.execute(_CLOSING, (CLOSED, day, f"day:{day}")).fetchone()
    if row is None:
        row = db.execute(_CLOSING_LATER, (CLOSED, f"day:{day}")).fetchone()
    return None if row is None else dict(row)


def measure_hall(db: Reader, day: str, closing: dict[str, object] | None) -> DayFacts:
    """Return what happened on a day; `closing` is the row that closed it. Takes some ten milliseconds."""
    counts = tuple(TicketCount(*row) for row in db.execute(_TICKETS, (day,)))
    return DayFacts(day, counts, PromiseCounts().count(db, day), _rebuild_day(db, day, closing))


def _rebuild_day(db: Reader, day: str, closing: dict[str, object] | None) -> HallRecord | None:
    rows = journal.list_day_rows(db, day, KINDS)
    if closing is not None and closing["day"] != day:
        rows.append({name: closing[name] for name in ("seq", "at", "day", "action", "data")})  # type: ignore[misc]
    if not rows:
        return None
    before = journal.find_last_before(db, SETTINGS, int(str(rows[0]["seq"])))
    operational = before["operational"] if before else None
    try:
        rebuilt = rebuild(day, rows, operational)  # type: ignore[arg-type]
    except Invalid:
        return None
    return record_hall(rebuilt, sum_pauses(rows, rebuilt.end))


def count_levels(db: Reader, first: str, last: str) -> list[tuple[str, str, int, int]]:
    """Return day, status, level and count of the ratings."""
    return [(row[0], row[1], row[2], row[3]) for row in db.execute(_LEVELS, (first, last))]


def count_prompts(db: Reader, first: str, last: str) -> tuple[int, int, int]:
    """Return how many visits were asked about, answered and skipped."""
    row = db.execute(_PROMPTS, (first, last)).fetchone()
    return row[0], row[1], row[2]


def list_suggestions(db: Reader, first: str, last: str) -> list[tuple[str, str | None, str | None]]:
    """Return the day on which each suggestion came, when it was taken, and the day on which it was answered."""
    return [(row[0], row[1], row[2]) for row in db.execute(_SUGGESTIONS, (first, last))]


def list_downtimes(db: Reader, first: str, last: str) -> Sequence[tuple[str, str, str | None, int]]:
    """Return device, begin and end (None: still down) and threshold in seconds of each alert about a device."""
    return [(row[0], row[1], row[2], row[3]) for row in db.execute(_DOWNTIMES, (first, last))]


def list_quota_tickets(db: Reader, first: str, last: str, service: str) -> list[tuple[str, str]]:
    """Return day and time of each number of `service` that used its quota."""
    return [(row[0], row[1]) for row in db.execute(_QUOTA, (first, last, service))]
