"""What the timers do about bookings: who did not come has missed it once the day is over; phone numbers are
forgotten.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from motcua.bookings import actions, store
from motcua.bookings.events import BookingsMissed
from motcua.bookings.model import Booking, BookingRequest
from motcua.copies import replace
from motcua.desk import Desk, ManualClock, SeededEntropy, Tx
from motcua.queue import actions as queue
from motcua.queue import store as queue_store
from motcua.settings.model import Appointments
from motcua.setup import actions as setup_actions
from motcua.setup import template
from motcua.setup.rooms import open_desk
from motcua.wiring.timers import Timers

MORNING = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)  # Monday, 07:00 at the desk
SERVICE = "certified-copy"


def found(tx: Tx) -> None:
    """Set the desk up as a ward where copies can be booked."""
    ward = template.load("ward")
    services = [replace(item, bookable=item.code == SERVICE) for item in ward.services]
    setup_actions.apply(
        tx, replace(ward, settings=replace(ward.settings, appointments=Appointments(is_open=True)), services=services)
    )


class Day:
    """A Monday of a ward, its timers, and what they said of missed bookings."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock(MORNING)
        self.desk: Desk = open_desk(folder, self.clock, SeededEntropy(1))
        self.desk.do(found)
        self.timers = Timers(self.desk, folder)
        self.told: list[BookingsMissed] = []
        self.desk.on(BookingsMissed, lambda entry: self.told.append(entry.event))

    def at(self, hour: int, minute: int = 0, days: int = 0) -> None:
        """Let it be that time at the desk, and let the timers look."""
        self.clock.set(MORNING + timedelta(days=days, hours=hour - 7, minutes=minute))
        self.timers.tick()

    def book(self, clock: str, phone: str) -> Booking:
        return self.desk.do(
            actions.book,
            BookingRequest(SERVICE, f"2026-11-23T{clock}:00+07:00", phone, "an@example.vn"),
            queue_store.is_day_closed,
        )

    def now(self, made: Booking) -> tuple[str, str, str]:
        """Return state, phone and address of a booking."""
        with self.desk.read() as db:
            kept = store.find(db, made.id)
        assert kept is not None
        return kept.state.value, kept.phone, kept.email


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    made = Day(tmp_path)
    yield made
    made.desk.stop()


def test_who_did_not_come_has_missed_it_when_the_day_ends_and_not_before(day: Day) -> None:
    gone = day.book("08:00", "0912345678")
    day.at(8)
    day.desk.do(queue.issue, SERVICE, None)
    day.at(17, 59)
    assert (day.told, day.now(gone)[0]) == ([], "booked")
    day.at(18, 0)
    assert day.told == [BookingsMissed(missed_day="2026-11-23", bookings=[gone.id], released=[])]
    assert day.now(gone)[0] == "missed"
    day.at(9, days=1)
    assert len(day.told) == 1


def test_a_leader_who_ends_the_day_early_costs_nobody_a_booking(day: Day) -> None:
    early, late = day.book("08:00", "0912345678"), day.book("15:00", "0987654321")
    day.at(8)
    day.desk.do(queue.issue, SERVICE, None)
    day.at(10)
    day.desk.do(queue.close_day, "2026-11-23")
    day.at(10, 1)
    assert day.told == [BookingsMissed(missed_day="2026-11-23", bookings=[early.id], released=[late.id])]
    assert [day.now(made)[0] for made in (early, late)] == ["missed", "cancelled"]


def test_a_day_on_which_the_desk_was_off_costs_nobody_a_booking(day: Day) -> None:
    made = day.book("08:00", "0912345678")
    day.at(8, days=1)
    assert (day.told, day.now(made)[0]) == (
        [BookingsMissed(missed_day="2026-11-23", bookings=[], released=[made.id])],
        "cancelled",
    )


def test_phone_numbers_are_forgotten_after_their_time_and_the_booking_stays(day: Day) -> None:
    made = day.book("08:00", "0912345678")
    day.at(8, days=30)
    assert day.now(made) == ("cancelled", "0912345678", "an@example.vn")
    day.at(8, days=31)
    assert day.now(made) == ("cancelled", "", "")
