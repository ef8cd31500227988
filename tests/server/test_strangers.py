"""What a stranger learns and meets of others: nothing of their bookings, nothing of their idempotency keys."""

import http.client
import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.server.hall import Client, Place, Served, served
from tests.server.test_bookings_api import SERVICE, arrange, slots
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.process
PHONE, OTHER = "0911222333", "0911222444"


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    """Lend a desk where times can be booked."""
    with served() as made:
        arrange(made.client("admin"))
        yield made


def ask(desk: Served, address: str, path: str, body: Mapping[str, Any], key: str) -> tuple[int, Any]:
    """Send a command from `address` without any credential; return its status and JSON."""
    line = http.client.HTTPConnection("127.0.0.1", desk.port, timeout=PATIENCE_S, source_address=(address, 0))
    try:
        line.request(
            "POST", f"/api/v1/{path}", json.dumps(body), {"Content-Type": "application/json", "Idempotency-Key": key}
        )
        with line.getresponse() as answer:
            return answer.status, json.loads(answer.read())
    finally:
        line.close()


def wish(client: Client, slot: int, phone: str) -> dict[str, Any]:
    """Return what is sent to book a time."""
    return {"service": SERVICE, "slot_at": slots(client)[slot]["at"], "phone": phone}


def shape(answer: Any) -> Any:
    """Return what an answer looks like, without what is drawn by chance."""
    return (
        answer.status,
        sorted(answer.json),
        sorted(name for name in answer.headers if name not in {"date", "content-length"}),
    )


def test_a_stranger_cannot_tell_a_number_with_a_booking_from_one_without(desk: Served) -> None:
    owner = desk.client()
    made = owner.post("bookings", wish(owner, 5, PHONE))
    assert made.status == 201
    stranger = desk.client()
    with_one, without = (stranger.post("bookings", wish(stranger, 6, phone)) for phone in (PHONE, OTHER))
    assert (with_one.status, shape(with_one)) == (201, shape(without))
    assert with_one.json["code"] != made.json["code"]


def test_the_browser_that_booked_is_told_of_its_own_booking(desk: Served) -> None:
    phone = desk.client()
    made = phone.post("bookings", wish(phone, 7, "0911222555"))
    browser = made.headers["set-cookie"].partition(";")[0]
    assert "HttpOnly" in made.headers["set-cookie"]
    assert phone.post("bookings", wish(phone, 8, "0911222555"), Cookie=browser).code == (409, "booking.active")
    assert phone.post("bookings", wish(phone, 8, "0911222666"), Cookie=browser).status == 201


@pytest.mark.parametrize("role", ["officer", "leader", "admin"])
def test_the_desks_own_people_are_told(desk: Served, role: str) -> None:
    number = {"officer": "0911333001", "leader": "0911333002", "admin": "0911333003"}[role]
    client = desk.client(role)
    assert client.post("bookings", wish(client, 9, number)).status == 201
    assert client.post("bookings", wish(client, 10, number)).code == (409, "booking.active")


def test_strangers_share_no_keys(desk: Served) -> None:
    client = desk.client()
    first, second = (wish(client, slot, phone) for slot, phone in ((11, "0911444001"), (12, "0911444002")))
    status, made = ask(desk, "127.0.0.21", "bookings", first, "same")
    assert status == 201
    assert ask(desk, "127.0.0.21", "bookings", first, "same") == (201, made)
    status, again = ask(desk, "127.0.0.22", "bookings", first, "same")
    assert (status, again["code"] == made["code"]) == (201, False)
    assert ask(desk, "127.0.0.23", "bookings", second, "same")[0] == 201


def test_the_keys_of_a_code_follow_it_to_any_address_and_meet_no_other_codes(desk_served: Served, place: Place) -> None:
    codes = []
    for _ in range(2):
        made = place.issue()
        for step in ("call-next", "start", "finish"):
            assert place.do(step).status == 200
        codes.append(made["follow_url"][-12:])
    bodies = [{"channel": "qr", "token": code, "level": level} for code, level in zip(codes, (5, 4), strict=True)]
    status, rated = ask(desk_served, "127.0.0.24", "ratings", bodies[0], "k")
    assert status == 201
    assert ask(desk_served, "127.0.0.25", "ratings", bodies[0], "k") == (201, rated)
    assert ask(desk_served, "127.0.0.24", "ratings", {**bodies[0], "level": 3}, "k")[1]["code"] == "key.reused"
    status, other = ask(desk_served, "127.0.0.24", "ratings", bodies[1], "k")
    assert (status, other["id"] == rated["id"]) == (201, False)
