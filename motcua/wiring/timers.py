"""What happens without a press: a question's time runs out, jobs get lost, the day ends, old texts are erased, the night's backup."""

import logging
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from motcua.bookings import actions as booking_actions
from motcua.bookings import store as booking_store
from motcua.desk import Desk, Tx, local_day, parse, stamp, zone
from motcua.desk import jobs as job_table
from motcua.desk import keys as key_table
from motcua.desk import texts as text_table
from motcua.feedback import actions as feedback_actions
from motcua.feedback import store as feedback_store
from motcua.queue import actions as queue_actions
from motcua.queue import store as queue_store
from motcua.queue.events import DayClosed
from motcua.queue.model import State
from motcua.settings import rules as hours
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.wiring import digests
from motcua.wiring.clockwatch import ClockWatch
from motcua.wiring.notices import Courier

JOBS_KEPT_DAYS = 30
BROWSERS_KEPT_DAYS = 400
RESULT_GRACE_MS = 30_000
"""How long after its time a job's result may come; devices keep real time, however fast the hall's clock runs."""
SETTLED_S = 15 * 60
"""For how long nobody may have set the clock, nor started the desk, before the clock alone ends a day: a wrong one would end it for all."""
ERASES_AFTER_S, LONG_GAP_S, LONG_GAP_AFTER_S = 3600, 31 * 86400, 86400
"""The same before anything is erased; longer where the journal was silent for so long that the date itself may be wrong."""
logger = logging.getLogger(__name__)


class Timers:
    """Does what is due whenever `tick` is called; once a second is enough. `backup` runs after the day closed, off the loop.

    Without a `courier` notices wait.
    """

    def __init__(self, desk: Desk, folder: Path, backup: Callable[[str], None] | None = None, courier: Courier | None = None) -> None:
        self._desk, self._folder, self._backup, self._courier = desk, folder, backup, courier
        self._clock = ClockWatch(desk)
        self._purged = ""
        self._ended: list[str] = []
        desk.on(DayClosed, lambda entry: self._ended.append(entry.event.closed))

    def start(self) -> None:
        """Do what was left over by the last stop: earlier days that did not end, digests that were not written."""
        self._clock.tick()
        self._earlier_days()
        self._seal()
        digests.write_missing(self._desk, self._folder)

    def _earlier_days(self) -> None:
        """End every earlier day that never did: the desk was off, or the computer slept over its end."""
        with self._desk.read() as db:
            today = max(local_day(self._desk.clock.now(), settings_store.timezone(db)), self._desk.head.day)
            left = queue_store.unfinished_days(db, today)
        for day in left:
            self._desk.do(queue_actions.close_day, day)

    def _seal(self) -> None:
        """Sign what the days that ended left behind, by time or by a leader's hand, and copy the desk."""
        if self._ended:
            ended, self._ended = self._ended, []
            digests.write_missing(self._desk, self._folder)
            if self._backup is not None:
                self._backup(ended[-1])

    def tick(self) -> None:
        """Do what is due now."""
        self._clock.tick()
        at = stamp(self._desk.clock.now())
        with self._desk.read() as db:
            silent = feedback_store.overdue(db, at)
            lost = job_table.overdue(db, at, round(RESULT_GRACE_MS * self._desk.clock.speed))
        for visit in silent:
            self._desk.do(feedback_actions.skip, visit, "timed_out", None)
        for job in lost:
            self._desk.do(job_table.give_up, job)
        self._earlier_days()
        self._end_of_day()
        self._missed()
        self._seal()
        self._purge(at)
        if self._courier is not None:
            self._courier.tick()

    def _end_of_day(self) -> None:
        if not self._desk.clock.is_settled(SETTLED_S):
            return
        now = self._desk.clock.now()
        with self._desk.read() as db:
            settings = settings_store.current(db)
            day = local_day(now, settings.timezone)
            if queue_store.day_closed(db, day) or not queue_store.day_used(db, day) or settings_store.version(db) == 0:
                return
            local = now.astimezone(zone(settings.timezone)).replace(tzinfo=None)
            if local < hours.closing_time(settings, local.date()):
                return
            if local < hours.latest_time(settings, local.date()):
                in_hand = queue_store.in_state(db, day, State.CALLED, State.SERVING)
                if in_hand or queue_store.day_opened(db, day):
                    return
        self._desk.do(queue_actions.close_day, day)

    def _missed(self) -> None:
        """Settle the bookings of days that are over."""
        with self._desk.read() as db:
            today = max(local_day(self._desk.clock.now(), settings_store.timezone(db)), self._desk.head.day)
            is_sure = self._desk.clock.is_settled(SETTLED_S)
            days = [day for day in booking_store.unsettled(db, today) if queue_store.day_closed(db, day) or (is_sure and day < today)]
            over = [(day, queue_store.day_used(db, day)) for day in days]
        for day, worked in over:
            self._desk.do(booking_actions.miss, day, worked)

    def _purge(self, at: str) -> None:
        """Once a day, erase what need not be kept. What a wrong date erases is lost, so it waits until the clock has proved steady."""
        day, clock = at[:10], self._desk.clock
        is_sure = clock.is_settled(ERASES_AFTER_S, LONG_GAP_S) or clock.is_settled(LONG_GAP_AFTER_S)
        if self._purged != day and is_sure:
            self._desk.do(purge)
            self._purged = day


def purge(tx: Tx) -> None:
    """Erase texts, priority codes, phone numbers, keys, jobs and sign-ins whose time is over. Basis: LEGAL.md#retention."""
    settings = settings_store.current(tx.db)
    text_table.purge(tx.db, tx.day)
    queue_store.forget_priorities(tx.db, _days_ago(tx.day, settings.priority_days))
    booking_store.erase(tx.db, _days_ago(tx.day, settings.booking_days))
    key_table.purge(tx.db, tx.at)
    job_table.purge(tx.db, stamp(parse(tx.at) - timedelta(days=JOBS_KEPT_DAYS)))
    staff_store.purge(tx.db, tx.at, stamp(parse(tx.at) - timedelta(days=BROWSERS_KEPT_DAYS)))


def _days_ago(day: str, days: int) -> str:
    return (parse(f"{day}T00:00:00Z") - timedelta(days=days)).date().isoformat()
