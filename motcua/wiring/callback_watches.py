"""What is measured of call backs for alerts: how many nobody has called by the promised day."""

from collections.abc import Iterable

from motcua.alerts.model import AlertReading
from motcua.callbacks import store
from motcua.wiring.watches import DEADLINES_S, AlertWatch, WatchedHall, find_working_day


def measure_late(hall: WatchedHall) -> Iterable[AlertReading]:
    """How many call backs are overdue. The working day is the key: each morning says once how it is now."""
    if not hall.settings.callbacks.is_on:
        return
    today = find_working_day(hall).isoformat()
    count = store.count_open(hall.db, before=today)
    if count:
        yield AlertReading("callback-late", today, count, hall.rules.callbacks_late, 1)


WATCHES = (AlertWatch("callback-late", lambda rules: rules.callbacks_late, measure_late, DEADLINES_S),)
