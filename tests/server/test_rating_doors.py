"""Who may rate by which channel, what bad input gets, and that officers never see a single rating."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from tests.server import hall
from tests.server.hall import Place, Served

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def desk_served() -> Iterator[Served]:
    """Lend a desk of its own: wrong codes of other tests come from the same address, and are counted."""
    with hall.served(shared=True) as made:
        yield made


def served_visit(place: Place) -> dict[str, Any]:
    made: dict[str, Any] = place.issue()
    for step in ("call-next", "start", "finish"):
        assert place.do(step).status == 200
    return made


def digits(served: Served, ticket: dict[str, Any]) -> str:
    with sqlite3.connect(f"file:{served.folder / 'desk.db'}?mode=ro", uri=True) as db:
        row = db.execute("SELECT short_code FROM tickets WHERE id = ?", (ticket["id"],)).fetchone()
    db.close()
    return str(row[0])


@pytest.mark.thorough
def test_a_counters_code_rates_the_visit_with_its_digits_and_the_counter_without(
    desk_served: Served, place: Place
) -> None:
    made = served_visit(place)
    public = desk_served.client()
    body = {"level": 3, "channel": "counter_qr", "counter": place.number}
    right = {"number": made["number"], "short_code": digits(desk_served, made)}
    assert public.post("ratings", {**body, **right}).json["status"] == "counted"
    assert public.post("ratings", body).json["status"] == "unprompted"
    codes = [
        public.post("ratings", {**body, **wrong}).json["code"]
        for wrong in (
            {"number": made["number"]},
            {"short_code": "1234"},
            {"number": "A999", "short_code": "1234"},
            {"number": made["number"], "short_code": "x"},
            {"visit": made["id"]},
        )
    ]
    assert codes == ["short_code.missing"] * 2 + ["short_code.unknown", "short_code.wrong", "rating.channel"]


def test_five_wrong_tries_end_the_digits_also_over_the_api(desk_served: Served, place: Place) -> None:
    made = served_visit(place)
    right = digits(desk_served, made)
    wrong = f"{(int(right) + 1) % 10_000:04d}"
    public = desk_served.client()
    body = {"level": 3, "channel": "counter_qr", "counter": place.number, "number": made["number"]}
    codes = [public.post("ratings", {**body, "short_code": code}).json["code"] for code in [wrong] * 5 + [right]]
    assert codes == ["short_code.wrong"] * 4 + ["short_code.void", "short_code.unknown"]


@pytest.mark.thorough
def test_a_slip_needs_a_person_of_the_desk_whom_a_leader_lets_type(desk_served: Served, place: Place) -> None:
    made = served_visit(place)
    body = {"level": 2, "channel": "slip", "visit": made["id"]}
    answers = {
        role: desk_served.client(role, place.number if role in {"pad", "counter"} else None)
        .post("ratings", body)
        .status
        for role in ("kiosk", "wall", "pad", "counter")
    }
    assert answers == dict.fromkeys(answers, 403)
    assert desk_served.client().post("ratings", body).status == 401


@pytest.mark.thorough
def test_no_page_of_single_ratings_opens_for_officers(desk_served: Served, place: Place) -> None:
    officer = desk_served.client("officer")
    statuses = {
        path: officer.get(path).status
        for path in ("/leaders/ratings", "/leaders", "/state/leaders", "/slips", f"/counters/{place.number}/poster.pdf")
    }
    assert statuses == dict.fromkeys(statuses, 403)
    assert officer.send("POST", "/leaders/ratings/1", b"decision=release&reason=x", FORM).status == 403


@pytest.mark.thorough
def test_an_officer_sees_no_single_rating_at_any_door(desk_served: Served, place: Place) -> None:
    made = served_visit(place)
    comment = "Lời chê riêng của một công dân"
    token = made["follow_url"][-12:]
    rated = desk_served.client().post(
        "ratings", {"level": 1, "channel": "qr", "token": token, "reasons": ["attitude"], "comment": comment}
    )
    assert rated.status == 201
    for role in ("officer", "counter"):
        client = desk_served.client(role, place.number if role == "counter" else None)
        for path in (f"tickets/{made['id']}", "queue", "counters", f"/state/counter/{place.number}"):
            answer = client.get(path).body.decode()
            assert comment not in answer, path
            assert '"level"' not in answer, path
            assert '"reasons": ["attitude"]' not in answer, path


@pytest.mark.thorough
@pytest.mark.parametrize("path", ["/c/{n}", "/t/{code}/rating"])
def test_garbage_in_the_forms_gets_a_clear_answer_and_writes_nothing(
    desk_served: Served, place: Place, path: str
) -> None:
    made = served_visit(place)
    address = path.format(n=place.number, code=made["follow_url"][-12:])
    head = desk_served.client("leader").get("/state/leaders").json["desk"]
    own = {**FORM, "Origin": desk_served.url}
    bodies = (b"", b"level=9", b"level=%00", b"level=1&reason=nothing", b"level=5&comment=" + b"x" * 1001)
    statuses = [desk_served.client().send("POST", address, body, own).status for body in bodies]
    assert statuses == [422] * 5
    assert (
        desk_served.client().send("POST", address, b"level=5", {**FORM, "Origin": "http://evil.example"}).status == 403
    )
    assert desk_served.client().send("POST", address, b"level=1&comment=" + b"x" * 600_000, own).status == 413
    assert desk_served.client("leader").get("/state/leaders").json["desk"] == head
    assert desk_served.client().get("/t/AAAAAAAAAAAA/rating").status == 404


@pytest.mark.thorough
def test_one_browser_rates_a_counter_few_times_a_minute_and_the_hall_goes_on(desk_served: Served, place: Place) -> None:
    body = {"level": 3, "channel": "counter_qr", "counter": place.number}
    page = desk_served.client().get(f"/c/{place.number}")
    cookie = page.headers["set-cookie"].partition(";")[0]
    one = desk_served.client(Cookie=cookie)
    statuses = [one.post("ratings", body).status for _ in range(6)]
    assert statuses == [201] * 5 + [429]
    assert desk_served.client().post("ratings", body).status == 201
