"""The one table of what is measured of the hall for alerts: each watch looks at it and returns its figures.

A watch runs every few seconds, however many people wait: it asks for sums and uses indexes only.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from msgspec import Struct

from motcua.alerts.model import AlertReading
from motcua.catalogue import store as catalogue_store
from motcua.counters import rules as counter_rules
from motcua.counters import store as counter_store
from motcua.counters.model import Counter, CounterState
from motcua.desk import Json, Reader, parse, stamp
from motcua.feedback import store as feedback_store
from motcua.feedback.model import Level
from motcua.queue import store as queue_store
from motcua.queue.model import WaitingSum
from motcua.settings.model import AlertRules, Settings
from motcua.settings.rules import is_working_day
from motcua.suggestions import rules as suggestion_rules
from motcua.suggestions import store as suggestion_store

CLEARS_PERCENT = 80
"""An alert about a wait or a queue is cleared below this share of its threshold."""
MINUTE_S = 60
QUARANTINE_MIN = 60
DEADLINES_S = 60
"""Deadlines are days: to look at them once a minute is enough."""
CALENDAR_DAYS = 60
"""No run of days off is longer."""


class WatchedHall(Struct, frozen=True):
    """What a watch may look at. `down_s` says for how many seconds each device has been down."""

    db: Reader
    settings: Settings
    now: datetime
    day: str
    waiting: list[WaitingSum]
    counters: list[Counter]
    down_s: dict[str, int]
    is_in_use: bool

    @property
    def rules(self) -> AlertRules:
        """Return the thresholds."""
        return self.settings.alerts

    def count_since_s(self, at: str | None) -> int:
        """Return the seconds since `at`, 0 for none."""
        return max(0, int((self.now - parse(at)).total_seconds())) if at else 0


def read_hall(
    db: Reader, settings: Settings, now: datetime, day: str, down_s: dict[str, int], *, is_in_use: bool
) -> WatchedHall:
    """Return what the watches need of one moment."""
    waiting = queue_store.sum_waiting(db, day, stamp(now))
    return WatchedHall(db, settings, now, day, waiting, counter_store.list_all(db), down_s, is_in_use)


def find_working_day(hall: WatchedHall) -> date:
    """Return today, on days off the working day before them: nothing changes while nobody works."""
    today = date.fromisoformat(hall.day)
    back = (today - timedelta(days=days) for days in range(CALENDAR_DAYS))
    return next((day for day in back if is_working_day(hall.settings, day)), today)


def measure_waits(hall: WatchedHall) -> Iterable[AlertReading]:
    """For each group: since when the first of those waits whom nobody has called."""
    limit_s = hall.rules.wait_min * MINUTE_S
    longest: dict[str, int] = {}
    for item in hall.waiting:
        longest[item.letter] = max(longest.get(item.letter, 0), hall.count_since_s(item.first_at))
    for letter, wait_s in longest.items():
        yield _by_time("wait", letter, wait_s, limit_s, {"group": letter}, limit_s * CLEARS_PERCENT // 100)


def measure_queues(hall: WatchedHall) -> Iterable[AlertReading]:
    """For each group: how many wait."""
    most = hall.rules.queue_max
    people: dict[str, int] = {}
    for item in hall.waiting:
        people[item.letter] = people.get(item.letter, 0) + item.count
    for letter, count in people.items():
        yield AlertReading("queue", letter, count, most + 1, most * CLEARS_PERCENT // 100 + 1, {"group": letter})


def measure_idle_counters(hall: WatchedHall) -> Iterable[AlertReading]:
    """For each open counter with empty hands: for how long somebody has been waiting for it in vain."""
    idle = [item for item in hall.counters if item.state is CounterState.OPEN and item.in_hand is None]
    if not idle:
        return
    group_of = {item.code: item.group for item in catalogue_store.list_services(hall.db)}
    served_at = queue_store.list_last_served(hall.db, hall.day)
    left_at = {item.number: item.left_at for item in hall.counters}
    limit_s = hall.rules.idle_min * MINUTE_S
    for counter in idle:
        lane = counter_rules.resolve_lane(counter, hall.counters, group_of)
        oldest = [item.oldest_at for item in hall.waiting if _can_call(lane, item, left_at)]
        if oldest:
            last_at = max(counter.state_at, served_at.get(counter.number, ""), counter.last.at if counter.last else "")
            idle_s = min(hall.count_since_s(last_at), hall.count_since_s(min(oldest)))
            yield _by_time("idle", str(counter.number), idle_s, limit_s, {"counter": counter.number}, 1)


def _can_call(counter: Counter, item: WaitingSum, left_at: dict[int, str]) -> bool:
    if item.bound is not None and item.bound in left_at and (item.bound_at or "") > left_at[item.bound]:
        return item.bound == counter.number
    return item.service in counter.services


def measure_low_ratings(hall: WatchedHall) -> Iterable[AlertReading]:
    """For each counter: how many low ratings came within some minutes."""
    rules = hall.rules
    since = stamp(hall.now - timedelta(minutes=rules.low_minutes))
    counts = feedback_store.count_low_since(hall.db, hall.day, since, Level.DISSATISFIED)
    for counter, count in counts.items():
        details: dict[str, Json] = {"counter": counter, "minutes": rules.low_minutes}
        yield AlertReading("ratings", str(counter), count, rules.low_ratings, max(1, rules.low_ratings - 1), details)


def measure_quarantine(hall: WatchedHall) -> Iterable[AlertReading]:
    """How many ratings were set aside within an hour."""
    since = stamp(hall.now - timedelta(minutes=QUARANTINE_MIN))
    count = feedback_store.count_quarantined_since(hall.db, hall.day, since)
    if count:
        yield AlertReading("quarantine", "", count, hall.rules.quarantine, 1)


def measure_deadlines(hall: WatchedHall) -> Iterable[AlertReading]:
    """For each suggestion whose next deadline was reported as near or over: that it is so.

    What only the head of the unit may read is left to the inbox.
    """
    for item in suggestion_store.list_watched(hall.db):
        if not item.escalation or item.kind.is_restricted:
            continue
        due = suggestion_rules.find_due(hall.settings, item)
        if due is not None and item.escalation.startswith(f"{due[0]}:"):
            day = ".".join(reversed(due[1].split("-"))).replace(".", "/")
            yield AlertReading("deadline", f"{item.id}:{item.escalation}", 1, 1, 1, {"suggestion": item.id, "due": day})


def measure_devices(hall: WatchedHall) -> Iterable[AlertReading]:
    """For each device that is down while the hall is in use: for how long."""
    for name, down_s in hall.down_s.items() if hall.is_in_use else ():
        yield _by_time("device", name, down_s, hall.rules.device_min * MINUTE_S, {"device": name}, 1)


def _by_time(
    kind: str, key: str, seconds: int, limit_s: int, details: dict[str, Json], clears_below: int
) -> AlertReading:
    """Return a reading in seconds, which is raised after `limit_s` and said in minutes."""
    return AlertReading(kind, key, seconds, limit_s + 1, clears_below, details, MINUTE_S)


class AlertWatch(Struct, frozen=True):
    """One watch: the kind of its alerts, whether it is on, what it measures, and how many seconds pass in between."""

    kind: str
    is_on: Callable[[AlertRules], int]
    measure: Callable[[WatchedHall], Iterable[AlertReading]]
    every_s: int = 0


WATCHES = (
    AlertWatch("wait", lambda rules: rules.wait_min, measure_waits),
    AlertWatch("queue", lambda rules: rules.queue_max, measure_queues),
    AlertWatch("idle", lambda rules: rules.idle_min, measure_idle_counters),
    AlertWatch("ratings", lambda rules: rules.low_ratings, measure_low_ratings),
    AlertWatch("quarantine", lambda rules: rules.quarantine, measure_quarantine),
    AlertWatch("deadline", lambda rules: rules.deadlines, measure_deadlines),
    AlertWatch("device", lambda rules: rules.device_min, measure_devices),
)


def measure_all(hall: WatchedHall, watches: Iterable[AlertWatch] = WATCHES) -> list[AlertReading]:
    """Return the figures of every watch that is on. The alerts of one that is off find none, and are cleared."""
    return [reading for watch in watches if watch.is_on(hall.rules) for reading in watch.measure(hall)]
