"""Seats, quotas and booked times at the desk over real HTTP: what a number takes with it, what is refused, and what
screens hear.
"""

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import count

import pytest

from motcua.bookings import store as bookings
from motcua.bookings.model import Booking, BookingState
from motcua.catalogue.model import Service
from motcua.copies import replace
from motcua.desk import Tx, get_local_day, stamp, system_clock
from motcua.settings.model import Seats
from motcua.setup import actions as setup
from motcua.setup.document import write
from tests.server.hall import Client, Place, Served, fresh_folder, one_each, opened, services
from tests.server.screen import Screen
from tests.zone import ZONE, offset

pytestmark = pytest.mark.process
SEATS = ("Ghế 1", "Ghế 2")
CODES = [f"ABCDEGH{digit}" for digit in "23456789"]
"""The codes of the bookings: for now, half an hour ago, tomorrow, given up, and now for a service whose officers
come to the seat."""


def _arranged(number: int, item: Service) -> Service:
    """Return the n-th service: officers come to the seat for the odd ones, the fourth has one number a half-day."""
    return replace(item, at_seat=number % 2 == 1, quota=(1, 1) if number == 4 else (None, None))


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    document = one_each()
    changed = [_arranged(number, item) for number, item in enumerate(document.services, start=1)]
    settings = replace(document.settings, seats=Seats(SEATS))
    now = system_clock.now()
    today = get_local_day(now, ZONE)
    copy, other = services()[1].code, services()[2].code

    def book(tx: Tx) -> None:
        number = count()
        for service, ahead, state in (
            (copy, timedelta(), BookingState.BOOKED),
            (copy, timedelta(minutes=-30), BookingState.BOOKED),
            (copy, timedelta(days=1), BookingState.BOOKED),
            (copy, timedelta(), BookingState.CANCELLED),
            (other, timedelta(hours=1), BookingState.BOOKED),
        ):
            day = get_local_day(now + ahead, ZONE) if ahead.days > 0 else today
            row = Booking(0, CODES[next(number)], service, day, stamp(now + ahead), "", "", "vi", state, stamp(now))
            bookings.add(tx.db, row)

    with fresh_folder() as folder:
        alone = opened(folder)
        alone.do(setup.apply_text, write(replace(document, services=changed, settings=settings)))
        alone.do(book)
        alone.stop()
        made = Served(folder)
        made.is_told = False  # the bookings above were written without their events
        yield made
        made.close()
        assert "Traceback" not in made.complaints(), made.complaints()


@pytest.fixture(scope="module")
def places(desk: Served) -> list[Place]:
    """Lend the first five counters, open: the first, third and fifth serve at the seat."""
    return [desk.place() for _ in range(5)]


def page_code(made: dict[str, str]) -> str:
    return made["follow_url"].rsplit("/", 1)[1]


def test_a_seat_stands_beside_the_ticket_on_the_wall_and_in_the_counters_answer(
    desk: Served, places: list[Place]
) -> None:
    place = places[0]
    with Screen(desk.port, "/wall", {"token": desk.token("wall")}) as wall:
        made = place.issue(seat="Ghế 2")
        assert "seat" not in made
        assert place.do("call-next").json["seat"] == "Ghế 2"
        wall.wait(lambda: wall.told("call"))
        call = wall.told("call")[0]
        said = "ngồi tại chỗ. Cán bộ sẽ đến Ghế hai."
        assert (call["number"], call["counter"], call["seat"]) == (made["number"], place.number, "Ghế 2")
        assert call["sentence"].endswith(said)
        assert [(item["number"], item["seat"]) for item in wall.state["now"]] == [(made["number"], "Ghế 2")]
    found = desk.client("counter", place.number).get(f"/state/counter/{place.number}").json
    assert (found["seat"], found["due_at"], found["expected"]) == ("Ghế 2", None, [])
    assert place.do("finish").json["seat"] == "Ghế 2"
    other = places[1].issue()
    answer = places[1].do("call-next").json
    assert (answer["ticket"]["number"], answer["seat"]) == (other["number"], None)
    assert places[1].do("finish").status == 200


def test_who_holds_the_code_changes_the_seat_while_the_number_waits(desk: Served, places: list[Place]) -> None:
    place, public = places[0], desk.client(Accept_Language="en")
    made = place.issue(seat="Ghế 1")
    body = {"token": page_code(made), "seat": "Ghế 2"}
    answer = public.post("tickets/seat", body, "once")
    assert (answer.status, answer.json) == (200, {"seat": "Ghế 2"})
    assert public.post("tickets/seat", body, "once").json == public.post("tickets/seat", body).json == {"seat": "Ghế 2"}
    moves = [step["move"] for step in place.client.get(f"tickets/{made['id']}").json["history"]]
    assert moves == ["issued", "seated"]
    seen = public.get(f"/state/follow/{page_code(made)}").json
    assert (seen["seat"], seen["seats"], seen["due_at"]) == ("Ghế 2", list(SEATS), None)
    assert public.post("tickets/seat", {**body, "seat": "Sân thượng"}).code == (422, "seat.unknown")
    assert public.post("tickets/seat", {**body, "token": "AAAAAAAAAAAA"}).code == (422, "token.unknown")
    assert public.post("tickets/seat", {**body, "seat": 2}).status == 422
    place.do("call-next")
    assert public.post("tickets/seat", {**body, "seat": "Ghế 1"}).code == (409, "ticket.wrong_state")
    assert public.get(f"/state/follow/{page_code(made)}").json["seats"] == []
    place.do("finish")


def test_no_seat_where_officers_do_not_come_to_it(desk: Served, places: list[Place]) -> None:
    place = places[1]
    kiosk = place.kiosk
    assert kiosk.post("tickets", {"service": place.service, "seat": "Ghế 1"}).code == (422, "seat.not_served")
    assert kiosk.post("tickets", {"service": places[0].service, "seat": "Ghế 9"}).code == (422, "seat.unknown")
    made = place.issue()
    assert desk.client().post("tickets/seat", {"token": page_code(made), "seat": "Ghế 1"}).code == (
        422,
        "seat.not_served",
    )
    assert kiosk.post(f"tickets/{made['id']}/cancel").status == 200


def _service(kiosk: Client, code: str) -> dict[str, object]:
    state = kiosk.get("/state/kiosk").json
    return next(item for group in state["groups"] for item in group["services"] if item["code"] == code)


def test_a_quota_that_is_gone_is_refused_and_given_back_by_who_gives_up(places: list[Place]) -> None:
    place, kiosk = places[3], places[3].kiosk
    assert _service(kiosk, place.service)["quota_left"] == 1
    made = place.issue()
    assert _service(kiosk, place.service)["quota_left"] == 0
    refused = kiosk.post("tickets", {"service": place.service})
    assert refused.code == (409, "quota.gone")
    assert kiosk.post(f"tickets/{made['id']}/cancel").status == 200
    again = place.issue()
    assert again["number"] > made["number"]
    assert kiosk.post(f"tickets/{again['id']}/cancel").status == 200


def test_a_booking_gives_a_number_in_its_place_once(desk: Served, places: list[Place]) -> None:
    place, kiosk = places[1], desk.client("kiosk")
    body = {"service": place.service, "appointment": f"{CODES[0][:4]}-{CODES[0][4:].lower()}"}
    first = place.issue()
    made = kiosk.post("tickets", body)
    assert (made.status, made.json["people_ahead"], made.json["wait"]) == (201, 0, None)
    assert "due_at" not in made.json
    assert kiosk.post("tickets", body).code == (409, "appointment.used")
    assert place.do("call-next").json["ticket"]["id"] == made.json["id"]
    shown = place.client.get(f"/state/counter/{place.number}").json
    assert shown["due_at"][-6:] == offset()
    assert shown["why_text"]["vi"].count("lịch hẹn") == 1
    place.do("finish")
    late = kiosk.post("tickets", {**body, "appointment": CODES[1]}).json
    assert late["people_ahead"] == 1
    assert place.do("call-next").json["ticket"]["id"] == first["id"]
    place.do("finish")
    place.do("call-next")
    place.do("finish")


def test_bookings_that_give_no_number_say_why(desk: Served, places: list[Place]) -> None:
    kiosk, copy = desk.client("kiosk"), places[1].service
    for code, service, refusal in (
        ("ZZZZZZZZ", copy, (422, "appointment.unknown")),
        (CODES[2], copy, (409, "appointment.other_day")),
        (CODES[3], copy, (409, "appointment.over")),
        (CODES[4], copy, (422, "appointment.other_service")),
    ):
        assert kiosk.post("tickets", {"service": service, "appointment": code}).code == refusal


def test_a_booked_number_before_its_time_is_expected_and_keeps_its_seat(desk: Served, places: list[Place]) -> None:
    place = places[2]
    made = place.issue(appointment=CODES[4], seat="Ghế 1", priority="elder75")
    shown = place.client.get(f"/state/counter/{place.number}").json
    assert (shown["waiting"], shown["waiting_count"], shown["expected_count"]) == ([], 0, 1)
    assert shown["expected"] == [
        {"id": made["id"], "number": made["number"], "service": place.service, "due_at": shown["expected"][0]["due_at"]}
    ]
    assert place.do("call-next").status == 204
    seen = desk.client().get(f"/state/follow/{page_code(made)}").json
    assert (seen["seat"], seen["due_at"], json.dumps(seen).count("elder75")) == (
        "Ghế 1",
        shown["expected"][0]["due_at"],
        0,
    )


def test_the_code_on_a_seat_opens_its_page_for_everybody(desk: Served) -> None:
    public = desk.client()
    assert (public.get("/seat/2", Accept="text/html").status, public.get("/seat/3", Accept="text/html").status) == (
        200,
        404,
    )
    assert public.get("/seat/0", Accept="text/html").status == 404


def test_codes_of_numbers_cannot_be_guessed_fast(desk: Served) -> None:  # last: this address has to wait afterwards
    guesser = desk.client()
    found = [guesser.post("tickets/seat", {"token": f"{n:012d}", "seat": "Ghế 1"}) for n in range(61)]
    assert found[0].code == (422, "token.unknown")
    assert found[-1].code == (429, "attempts")
    assert int(found[-1].headers["retry-after"]) > 0
