"""A hall that can be booked: slots of half an hour, two places each, copies and births only."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pytest

from motcua.bookings import actions, store
from motcua.bookings.model import Booking, BookingRequest
from motcua.catalogue import store as catalogue
from motcua.copies import replace
from motcua.desk import Entry, Event, Tx
from motcua.queue import store as queue_store
from motcua.settings import store as settings_store
from motcua.settings.model import Appointments
from tests.conftest import GROUPS, SERVICES, SETTINGS, Hall

OPEN = Appointments(
    is_open=True, slot_min=30, capacity=2, days_ahead=3, lead_min=30, grace_min=15, missed_max=2, missed_days=30
)
BOOKABLE = {"copy", "birth"}
PHONE = "0912345678"


def arrange(tx: Tx, rules: Appointments) -> None:
    settings_store.save(tx.db, replace(SETTINGS, appointments=rules))
    catalogue.replace_all(tx.db, GROUPS, [replace(item, bookable=item.code in BOOKABLE) for item in SERVICES])


@dataclass
class Booked:
    """The hall, with the sentences that tests of bookings are made of; `events` is what the journal told since."""

    hall: Hall
    events: list[Event] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.desk, self.clock = self.hall.desk, self.hall.clock
        self.desk.on_commit(self._heard)

    def _heard(self, batch: Sequence[Entry[Event]]) -> None:
        self.events.extend(entry.event for entry in batch)

    def rules(self, **changed: Any) -> None:
        self.desk.do(arrange, replace(OPEN, **changed))

    def book(
        self, clock: str = "09:00", day: str = "2026-11-23", phone: str = PHONE, service: str = "copy", **more: Any
    ) -> Booking:
        """Book as a phone does; `clock` is the desk's."""
        request = BookingRequest(service, f"{day}T{clock}:00+07:00", phone, **more)
        return self.desk.by("citizen").do(actions.book, request, queue_store.is_day_closed)

    def cancel(self, booking: Booking) -> Booking:
        return self.desk.by("citizen").do(actions.cancel, booking.code)

    def now(self, booking: Booking) -> Booking:
        """Return a booking as it is kept now."""
        with self.desk.read() as db:
            stored_booking = store.find(db, booking.id)
        assert stored_booking is not None
        return stored_booking

    def every(self) -> list[tuple[str, str, str]]:
        """Return code, phone and state of all bookings."""
        with self.desk.read() as db:
            return [tuple(row) for row in db.execute("SELECT code, phone, state FROM bookings ORDER BY id")]

    def journal(self) -> str:
        with self.desk.read() as db:
            return json.dumps([list(row) for row in db.execute("SELECT * FROM journal")])


@pytest.fixture
def booked(hall: Hall) -> Booked:
    hall.desk.do(arrange, OPEN)
    return Booked(hall)
