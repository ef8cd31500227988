"""What stands on paper: the wait in words, the booked time, the seat; and who prints it."""

from typing import Literal

import pytest

from motcua.bookings import store as bookings
from motcua.bookings.model import Booking, BookingState
from motcua.catalogue import store as catalogue
from motcua.copies import replace
from motcua.counters import actions as counters
from motcua.desk import Planned, Tx, stamp
from motcua.devices.paper.ticket import SAMPLE
from motcua.equipment import actions as equipment
from motcua.estimates.waits import WaitEstimates
from motcua.queue import actions
from motcua.queue import store as queue
from motcua.queue.events import TicketIssued, TicketReprinted
from motcua.queue.model import TicketRequest, WaitRange, find_no_wait
from motcua.settings import store as settings
from motcua.settings.model import Printing, Seats
from motcua.staff import actions as staff
from motcua.views.kiosk import show_kiosk as kiosk_view
from motcua.wiring.paper import compose_ticket, write_wait
from motcua.wiring.printer import plan_ticket
from tests.conftest import GROUPS, SERVICES, SETTINGS, TODAY, Hall


def add_printer(hall: Hall) -> None:
    """Let an agent declare a printer."""
    agent = hall.desk.do(staff.add_token, "agent", None, "", None).credential.id
    hall.desk.do(equipment.declare, agent, [{"name": "may-in", "kind": "printer"}])


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
    said = write_wait(WaitRange(p50_s, p80_s))
    assert said == (words, words.replace("dưới", "under").replace("khoảng", "about").replace("phút", "min"))


def test_a_wait_that_nobody_knows_is_not_told() -> None:
    assert write_wait(None) is None


def test_the_print_job_carries_wait_booked_time_and_seat(hall: Hall) -> None:
    slot_at = stamp(hall.clock.now())

    def prepare(tx: Tx) -> None:
        settings.save(tx.db, replace(SETTINGS, seats=Seats(("Ghế 5",))))
        catalogue.replace_all(tx.db, GROUPS, [replace(item, at_seat=item.code == "copy") for item in SERVICES])
        bookings.add(tx.db, Booking(0, "ABCDEGHK", "copy", TODAY, slot_at, "", "", "vi", BookingState.BOOKED, slot_at))

    hall.desk.do(prepare)
    add_printer(hall)
    printed = []
    for wish in (TicketRequest("copy", seat="Ghế 5"), TicketRequest("copy", appointment="ABCD EGHK")):
        made = hall.desk.do(actions.take_number, wish, lambda _service, _rank: WaitRange(600, 1200)).ticket
        event = TicketIssued(made.id, made.number, made.service, made.letter, made.rank, 0, None)
        with hall.desk.read() as db:
            printed += [job.payload for job in plan_ticket(event, db)]
    facts = [(paper["wait"], paper["due_at"], paper["seat"]) for paper in printed]
    assert facts == [("khoảng 10\N{EN DASH}20 phút", None, "Ghế 5"), (None, "08:00", None)]


Paper = Literal["auto", "browser", "agent", "none"]


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("setting", "has_printer", "paper"),
    [
        ("auto", False, "browser"),
        ("auto", True, "agent"),
        ("agent", True, "agent"),
        ("agent", False, "none"),
        ("browser", True, "browser"),
        ("browser", False, "browser"),
        ("none", True, "none"),
    ],
)
def test_the_kiosk_waits_for_an_agents_paper_exactly_when_one_is_planned(
    hall: Hall, setting: Paper, has_printer: bool, paper: str
) -> None:
    hall.desk.do(lambda tx: settings.save(tx.db, replace(SETTINGS, printing=Printing(setting))))
    if has_printer:
        add_printer(hall)
    ticket = hall.desk.do(actions.issue, "copy", None).ticket
    with hall.desk.read() as db:
        screen = kiosk_view(db, hall.clock.now(), TODAY, WaitEstimates(), clock_behind=False)
        jobs = plan_ticket(TicketReprinted(ticket.id, ticket.number, 0), db)
    assert (screen["paper"], len(jobs)) == (paper, 1 if paper == "agent" else 0)


def reprinted(hall: Hall, ticket: str) -> Planned:
    """Return the job of a paper that is wanted again."""
    hall.desk.do(actions.reprint, ticket)
    with hall.desk.read() as db:
        event = TicketReprinted(ticket, ticket[-4:], queue.count_people_ahead(db, queue.get(db, ticket)))
        (job,) = plan_ticket(event, db)
    return job


def test_a_paper_printed_again_promises_no_seat_and_no_place_that_are_gone(hall: Hall) -> None:
    def prepare(tx: Tx) -> None:
        settings.save(tx.db, replace(SETTINGS, seats=Seats(("Ghế 5",))))
        catalogue.replace_all(tx.db, GROUPS, [replace(item, at_seat=item.code == "copy") for item in SERVICES])

    hall.desk.do(prepare)
    add_printer(hall)
    ticket = hall.desk.do(actions.take_number, TicketRequest("copy", seat="Ghế 5"), find_no_wait).ticket.id
    facts = [reprinted(hall, ticket).payload]
    hall.desk.do(counters.open_counter, 1, None)
    hall.desk.do(actions.call_next, 1)
    facts.append(reprinted(hall, ticket).payload)
    hall.desk.do(actions.start, 1)
    hall.desk.do(actions.transfer, 1, "signature", None)
    facts.append(reprinted(hall, ticket).payload)
    assert [(paper["people_ahead"], paper["seat"], paper["reprint"]) for paper in facts] == [
        (0, "Ghế 5", True),
        (None, "Ghế 5", True),
        (0, None, True),
    ]


def test_previews_and_test_tickets_have_the_places_of_a_real_one(hall: Hall) -> None:
    ticket = hall.desk.do(actions.issue, "copy", "elder75").ticket
    with hall.desk.read() as db:
        sheet = compose_ticket(db, ticket)
    assert {*sheet.to_payload(), "reprint"} == {"follow_path" if name == "follow_url" else name for name in SAMPLE}
    assert (sheet.has_priority, sheet.people_ahead, sheet.issued_at.isoformat()) == (
        True,
        0,
        "2026-11-23T08:00:00+07:00",
    )
