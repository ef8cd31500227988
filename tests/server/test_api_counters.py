"""A counter's day over HTTP: every step, its whole answer, and what is refused when."""

import pytest

from tests.server.hall import PASSWORD, Json, Place, Served

FIRST = {"rule": "first", "passed": [], "passes": 0, "guard_calls": 2, "guard_wait_min": 20}


def _ticket(place: Place, step: str, body: Json = None) -> Json:
    answer = place.do(step, body)
    assert answer.status == 200, (step, answer)
    assert (set(answer.json), answer.json["seat"]) == ({"ticket", "why", "seat"}, None)
    return answer.json["ticket"]


def test_a_visit_from_call_to_finish(place: Place) -> None:
    made = place.issue(priority="merit")
    called = place.do("call-next").json
    at = called["ticket"]["called_at"]
    expected = {
        **made,
        "state": "called",
        "counter": place.number,
        "called_at": at,
        "people_ahead": None,
        "follow_url": None,
    }
    assert called == {"ticket": expected, "why": FIRST, "seat": None}
    again = _ticket(place, "recall")
    assert again == {**called["ticket"], "recalled_at": again["recalled_at"]}
    assert again["recalled_at"] >= at
    serving = _ticket(place, "start")
    assert serving == {**again, "state": "serving", "started_at": serving["started_at"]}
    served = _ticket(place, "finish")
    assert served == {**serving, "state": "served", "finished_at": served["finished_at"]}


def test_next_finishes_who_is_served_and_calls_in_one_step(place: Place) -> None:
    first, second = place.issue(), place.issue()
    assert place.do("call-next").json["ticket"]["id"] == first["id"]
    assert place.do("call-next").code == (409, "counter.has_called")
    place.do("start")
    answer = place.do("call-next").json
    assert (answer["ticket"]["id"], answer["finished"]["id"], answer["finished"]["state"]) == (
        second["id"],
        first["id"],
        "served",
    )
    place.do("start")
    last = place.do("call-next")
    assert (last.status, last.json["ticket"], last.json["why"], last.json["finished"]["id"]) == (
        200,
        None,
        None,
        second["id"],
    )
    nobody = place.do("call-next")
    assert (nobody.status, nobody.body) == (204, b"")


def test_a_finish_can_be_taken_back(place: Place) -> None:
    made = place.issue()
    place.do("call-next")
    serving = _ticket(place, "start")
    _ticket(place, "finish")
    assert _ticket(place, "undo") == serving
    assert place.do("undo").code == (409, "undo.nothing")
    assert place.client.get(f"tickets/{made['id']}").json["state"] == "serving"


def test_hold_and_resume_by_id_and_by_number(place: Place) -> None:
    made = place.issue()
    place.do("call-next")
    held = _ticket(place, "hold", {"reason": "documents"})
    assert (held["state"], held["counter"]) == ("held", None)
    assert _ticket(place, "resume", {"ticket": made["number"]})["state"] == "called"
    _ticket(place, "hold")
    resumed = place.do("resume", {"ticket": made["id"]}).json
    assert (resumed["ticket"]["state"], resumed["why"]) == ("called", {"rule": "resumed", "passed": [], "passes": 0})
    assert place.do("resume", {"ticket": made["id"]}).code == (409, "counter.has_called")


def test_a_number_is_called_out_of_its_order(place: Place) -> None:
    place.issue()
    made = place.issue()
    answer = place.do("call", {"ticket": made["number"], "reason": "waiting-inside"}).json
    assert (answer["ticket"]["id"], answer["why"]["rule"]) == (made["id"], "number")
    assert place.do("call", {"ticket": made["number"], "reason": "x"}).code == (409, "counter.has_called")
    place.do("finish")
    assert place.do("call", {"ticket": made["number"], "reason": "x"}).code == (409, "ticket.wrong_state")
    assert place.do("call", {"ticket": "A999", "reason": "x"}).code == (422, "ticket.unknown")


@pytest.mark.thorough
def test_a_transfer_goes_to_a_service_or_to_a_counter(desk_served: Served, place: Place) -> None:
    there = desk_served.place()
    made = place.issue()
    place.do("call-next")
    assert place.do("transfer", {"service": there.service}).code == (409, "ticket.not_serving")
    place.do("start")
    for body, refusal in (
        ({}, "transfer.target"),
        ({"service": there.service, "counter": there.number}, "transfer.target"),
        ({"service": "moon"}, "service.unknown"),
        ({"counter": 998}, "counter.unknown"),
        ({"counter": place.number}, "transfer.same"),
        ({"service": place.service}, "transfer.same"),
    ):
        assert place.do("transfer", body).code == (422, refusal), body
    sent = _ticket(place, "transfer", {"service": there.service})
    assert sent == {**made, "service": there.service, "follow_url": None}
    assert there.do("call-next").json["ticket"]["number"] == made["number"]
    there.do("start")
    back = _ticket(there, "transfer", {"counter": place.number})
    assert (back["state"], back["service"]) == ("waiting", there.service)
    assert place.do("call-next").json["ticket"]["id"] == made["id"]


def test_a_counter_pauses_closes_and_opens(place: Place) -> None:
    def shown(step: str, body: Json = None) -> Json:
        answer = place.do(step, body).json
        assert (answer["ticket"], answer["why"], set(answer)) == (None, None, {"ticket", "why", "seat", "counter"})
        return answer["counter"]

    paused = shown("pause", {"reason": "lunch"})
    assert (paused["number"], paused["state"], paused["officer"]) == (place.number, "paused", None)
    assert place.do("pause", {"reason": "lunch"}).code == (409, "counter.not_open")
    assert place.do("call-next").code == (409, "counter.not_open")
    assert shown("open")["state"] == "open"
    assert shown("close")["state"] == "closed"
    assert shown("close")["state"] == "closed"
    assert place.do("call-next").code == (409, "counter.not_open")


def test_a_counter_with_a_ticket_in_hand_stays_open(place: Place) -> None:
    place.issue()
    place.do("call-next")
    assert place.do("pause", {"reason": "lunch"}).code == (409, "counter.has_ticket")
    assert place.do("close").code == (409, "counter.has_ticket")
    place.do("start")
    for step in ("start", "recall", "absent"):
        assert place.do(step).status == 409, step


def test_an_empty_hand_has_nothing_to_do(place: Place) -> None:
    for step, body in (
        ("recall", None),
        ("start", None),
        ("finish", None),
        ("absent", None),
        ("hold", {}),
        ("transfer", {"service": "birth"}),
    ):
        assert place.do(step, body).code == (409, "counter.idle"), step
    assert place.do("undo").code == (409, "undo.nothing")
    assert place.do("resume", {"ticket": "A998"}).code == (422, "ticket.unknown")


def test_a_counters_token_works_at_its_own_counter_alone(desk_served: Served, place: Place) -> None:
    other = desk_served.place()
    other.issue()
    steps = {"call": {"ticket": "A001", "reason": "x"}, "resume": {"ticket": "A001"}, "pause": {"reason": "x"}}
    for step in (
        "open",
        "call-next",
        "recall",
        "start",
        "finish",
        "absent",
        "hold",
        "transfer",
        "undo",
        "close",
        *steps,
    ):
        refused = place.client.post(f"counters/{other.number}/{step}", steps.get(step, {}))
        assert refused.code == (403, "counter.not_yours"), step
    assert other.do("call-next").status == 200


def test_programs_of_leaders_and_admins_name_any_counter(desk_served: Served, place: Place) -> None:
    for role in ("officer", "leader", "admin"):
        assert desk_served.client(role).post(f"counters/{place.number}/call-next").status == 204, role
    assert desk_served.client("admin").post("counters/998/open").code == (404, "counter.unknown")
    assert desk_served.client("admin").post("counters/998/call-next").code == (404, "counter.unknown")
    assert desk_served.client("admin").post("counters/1000/open").status == 404


@pytest.mark.thorough
def test_an_officer_sits_down_at_one_counter(desk_served: Served, place: Place) -> None:
    person = desk_served.local(
        "account.add", name=f"cb{place.number}", full_name="Trần Văn Bình", role="officer", password=PASSWORD
    ).json
    other = desk_served.place()
    sat = place.do("open", {"officer": person["account"]}).json["counter"]
    assert sat["officer"] == {"id": person["account"], "name": "Trần Văn Bình", "title": ""}
    assert other.do("open", {"officer": person["account"]}).json["counter"]["officer"]["id"] == person["account"]
    states = {item["number"]: item["state"] for item in place.client.get("counters").json["items"]}
    assert (states[place.number], states[other.number]) == ("closed", "open")
    assert place.do("open", {"officer": 4711}).code == (422, "officer.unknown")


def test_a_rating_counts_for_the_visit_that_ended(desk_served: Served, place: Place) -> None:
    made = place.issue()
    pad = desk_served.client("pad", place.number)
    early = pad.post("ratings", {"level": 5, "channel": "pad"})
    assert (early.status, early.json) == (201, {"id": early.json["id"], "status": "unprompted"})
    place.do("call-next")
    place.do("start")
    place.do("finish")
    body = {"level": 2, "channel": "pad", "visit": made["id"], "reasons": ["time"], "comment": "Chờ lâu quá"}
    assert pad.post("ratings", body).json["status"] == "counted"
    assert place.do("undo").code == (409, "undo.rated")
    by_code = {"level": 4, "channel": "qr", "token": made["follow_url"][-12:]}
    assert desk_served.client().post("ratings", by_code).json["status"] == "counted"


def test_a_rating_of_the_wrong_kind_is_refused(desk_served: Served, place: Place) -> None:
    made = place.issue()
    pad, public = desk_served.client("pad", place.number), desk_served.client()
    good = {"level": 5, "channel": "pad"}
    for body, refusal in (
        ({**good, "level": 6}, (422, "rating.level")),
        ({**good, "channel": "smoke"}, (422, "rating.channel")),
        ({**good, "reasons": ["weather"]}, (422, "rating.reason")),
        ({**good, "comment": "x" * 1001}, (422, "rating.comment")),
        ({**good, "visit": "20261122-A999"}, (422, "visit.unknown")),
        ({**good, "counter": place.number + 1}, (403, "counter.not_yours")),
        ({**good, "channel": "qr"}, (422, "rating.channel")),
    ):
        assert pad.post("ratings", body).code == refusal, body
    assert public.post("ratings", good).code == (401, "auth.required")
    assert place.kiosk.post("ratings", good).code == (403, "auth.role")
    code = made["follow_url"][-12:]
    assert public.post("ratings", {**good, "token": code}).code == (422, "rating.channel")
    assert public.post("ratings", {**good, "channel": "qr", "token": code, "visit": "20261122-A999"}).code == (
        422,
        "rating.channel",
    )
    assert public.post("ratings", {**good, "channel": "qr", "token": "AAAAAAAAAAAA"}).code == (422, "token.unknown")
    assert desk_served.client("admin").post("ratings", {**good, "counter": 998}).code == (422, "counter.unknown")
