"""What stands on paper: the wait in words, the booked time, the seat."""

from dataclasses import replace

import pytest

from motcua.bookings import store as bookings
from motcua.bookings.model import Booking, BookingState
from motcua.catalogue import store as catalogue
from motcua.desk import Tx, stamp
from motcua.queue import actions
from motcua.queue.events import TicketIssued
from motcua.queue.model import Range, Wish
from motcua.settings import store as settings
from motcua.staff import actions as staff
from motcua.wiring.paper import wait_words
from motcua.wiring.printer import plan_ticket
from tests.conftest import GROUPS, SERVICES, SETTINGS, TODAY, Hall


@pytest.mark.parametrize(
    ("p50_s", "p80_s", "words"),
    [
        (0, 20, "dưới 1 phút"),
        (30, 290, "dưới 5 phút"),
        (600, 1200, "khoảng 10\N{EN DASH}20 phút"),
        (659, 1201, "khoảng 10\N{EN DASH}21 phút"),
        (600, 600, "khoảng 10 phút"),
    ],
)
def test_a_range_is_told_in_whole_minutes_rounded_outwards(p50_s: int, p80_s: int, words: str) -> None:
    said = wait_words(Range(p50_s, p80_s))
    assert said == (words, words.replace("dưới", "under").replace("khoảng", "about").replace("phút", "min"))


def test_a_wait_that_nobody_knows_is_not_told() -> None:
    assert wait_words(None) is None


def test_the_print_job_carries_wait_booked_time_and_seat(hall: Hall) -> None:
    slot_at = stamp(hall.clock.now())

    def prepare(tx: Tx) -> None:
        settings.save(tx.db, replace(SETTINGS, seats=("Ghế 5",)))
        catalogue.replace(tx.db, GROUPS, [replace(item, at_seat=item.code == "copy") for item in SERVICES])
        bookings.add(tx.db, Booking(0, "ABCDEGHK", "copy", TODAY, slot_at, "", "", "vi", BookingState.BOOKED, slot_at))

    hall.desk.do(prepare)
    hall.desk.do(staff.add_token, "agent", None, "", None)
    printed = []
    for wish in (Wish("copy", seat="Ghế 5"), Wish("copy", appointment="ABCD EGHK")):
        made = hall.desk.do(actions.take_number, wish, lambda _service, _rank: Range(600, 1200)).ticket
        event = TicketIssued(made.id, made.number, made.service, made.letter, made.rank, 0, None)
        with hall.desk.read() as db:
            printed += [job.payload for job in plan_ticket(event, db)]
    facts = [(paper["wait"], paper["due_at"], paper["seat"]) for paper in printed]
    assert facts == [("khoảng 10\N{EN DASH}20 phút", None, "Ghế 5"), (None, "08:00", None)]
