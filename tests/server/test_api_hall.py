"""The whole hall over HTTP: the wall, who waits, lists, the day's beginning and end, health."""

import re
from datetime import timedelta

import pytest

from motcua.catalogue import store as catalogue_store
from motcua.desk import ManualClock, system_clock
from motcua.queue import actions as queue
from motcua.setup.document import write
from motcua.setup.rooms import open_desk
from tests.server.hall import Place, Served, fresh_folder, one_each, opened, served, services
from tests.server.screen import Screen


@pytest.mark.thorough
def test_the_wall_shows_who_stands_where(desk_served: Served, place: Place) -> None:
    other = desk_served.place()
    first, second = place.issue(), other.issue()
    waits = other.issue()
    called = place.do("call-next").json["ticket"]
    other.do("call-next")
    serving = other.do("start").json["ticket"]
    found = desk_served.client("wall").get("wall").json
    assert found["now"] == [
        {
            "number": second["number"],
            "counter": other.number,
            "state": "serving",
            "called_at": serving["called_at"],
            "seat": None,
        },
        {
            "number": first["number"],
            "counter": place.number,
            "state": "called",
            "called_at": called["called_at"],
            "seat": None,
        },
    ]
    assert [{**row, "state": item["state"]} for row, item in zip(found["recent"], found["now"], strict=False)] == found[
        "now"
    ]
    assert found["waiting"] == [{"service": waits["service"], "count": 1}]
    assert found["unit"] == {"name": "Phường Mẫu", "centre": "Trung tâm Phục vụ hành chính công"}
    assert (found["open"], found["closed_reason"], found["next_opening"]) == (True, None, None)
    letters = {group["letter"]: group["count"] for group in found["groups"]}
    assert letters == {**dict.fromkeys("AHCDKBTG", 0), waits["letter"]: 1}
    assert set(found) == {
        "unit", "open", "closed_reason", "next_opening", "now", "recent", "waiting", "groups", "ready", "result",
        "same_day",
        "revision", "epoch", "at", "speed",
    }  # fmt: skip


def test_who_has_the_wall_already_is_told_so(desk_served: Served, place: Place) -> None:
    wall = desk_served.client("wall")
    first = wall.get("wall")
    tag = first.headers["etag"]
    assert tag == f'"{first.json["epoch"]}-{first.json["revision"]}"'
    same = wall.get("wall", If_None_Match=tag)
    assert (same.status, same.body, same.headers["etag"]) == (304, b"", tag)
    assert wall.get("wall", If_None_Match=f'"x", {tag}').status == 304
    place.issue()
    changed = wall.get("wall", If_None_Match=tag)
    assert (changed.status, changed.json["revision"]) == (200, first.json["revision"] + 1)


def test_the_queue_lists_the_waiting_in_the_policys_order_then_the_rest(desk_served: Served, place: Place) -> None:
    other = desk_served.place()
    held = place.issue()
    place.do("call-next")
    place.do("hold")
    ordinary, urgent = place.issue(), place.issue(priority="disabled")
    called = other.issue()
    other.do("call-next")
    found = desk_served.client("admin").get("queue").json
    assert [item["id"] for item in found["items"]] == [urgent["id"], ordinary["id"], called["id"], held["id"]]
    counts = {name: found["counts"][name] for name in ("waiting", "called", "serving", "held")}
    assert (counts, set(found)) == ({"waiting": 2, "called": 1, "serving": 0, "held": 1}, {"items", "counts"})
    assert found["items"][1] == {**ordinary, "people_ahead": 1, "priority": None, "follow_url": None}


def test_lists_speak_the_readers_language(desk_served: Served, place: Place) -> None:
    wall = desk_served.client("wall")
    vietnamese, english = wall.get("services").json["items"], wall.get("services", Accept_Language="en").json["items"]
    assert [item["code"] for item in vietnamese] == [service.code for service in services()]
    assert vietnamese[0] == {"code": "certified-copy", "name": "Chứng thực bản sao (sao y)", "group": "A"}
    assert english[0] == {"code": "certified-copy", "name": "Certified copies", "group": "A"}
    ranks = {item["code"]: item["rank"] for item in wall.get("priorities").json["items"]}
    assert ranks == {"disabled": 1, "pregnant": 1, "elder75": 1, "merit": 2, "elder60": 3, "ordinary": 4}
    assert [set(item) for item in wall.get("priorities").json["items"]] == [{"code", "label", "rank"}] * 6
    mine = next(item for item in wall.get("counters").json["items"] if item["number"] == place.number)
    assert (mine["state"], mine["services"], mine["label"]) == ("open", [place.service], f"Quầy {place.number}")


@pytest.mark.process
def test_outside_the_hours_only_a_leader_opens_until_the_day_ends() -> None:
    with served() as own:
        place, leader = own.place(), own.client("leader")
        waits = place.issue()
        never = re.sub(r"(?m)^(\w+day) = \[.*\]$", r"\1 = []", write(one_each()))
        answer = own.local("config.import", text=never)
        assert answer.json["changed"] is True, answer
        assert place.kiosk.post("tickets", {"service": place.service}).code == (409, "hall.closed")
        assert place.do("call-next").json["ticket"]["id"] == waits["id"]
        assert own.client("kiosk").get("/state/kiosk").json["closed_reason"] == "hours"
        assert leader.post("hall/open").json == {"ok": True}
        late = place.issue()
        assert (leader.post("hall/close").json, leader.post("hall/close").status) == ({"ok": True}, 200)
        assert place.client.get(f"tickets/{late['id']}").json["state"] == "cancelled"
        assert place.kiosk.post("tickets", {"service": place.service}).code == (409, "hall.closed")
        assert leader.post("hall/open").code == (409, "hall.closed")
        assert {item["state"] for item in leader.get("counters").json["items"]} == {"closed"}
        assert own.client("kiosk").get("/state/kiosk").json["closed_reason"] == "day_closed"


@pytest.mark.process
def test_health_needs_no_token_and_misses_an_agent_that_was_enrolled(served: Served) -> None:
    names = ("store", "clock", "journal", "devices", "address", "backup", "digests", "voice")
    fine = dict.fromkeys(names, "ok")
    token = served.token("agent")
    answer = served.client().get("health")
    assert (answer.status, answer.json) == (
        200,
        {"status": "degraded", "checks": {**fine, "devices": "missing"}, "problems": []},
    )
    with Screen(served.port, "/agent", {"token": token}):
        assert served.client().get("health").json == {"status": "ok", "checks": fine, "problems": []}


@pytest.mark.process
def test_a_clock_behind_the_journal_gives_out_nothing_and_says_so() -> None:
    with fresh_folder() as folder:
        tomorrow = open_desk(folder, ManualClock(system_clock.now() + timedelta(days=1)))
        with tomorrow.read() as db:
            first = catalogue_store.list_services(db)[0].code
        tomorrow.do(queue.issue, first, None)
        tomorrow.stop()
        desk = Served(folder)
        try:
            health = desk.client().get("health")
            assert (health.status, health.json["status"], health.json["checks"]["clock"]) == (503, "failing", "behind")
            assert desk.client("kiosk").post("tickets", {"service": first}).code == (409, "clock.behind")
            assert desk.client("kiosk").get("/state/kiosk").json["closed_reason"] == "clock.behind"
            assert desk.client("counter", 1).post("counters/1/open").status == 200
        finally:
            desk.close()
        today = opened(folder)
        assert today.head.seq > 0
        today.stop()
