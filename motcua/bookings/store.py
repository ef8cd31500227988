"""Bookings in the store. Phone numbers and addresses are erased after a while."""

from typing import Any

from motcua.bookings.model import Booking, BookingState
from motcua.desk import Reader, Room


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE bookings (id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL UNIQUE, service TEXT NOT NULL, day TEXT NOT NULL,"
        " slot_at TEXT NOT NULL, phone TEXT NOT NULL, email TEXT NOT NULL, language TEXT NOT NULL, state TEXT NOT NULL,"
        " made_at TEXT NOT NULL, ticket TEXT) STRICT"
    )
    db.execute("CREATE INDEX bookings_day ON bookings (day, state)")
    db.execute("CREATE INDEX bookings_phone ON bookings (phone) WHERE phone <> ''")


ROOM = Room("bookings", [("first", _first)])
_BOOKING = "SELECT id, code, service, day, slot_at, phone, email, language, state, made_at, ticket FROM bookings"


def _booking(row: Any) -> Booking:
    return Booking(row[0], row[1], row[2], row[3], row[4], row[5], row[6], row[7], BookingState(row[8]), row[9], row[10])


def by_code(db: Reader, code: str) -> Booking | None:
    """Return the booking that `code` names."""
    row = db.execute(f"{_BOOKING} WHERE code = ?", (code,)).fetchone()
    return _booking(row) if row else None


def check_in(db: Reader, booking: int, ticket: str) -> None:
    """Write that a booking has a number now."""
    db.execute("UPDATE bookings SET state = 'checked_in', ticket = ? WHERE id = ?", (ticket, booking))
