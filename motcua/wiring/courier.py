"""Messages leave the building beside everything else: tried, put back for a later try, ended in the store."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from motcua.alerts import actions as alert_actions
from motcua.alerts.kinds import HELP
from motcua.desk import Desk, DeskFault, DeviceJob, Reader, Tx, Unavailable, outbox, parse, stamp
from motcua.desk import jobs as job_table
from motcua.desk.messages import mark
from motcua.dossiers import actions as dossier_actions
from motcua.notify.message import NoticeError, NoticeMessage
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.wiring import (
    alert_notices,
    dossier_notices,
    dropoff_notices,
    notices,
    report_notices,
    suggestion_notices,
    webhook_events,
)
from motcua.wiring.alert_notices import HeldBackError
from motcua.wiring.dossier_notices import NoReceiverError
from motcua.wiring.ways import BROWSER, PUSH, WAYS, deliver, make_notifier

AGAIN_S = (30, 60, 120, 300, 600, 1200, 1800, 3600)
"""The wait after each failed try; the last one repeats, until the message's time is over."""
REST_S = 10
"""How long a way rests whose far end did not answer: others wait for it too, and each of them would take as long."""
BATCH = 50
"""How many messages are handed out at once."""
FAILING_TRIES = 3
FAILING = "notices.failing"
FAILING_TEXT = mark(
    "Messages cannot be delivered: %(count)s are waiting. The settings page “Bookings and messages” says why."
)
PLAIN = {
    alert_notices.ALERT: alert_notices.write_message,
    HELP: alert_notices.write_message,
    suggestion_notices.SUGGESTION: suggestion_notices.write_message,
    report_notices.FILING: report_notices.write_message,
}
ENCRYPTED = {
    dropoff_notices.DROPOFF: dropoff_notices.write_message,
    dossier_notices.DOSSIER: dossier_notices.write_message,
}
"""Who writes a message, by the field of its job that says what it is about. An encrypted address needs the key."""
logger = logging.getLogger(__name__)


@dataclass
class _EndedJob:
    """A job that ended, and is not sent again whatever the store says: its state and detail, if they are not stored."""

    job: DeviceJob
    state: str
    detail: str | None


class Courier:
    """Sends the waiting messages, one after the other for each way. `tick` starts the work with `beside` and returns.

    `offload(work, *arguments)` runs blocking work outside the loop.
    """

    def __init__(self, desk: Desk, folder: Path, beside: Callable[..., object], offload: Callable[..., Any]) -> None:
        self._desk, self._folder, self._beside, self._offload = desk, folder, beside, offload
        self._unsaved: dict[str, list[_EndedJob]] = {way: [] for way in WAYS}
        self._rests_until_s: dict[str, float] = {}
        self._busy: set[str] = set()

    def tick(self) -> None:
        """Start to send the messages that are due."""
        at, now_s = stamp(self._desk.clock.now()), self._desk.clock.steady()
        with self._desk.read() as db:
            due = {way for way in WAYS if job_table.list_waiting(db, way, at, 1)}
            failing = outbox.count_failing(db, FAILING_TRIES)
        self._note_failing(failing)
        for way in WAYS:
            is_awake = self._rests_until_s.get(way, 0.0) <= now_s
            if way not in self._busy and is_awake and (way in due or self._unsaved[way]):
                self._busy.add(way)
                self._beside(self._work, way)

    def _note_failing(self, count: int) -> None:
        if count:
            self._desk.faults.note(DeskFault(FAILING, "devices", FAILING_TEXT, {"count": count}))
        else:
            self._desk.faults.clear(FAILING)

    def _work(self, way: str) -> None:
        try:
            while self._unsaved[way]:
                self._save(self._unsaved[way][0])
                self._unsaved[way].pop(0)
            while jobs := self._desk.do(job_table.hand_out, way, BATCH):
                for place, job in enumerate(jobs):
                    if not self._try(way, job):
                        self._give_back(jobs[place + 1 :])
                        return
        except Unavailable as refusal:
            logger.info("notices wait: %s", refusal.code)
        except Exception:
            logger.exception("notices wait: %s failed", way)
        finally:
            self._busy.discard(way)

    def _give_back(self, jobs: list[DeviceJob]) -> None:
        at = stamp(self._desk.clock.now())
        for job in jobs:
            self._desk.do(_put_back_untried, job, at)

    def _try(self, way: str, job: DeviceJob) -> bool:
        """Try a message once; it ends, or is put back. Return whether the way works."""
        problem = self._send(way, job)
        now = self._desk.clock.now()
        if isinstance(problem, HeldBackError):
            self._desk.do(_hold_back, job, problem)
            return True
        if problem is None or problem.permanent:
            self._end(way, job, problem)
            return True
        wait_s = AGAIN_S[min(job.tries, len(AGAIN_S) - 1)]
        due = now + timedelta(seconds=wait_s)
        with self._desk.read() as db:
            expires_at = parse(job_table.get_job(db, job.id).expires_at)  # put right where the clock was set
        if due < expires_at:
            self._desk.do(_put_back_failed, job, stamp(due), problem.code)
        else:
            self._end(way, job, problem)
        if way != PUSH:  # each browser has a push service of its own
            self._rests_until_s[way] = self._desk.clock.steady() + REST_S
            return False
        return True

    def _end(self, way: str, job: DeviceJob, problem: NoticeError | None) -> None:
        is_failed = problem is not None and not isinstance(problem, NoReceiverError)
        if problem is not None and is_failed:
            logger.warning("notice %s was given up: %s", job.id, problem.code)
        ended = _EndedJob(job, "failed" if is_failed else "done", problem.code if problem else None)
        self._unsaved[way].append(ended)  # a sent notice is never sent again, also if the store refuses the result
        self._save(ended)
        self._unsaved[way].remove(ended)
        if problem is None or problem.code != "push.gone":
            return
        to, browser = job.payload.get(alert_notices.TO), job.payload.get(BROWSER)
        if isinstance(browser, int):
            self._desk.do(dossier_actions.drop_push, browser)
        elif isinstance(to, int):
            self._desk.do(alert_actions.drop_subscription, to)

    def _save(self, ended: _EndedJob) -> None:
        self._desk.do(outbox.end_job, ended.job, ended.state, ended.detail)

    def _send(self, way: str, job: DeviceJob) -> NoticeError | None:
        """Send a message and return the error, if any. A message that cannot be written fails alone."""
        try:
            with self._desk.read() as db:
                settings = settings_store.get_settings(db)
                message = self._write(db, settings, job)
                sender = make_notifier(self._folder, settings, way, db, job)
        except NoticeError as problem:
            return problem
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            logger.exception("a notice cannot be written")
            return NoticeError("notices.broken", type(error).__name__, permanent=True)
        delivery_error: NoticeError | None = self._offload(deliver, sender, message)
        return delivery_error

    def _write(self, db: Reader, settings: Settings, job: DeviceJob) -> NoticeMessage:
        """Return the message of `job`: of an event, an alert, a dossier, a booking … Raises `NoticeError`."""
        now = self._desk.clock.now()
        first = job.payload.get(outbox.AGAIN, job.id)
        key = f"{self._desk.epoch.partition('.')[0]}-{first}"
        if job.kind == outbox.EVENT:
            return webhook_events.write_event(job, outbox.find_planned_at(db, job.id), key, now)
        for name, write_plain in PLAIN.items():
            if name in job.payload:
                return write_plain(db, settings, job, key, now)
        for name, write in ENCRYPTED.items():
            if name in job.payload:
                return write(db, self._folder, settings, job, key, now)
        return notices.write_notice(db, settings, job, key, now)


def _put_back_untried(tx: Tx, job: DeviceJob, at: str) -> None:
    outbox.put_back(tx, job.id, at, job.detail, counts=False)


def _put_back_failed(tx: Tx, job: DeviceJob, due_at: str, code: str) -> None:
    outbox.put_back(tx, job.id, due_at, code)


def _hold_back(tx: Tx, job: DeviceJob, held: HeldBackError) -> None:
    outbox.put_back(tx, job.id, held.until, held.code, counts=False)
