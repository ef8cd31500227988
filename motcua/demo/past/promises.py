"""The waits that were promised on past days: learnt and simulated as the server does it, for some of the numbers."""

from datetime import datetime

from motcua.demo.past.acting import PastDesk
from motcua.desk import get_local_day, parse
from motcua.estimates import observed, outlook
from motcua.planning import estimate
from motcua.queue.model import WaitRange
from motcua.settings import store as settings_store

EVERY = 20
"""Each of so many numbers gets an estimate of its own moment: a watched hall has one for each, and takes the time."""


class PastPromises:
    """What the hall has learnt so far, and the estimates of one moment."""

    def __init__(self) -> None:
        self._days: dict[str, observed.ObservedDay] = {}
        self._seen: observed.Observed | None = None
        self._history = observed.PromiseHistory()
        self._numbers = 0

    def learn(self, desk: PastDesk) -> None:
        """Learn from the days before today, each once."""
        settings = settings_store.get_settings(desk.db)
        since = observed.get_first_day(desk.day, settings.waits.window_days)
        days = [day for day in observed.list_days_with_tickets(desk.db, since) if day < desk.day]
        for day in days:
            if day not in self._days:
                seen = observed.observe_readable_day(desk.db, day, settings.timezone)
                self._days[day] = seen or observed.ObservedDay()
        self._days = {day: self._days[day] for day in days}
        self._history = self._history.learn(desk.db)
        self._seen = observed.sum_days(self._days.values()) if self._days else None

    def find_wait(self, desk: PastDesk, service: str, rank: int) -> WaitRange | None:
        """Return the wait of a number that is given out now; None while too little is known, and for most numbers."""
        self._numbers += 1
        if self._seen is None or self._numbers % EVERY:
            return None
        now: datetime = parse(desk.at)
        today = get_local_day(now, settings_store.get_timezone(desk.db))
        request = outlook.observe_hall(desk.db, today, now, self._seen, self._history.levels, self._numbers)
        if request is None:
            return None
        request = {**request, "asked": [one for one in request["asked"] if list(one) == [service, rank]]}
        ranges = {(one[0], one[1]): WaitRange(one[2], one[3]) for one in estimate.task(request)["ranges"]}
        return ranges.get((service, rank))
