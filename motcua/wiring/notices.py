"""What becomes of a booking is told outside the hall: planned with the event, written when it is sent."""

from datetime import datetime

from motcua.bookings import store as booking_store
from motcua.bookings.events import BookingCancelled, BookingMade, BookingsMissed
from motcua.catalogue import store as catalogue_store
from motcua.desk import Desk, DeviceJob, Planned, Reader, outbox, stamp
from motcua.notify.message import NoticeError, NoticeMessage
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.wiring import letters
from motcua.wiring.ways import EMAIL, WEBHOOK


def _plan(db: Reader, kind: str, booking: int) -> list[Planned]:
    """Return a notice job for each way that is set up. A job holds the booking's number and no personal data."""
    notices = settings_store.get_settings(db).notices
    booking_row = booking_store.find(db, booking)
    if booking_row is None:
        return []
    ways = [EMAIL] if notices.smtp_host and booking_row.email else []
    ways += [WEBHOOK] if notices.webhook_url and notices.webhook_bookings else []
    return [Planned(way, outbox.NOTIFY, {"about": kind, "booking": booking}, outbox.TTL_MS) for way in ways]


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


def write_notice(db: Reader, settings: Settings, job: DeviceJob, key: str, now: datetime) -> NoticeMessage:
    """Return the message about a booking.

    Raises `NoticeError` if its time has passed, or if the person's data is erased.
    """
    number, kind = job.payload.get("booking"), str(job.payload.get("about"))
    booking = booking_store.find(db, number) if isinstance(number, int) else None
    if booking is None or not booking.phone or kind not in letters.SUBJECTS:
        raise NoticeError("notices.erased", permanent=True)
    if stamp(now) >= booking.slot_at:
        raise NoticeError("notices.past", permanent=True)
    service = catalogue_store.find_service(db, booking.service)
    return letters.write_letter(kind, booking, service, settings, key, int(now.timestamp()))
