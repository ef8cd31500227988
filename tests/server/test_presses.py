"""What is pressed at a counter, over the real cable of its agent: keypads, pads that ask, the morning check."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from motcua.cli.door import open_reading
from motcua.desk.journal import read_rows
from tests.server.cables import agent
from tests.server.hall import Place, Served, wait_until
from tests.server.hall import served as desk_of_its_own
from tests.server.screen import Screen

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with desk_of_its_own(shared=True) as made:
        yield made


def keypad(place: Place) -> dict[str, Any]:
    return {"name": "phim", "kind": "keypad", "counters": [place.number]}


def press(
    cable: Screen, place: Place, key: str, number: int | None = None, age_ms: int | None = 5, own: str | None = None
) -> Any:
    device = "mat" if key == "rate" else "phim"
    given = {
        "counter": place.number,
        "press": key,
        "number": number,
        "age_ms": age_ms,
        "key": own or str(uuid4()),
        "device": device,
    }
    return cable.emit("press", given)


def happened(served: Served, place: Place) -> list[tuple[str, str]]:
    """Return what the journal says of tickets at this counter, with who did it."""
    with open_reading(served.folder) as db:
        return [
            (row["action"], row["actor"])  # type: ignore[misc]
            for row in read_rows(db)
            if str(row["action"]).startswith("ticket.")
            and isinstance(row["data"], dict)
            and row["data"].get("counter") == place.number
        ]


def test_a_keypad_does_what_an_officer_does(served: Served) -> None:
    place = served.place()
    first, second, third = (place.issue()["number"] for _ in range(3))
    with agent(served, keypad(place)) as cable:
        said = [press(cable, place, key, number) for key, number in (
            ("next", None), ("recall", None), ("start", None), ("next", None), ("recall", None), ("absent", None),
            ("call", int(third[1:])), ("hold", None), ("pause", None), ("pause", None), ("call", int(third[1:])),
            ("finish", None),
        )]  # fmt: skip
        expected = [first, first, first, second, second, second, third, third, None, None, third, third]
        assert [answer.get("number") for answer in said] == expected
    actor = f"counter:{place.number}"
    steps = ["called", "recalled", "started", "called", "recalled", "absent", "called", "held", "called", "served"]
    assert happened(served, place) == [(f"ticket.{step}", actor) for step in steps]


def test_a_press_that_comes_twice_calls_once_and_a_late_one_nobody(served: Served) -> None:
    place = served.place()
    number = place.issue()["number"]
    with agent(served, keypad(place)) as cable:
        old = (("next", None, 10_001), ("next", None, None), ("call", 1, 99_999))
        late = [press(cable, place, key, given, age) for key, given, age in old]
        assert [answer["code"] for answer in late] == ["press.late"] * 3
        own = str(uuid4())
        assert [press(cable, place, "next", own=own)["number"] for _ in range(2)] == [number] * 2
        assert press(cable, place, "next", own=own, age_ms=60_000)["number"] == number
        assert press(cable, place, "recall", own=own)["code"] == "key.reused"
    assert happened(served, place) == [("ticket.called", f"counter:{place.number}")]


def test_a_refused_press_is_said_on_the_counter_s_screen(served: Served) -> None:
    place = served.place()
    screen = Screen(served.port, "/counter", {"token": served.token("counter", place.number)})
    with agent(served, keypad(place)) as cable:
        assert press(cable, place, "finish")["code"] == "counter.idle"
        assert press(cable, place, "transfer")["code"] == "press.number"
        assert press(cable, place, "call", 998)["code"] == "press.nobody"
    screen.wait(lambda: len([event for event, _data in screen.events if event == "keypad"]) == 3)
    told = [(data["press"], data["code"]) for event, data in screen.events if event == "keypad"]
    assert told == [("finish", "counter.idle"), ("transfer", "press.number"), ("call", "press.nobody")]
    screen.close()


def test_a_key_means_the_same_press_however_old_it_is_and_no_other_press(served: Served) -> None:
    place = served.place()
    number, key = place.issue()["number"], str(uuid4())
    sent = {"counter": place.number, "press": "next", "age_ms": 5, "device": "phim", "key": key}
    with agent(served, keypad(place)) as cable:
        assert cable.emit("press", sent) == {"ok": True, "number": number}
        assert cable.emit("press", {**sent, "number": None, "age_ms": 600_000, "sent_again": 2}) == {
            "ok": True,
            "number": number,
        }
        for other in ({"press": "recall"}, {"number": 3}, {"device": "phim-2"}):
            assert cable.emit("press", {**sent, **other})["code"] == "key.reused"
    assert happened(served, place) == [("ticket.called", f"counter:{place.number}")]


@pytest.mark.parametrize(
    "odd",
    [{}, {"counter": "1", "press": "next"}, {"counter": 1, "press": 3}, {"counter": 1, "press": "next", "age_ms": -1},
     {"counter": True, "press": "next"}, {"counter": 1, "press": "next", "number": 1.5}, {"counter": 10**9,
     "press": "next"},
     {"counter": 1, "press": "next", "device": 5}],
)  # fmt: skip
def test_what_is_no_press_is_refused(served: Served, odd: dict[str, Any]) -> None:
    with agent(served, {"name": "phim", "kind": "keypad", "counters": [1]}) as cable:
        assert cable.emit("press", {"age_ms": 1, **odd})["code"] == "event.shape"
        assert cable.emit("press", {"counter": 1, "press": "dance", "age_ms": 1})["code"] == "press.unknown"


def test_a_rating_counts_from_when_it_was_pressed(served: Served) -> None:
    place = served.place()
    with agent(served, {"name": "mat", "kind": "pad", "counters": [place.number]}) as cable:
        visit = place.issue()["id"]
        for step in ("call-next", "start", "finish"):
            place.do(step)
        cable.wait(lambda: [data for event, data in cable.events if event == "job"])
        job = next(data for event, data in cable.events if event == "job" and data["kind"] == "ask")
        assert job["payload"] == {"visit": visit, "counter": place.number, "window_s": 30}
        assert cable.emit("shown", {"visit": visit, "counter": place.number, "key": str(uuid4())})["visit"] == visit
        early, inside = press(cable, place, "rate", 5, age_ms=600_000), press(cable, place, "rate", 4, age_ms=0)
        assert (early["number"], inside["number"]) == ("unprompted", "counted")
        assert press(cable, place, "rate", 9)["code"] == "rating.level"


def test_a_press_during_the_morning_check_checks_the_keypad_and_calls_nobody(served: Served) -> None:
    place, leader = served.place(), served.client("leader")
    place.issue()
    with agent(
        served, {"name": "phim", "kind": "keypad", "counters": [place.number]}, {"name": "bang", "kind": "sign"}
    ) as cable:
        assert cable.emit("health", {"devices": {"phim": {"state": "ok"}, "bang": {"state": "unknown"}}})["ok"]
        cable.reply = {"ok": True, "state": "done", "detail": "sent_unconfirmed"}
        begun = leader.post("check").json["check"]["items"]
        by_name = {item["label"].split(" ")[0]: item for item in begun}
        assert {item["what"]: item["state"] for item in begun}["journal"] == "ok"
        assert (by_name["phim"]["needs"], by_name["bang"]["needs"]) == ("press", "look")
        assert press(cable, place, "next") == {"ok": True, "number": None}
        wait_until(
            lambda: leader.get("check").json["check"]["items"][by_name["bang"]["id"]]["detail"] == "sent_unconfirmed"
        )
        seen = leader.post(f"check/lines/{by_name['bang']['id']}", {"seen": False}).json["check"]["items"]
        states = {item["label"].split(" ")[0]: item["state"] for item in seen}
        assert (states["phim"], states["bang"]) == ("ok", "down")
        assert leader.post(f"check/lines/{len(begun)}", {"seen": True}).code == (404, "check.line")
        assert leader.post("check/end").json["last"]["lines"][0]["title"]
        assert leader.post("check/end").code == (409, "check.none")
        assert press(cable, place, "next")["number"] is not None
    assert happened(served, place) == [("ticket.called", f"counter:{place.number}")]


def test_a_keypad_calls_for_help_and_its_lamp_shows_who_comes(served: Served) -> None:
    place, leader = served.place(), served.client("leader")

    def lamps() -> list[str]:
        return [data["payload"]["lamp"] for event, data in cable.events if event == "job" and data["kind"] == "lamp"]

    with agent(served, keypad(place)) as cable:
        for _ in range(2):  # whoever presses again is still one call
            assert press(cable, place, "help") == {"ok": True, "number": None}
        (call,) = [item for item in leader.get("alerts").json["help"] if item["counter"] == place.number]
        cable.wait(lambda: lamps() == ["help"])
        leader.post(f"help/{call['id']}/answer", {})
        cable.wait(lambda: lamps() == ["help", "coming"])
        leader.post(f"help/{call['id']}/end", {})
        cable.wait(lambda: lamps() == ["help", "coming", "off"])
