"""What becomes of a booking is told outside the hall: planned with the event, sent beside everything else, its
result journalled.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from motcua.bookings import store as booking_store
from motcua.bookings.events import BookingCancelled, BookingMade, BookingsMissed
from motcua.catalogue import store as catalogue_store
from motcua.desk import Desk, DeviceJob, Planned, Reader, Unavailable, parse, stamp
from motcua.desk import jobs as job_table
from motcua.notify.message import NoticeError, NoticeMessage, Notifier
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.typed.files import NotTextError, decode_input
from motcua.wiring import letters

EMAIL, WEBHOOK = "notices:email", "notices:webhook"
DEVICES = (EMAIL, WEBHOOK)
TTL_MS = 2 * 3600 * 1000
"""How long a notice can wait for a server that is off, or for a mail server."""
AGAIN_S = (30, 120, 600)
"""The wait after each failed try. After the last one the notice is given up."""
PASSWORD, SECRET, AUTHORITY = "smtp.password", "webhook.secret", "smtp.ca.pem"
logger = logging.getLogger(__name__)


def _plan(db: Reader, kind: str, booking: int) -> list[Planned]:
    """Return a notice job for each way that is set up. A job holds the booking's number and no personal data."""
    notices = settings_store.current(db).notices
    booking_row = booking_store.find(db, booking)
    if booking_row is None:
        return []
    ways = [EMAIL] if notices.smtp_host and booking_row.email else []
    ways += [WEBHOOK] if notices.webhook_url else []
    return [Planned(way, "notify", {"about": kind, "booking": booking}, TTL_MS) for way in ways]


def _plan_made(event: BookingMade, db: Reader) -> list[Planned]:
    return _plan(db, "booking.made", event.booking)


def _plan_cancelled(event: BookingCancelled, db: Reader) -> list[Planned]:
    return _plan(db, "booking.cancelled", event.booking)


def _plan_released(event: BookingsMissed, db: Reader) -> list[Planned]:
    return [
        job for booking in event.released if isinstance(booking, int) for job in _plan(db, "booking.released", booking)
    ]


def install(desk: Desk) -> None:
    """Plan notices for the events of bookings."""
    desk.plan(BookingMade, _plan_made)
    desk.plan(BookingCancelled, _plan_cancelled)
    desk.plan(BookingsMissed, _plan_released)


def make_notifier(folder: Path, settings: Settings, way: str) -> Notifier:
    """Return the adapter of `way` from the settings and the files in `DIR/keys`.

    Raises `NoticeError("notices.off" | "smtp.password" | "webhook.secret", permanent)` for what is missing.
    """
    notices = settings.notices
    if way == EMAIL and notices.smtp_host:
        from motcua.notify.smtp import SmtpNotifier

        authority = folder / "keys" / AUTHORITY
        return SmtpNotifier(
            notices.smtp_host,
            notices.smtp_port,
            notices.smtp_security,
            notices.sender,
            settings.unit.name,
            notices.smtp_user,
            _read_secret(folder, PASSWORD) if notices.smtp_user else "",
            str(authority) if authority.exists() else "",
            allow_local=notices.allow_local,
        )
    if way == WEBHOOK and notices.webhook_url:
        from motcua.notify.webhook import WebhookNotifier

        return WebhookNotifier(notices.webhook_url, _read_secret(folder, SECRET), allow_local=notices.allow_local)
    raise NoticeError("notices.off", permanent=True)


def _read_secret(folder: Path, name: str) -> str:
    try:
        secret = decode_input((folder / "keys" / name).read_bytes()).strip()
    except (OSError, NotTextError):
        secret = ""
    if not secret:
        raise NoticeError(name, permanent=True)
    return secret


def deliver(sender: Notifier, message: NoticeMessage) -> NoticeError | None:
    """Send `message`. Return the error, None if it was accepted. This blocks: never call it on the loop."""
    try:
        sender.send(message)
    except NoticeError as problem:
        return problem
    except Exception as error:  # a job must end, whatever a library thinks of a far end
        logger.exception("a notice failed unexpectedly")
        return NoticeError("notices.broken", type(error).__name__, permanent=True)
    return None


@dataclass
class _OpenNotice:
    """A notice in work: the number of tries, and the time of the next one (steady seconds)."""

    job: DeviceJob
    due_s: float
    tries: int = 0
    ended: tuple[str, str | None] | None = None
    """State and detail of the result. The notice stays open until the store has them."""


class Courier:
    """Sends the waiting notices, one after the other for each way. `tick` starts the work with `beside` and returns.

    `offload(work, *arguments)` runs blocking work outside the loop.
    """

    def __init__(self, desk: Desk, folder: Path, beside: Callable[..., object], offload: Callable[..., Any]) -> None:
        self._desk, self._folder, self._beside, self._offload = desk, folder, beside, offload
        self._open: dict[str, list[_OpenNotice]] = {way: [] for way in DEVICES}
        self._busy: set[str] = set()

    def tick(self) -> None:
        """Start to send the notices that are due."""
        at = stamp(self._desk.clock.now())
        with self._desk.read() as db:
            new = {way for way in DEVICES if job_table.list_waiting(db, way, at)}
        for way in DEVICES:
            if way not in self._busy and (way in new or self._due(way)):
                self._busy.add(way)
                self._beside(self._work, way)

    def _due(self, way: str) -> _OpenNotice | None:
        now_s = self._desk.clock.steady()
        return next((item for item in self._open[way] if item.due_s <= now_s), None)

    def _work(self, way: str) -> None:
        try:
            now_s = self._desk.clock.steady()
            self._open[way] += [_OpenNotice(job, now_s) for job in self._desk.do(job_table.hand_out, way)]
            while (item := self._due(way)) is not None:
                self._try(way, item)
        except Unavailable as refusal:
            logger.info("notices wait: %s", refusal.code)
        except Exception:
            logger.exception("notices wait: %s failed", way)
        finally:
            self._busy.discard(way)

    def _try(self, way: str, item: _OpenNotice) -> None:
        """Try a notice once; it ends, or is due later.

        A sent notice is never sent again, also if the store refuses the result.
        """
        if item.ended is None:
            problem = self._sent(way, item.job)
            if problem is not None and not problem.permanent and item.tries < len(AGAIN_S):
                wait_s = AGAIN_S[item.tries]
                if wait_s < self._left_s(item.job):
                    item.due_s, item.tries = self._desk.clock.steady() + wait_s, item.tries + 1
                    return
            if problem is not None:
                logger.warning("notice %s was given up: %s", item.job.id, problem.code)
            item.ended = ("failed", problem.code) if problem else ("done", None)
        item.due_s = self._desk.clock.steady() + AGAIN_S[0]
        state, detail = item.ended
        self._desk.do(job_table.finish_job, item.job.id, way, state, detail)
        self._open[way].remove(item)

    def _left_s(self, job: DeviceJob) -> float:
        """Return the seconds that are left for a notice.

        The store has the end time, corrected for steps of the clock.
        """
        with self._desk.read() as db:
            expires_at = job_table.get_job(db, job.id).expires_at
        return (parse(expires_at) - self._desk.clock.now()).total_seconds()

    def _sent(self, way: str, job: DeviceJob) -> NoticeError | None:
        """Send a notice and return the error, if any. A notice that cannot be written fails alone."""
        try:
            with self._desk.read() as db:
                settings = settings_store.current(db)
                message = self._message(db, settings, job)
            sender = make_notifier(self._folder, settings, way)
        except NoticeError as problem:
            return problem
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            logger.exception("a notice cannot be written")
            return NoticeError("notices.broken", type(error).__name__, permanent=True)
        delivery_error: NoticeError | None = self._offload(deliver, sender, message)
        return delivery_error

    def _message(self, db: Reader, settings: Settings, job: DeviceJob) -> NoticeMessage:
        """Return the message. Raises `NoticeError` if the time has passed, or if the person's data is erased."""
        number, kind = job.payload.get("booking"), str(job.payload.get("about"))
        booking = booking_store.find(db, number) if isinstance(number, int) else None
        now = self._desk.clock.now()
        if booking is None or not booking.phone or kind not in letters.SUBJECTS:
            raise NoticeError("notices.erased", permanent=True)
        if stamp(now) >= booking.slot_at:
            raise NoticeError("notices.past", permanent=True)
        key = f"{self._desk.epoch.partition('.')[0]}-{job.id}"
        return letters.write_letter(
            kind, booking, catalogue_store.find_service(db, booking.service), settings, key, int(now.timestamp())
        )
