"""What is measured of dossiers for alerts: which are near or over their day, and which wait too long.

Figures are sums by officer. The working day is part of an alert's key, so that each morning says once how it is now.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from motcua.alerts.model import IN_ENGLISH, AlertReading
from motcua.desk import Json, get_zone, stamp
from motcua.dossiers.model.board import LAST_DAY
from motcua.dossiers.rules.board import find_soon_until
from motcua.dossiers.store import list_flows, watching
from motcua.dossiers.store.watching import DueSum
from motcua.settings.rules import count_working_days
from motcua.staff import store as staff_store
from motcua.wiring.watches import CALENDAR_DAYS, DEADLINES_S, AlertWatch, WatchedHall, find_working_day

FIRST_DAY = "0001-01-01"
HOLDER, STEP, DAYS = "holder", "step", "days"
"""What the details of an alert about dossiers name: an account's number, a step by its name, a number of days."""


def measure_soon(hall: WatchedHall) -> Iterable[AlertReading]:
    """For each step and officer: how many dossiers are due soon, but not today.

    Steps of several flows are one where they have the same Vietnamese name, wherever in its flow each is.
    """
    today = find_working_day(hall)
    last = find_soon_until(hall.settings, today)
    days = hall.settings.dossiers.soon_days
    counts: Counter[tuple[str, int | None]] = Counter()
    in_english: dict[str, str] = {}
    flows = list_flows(hall.db)
    for group in _sum_due(hall, _shift(today, 1), last):
        vietnamese, english = flows[group.flow][group.step].name
        counts[vietnamese, group.holder] += group.count
        in_english[vietnamese] = in_english.get(vietnamese) or english
    for (step, holder), count in counts.items():
        details: dict[str, Json] = {STEP: step, f"{STEP}{IN_ENGLISH}": in_english[step] or step, DAYS: days}
        yield _read(hall, "dossier-soon", holder, count, hall.rules.dossiers_soon, details)


def measure_today(hall: WatchedHall) -> Iterable[AlertReading]:
    """For each officer: how many dossiers are due today."""
    today = find_working_day(hall).isoformat()
    yield from _read_days(hall, "dossier-today", today, today, hall.rules.dossiers_today)


def measure_late(hall: WatchedHall) -> Iterable[AlertReading]:
    """For each officer: how many dossiers are late."""
    yesterday = _shift(find_working_day(hall), -1)
    yield from _read_days(hall, "dossier-late", FIRST_DAY, yesterday, hall.rules.dossiers_late)


def measure_unanswered(hall: WatchedHall) -> Iterable[AlertReading]:
    """For each officer: how many requests for papers nobody has answered for days."""
    days = hall.rules.unanswered_days
    since = _shift(find_working_day(hall), -days)
    for holder, count in watching.sum_unanswered(hall.db, since) if hall.settings.dossiers.is_on else ():
        yield _read(hall, "dossier-unanswered", holder, count, 1, {DAYS: days})


def measure_unfetched(hall: WatchedHall) -> Iterable[AlertReading]:
    """For each officer who took them in: how many results nobody has fetched for days."""
    if not hall.settings.dossiers.is_on:
        return
    days = hall.rules.unfetched_days
    day = find_working_day(hall) - timedelta(days=days - 1)
    begins_at = datetime.combine(day, time(), get_zone(hall.settings.timezone))
    for officer, count in watching.sum_unfetched(hall.db, stamp(begins_at)):
        yield _read(hall, "dossier-unfetched", officer, count, 1, {DAYS: days})


def measure_unassigned(hall: WatchedHall) -> Iterable[AlertReading]:
    """How many dossiers have been with nobody for working days. Who cannot sign in any more is nobody."""
    days = hall.rules.unassigned_days
    count = sum(count for holder, count in _sum_untouched(hall, days) if not _is_there(hall, holder))
    if count:
        yield _read(hall, "dossier-unassigned", None, count, 1, {DAYS: days})


def measure_unattended(hall: WatchedHall) -> Iterable[AlertReading]:
    """For each officer: to how many dossiers nothing has happened for working days."""
    days = hall.rules.unattended_days
    for holder, count in _sum_untouched(hall, days):
        if _is_there(hall, holder):
            yield _read(hall, "dossier-unattended", holder, count, 1, {DAYS: days})


def _read_days(hall: WatchedHall, kind: str, first: str, last: str, limit: int) -> Iterator[AlertReading]:
    sums: Counter[int | None] = Counter()
    for group in _sum_due(hall, first, last):
        sums[group.holder] += group.count
    for holder, count in sums.items():
        yield _read(hall, kind, holder, count, limit, {})


def _sum_due(hall: WatchedHall, first: str, last: str) -> list[DueSum]:
    return watching.sum_due(hall.db, first, min(last, LAST_DAY)) if hall.settings.dossiers.is_on else []


def _sum_untouched(hall: WatchedHall, days: int) -> list[tuple[int | None, int]]:
    if not hall.settings.dossiers.is_on:
        return []
    return watching.sum_untouched(hall.db, _find_day_before(hall, days))


def _find_day_before(hall: WatchedHall, count: int) -> str:
    """Return the last day after which `count` working days have come, today among them."""
    today = find_working_day(hall)
    day = today
    for back in range(CALENDAR_DAYS + 2 * count):
        day = today - timedelta(days=back)
        if count_working_days(hall.settings, day, today) >= count:
            break
    return day.isoformat()


def _is_there(hall: WatchedHall, holder: int | None) -> bool:
    return holder in {account.id for account in staff_store.list_accounts(hall.db) if not account.disabled}


def _read(
    hall: WatchedHall, kind: str, holder: int | None, count: int, limit: int, details: dict[str, Json]
) -> AlertReading:
    """Return a reading whose key begins with the working day: it is told once on each of them."""
    step = f":{details[STEP]}" if STEP in details else ""
    key = f"{find_working_day(hall).isoformat()}:{'-' if holder is None else holder}{step}"
    more: dict[str, Json] = {} if holder is None else {HOLDER: holder}
    return AlertReading(kind, key, count, max(1, limit), 1, {**details, **more})


def _shift(day: date, days: int) -> str:
    return (day + timedelta(days=days)).isoformat()


WATCHES = (
    AlertWatch("dossier-soon", lambda rules: rules.dossiers_soon, measure_soon, DEADLINES_S),
    AlertWatch("dossier-today", lambda rules: rules.dossiers_today, measure_today, DEADLINES_S),
    AlertWatch("dossier-late", lambda rules: rules.dossiers_late, measure_late, DEADLINES_S),
    AlertWatch("dossier-unanswered", lambda rules: rules.unanswered_days, measure_unanswered, DEADLINES_S),
    AlertWatch("dossier-unfetched", lambda rules: rules.unfetched_days, measure_unfetched, DEADLINES_S),
    AlertWatch("dossier-unassigned", lambda rules: rules.unassigned_days, measure_unassigned, DEADLINES_S),
    AlertWatch("dossier-unattended", lambda rules: rules.unattended_days, measure_unattended, DEADLINES_S),
)
