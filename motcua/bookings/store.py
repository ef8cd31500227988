"""Bookings in the store. Phone numbers and addresses are erased after a while."""

import json
from collections.abc import Sequence
from typing import Any, cast

from motcua.bookings.model import Booking, BookingState
from motcua.desk import Reader, Room, Stamps, Unknown


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE bookings (id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL UNIQUE, service TEXT "
        "NOT NULL, day TEXT NOT NULL,"
        " slot_at TEXT NOT NULL, phone TEXT NOT NULL, email TEXT NOT NULL, language TEXT NOT NULL, state TEXT NOT NULL,"
        " made_at TEXT NOT NULL, ticket TEXT) STRICT"
    )
    db.execute("CREATE INDEX bookings_day ON bookings (day, state)")
    db.execute("CREATE INDEX bookings_phone ON bookings (phone) WHERE phone <> ''")
    db.execute("CREATE INDEX bookings_open ON bookings (day) WHERE state = 'booked'")


ROOM = Room("bookings", [("first", _first)], [Stamps("bookings", ["made_at"], where="made_at >= :since")])
_BOOKING = "SELECT id, code, service, day, slot_at, phone, email, language, state, made_at, ticket FROM bookings"

_AMONG = "(? IS NULL OR code IN (SELECT value FROM json_each(?)))"


def _booking(row: Any) -> Booking:
    return Booking(
        row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], BookingState(row[8]), row[9], row[10]
    )


def find_by_code(db: Reader, code: str) -> Booking | None:
    """Return the booking that `code` names."""
    row = db.execute(f"{_BOOKING} WHERE code = ?", (code,)).fetchone()
    return _booking(row) if row else None


def find(db: Reader, booking: int) -> Booking | None:
    """Return the booking with this number."""
    row = db.execute(f"{_BOOKING} WHERE id = ?", (booking,)).fetchone()
    return _booking(row) if row else None


def get_by_code(db: Reader, code: str) -> Booking:
    """Return the booking that `code` names. Raises `Unknown("booking.unknown")`."""
    if (booking := find_by_code(db, code)) is None:
        raise Unknown("booking.unknown", "There is no booking with this code.")
    return booking


def list_of_day(db: Reader, day: str) -> list[Booking]:
    """Return the bookings of `day` by their slots."""
    return [_booking(row) for row in db.execute(f"{_BOOKING} WHERE day = ? ORDER BY slot_at, id", (day,))]


def list_booked_slots(db: Reader, first: str, last: str) -> list[str]:
    """Return the slot of each place that is taken on the days `first` to `last`, in order."""
    query = (
        "SELECT slot_at FROM bookings WHERE day BETWEEN ? AND ? AND state IN ('booked', 'checked_in') ORDER BY slot_at"
    )
    return [row[0] for row in db.execute(query, (first, last))]


def list_upcoming(db: Reader, at: str) -> list[Booking]:
    """Return the bookings whose slots begin at `at` or later and that nobody cancelled or used, by their slots."""
    return [
        _booking(row)
        for row in db.execute(f"{_BOOKING} WHERE state = 'booked' AND slot_at >= ? ORDER BY slot_at, id", (at,))
    ]


def has_active(db: Reader, phone: str, since: str, among: Sequence[str] | None = None) -> bool:
    """Say whether `phone` has a booking whose slot begins at `since` or later; with `among` one of these codes."""
    query = f"SELECT 1 FROM bookings WHERE phone = ? AND phone <> '' AND state = 'booked' AND slot_at >= ? AND {_AMONG}"
    codes = _codes(among)
    return db.execute(query, (phone, since, codes, codes)).fetchone() is not None


def count_missed(db: Reader, phone: str, since: str, among: Sequence[str] | None = None) -> int:
    """Return how many bookings `phone` missed on the day `since` or later; with `among` how many of these codes."""
    query = (
        f"SELECT count(*) FROM bookings WHERE phone = ? AND phone <> '' AND state = 'missed' AND day >= ? AND {_AMONG}"
    )
    codes = _codes(among)
    return cast(int, db.execute(query, (phone, since, codes, codes)).fetchone()[0])


def _codes(among: Sequence[str] | None) -> str | None:
    return None if among is None else json.dumps(list(among))


def list_unsettled_days(db: Reader, until: str) -> list[str]:
    """Return the days up to `until` on which somebody who booked has not come (yet)."""
    return [
        row[0]
        for row in db.execute(
            "SELECT DISTINCT day FROM bookings WHERE state = 'booked' AND day <= ? ORDER BY day", (until,)
        )
    ]


def list_still_booked(db: Reader, day: str) -> list[Booking]:
    """Return the bookings of `day` whose citizens have not come (yet), by slot."""
    return [
        _booking(row)
        for row in db.execute(f"{_BOOKING} WHERE state = 'booked' AND day = ? ORDER BY slot_at, id", (day,))
    ]


def add(db: Reader, booking: Booking) -> int:
    """Write a new booking and return its number."""
    row = (
        booking.code,
        booking.service,
        booking.day,
        booking.slot_at,
        booking.phone,
        booking.email,
        booking.language,
        booking.state.value,
        booking.made_at,
    )
    query = (
        "INSERT INTO bookings (code, service, day, slot_at, phone, email, language, state, made_at) VALUES "
        "(?,?,?,?,?,?,?,?,?)"
    )
    return cast(int, db.execute(query, row).lastrowid)


def save_state(db: Reader, bookings: Sequence[int], state: BookingState) -> None:
    """Write where these bookings are in their lives."""
    for booking in bookings:
        db.execute("UPDATE bookings SET state = ? WHERE id = ?", (state.value, booking))


def check_in(db: Reader, booking: int, ticket: str) -> None:
    """Write that a booking has a number now."""
    db.execute("UPDATE bookings SET state = 'checked_in', ticket = ? WHERE id = ?", (ticket, booking))


def erase(db: Reader, before: str) -> int:
    """Erase the phone numbers and addresses of bookings for days before `before`; return how many."""
    return db.execute("UPDATE bookings SET phone = '', email = '' WHERE phone <> '' AND day < ?", (before,)).rowcount
