"""Booking and giving up on a real desk: what is refused, what the journal tells, what becomes of those who do not
come.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from motcua.bookings import actions, store
from motcua.bookings.events import BookingCancelled, BookingMade, BookingsMissed
from motcua.bookings.model import Booking, BookingState
from motcua.desk import Refused
from motcua.queue import actions as queue
from motcua.queue.model import TicketRequest, find_no_wait
from tests.conftest import START
from tests.unit.bookings.conftest import PHONE, Booked

OTHERS = [f"09000000{n:02d}" for n in range(20)]


def refused(booked: Booked, **fields: Any) -> str:
    """Return the code of a refusal, having seen that nothing was written."""
    before, head = booked.every(), booked.desk.head
    with pytest.raises(Refused) as caught:
        booked.book(**fields)
    assert (booked.every(), booked.desk.head) == (before, head)
    return caught.value.code


def test_a_booking_is_kept_and_told_without_phone_and_code(booked: Booked) -> None:
    booking = booked.book("09:00", phone="+84 912 345 678", email="an@example.vn", language="en")
    assert booked.now(booking) == booking
    assert (booking.phone, booking.day, booking.slot_at, booking.state) == (
        PHONE,
        "2026-11-23",
        "2026-11-23T02:00:00.000Z",
        BookingState.BOOKED,
    )
    assert len(booking.code) == 8
    assert booked.events == [BookingMade(booking=booking.id, service="copy", slot_at=booking.slot_at, day="2026-11-23")]
    assert all(secret not in booked.journal() for secret in (PHONE, "912345678", "an@example.vn", booking.code))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"service": "signature"}, "booking.service"),
        ({"service": "nonsense"}, "booking.service"),
        ({"phone": "12345"}, "booking.phone"),
        ({"email": "an"}, "booking.email"),
        ({"language": "fr"}, "booking.language"),
        ({"clock": "09:10"}, "booking.slot_unknown"),
        ({"clock": "11:30"}, "booking.slot_unknown"),
        ({"clock": "99:99"}, "booking.slot_unknown"),
        ({"day": "2026-11-24"}, "booking.slot_unknown"),
        ({"day": "2026-11-27"}, "booking.slot_unknown"),
        ({"day": "2026-11-20"}, "booking.slot_unknown"),
        ({"clock": "07:30"}, "booking.slot_late"),
        ({"clock": "08:00"}, "booking.slot_late"),
    ],
)
def test_what_cannot_be_booked_is_refused_by_name(booked: Booked, fields: dict[str, str], code: str) -> None:
    assert refused(booked, **fields) == code


def test_the_earliest_slot_is_the_first_that_begins_after_the_lead(booked: Booked) -> None:
    booked.book("08:30")
    booked.clock.advance(1)
    assert refused(booked, clock="08:30", phone=OTHERS[0]) == "booking.slot_late"


def test_nothing_is_booked_while_it_is_closed_or_the_clock_is_wrong(booked: Booked) -> None:
    booked.rules(is_open=False)
    assert refused(booked) == "booking.closed"
    booked.rules()
    booked.book("10:00", phone=OTHERS[0])
    booked.clock.advance(-86400)
    assert refused(booked) == "clock.behind"


def test_a_day_that_a_leader_ended_cannot_be_booked_any_more(booked: Booked) -> None:
    booked.desk.do(queue.close_day, "2026-11-23")
    assert refused(booked, clock="14:00") == "booking.slot_unknown"
    assert booked.book("14:00", day="2026-11-25").day == "2026-11-25"


def test_a_full_slot_is_refused_until_somebody_gives_up_a_place(booked: Booked) -> None:
    first = booked.book(phone=OTHERS[0])
    booked.book(phone=OTHERS[1], service="birth")
    assert refused(booked, phone=OTHERS[2]) == "booking.slot_full"
    assert booked.cancel(first).state is BookingState.CANCELLED
    assert booked.events[-1] == BookingCancelled(
        booking=first.id, service="copy", slot_at=first.slot_at, day="2026-11-23"
    )
    booked.book(phone=OTHERS[2])


def test_many_at_once_get_no_more_places_than_there_are(booked: Booked) -> None:
    def try_to(phone: str) -> str:
        try:
            return booked.book(phone=phone).code
        except Refused as refusal:
            return refusal.code

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(try_to, OTHERS))
    assert answers.count("booking.slot_full") == len(OTHERS) - 2
    assert len(booked.every()) == 2


def test_a_phone_has_one_booking_at_a_time(booked: Booked) -> None:
    first = booked.book("09:00")
    assert refused(booked, clock="10:00", phone="+84 912.345.678") == "booking.active"
    booked.cancel(first)
    second = booked.book("10:00")
    booked.clock.set(START + timedelta(hours=2, minutes=15))  # 10:15, still within the grace
    assert refused(booked, clock="14:00") == "booking.active"
    booked.clock.advance(1)
    booked.book("14:00")
    assert booked.now(second).state is BookingState.BOOKED


def test_the_same_phone_books_again_after_it_came(booked: Booked) -> None:
    booking = booked.book("09:00")
    ticket = booked.desk.do(
        queue.take_number, TicketRequest("copy", appointment=booking.code.lower()), find_no_wait
    ).ticket
    assert (booked.now(booking).state, booked.now(booking).ticket) == (BookingState.CHECKED_IN, ticket.id)
    booked.book("10:00")
    with pytest.raises(Refused) as caught:
        booked.cancel(booking)
    assert caught.value.code == "booking.used"


def test_what_has_begun_or_was_cancelled_cannot_be_cancelled(booked: Booked) -> None:
    early, late = booked.book("09:00"), booked.book("09:30", phone=OTHERS[0])
    booked.cancel(early)
    booked.clock.set(START + timedelta(hours=1, minutes=30))
    for booking in (early, late):
        with pytest.raises(Refused) as caught:
            booked.cancel(booking)
        assert caught.value.code == "booking.over"
    with pytest.raises(Refused) as caught:
        booked.desk.do(actions.cancel, "AAAAAAAA")
    assert caught.value.code == "booking.unknown"


def miss(booked: Booked, day: str = "2026-11-23", *, worked: bool = True) -> list[int]:
    return booked.desk.do(actions.record_missed, day, worked)


def test_who_does_not_come_has_missed_the_day(booked: Booked) -> None:
    gone, came, gave_up = (
        booked.book("09:00", phone=phone) if n < 2 else booked.book("10:00", phone=phone)
        for n, phone in enumerate(OTHERS[:3])
    )
    booked.desk.do(queue.take_number, TicketRequest("copy", appointment=came.code), find_no_wait)
    booked.cancel(gave_up)
    booked.clock.advance(86400)
    assert miss(booked) == [gone.id]
    assert booked.events[-1] == BookingsMissed(missed_day="2026-11-23", bookings=[gone.id], released=[])
    assert [state for _code, _phone, state in booked.every()] == ["missed", "checked_in", "cancelled"]
    head = booked.desk.head
    assert miss(booked) == []
    assert booked.desk.head == head


def test_nobody_misses_a_time_that_the_hall_did_not_keep(booked: Booked) -> None:
    morning, afternoon = booked.book("09:00"), booked.book("14:00", phone=OTHERS[0])
    booked.clock.set(START + timedelta(hours=4))
    assert miss(booked) == [morning.id]
    assert booked.now(afternoon).state is BookingState.CANCELLED
    assert booked.events[-1] == BookingsMissed(missed_day="2026-11-23", bookings=[morning.id], released=[afternoon.id])
    wednesday = booked.book("09:00", day="2026-11-25", phone=OTHERS[1])
    booked.clock.advance(3 * 86400)
    assert miss(booked, "2026-11-25", worked=False) == []
    assert booked.now(wednesday).state is BookingState.CANCELLED


def missed_twice(booked: Booked) -> None:
    for day in ("2026-11-23", "2026-11-25"):
        booked.book("14:00", day=day)
        booked.clock.advance(2 * 86400)
        miss(booked, day)


def test_a_phone_that_missed_too_often_waits_until_that_is_long_ago(booked: Booked) -> None:
    missed_twice(booked)
    assert refused(booked, day="2026-11-27", clock="14:00") == "booking.missed"
    booked.book("14:00", day="2026-11-27", phone=OTHERS[0])
    booked.clock.set(START + timedelta(days=30))
    assert refused(booked, day="2026-12-23", clock="14:00") == "booking.missed"
    booked.clock.set(START + timedelta(days=31))
    booked.book("14:00", day="2026-12-24")


def test_with_no_limit_missing_costs_nothing(booked: Booked) -> None:
    booked.rules(missed_max=0)
    missed_twice(booked)
    booked.book("14:00", day="2026-11-27")


def test_what_was_erased_is_gone_and_the_booking_stays(booked: Booked) -> None:
    booking = booked.book(email="an@example.vn")
    assert booked.desk.do(lambda tx: store.erase(tx.db, "2026-11-23")) == 0
    assert booked.desk.do(lambda tx: store.erase(tx.db, "2026-11-24")) == 1
    stored_booking: Booking = booked.now(booking)
    assert (stored_booking.phone, stored_booking.email, stored_booking.code) == ("", "", booking.code)
    booked.book("10:00")
    assert PHONE not in json.dumps(booked.every()[0])


def test_whoever_holds_no_earlier_booking_learns_nothing_of_one(booked: Booked) -> None:
    missed_twice(booked)
    strange = booked.book("14:00", day="2026-11-27", holds=())
    again = booked.book("14:30", day="2026-11-27", holds=("AAAAAAAA",))
    assert again.code != strange.code
    assert refused(booked, day="2026-11-27", clock="15:00", holds=(strange.code,)) == "booking.active"
