"""Booking over real HTTP: what is free, taking it once, the code that opens it, the list without phone numbers, and
guessing.
"""

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.server.hall import PHONES, Client, Served, served
from tests.zone import offset

pytestmark = pytest.mark.process
SERVICE = "certified-copy"
_PHONES = (f"09{n:08d}" for n in count(10_000_000))


def arrange(admin: Client, **rules: Any) -> None:
    """Let times be booked for one service, under these rules."""
    services = admin.get("settings/services").json
    for item in services["data"]["services"]:
        item["bookable"] = item["code"] == SERVICE
    save(admin, "services", services)
    section = admin.get("settings/appointments").json
    section["data"]["appointments"].update(
        {"is_open": True, "slot_min": 60, "capacity": 3, "days_ahead": 2, "lead_min": 0, **rules}
    )
    save(admin, "appointments", section)


def save(admin: Client, name: str, section: Any) -> None:
    body = json.dumps({"version": section["version"], "data": section["data"]}).encode()
    answer = admin.send("PUT", f"settings/{name}", body, {"Content-Type": "application/json"})
    assert answer.status == 200, answer.json


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served() as made:
        arrange(made.client("admin"))
        yield made


@pytest.fixture
def phone(desk: Served) -> Client:
    """Lend a citizen's phone."""
    return desk.client(Accept_Language="en")


def days(client: Client) -> list[Any]:
    """Return the days that can be booked; the last is the day after tomorrow."""
    found: list[Any] = client.get(f"bookings/slots?service={SERVICE}").json["days"]
    return found


def slots(client: Client, day: str | None = None) -> list[Any]:
    """Return the slots of a day, the last if none is named."""
    found: list[Any] = client.get(f"bookings/slots?service={SERVICE}&day={day or days(client)[-1]['day']}").json[
        "slots"
    ]
    return found


def wish(client: Client, slot: int = 0, **more: Any) -> dict[str, Any]:
    return {"service": SERVICE, "slot_at": slots(client)[slot]["at"], "phone": next(_PHONES), **more}


def test_what_can_be_booked_is_asked_step_by_step(phone: Client) -> None:
    nothing = phone.get("bookings/slots").json
    assert (nothing["open"], [item["code"] for item in nothing["services"]]) == (True, [SERVICE])
    assert nothing["services"][0]["name"]["vi"].startswith("Chứng thực")
    assert (nothing["days"], nothing["slots"]) == ([], [])
    assert [item["left"] for item in days(phone)][-2:] == [24 * 3, 24 * 3]
    found = slots(phone)
    assert (len(found), found[0]["left"], found[0]["at"][11:], found[0]["until"][11:16]) == (
        24,
        3,
        f"00:00:00.000{offset()}",
        "01:00",
    )
    assert phone.get("bookings/slots?service=birth").code == (422, "booking.service")
    assert phone.get(f"bookings/slots?service={SERVICE}&day=mai").code == (422, "booking.day")
    assert phone.get(f"bookings/slots?service={SERVICE}&day=2020-01-01").json["slots"] == []


def test_a_time_is_booked_looked_at_and_given_up(desk: Served, phone: Client) -> None:
    asked = wish(phone, email="an@example.vn", language="en")
    before = slots(phone)[0]["left"]
    made = phone.post("bookings", asked)
    assert made.status == 201
    code = made.json["code"]
    kept = {key: made.json[key] for key in made.json if key not in {"url", "cancel_url"}}
    assert made.json["url"] == f"{PHONES}/b/{code}"
    assert made.json["cancel_url"] == f"{PHONES}/api/v1/bookings/{code}/cancel"
    assert (kept["slot_at"], kept["state"], kept["today"], kept["late"], kept["number"]) == (
        asked["slot_at"],
        "booked",
        False,
        False,
        None,
    )
    assert asked["phone"] not in made.body.decode()
    assert slots(phone)[0]["left"] == before - 1
    for role in (None, "kiosk", "officer", "leader", "admin"):
        assert desk.client(role).get(f"bookings/{code.lower()[:4]}%20{code.lower()[4:]}").json == kept
    assert phone.post(f"bookings/{code}/cancel").json == {**kept, "state": "cancelled"}
    assert phone.post(f"bookings/{code}/cancel").code == (409, "booking.over")
    assert slots(phone)[0]["left"] == before


def test_a_key_books_and_cancels_once(phone: Client) -> None:
    asked = wish(phone)
    first = phone.post("bookings", asked, "k1")
    assert phone.post("bookings", asked, "k1").json == first.json
    assert phone.post("bookings", {**asked, "phone": next(_PHONES)}, "k1").code == (422, "key.reused")
    path = f"bookings/{first.json['code']}/cancel"
    assert phone.post(path, {}, "k2").json == phone.post(path, {}, "k2").json


def test_refusals_are_clear_in_both_languages_and_change_nothing(desk: Served, phone: Client) -> None:
    asked = wish(phone, slot=3)
    assert phone.post("bookings", {**asked, "phone": "12345"}).code == (422, "booking.phone")
    vietnamese = desk.client(Accept_Language="vi").post("bookings", {**asked, "phone": "12345"}).json
    assert vietnamese["detail"] == "Số điện thoại chưa đúng. Xin viết như 0912 345 678."
    assert phone.post("bookings", {**asked, "service": "birth"}).code == (422, "booking.service")
    assert phone.post("bookings", {**asked, "slot_at": "2020-01-01T09:00:00+07:00"}).code == (
        422,
        "booking.slot_unknown",
    )
    assert phone.post("bookings", {**asked, "email": "a\nb@c.vn"}).code == (422, "booking.email")
    assert slots(phone)[3]["left"] == 3
    made = phone.post("bookings", asked)
    assert made.status == 201
    again = phone.post("bookings", asked, Cookie=made.headers["set-cookie"].partition(";")[0])
    assert (again.code, again.headers["content-type"]) == ((409, "booking.active"), "application/problem+json")


def test_the_days_list_shows_no_phone_number_and_is_the_desks_own(desk: Served, phone: Client) -> None:
    asked = wish(phone, phone="0987654321")
    made = phone.post("bookings", asked).json
    for role in ("officer", "leader", "admin"):
        items = desk.client(role).get(f"bookings?day={made['day']}").json["items"]
        mine = next(item for item in items if item["code"] == made["code"])
        assert (mine["phone"], mine["service"], mine["slot_at"], mine["state"]) == (
            "09*****321",
            SERVICE,
            asked["slot_at"],
            "booked",
        )
    assert desk.client("officer").get("bookings?day=hôm+nay".replace("ô", "%C3%B4")).code == (422, "booking.day")
    assert phone.get("bookings").code == (401, "auth.required")
    assert desk.client("kiosk").get("bookings").code == (403, "auth.role")


def test_guessing_codes_and_booking_without_end_are_slowed_down() -> None:
    with served() as desk:
        arrange(desk.client("admin"))
        phone = desk.client()
        answers = [phone.get(f"bookings/AAAAAA{n:02d}").code for n in range(61)]
        assert answers == [(404, "booking.unknown")] * 60 + [(429, "attempts")]
        assert phone.post("bookings/AAAAAAAA/cancel").code == (429, "attempts")
        asked = {"service": SERVICE, "slot_at": "x", "phone": "1"}
        answers = [phone.post("bookings", asked).code for _ in range(21)]
        assert answers == [(422, "booking.phone")] * 20 + [(429, "attempts")]
        assert int(phone.post("bookings", asked).headers["retry-after"]) > 0


BODIES: list[object] = [
    None, [], "book", 7, {}, {"service": SERVICE}, {"service": SERVICE, "slot_at": 5, "phone": "0912345678"},
    {"service": SERVICE, "slot_at": "x", "phone": None}, {"service": SERVICE, "slot_at": "x", "phone": "0" * 201},
    {"service": SERVICE, "slot_at": "x", "phone": "0912345678", "language": "fr"},
    {"service": SERVICE, "slot_at": "x", "phone": "0912345678", "email": ["a@b.vn"]},
    {"service": SERVICE, "slot_at": "x", "phone": "0912345678", "state": "missed"},
]  # fmt: skip


def test_rubbish_is_refused_by_name_and_nothing_is_personal_in_the_journal() -> None:
    with served() as desk:
        arrange(desk.client("admin"))
        phone = desk.client()
        assert {phone.send("POST", "bookings", json.dumps(body).encode()).code for body in BODIES} == {
            (422, "values.invalid")
        }
        assert phone.send("POST", "bookings", b"{").code == (400, "json.broken")
        for path in (
            "bookings/%00",
            "bookings/" + "A" * 5000,
            "bookings/..%2fdesk.db",
            "bookings/%F0%9F%98%80",
            "bookings/'%20OR%201=1",
        ):
            assert phone.get(path).status == 404
        found = wish(phone, phone="0912345678", email="an@example.vn")
        code = phone.post("bookings", found).json["code"]
        desk.stop()
        whole = b"".join(path.read_bytes() for path in Path(desk.folder).glob("serve.*"))
        assert b"0912345678" not in whole
        journal = export(desk)
        assert '"booking.made"' in journal
        assert all(secret not in journal for secret in ("0912345678", "912345678", "an@example.vn", code))


def export(desk: Served) -> str:
    import subprocess
    import sys

    command = [sys.executable, "-m", "motcua", "journal", "export", "--data", str(desk.folder)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 -- our own program
