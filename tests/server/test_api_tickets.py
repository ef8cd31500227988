"""Taking, reading, giving up and bringing back numbers over HTTP."""

import re

from tests.server.hall import PHONES, Json, Place, Served
from tests.zone import offset

TIME = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}" + re.escape(offset()))
NOT_YET = {"called_at": None, "recalled_at": None, "started_at": None, "finished_at": None}


def test_a_number_is_taken_with_its_whole_shape(desk_served: Served, place: Place) -> None:
    answer = place.kiosk.post("tickets", {"service": place.service})
    found = answer.json
    issued_at, follow = found["issued_at"], found["follow_url"]
    day = issued_at[:10].replace("-", "")
    assert answer.status == 201
    assert TIME.fullmatch(issued_at)
    assert re.fullmatch(rf"{PHONES}/t/[A-Za-z0-9_-]{{12}}", follow)
    assert re.fullmatch(r"[A-Z]\d{3}", found["number"])
    assert found == {
        "id": f"{day}-{found['number']}",
        "number": found["number"],
        "service": place.service,
        "letter": found["number"][0],
        "rank": 4,
        "priority": "ordinary",
        "state": "waiting",
        "counter": None,
        "issued_at": issued_at,
        **NOT_YET,
        "people_ahead": 0,
        "wait": None,
        "follow_url": follow,
    }


def test_numbers_of_a_letter_follow_each_other_and_count_who_is_before_them(place: Place) -> None:
    first, second = place.issue(), place.issue()
    urgent = place.issue(priority="disabled")
    assert int(second["number"][1:]) == int(first["number"][1:]) + 1
    assert second["people_ahead"] == first["people_ahead"] + 1
    assert (urgent["rank"], urgent["priority"], urgent["people_ahead"]) == (1, "disabled", 0)


def test_the_address_on_the_paper_is_the_settings_and_fits_its_qr(place: Place) -> None:
    answer = place.kiosk.post("tickets", {"service": place.service}, Host="192.168.100.200:8080")
    follow = answer.json["follow_url"]
    assert follow.startswith(f"{PHONES}/t/")
    assert len(follow.encode()) <= 42


def test_only_the_issuer_and_counters_see_the_class_and_nobody_else_the_address(
    desk_served: Served, place: Place
) -> None:
    made = place.issue(priority="pregnant")
    path = f"tickets/{made['id']}"
    seen = {role: desk_served.client(role).get(path).json for role in ("kiosk", "leader", "admin", "officer")}
    seen["counter"] = place.client.get(path).json
    assert {role: found["priority"] for role, found in seen.items()} == {
        "kiosk": None,
        "leader": None,
        "admin": None,
        "officer": "pregnant",
        "counter": "pregnant",
    }
    assert {found["follow_url"] for found in seen.values()} == {None}
    assert _of(desk_served.client("kiosk").get("queue").json["items"], made)["priority"] is None
    assert _of(place.client.get("queue").json["items"], made)["priority"] == "pregnant"


def _of(items: list[Json], made: Json) -> Json:
    return next(item for item in items if item["id"] == made["id"])


def test_a_ticket_tells_its_history_with_reasons(desk_served: Served, place: Place) -> None:
    made = place.issue()
    place.do("call-next")
    place.do("start")
    place.do("hold", {"reason": "documents"})
    found = desk_served.client("leader").get(f"tickets/{made['id']}", Accept_Language="en").json
    history = found.pop("history")
    assert found == {
        **made,
        "priority": None,
        "follow_url": None,
        "state": "held",
        "people_ahead": None,
        "called_at": found["called_at"],
        "started_at": found["started_at"],
    }
    why = {"rule": "first", "passed": [], "passes": 0, "guard_calls": 2, "guard_wait_min": 20}
    said = f"{made['number']} arrived first of those waiting for this counter."
    assert [(step["move"], step["counter"], step["reason"], step["why"], step["why_text"]) for step in history] == [
        ("issued", None, None, None, None),
        ("called", place.number, None, why, said),
        ("started", place.number, None, None, None),
        ("held", place.number, "documents", None, None),
    ]
    assert all(TIME.fullmatch(step["at"]) for step in history)
    assert [set(step) for step in history] == [{"at", "move", "counter", "reason", "why", "why_text"}] * 4


def test_a_number_is_given_up_once(place: Place) -> None:
    made = place.issue(priority="elder75")
    answer = place.kiosk.post(f"tickets/{made['id']}/cancel")
    gone = {**made, "state": "cancelled", "people_ahead": None, "priority": None, "follow_url": None}
    assert (answer.status, answer.json) == (200, {"ticket": gone, "why": None, "seat": None})
    assert place.kiosk.post(f"tickets/{made['id']}/cancel").code == (409, "ticket.wrong_state")


def test_who_was_absent_comes_back_first(place: Place) -> None:
    made, other = place.issue(), place.issue()
    assert place.kiosk.post(f"tickets/{made['id']}/return").code == (409, "ticket.not_absent")
    place.do("call-next")
    assert place.do("absent").code == (409, "ticket.not_recalled")
    place.do("recall")
    assert place.do("absent").json["ticket"]["state"] == "absent"
    answer = place.client.post(f"tickets/{made['id']}/return")
    assert answer.json["ticket"] == {**made, "people_ahead": 0, "follow_url": None}
    called = place.do("call-next").json
    assert called["ticket"]["id"] == made["id"]
    assert called["why"]["rule"] == "returned"
    assert place.client.get(f"tickets/{other['id']}").json["people_ahead"] == 0


def test_what_is_not_known_is_refused(desk_served: Served) -> None:
    kiosk = desk_served.client("kiosk")
    assert kiosk.post("tickets", {"service": "moon"}).code == (422, "service.unknown")
    assert kiosk.post("tickets", {"service": "birth", "priority": "king"}).code == (422, "priority.unknown")
    assert kiosk.get("tickets/20261122-A999").code == (404, "ticket.unknown")
    assert kiosk.post("tickets/20261122-A999/cancel").code == (404, "ticket.unknown")
    assert kiosk.post("tickets/20261122-A999/return").code == (404, "ticket.unknown")


def test_a_refusal_reads_in_vietnamese_unless_english_is_asked_for(desk_served: Served) -> None:
    kiosk = desk_served.client("kiosk")
    vietnamese = kiosk.post("tickets", {"service": "moon"})
    english = kiosk.post("tickets", {"service": "moon"}, Accept_Language="en-GB,en;q=0.8")
    assert vietnamese.headers["content-type"] == english.headers["content-type"] == "application/problem+json"
    assert (vietnamese.headers["content-language"], english.headers["content-language"]) == ("vi", "en")
    assert english.json == {
        "type": "about:blank",
        "title": "A value is not valid.",
        "status": 422,
        "code": "service.unknown",
        "detail": "There is no service moon.",
    }
    assert {**vietnamese.json, "title": "", "detail": ""} == {**english.json, "title": "", "detail": ""}
    assert vietnamese.json["detail"] != english.json["detail"]
    assert "moon" in vietnamese.json["detail"]
