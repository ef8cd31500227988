"""What becomes of a booking is told outside the hall: planned with the event, sent beside everything else, its result journalled."""

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
from motcua.notify.smtp import SmtpNotifier
from motcua.notify.webhook import WebhookNotifier
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.typed.files import NotTextError, decode_input
from motcua.wiring import letters

EMAIL, WEBHOOK = "notices:email", "notices:webhook"
DEVICES = (EMAIL, WEBHOOK)
TTL_MS = 2 * 3600 * 1000
"""How long a notice may wait for a desk that was switched off, or for a mail server."""
AGAIN_S = (30, 120, 600)
"""How long to wait after each failed try; then it is given up."""
PASSWORD, SECRET, AUTHORITY = "smtp.password", "webhook.secret", "smtp.ca.pem"
logger = logging.getLogger(__name__)


def _planned(db: Reader, kind: str, booking: int) -> list[Planned]:
    """Return the jobs that tell of a booking, by each way that is set up; they name the booking and nobody."""
    notices = settings_store.current(db).notices
    booking_row = booking_store.find(db, booking)
    if booking_row is None:
        return []
    ways = [EMAIL] if notices.smtp_host and booking_row.email else []
    ways += [WEBHOOK] if notices.webhook_url else []
    return [Planned(way, "notify", {"about": kind, "booking": booking}, TTL_MS) for way in ways]


def _booked(event: BookingMade, db: Reader) -> list[Planned]:
    return _planned(db, "booking.made", event.booking)


def _cancelled(event: BookingCancelled, db: Reader) -> list[Planned]:
    return _planned(db, "booking.cancelled", event.booking)


def _released(event: BookingsMissed, db: Reader) -> list[Planned]:
    return [job for booking in event.released if isinstance(booking, int) for job in _planned(db, "booking.released", booking)]


def install(desk: Desk) -> None:
    """Plan notices with what happens to bookings."""
    desk.plan(BookingMade, _booked)
    desk.plan(BookingCancelled, _cancelled)
    desk.plan(BookingsMissed, _released)


def notifier(folder: Path, settings: Settings, way: str) -> Notifier:
    """Return the adapter of `way` as the settings and the files in `DIR/keys` make it.

    Raises `NoticeError("notices.off" | "smtp.password" | "webhook.secret", permanent)` for what is missing.
    """
    notices = settings.notices
    if way == EMAIL and notices.smtp_host:
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
    """Send `message`; return what went wrong, None when it was taken. Waits for the far end: never to be called on the loop."""
    try:
        sender.send(message)
    except NoticeError as problem:
        return problem
    except Exception as error:  # a job must end, whatever a library thinks of a far end
        logger.exception("a notice failed unexpectedly")
        return NoticeError("notices.broken", type(error).__name__, permanent=True)
    return None


@dataclass
class _Open:
    """A notice that was taken over: how often it was tried, and when it is again (steady seconds)."""

    job: DeviceJob
    due_s: float
    tries: int = 0
    ended: tuple[str, str | None] | None = None
    """State and detail, once that is known; it is still open until the store has it."""


class Courier:
    """Sends the notices that wait, those of one way one after the other. `tick` only looks; the work is done `beside` the caller.

    `offload(work, *given)` runs what waits for the far end where it holds up nobody.
    """

    def __init__(self, desk: Desk, folder: Path, beside: Callable[..., object], offload: Callable[..., Any]) -> None:
        self._desk, self._folder, self._beside, self._offload = desk, folder, beside, offload
        self._open: dict[str, list[_Open]] = {way: [] for way in DEVICES}
        self._busy: set[str] = set()

    def tick(self) -> None:
        """Let what is due be sent."""
        at = stamp(self._desk.clock.now())
        with self._desk.read() as db:
            new = {way for way in DEVICES if job_table.list_waiting(db, way, at)}
        for way in DEVICES:
            if way not in self._busy and (way in new or self._due(way)):
                self._busy.add(way)
                self._beside(self._work, way)

    def _due(self, way: str) -> _Open | None:
        now_s = self._desk.clock.steady()
        return next((item for item in self._open[way] if item.due_s <= now_s), None)

    def _work(self, way: str) -> None:
        try:
            now_s = self._desk.clock.steady()
            self._open[way] += [_Open(job, now_s) for job in self._desk.do(job_table.hand_out, way)]
            while (item := self._due(way)) is not None:
                self._try(way, item)
        except Unavailable as refusal:
            logger.info("notices wait: %s", refusal.code)
        except Exception:
            logger.exception("notices wait: %s failed", way)
        finally:
            self._busy.discard(way)

    def _try(self, way: str, item: _Open) -> None:
        """Try a notice once; it ends, or is due again later. How it ended is written until the store takes it, never sent twice."""
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
        """Return how many seconds a notice may still be sent; its end stands in the store, where steps of the clock are put right."""
        with self._desk.read() as db:
            expires_at = job_table.get_job(db, job.id).expires_at
        return (parse(expires_at) - self._desk.clock.now()).total_seconds()

    def _sent(self, way: str, job: DeviceJob) -> NoticeError | None:
        """Send a notice; one that cannot even be written ends by itself and holds up none of the others."""
        try:
            with self._desk.read() as db:
                settings = settings_store.current(db)
                message = self._message(db, settings, job)
            sender = notifier(self._folder, settings, way)
        except NoticeError as problem:
            return problem
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            logger.exception("a notice cannot be written")
            return NoticeError("notices.broken", type(error).__name__, permanent=True)
        delivery_error: NoticeError | None = self._offload(deliver, sender, message)
        return delivery_error

    def _message(self, db: Reader, settings: Settings, job: DeviceJob) -> NoticeMessage:
        """Return what to say now. Raises `NoticeError` when it is pointless: the time has passed, or nobody is known any more."""
        number, kind = job.payload.get("booking"), str(job.payload.get("about"))
        booking = booking_store.find(db, number) if isinstance(number, int) else None
        now = self._desk.clock.now()
        if booking is None or not booking.phone or kind not in letters.SUBJECTS:
            raise NoticeError("notices.erased", permanent=True)
        if stamp(now) >= booking.slot_at:
            raise NoticeError("notices.past", permanent=True)
        key = f"{self._desk.epoch.partition('.')[0]}-{job.id}"
        return letters.letter(kind, booking, catalogue_store.find_service(db, booking.service), settings, key, int(now.timestamp()))
