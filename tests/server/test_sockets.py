"""Sockets: who may connect, what comes first, what follows what, and that everybody ends with the same truth."""

import random
from typing import Any

import pytest

from tests.server.hall import Place, Served
from tests.server.screen import Refused, Screen

SEED = 20261122
MOVING = ("at", "speed")
STREAMS = ("wall", "kiosk", "leaders", "counter", "pad", "follow")


def lasting(state: Any) -> Any:
    """Return a state without the moment at which it was told."""
    return {name: value for name, value in state.items() if name not in MOVING}


def fresh(desk: Served, path: str, role: str | None = "admin") -> Any:
    """Return a snapshot over plain HTTP."""
    answer = desk.client(role).get(f"/state/{path}")
    assert answer.status == 200, answer
    return lasting(answer.json)


@pytest.mark.parametrize(
    ("namespace", "role", "code"),
    [
        ("/wall", None, "auth.required"),
        ("/wall", "pad", "auth.role"),
        ("/wall", "agent", "auth.role"),
        ("/kiosk", "wall", "auth.role"),
        ("/counter", "kiosk", "auth.role"),
        ("/pad", "officer", "auth.role"),
        ("/leaders", "officer", "auth.role"),
        ("/agent", "admin", "auth.role"),
        ("/agent", None, "auth.required"),
        ("/leaders", None, "auth.required"),
    ],
)
def test_who_may_not_connect_is_told_why(desk_served: Served, namespace: str, role: str | None, code: str) -> None:
    auth = {"token": desk_served.token(role, 1 if role == "pad" else None)} if role else {"token": "nonsense"}
    with pytest.raises(Refused) as refused:
        Screen(desk_served.port, namespace, auth)
    assert refused.value.data["data"]["code"] == code
    assert set(refused.value.data["data"]) == {"code", "detail"}


@pytest.mark.thorough
def test_a_counters_screen_and_pad_show_their_own_counter_alone(desk_served: Served, place: Place) -> None:
    for namespace, role in (("/counter", "counter"), ("/pad", "pad")):
        token = desk_served.token(role, place.number)
        with pytest.raises(Refused) as refused:
            Screen(desk_served.port, namespace, {"token": token, "counter": place.number + 1})
        assert refused.value.data["data"]["code"] == "counter.not_yours"
        with Screen(desk_served.port, namespace, {"token": token}) as screen:
            number = screen.state["counter"]["number"] if namespace == "/counter" else screen.state["counter"]
            assert number == place.number


def test_a_browsers_cookie_opens_what_its_token_opens(desk_served: Served) -> None:
    with Screen(desk_served.port, "/wall", cookie=f"motcua_device={desk_served.token('wall')}") as screen:
        assert screen.events[0][0] == "snapshot"
    with pytest.raises(Refused):
        Screen(desk_served.port, "/leaders", cookie=f"motcua_device={desk_served.token('wall')}")


def test_the_snapshot_comes_after_the_connect_packet_then_changes_one_by_one(desk_served: Served, place: Place) -> None:
    with Screen(desk_served.port, "/wall", {"token": desk_served.token("wall")}) as wall:
        for _ in range(5):
            place.issue()
        first = wall.events[0][1]
        wall.wait(lambda: len(wall.told("change")) >= 5)
        assert [packet[: packet.index(",")] if packet[0] == "4" else packet[0] for packet in wall.packets[:3]] == [
            "0",
            "40/wall",
            "42/wall",
        ]
        assert [event for event, _data in wall.events] == ["snapshot"] + ["change"] * 5
        assert [change["revision"] for change in wall.told("change")] == [
            first["revision"] + step for step in range(1, 6)
        ]
        assert {change["epoch"] for change in wall.told("change")} == {first["epoch"]}
        assert set(wall.told("change")[0]) == {"waiting", "groups", "epoch", "revision", "at"}


def test_a_call_follows_the_change_that_shows_it(desk_served: Served, place: Place) -> None:
    made = place.issue()
    with Screen(desk_served.port, "/wall", {"token": desk_served.token("wall")}) as wall:
        place.do("call-next")
        place.do("recall")
        wall.wait(lambda: len(wall.told("call")) == 2)
        assert [event for event, _data in wall.events] == ["snapshot", "change", "call", "change", "call"]
        call, again = wall.told("call")
        change, changed = wall.told("change")
        assert (call["revision"], again["revision"]) == (change["revision"], changed["revision"])
        assert change["now"][0]["number"] == made["number"]
        assert (call["number"], call["counter"], call["repeat"], call["recall"]) == (
            made["number"],
            place.number,
            2,
            False,
        )
        assert call["audio_url"] == f"/voice/call/{made['number']}/{place.number}.wav"
        assert call["sentence"].startswith(f"Xin mời công dân có số thứ tự {made['letter']}, ")
        assert again["sentence"].startswith(f"Xin nhắc lại, mời công dân có số thứ tự {made['letter']}, ")
        own = {name: again[name] for name in ("sentence", "sentence_en", "audio_url", "at")}
        assert again == {**call, **own, "recall": True, "revision": changed["revision"]}


def test_who_asks_for_it_gets_a_new_snapshot(desk_served: Served, place: Place) -> None:
    with Screen(desk_served.port, "/wall", {"token": desk_served.token("wall")}) as wall:
        place.issue()
        wall.wait(lambda: wall.told("change"))
        assert wall.emit("sync") == {"ok": True}
        wall.wait(lambda: len(wall.told("snapshot")) == 2)
        assert lasting(wall.told("snapshot")[1]) == lasting(wall.state) == fresh(desk_served, "wall")


def _act(place: Place, dice: random.Random, ids: list[str]) -> None:
    step = dice.choice(
        [
            "issue",
            "issue",
            "call-next",
            "call-next",
            "recall",
            "start",
            "finish",
            "absent",
            "hold",
            "resume",
            "undo",
            "return",
        ]
    )
    ticket = dice.choice(ids) if ids else "A001"
    if step == "issue":
        ids.append(place.issue(priority=dice.choice(["ordinary", "merit", "disabled"]))["id"])
    elif step == "return":
        place.client.post(f"tickets/{ticket}/return")
    else:
        place.do(step, {"ticket": ticket} if step == "resume" else None)


@pytest.mark.thorough
def test_after_a_random_run_every_screen_shows_what_a_fresh_snapshot_shows(desk_served: Served) -> None:
    dice = random.Random(SEED)
    places = [desk_served.place(), desk_served.place()]
    first = places[0].issue()
    number, code = places[0].number, first["follow_url"][-12:]
    admin = {"token": desk_served.token("admin")}
    paths = {"counter": f"counter/{number}", "pad": f"pad/{number}", "follow": f"follow/{code}"}
    auths: dict[str, Any] = {
        "counter": {**admin, "counter": number},
        "pad": {**admin, "counter": number},
        "follow": {"token": code},
    }
    screens = {name: Screen(desk_served.port, f"/{name}", auths.get(name, admin)) for name in STREAMS}
    ids = [first["id"]]
    for _ in range(150):
        _act(dice.choice(places), dice, ids)
    for name, screen in screens.items():
        wanted = fresh(desk_served, paths.get(name, name))
        screen.reaches(wanted["revision"])
        again = fresh(desk_served, paths.get(name, name))
        assert lasting(screen.state) == again, name
        revisions = [data["revision"] for event, data in screen.events if event != "call"]
        assert revisions == list(range(revisions[0], revisions[0] + len(revisions))), name
        screen.close()


@pytest.mark.thorough
def test_only_a_tickets_code_opens_it(desk_served: Served, place: Place) -> None:
    made = place.issue(priority="disabled")
    for token in (made["id"], made["number"], place.number, desk_served.token("admin")):
        with pytest.raises(Refused) as refused:
            Screen(desk_served.port, "/follow", {"token": token})
        assert refused.value.data["data"]["code"] == "token.unknown"
    with Screen(desk_served.port, "/follow", {"token": made["follow_url"][-12:]}) as phone:
        place.do("call-next")
        phone.wait(lambda: phone.told("change"))
        ticket = phone.state["ticket"]
        assert (ticket["state"], ticket["counter"], ticket["priority"], ticket["follow_url"]) == (
            "called",
            place.number,
            None,
            None,
        )
        assert [step["move"] for step in phone.state["history"]] == ["issued", "called"]
        assert "khuyết tật" not in phone.packets[-1]


@pytest.mark.thorough
def test_a_pad_asks_and_is_answered_under_keys(desk_served: Served, place: Place) -> None:
    visits = [place.issue()["id"] for _ in range(2)]
    with Screen(desk_served.port, "/pad", {"token": desk_served.token("pad", place.number)}) as pad:
        assert pad.state["ask"] is None
        assert [pad.emit(event, {"visit": visits[0], "key": event})["code"] for event in ("shown", "skip")] == [
            "visit.unknown"
        ] * 2
        for _ in range(2):
            place.do("call-next")
            place.do("start")
        place.do("finish")
        pad.wait(lambda: pad.state["ask"] and pad.state["ask"]["visit"] == visits[1])
        shown = pad.emit("shown", {"visit": visits[1], "key": "c"})
        assert (shown["ok"], shown["visit"], set(shown)) == (True, visits[1], {"ok", "visit", "until"})
        assert pad.emit("shown", {"visit": visits[1], "key": "c"}) == shown
        assert pad.emit("shown", {"visit": visits[0], "key": "c"})["code"] == "key.reused"
        assert (
            pad.emit("skip", {"visit": visits[1], "key": "d"})
            == pad.emit("skip", {"visit": visits[1], "key": "d"})
            == {"ok": True}
        )
        pad.wait(lambda: pad.state["ask"] is None)
        today = fresh(desk_served, f"counter/{place.number}")["today"]
        assert (today["served"], today["asked"], today["answered"]) == (2, 1, 0)
