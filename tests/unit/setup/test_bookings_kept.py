"""New settings do not take away what people booked; what was lost before does not stand in their way."""

import pytest

from motcua.bookings import actions as bookings
from motcua.bookings.model import Booking, BookingRequest
from motcua.copies import replace
from motcua.desk import Desk, Refused
from motcua.queue import store as queue_store
from motcua.settings.model import Appointments, Day, DayOff, Session
from motcua.setup import actions
from motcua.setup.document import Document

SERVICE = "household-business"
"""The only service of group K; counter 6 alone serves it."""
DAY = "2026-11-25"


@pytest.fixture
def hall(desk: Desk, ward: Document) -> Document:
    """Put the ward in force with one booking, for Wednesday at 9; return its settings."""
    services = [replace(item, bookable=item.code == SERVICE) for item in ward.services]
    made = replace(ward, services=services, settings=replace(ward.settings, appointments=Appointments(is_open=True)))
    desk.do(actions.apply, made)
    return made


def book(desk: Desk) -> Booking:
    return desk.do(
        bookings.book, BookingRequest(SERVICE, f"{DAY}T09:00:00+07:00", "0912345678"), queue_store.is_day_closed
    )


def morning(hall: Document, start: int, end: int) -> Document:
    """Return the hall with other hours on Wednesdays."""
    return replace(
        hall, settings=replace(hall.settings, hours=replace(hall.settings.hours, wednesday=(Session(start, end),)))
    )


def day_off(hall: Document) -> Document:
    return replace(hall, settings=replace(hall.settings, days_off=(*hall.settings.days_off, DayOff(DAY, "Nghỉ"))))


def counter_hours(hall: Document, start: int, end: int) -> Document:
    return replace(
        hall,
        counters=[replace(item, hours=((start, end),)) if SERVICE in item.services else item for item in hall.counters],
    )


def without_service(hall: Document) -> Document:
    counters = [
        replace(item, services=tuple(code for code in item.services if code != SERVICE)) for item in hall.counters
    ]
    return replace(hall, services=[item for item in hall.services if item.code != SERVICE], counters=counters)


def test_nothing_that_was_booked_is_taken_away(desk: Desk, hall: Document) -> None:
    made = book(desk)
    zone = replace(hall, settings=replace(hall.settings, day=Day("Asia/Tokyo")))
    for wanted in (
        morning(hall, 450, 540),
        morning(hall, 600, 690),
        day_off(hall),
        counter_hours(hall, 600, 690),
        without_service(hall),
        zone,
    ):
        head = desk.head
        with pytest.raises(Refused) as caught:
            desk.do(actions.apply, wanted)
        assert (caught.value.code, desk.head) == ("settings.in_use", head)
    with pytest.raises(Refused) as caught:
        desk.do(actions.apply, day_off(hall))
    assert str(caught.value).startswith(
        f"1 bookings could not be kept, the first of them “{SERVICE}” at 25/11/2026 09:00."
    )
    desk.do(bookings.cancel, made.code)
    assert desk.do(actions.apply, without_service(hall)) is True


def test_what_keeps_the_bookings_may_change(desk: Desk, hall: Document) -> None:
    book(desk)
    closed = replace(hall, settings=replace(hall.settings, appointments=Appointments(slot_min=45)))
    for wanted in (morning(hall, 540, 600), counter_hours(hall, 510, 570), closed):
        assert desk.do(actions.apply, wanted) is True
