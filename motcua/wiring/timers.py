"""What happens without a press: a question's time runs out, jobs get lost, the day ends, old texts are erased, the
night's backup.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from motcua.bookings import actions as booking_actions
from motcua.bookings import store as booking_store
from motcua.desk import Desk, digests, get_local_day, get_zone, signing, stamp
from motcua.desk import jobs as job_table
from motcua.desk.backup import BY_DAY, find_newest_copy
from motcua.desk.messages import mark
from motcua.desk.packing import LeftOutFile
from motcua.feedback import actions as feedback_actions
from motcua.feedback import store as feedback_store
from motcua.queue import actions as queue_actions
from motcua.queue import store as queue_store
from motcua.queue.events import DayClosed
from motcua.queue.model import TicketState
from motcua.settings import rules as hours
from motcua.settings import store as settings_store
from motcua.wiring import asking, erasing, facts
from motcua.wiring.chores import Chore
from motcua.wiring.clockwatch import ClockWatch
from motcua.wiring.courier import Courier
from motcua.wiring.deadlines import DeadlineWatch
from motcua.wiring.space import SpaceWatch

RESULT_GRACE_MS = 30_000
"""How long after its time a job's result may come; devices keep real time, however fast the hall's clock runs."""
SETTLED_S = 15 * 60
"""For how long nobody may have set the clock, nor started the desk, before the clock alone ends a day: a wrong one
would end it for all."""
ERASES_AFTER_S, LONG_GAP_S, LONG_GAP_AFTER_S = 3600, 31 * 86400, 86400
"""The same before anything is erased; longer where the journal was silent for so long that the date itself may be
wrong."""
COPY_AGAIN_S = (10, 30, 60, 300)
LOOK_S = 10
"""How often copies and signed days are looked at."""


class Timers:
    """Does what is due whenever `tick` is called; once a second is enough.

    No chore hinders another one, or the serving.

    `backup` begins the copy of the day that ended, off the loop; `record_copy` takes the result. Without a `courier`
    notices wait.
    """

    def __init__(
        self,
        desk: Desk,
        folder: Path,
        backup: Callable[[str], None] | None = None,
        courier: Courier | None = None,
    ) -> None:
        self._desk, self._folder, self._backup, self._courier = desk, folder, backup, courier
        self._clock = ClockWatch(desk)
        self._space = SpaceWatch(desk, folder)
        self._purged = self._erased = self._copying = ""
        self._looked_s: float | None = None
        self._is_unsealed = True
        self._more: list[tuple[Chore, Callable[[], object]]] = []
        chore = partial(Chore, desk)
        self._watching = chore("clock.unseen", "clock", mark("The computer's clock could not be read: %(problem)s"))
        self._days = chore("day.not_ended", "store", mark("A past day could not be ended: %(problem)s"))
        self._questions = chore(
            "questions.stuck", "store", mark("Rating prompts whose time is over stay open: %(problem)s")
        )
        self._jobs = chore("jobs.stuck", "devices", mark("Jobs of devices that do not answer stay open: %(problem)s"))
        self._bookings = chore("bookings.stuck", "store", mark("Missed bookings could not be settled: %(problem)s"))
        self._keys = chore("journal.key_lost", "digests", mark("The key that signs the days is lost: %(problem)s"))
        self._digests = chore("digests.failed", "digests", mark("A day could not be signed: %(problem)s"))
        self._copies = chore(
            "backup.failed", "backup", mark("The copy of the desk could not be made: %(problem)s"), COPY_AGAIN_S
        )
        self._erasing = chore(
            "purge.failed", "store", mark("Data that must be erased could not be erased: %(problem)s")
        )
        self._scrubbing = chore(
            "purge.unfinished", "store", mark("Erased data can still be read on the disk: %(problem)s")
        )
        self._notices = chore("notices.stuck", "store", mark("Messages to the outside could not be sent: %(problem)s"))
        self._facts = chore("facts.unknown", "store", mark("Copies and signed days could not be checked: %(problem)s"))
        unseen = mark("Deadlines of suggestions could not be checked: %(problem)s")
        self.add_chore(chore("deadlines.unseen", "store", unseen), DeadlineWatch(desk).tick)
        desk.on(DayClosed, lambda _entry: self._unseal())

    def add_chore(self, chore: Chore, work: Callable[[], object]) -> None:
        """Add `work` to each tick; `chore` decides whether it is due."""
        self._more.append((chore, work))

    def start(self) -> None:
        """Do what the last stop left over: earlier days that did not end, missing digests. Failed work is retried."""
        self._watching.run(self._clock.tick)
        self._days.run_each(self._earlier_days, self._close)
        self._keys.run(self._keep_key)
        self._seal()

    def tick(self) -> None:
        """Do what is due now."""
        self._watching.run(self._clock.tick)
        if self._space.tick():
            self._make_all_due()
        at = stamp(self._desk.clock.now())
        self._questions.run_each(
            partial(self._silent, at),
            lambda visit: self._desk.do(feedback_actions.record_skip, visit, "timed_out", None),
        )
        self._jobs.run_each(partial(self._lost, at), lambda job: self._desk.do(asking.end_lost_job, job))
        self._days.run_each(lambda: [*self._earlier_days(), *self._day_that_ends()], self._close)
        self._bookings.run_each(self._unsettled, lambda item: self._desk.do(booking_actions.record_missed, *item))
        self._seal()
        self._erase(at[:10])
        if self._courier is not None:
            self._notices.run(self._courier.tick)
        self._look()
        self.do_more()

    def do_more(self) -> None:
        """Do the work that `add_chore` added."""
        for chore, work in self._more:
            chore.run(work)

    def _make_all_due(self) -> None:
        """Make all chores due now, because the store accepts writes again."""
        fixed_chores = (
            self._days,
            self._questions,
            self._jobs,
            self._bookings,
            self._keys,
            self._digests,
            self._copies,
            self._erasing,
            self._scrubbing,
        )
        for chore in (*fixed_chores, self._notices, self._facts, *(chore for chore, _work in self._more)):
            chore.make_due()

    def _silent(self, at: str) -> list[str]:
        with self._desk.read() as db:
            return feedback_store.list_overdue(db, at)

    def _lost(self, at: str) -> list[int]:
        with self._desk.read() as db:
            return job_table.list_overdue(db, at, round(RESULT_GRACE_MS * self._desk.clock.speed))

    def _close(self, day: str) -> None:
        self._desk.do(queue_actions.close_day, day)

    def _earlier_days(self) -> list[str]:
        """Return every earlier day that never ended: the desk was off, or the computer slept over its end."""
        with self._desk.read() as db:
            today = max(get_local_day(self._desk.clock.now(), settings_store.get_timezone(db)), self._desk.head.day)
            return queue_store.list_unfinished_days(db, today)

    def _day_that_ends(self) -> list[str]:
        """Return today if it is over and the clock is steady."""
        if not self._desk.clock.is_settled(SETTLED_S):
            return []
        now = self._desk.clock.now()
        with self._desk.read() as db:
            settings = settings_store.get_settings(db)
            day = get_local_day(now, settings.timezone)
            if (
                queue_store.is_day_closed(db, day)
                or not queue_store.is_day_used(db, day)
                or settings_store.get_version(db) == 0
            ):
                return []
            local = now.astimezone(get_zone(settings.timezone)).replace(tzinfo=None)
            if local < hours.get_closing_time(settings, local.date()):
                return []
            if local < hours.get_latest_time(settings, local.date()):
                in_hand = queue_store.list_in_state(db, day, TicketState.CALLED, TicketState.SERVING)
                if in_hand or queue_store.is_day_opened(db, day):
                    return []
        return [day]

    def _unsettled(self) -> list[tuple[str, bool]]:
        """Return the days that are over and have bookings nobody came for, each with whether anybody worked."""
        with self._desk.read() as db:
            today = max(get_local_day(self._desk.clock.now(), settings_store.get_timezone(db)), self._desk.head.day)
            is_sure = self._desk.clock.is_settled(SETTLED_S)
            days = [
                day
                for day in booking_store.list_unsettled_days(db, today)
                if queue_store.is_day_closed(db, day) or (is_sure and day < today)
            ]
            return [(day, queue_store.is_day_used(db, day)) for day in days]

    def _unseal(self) -> None:
        self._is_unsealed = True

    def _keep_key(self) -> None:
        """Replace a lost signing key, and note a fault while a new one is not confirmed."""
        if signing.read_key(self._folder) is None:
            signing.keep_key(self._desk, self._folder, digests.find_last_key(self._folder))
        facts.note_replaced_key(self._desk)

    def _seal(self) -> None:
        """Sign every closed day, and copy the desk."""
        if not self._is_unsealed:
            return
        rows: dict[str, dict[str, object]] = {}

        def find() -> list[str]:
            with self._desk.read() as db:
                closings = queue_store.list_closings(db)
            rows.update({row["closed"]: row for row in digests.list_unsigned(self._folder, closings)})
            return list(rows)

        if not self._digests.is_waiting():
            is_signed = self._digests.run_each(find, lambda day: digests.write(self._desk, self._folder, rows[day]))
            self._is_unsealed = not is_signed
        self._copy()

    def _copy(self) -> None:
        """Start a copy of the last closed day if there is none."""
        if self._backup is None or not self._copies.is_due():
            return
        try:
            with self._desk.read() as db:
                day = max((str(row["closed"]) for row in queue_store.list_closings(db)), default="")
            newest = find_newest_copy(self._folder / "backups", BY_DAY)
            if day and day != self._copying and (newest is None or newest.stem < day):
                self._copying = day
                self._backup(day)
        except Exception as error:  # as any chore
            self._copying = ""
            self._copies.mark_failed(None, error)

    def record_copy(self, day: str, error: Exception | None, left_out: list[LeftOutFile]) -> None:
        """Record the result of the copy of `day`. A failed copy is retried."""
        self._copying = ""
        if error is None:
            self._copies.mark_done()
            facts.note_left_out(self._desk, left_out)
            return
        self._copies.mark_failed(None, error)

    def _erase(self, day: str) -> None:
        """Once a day, erase expired data.

        A wrong date would erase too much, so this waits until the clock is steady.
        """
        clock = self._desk.clock
        is_sure = clock.is_settled(ERASES_AFTER_S, LONG_GAP_S) or clock.is_settled(LONG_GAP_AFTER_S)
        if is_sure and self._erased != day and self._erasing.run_each(lambda: erasing.PURGES, self._desk.do):
            self._erased = day
        if (
            self._erased == day != self._purged and self._desk.fold()
        ):  # while somebody reads, the log keeps what was erased
            self._purged = day

    def _scrub(self) -> None:
        """Rewrite the store after an erasure, while the hall is empty: it accepts no writes meanwhile."""
        with self._desk.read() as db:
            is_due = erasing.is_time_to_scrub(db, self._desk.clock.now())
        if is_due:
            self._desk.scrub()

    def _look(self) -> None:
        """Check the files on the disk, and replace missing ones."""
        now_s = self._desk.clock.steady()
        if self._looked_s is not None and now_s - self._looked_s < LOOK_S:
            return
        self._looked_s = now_s
        self._keys.run(self._keep_key)
        self._scrubbing.run(self._scrub)
        if not self._facts.run(lambda: facts.refresh_files(self._desk, self._folder)):
            return
        self._is_unsealed = self._is_unsealed or facts.has_unsigned_day(self._desk)
        if facts.has_uncopied_day(self._desk):
            self._copy()
