"""Keeps the estimates of waiting times true: looks at a hall that changed, lets them be computed elsewhere, hands
them to the screens.
"""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from motcua.desk import ClockStepped, Desk, DeskFault, Entry, Event, Refused, StoreError, get_local_day, stamp
from motcua.desk.messages import mark
from motcua.desk.steps import shift_stamp
from motcua.estimates import observed, outlook
from motcua.estimates.waits import WaitEstimates
from motcua.planning import estimate
from motcua.planning.computing import Compute, Given
from motcua.queue.model import WaitRange
from motcua.settings import store as settings_store
from motcua.wiring.chores import describe_error

LEARN_S, LOOK_S, REST_S = 600, 3, 30
"""Learnt anew every ten minutes; a changed hall is looked at after three seconds, an unchanged one after thirty."""
BUSY_SHARE = 0.5
"""While the server takes more of a core than this, a changed hall waits for its estimates too."""
FAILED = "estimates.failed"
logger = logging.getLogger(__name__)


class ProcessorShare:
    """How much of a core this process takes."""

    def __init__(
        self, used: Callable[[], float] = time.process_time, now: Callable[[], float] = time.monotonic
    ) -> None:
        self._used, self._now = used, now
        self._before = used(), now()

    def measure(self) -> float:
        """Return the share since the last call."""
        used, now = self._used(), self._now()
        (used_before, then), self._before = self._before, (used, now)
        return (used - used_before) / (now - then) if now > then else 0.0


class EstimateRefresher:
    """Fills `waits`. `compute(task, task_input)` can take long: call `refresh` where nothing waits for it.

    `offload(work, *given)` runs what is long or reads everybody who waits. `measure_load()` says how much of a core
    the hall takes just now; it has the first claim.
    """

    def __init__(
        self,
        desk: Desk,
        waits: WaitEstimates,
        compute: Compute,
        offload: Callable[..., Any],
        measure_load: Callable[[], float] = lambda: 0.0,
    ) -> None:
        self._measure_load = measure_load
        self._desk, self._waits, self._compute, self._offload = desk, waits, compute, offload
        self._days: dict[str, observed.ObservedDay] = {}
        self._goes_on = ""
        self._seen: observed.Observed | None = None
        self._promises = observed.PromiseHistory()
        self._learnt_at: datetime | None = None
        self._looked_at: datetime | None = None
        self._changed = True
        desk.on_commit(self._happened)
        desk.on(ClockStepped, self._put_right)

    def _happened(self, _batch: Sequence[Entry[Event]]) -> None:
        self._changed = True

    def _put_right(self, entry: Entry[ClockStepped]) -> None:
        """Shift the times of the last look after the clock was set, so that ages stay the same."""
        by = timedelta(milliseconds=entry.event.ms)
        self._looked_at = self._looked_at and self._looked_at + by
        self._learnt_at = self._learnt_at and self._learnt_at + by
        if self._waits.looked_at:
            self._waits.looked_at = shift_stamp(self._waits.looked_at, entry.event.ms)

    def is_due(self) -> bool:
        """Return whether the hall must be observed again."""
        if self._looked_at is None:
            return True
        passed = self._desk.clock.now() - self._looked_at
        is_busy = self._measure_load() > BUSY_SHARE
        return passed >= timedelta(seconds=LOOK_S if self._changed and not is_busy else REST_S)

    def refresh(self) -> None:
        """Observe the hall and replace the estimates. There are none if nothing is known or the computation failed."""
        self._looked_at, self._changed = self._desk.clock.now(), False
        try:
            task_input = self._look(self._looked_at)
            answer = (
                self._compute(estimate.task, task_input) if task_input is not None else {"ranges": [], "tickets": {}}
            )
            self._desk.faults.clear(FAILED)
        except Exception as error:
            is_defect = not isinstance(error, Refused | StoreError | OSError)
            logger.warning("no estimates: %s", error, exc_info=error if is_defect else None)
            task_input, answer = None, {"ranges": [], "tickets": {}}
            message = mark("Waiting times cannot be estimated: %(problem)s")
            self._desk.faults.note(DeskFault(FAILED, "estimates", message, {"problem": describe_error(error)}))
        self._waits.looked_at = stamp(self._looked_at)
        self._waits.ranges = {
            (service, rank): WaitRange(p50_s, p80_s) for service, rank, p50_s, p80_s in answer["ranges"]
        }
        estimated_tickets = (
            {person[0] for person in task_input["waiting"] if person[1] in task_input["known"]}
            if task_input is not None
            else set()
        )
        self._waits.tickets = {
            ticket: WaitRange(*quantiles_s)
            for ticket, quantiles_s in answer["tickets"].items()
            if ticket in estimated_tickets
        }

    def _look(self, now: datetime) -> Given | None:
        with self._desk.read() as db:
            settings = settings_store.get_settings(db)
        today = get_local_day(now, settings.timezone)
        if self._learnt_at is None or now - self._learnt_at >= timedelta(seconds=LEARN_S):
            self._learnt_at = now
            self._offload(self._learn, today, settings.timezone, settings.waits.window_days)
        if self._seen is None:
            return None
        hall: Given | None = self._offload(self._observe, today, now, self._seen)
        return hall

    def _observe(self, today: str, now: datetime, seen: observed.Observed) -> Given | None:
        with self._desk.read() as db:
            return outlook.observe_hall(db, today, now, seen, self._promises.levels, self._desk.head.seq)

    def _learn(self, today: str, timezone: str, window_days: int) -> None:
        """Learn from the last days; one that was over is looked at once, each by itself so that nobody waits for all
        of them.
        """
        since = observed.get_first_day(today, window_days)
        with self._desk.read() as db:
            days = observed.list_days_with_tickets(db, since)
        for day in days:
            if day not in self._days or day >= self._goes_on:
                self._days[day] = self._look_back(day, timezone)
        self._goes_on = today
        self._days = {day: observed_day for day, observed_day in self._days.items() if day in days}
        with self._desk.read() as db:
            self._promises = self._promises.learn(db)
        self._seen = observed.sum_days(self._days.values()) if self._days else None

    def _look_back(self, day: str, timezone: str) -> observed.ObservedDay:
        """Return what happened on a day; of one with something that cannot be read nothing is learnt."""
        with self._desk.read() as db:
            return observed.observe_readable_day(db, day, timezone) or observed.ObservedDay()
