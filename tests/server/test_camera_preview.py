"""The camera's picture on the settings page: for one administrator, while nobody is served, and stored nowhere."""

from base64 import b64encode
from collections.abc import Iterator
from typing import Any

import pytest

from motcua.cli.door import open_reading
from motcua.desk.journal import read_rows
from tests.forked import PATIENT
from tests.server.cables import agent
from tests.server.hall import Place, Served
from tests.server.hall import served as desk_of_its_own
from tests.server.screen import Refused, Screen

pytestmark = pytest.mark.process
PICTURE = b64encode(b"\xff\xd8 a picture of whoever stands there").decode()
BETWEEN, LASTS = "motcua.api.camera_preview.BETWEEN_S", "motcua.api.camera_preview.LASTS_S"


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with desk_of_its_own(shared=True, limits={**PATIENT, BETWEEN: 0.0, LASTS: 3600.0}) as made:
        yield made


def camera(place: Place, name: str = "may-anh") -> dict[str, Any]:
    return {"name": name, "kind": "camera", "counters": [place.number]}


def agent_of(cable: Screen) -> int:
    """Return the agent's number: its snapshot names its printer by it."""
    return int(cable.state["device"].split(":")[1])


def page_of(served: Served, cable: Screen, role: str = "admin") -> Screen:
    return Screen(served.port, "/preview", {"token": served.token(role), "agent": agent_of(cable), "device": "may-anh"})


def can_show(cable: Screen) -> Screen:
    """Let the agent agree to a preview, as it does while its camera is free."""
    cable.reply = {"ok": True}
    return cable


def show(cable: Screen, jpeg: str = PICTURE, name: str = "may-anh") -> Any:
    return cable.emit("picture", {"device": name, "jpeg": jpeg, "width": 1280, "height": 720})


def previews(served: Served) -> list[tuple[str, Any]]:
    with open_reading(served.folder) as db:
        return [(str(row["actor"]), row["data"]) for row in read_rows(db) if row["action"] == "camera.previewed"]


def test_pictures_go_to_the_page_that_asked_while_the_counter_is_paused(served: Served) -> None:
    place = served.place()
    place.do("pause", {"reason": "break"})
    with (
        agent(served, camera(place)) as cable,
        page_of(served, can_show(cable)) as page,
        page_of(served, cable) as other,
    ):
        assert page.state["is_free"], page.state
        assert show(cable)["ok"]
        assert page.emit("renew", {}) == {"ok": True, "counter": place.number, "for_ms": 3_600_000}
        cable.wait(lambda: cable.told("preview"))
        assert cable.told("preview") == [{"device": "may-anh", "on": True}]
        assert show(cable)["ok"]
        page.wait(lambda: page.told("picture"))
        assert page.emit("renew", {})["ok"]
        assert other.emit("renew", {})["code"] == "camera.previewed"
        assert page.told("picture") == [{"jpeg": PICTURE, "width": 1280, "height": 720}]
        assert other.told("picture") == []
        assert show(cable, name="another")["ok"]
        number = agent_of(cable)
    assert [data for _actor, data in previews(served) if data["counter"] == place.number] == [
        {"agent": number, "device": "may-anh", "counter": place.number}
    ]


def test_it_ends_at_once_when_the_counter_opens_and_is_refused_until_nobody_is_served(served: Served) -> None:
    place = served.place()
    place.do("pause", {"reason": "break"})
    with agent(served, camera(place)) as cable, page_of(served, can_show(cable)) as page:
        assert page.emit("renew", {})["ok"]
        place.do("open")
        page.wait(lambda: not page.state["is_free"])
        cable.wait(lambda: len(cable.told("preview")) > 1)
        assert cable.told("preview")[-1] == {"device": "may-anh", "on": False}
        assert show(cable)["ok"]
        refusal = page.emit("renew", {})
        assert (refusal["ok"], refusal["code"]) == (False, "camera.counter_open")
        place.issue()
        assert place.do("call-next").status == 200
        assert page.emit("renew", {})["code"] == "camera.in_hand"
        assert page.told("picture") == []
        place.do("finish")
        place.do("close")
        page.wait(lambda: page.state["is_free"])
        assert page.emit("renew", {})["ok"]
    assert len([data for _actor, data in previews(served) if data["counter"] == place.number]) == 2


def test_what_the_device_program_refuses_is_said_in_its_words(served: Served) -> None:
    place = served.place()
    place.do("close")
    with agent(served, camera(place)) as cable, page_of(served, cable) as page:
        cable.reply = {"ok": False, "message": "The camera %(name)s is broken.", "params": {"name": "may-anh"}}
        refusal = page.emit("renew", {})
        assert (refusal["code"], "may-anh" in refusal["detail"]) == ("agent.refused", True)


def test_a_page_that_is_left_ends_it(served: Served) -> None:
    place = served.place()
    place.do("close")
    with agent(served, camera(place)) as cable:
        page = page_of(served, can_show(cable))
        assert page.emit("renew", {})["ok"]
        page.close()
        cable.wait(lambda: len(cable.told("preview")) > 1)
        assert cable.told("preview") == [{"device": "may-anh", "on": True}, {"device": "may-anh", "on": False}]


@pytest.mark.parametrize("role", ["leader", "officer", "wall", "agent"])
def test_only_an_administrator_may_look(served: Served, role: str) -> None:
    place = served.place()
    with agent(served, camera(place)) as cable, pytest.raises(Refused) as caught:
        page_of(served, cable, role)
    assert caught.value.data["data"]["code"] == "auth.role"


def test_a_camera_that_is_none_or_at_a_counter_that_is_not_assigned_is_named(served: Served) -> None:
    place, admin = served.place(), served.token("admin")
    with agent(served, camera(place), {"name": "phim", "kind": "keypad", "counters": [place.number]}) as cable:
        number = agent_of(cable)
        for auth in ({}, {"agent": "1", "device": "may-anh"}, {"agent": number}, {"agent": number, "device": "phim"},
                     {"agent": 999, "device": "may-anh"}, {"agent": True, "device": "may-anh"}):  # fmt: skip
            with pytest.raises(Refused) as caught:
                Screen(served.port, "/preview", {"token": admin, **auth})
            assert caught.value.data["data"]["code"] == "camera.unknown"
        with page_of(served, can_show(cable)) as page:
            body, kind = b'{"counters": [], "kiosks": []}', {"Content-Type": "application/json"}
            assert served.client("admin").send("PUT", f"agents/{number}/assignment", body, kind).status == 200
            page.wait(lambda: page.state["counter"] is None)
            assert page.emit("renew", {})["code"] == "camera.unbound"


@pytest.mark.parametrize(
    "jpeg", ["", "%%%", b64encode(b"no jpeg").decode(), b64encode(b"\xff\xd8" + bytes(45_000)).decode()]
)
def test_what_is_no_small_jpeg_is_refused(served: Served, jpeg: str) -> None:
    with agent(served) as cable:
        assert show(cable, jpeg)["code"] == "event.shape"


def test_no_picture_and_no_state_of_it_is_had_by_http_or_found_in_the_folder(served: Served) -> None:
    place = served.place()
    place.do("close")
    with agent(served, camera(place)) as cable, page_of(served, can_show(cable)) as page:
        assert page.emit("renew", {})["ok"]
        assert show(cable)["ok"]
        page.wait(lambda: page.told("picture"))
        for path in ("/state/preview", f"/state/preview/{agent_of(cable)}/may-anh", "/state/preview/1"):
            assert served.client("admin").get(path).status == 404
    holders = [
        path.name for path in served.folder.rglob("*") if path.is_file() and PICTURE[:40].encode() in path.read_bytes()
    ]
    assert holders == []


def test_without_a_page_that_asks_again_or_too_often_nothing_is_passed_on() -> None:
    for limits, passed in (({LASTS: -1.0, BETWEEN: 0.0}, 0), ({LASTS: 3600.0, BETWEEN: 3600.0}, 1)):
        with desk_of_its_own(limits={**PATIENT, **limits}) as served:
            place = served.place()
            place.do("close")
            with agent(served, camera(place)) as cable, page_of(served, can_show(cable)) as page:
                assert page.emit("renew", {})["ok"]
                assert [show(cable)["ok"] for _ in range(3)] == [True] * 3
                assert page.emit("renew", {})["ok"]
                assert len(page.told("picture")) == passed
