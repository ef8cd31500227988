"""What agents declare, and how an administrator says what they serve: on the page, at their enrolment, at the
terminal.
"""

from collections.abc import Iterator

import pytest

from tests.server.bound_agents import UNBOUND, agent, assign, device, journal, press, put
from tests.server.hall import Served
from tests.server.hall import served as desk_of_its_own
from tests.server.programs import command
from tests.server.screen import Screen
from tests.unit.equipment.before import take_back

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with desk_of_its_own(shared=True) as made:
        yield made


def test_one_odd_device_is_named_and_the_others_are_taken(served: Served) -> None:
    place = served.place()
    with agent(served, counters=[place.number]) as cable:
        odd = [{"name": "Máy in", "kind": "printer"}, {"name": "lo", "kind": "oven"}, 5, device("sign", place.number)]
        twice = [
            device("keypad", place.number),
            device("keypad", 99),
            {"name": "bang", "kind": "sign", "counters": [place.number, 0, "x"]},
        ]
        answer = cable.emit("devices", {"devices": [*odd, *twice]})
        assert (answer["ok"], answer["devices"]) == (True, 3)
        assert [item["name"] for item in answer["left_out"]] == ["Máy in", "lo", "5", "keypad", "bang"]
        assert cable.emit(*press(place.number))["ok"]
        listed = next(item for item in served.client("admin").get("devices").json["items"] if item["agent"] == cable.id)
        assert [(item["name"], item["counters"]) for item in listed["devices"]] == [
            ("bang", [place.number]),
            ("keypad", [place.number]),
            ("sign", [place.number]),
        ]
        assert len(listed["problems"]) == 5
        assert "Máy in" in listed["problems"][0]
        assert cable.emit("devices", {"devices": [device("keypad", place.number)]}) == {"ok": True, "devices": 1}
        listed = next(item for item in served.client("admin").get("devices").json["items"] if item["agent"] == cable.id)
        assert listed["problems"] == []


def test_what_waits_for_an_administrator_is_said_and_is_over_when_it_was_decided(served: Served) -> None:
    place = served.place()
    codes = {"unbound", "no_counter", "no_kiosk"}

    def said() -> set[str]:
        problems = served.client().get("health").json["problems"]
        return {item["code"].rpartition(".")[2] for item in problems if item["code"].startswith(f"agent.{cable.id}.")}

    with agent(served, device("keypad", place.number, 997), device("scanner")) as cable:
        assert said() == codes
        listed = next(
            item for item in served.client("leader").get("devices").json["items"] if item["agent"] == cable.id
        )
        assert (listed["counters"], listed["kiosks"], listed["confirmed"], len(listed["waiting"])) == ([], [], True, 3)
        checked = command("check", "--data", served.folder, "--json")
        assert "997" in checked.stdout
        assert cable.emit(*press(997))["code"] == UNBOUND
        assert assign(served, cable.id, [997]).code == (422, "counter.unknown")
        assert assign(served, cable.id, [place.number], "all").status == 200
        assert said() == {"no_counter"}
        assert cable.emit(*press(place.number))["ok"]
    assert said() == set()
    rows = [row["data"] for row in journal(served, "agent.bound") if row["data"]["agent"] == cable.id]
    assert rows[-1] == {"agent": cable.id, "counters": [place.number], "kiosks": None, "confirmed": True}


def test_only_an_administrator_says_what_an_agent_serves(served: Served) -> None:
    with agent(served) as cable:
        body = {"counters": [1], "kiosks": "all"}
        for role in ("leader", "officer", "kiosk"):
            assert put(served.client(role), cable.id, body).code == (403, "auth.role")
        own = served.client(Authorization="Bearer x")
        assert put(own, cable.id, body).code == (401, "auth.required")
        assert assign(served, 10**6, [1]).code == (404, "agent.unknown")
        assert assign(served, cable.id, [1], [10**6]).code == (422, "kiosk.unknown")


def test_enrolment_and_tokens_say_which_counters_an_agent_serves(served: Served) -> None:
    place, admin = served.place(), served.client("admin")
    code = admin.post("pairings", {"role": "agent", "counters": [place.number], "kiosks": "all"}).json["code"]
    enrolled = served.client().post("enrolments", {"code": code}).json
    made = admin.post("tokens", {"role": "agent", "counters": [place.number]}).json
    typed = command(
        "token",
        "add",
        "--data",
        served.folder,
        "--role",
        "agent",
        "--name",
        "typed",
        "--counters",
        f"1-2,{place.number}",
    )
    assert typed.returncode == 0, typed
    listed = {item["agent"]: (item["counters"], item["kiosks"]) for item in admin.get("devices").json["items"]}
    assert (listed[enrolled["id"]], listed[made["id"]]) == (([place.number], "all"), ([place.number], []))
    assert listed[max(listed)] == (sorted({1, 2, place.number}), [])
    with Screen(served.port, "/agent", {"token": enrolled["token"]}) as cable:
        assert cable.emit("devices", {"devices": [device("keypad", place.number)]})["ok"]
        assert cable.emit(*press(place.number))["ok"]
    for body in ({"role": "kiosk", "counters": [1]}, {"role": "agent", "counters": [997]}):
        assert [admin.post(path, body).status for path in ("tokens", "pairings")] == [422, 422]
    assert command("token", "add", "--data", served.folder, "--role", "agent", "--counters", "1;2").returncode == 2
    for number in (enrolled["id"], made["id"], max(listed)):
        admin.send("DELETE", f"tokens/{number}")


def test_an_agent_that_is_enrolled_anew_is_another_one_and_the_old_one_goes_on_until_it_is_revoked(
    served: Served,
) -> None:
    place, admin = served.place(), served.client("admin")
    with (
        agent(served, device("keypad", place.number), counters=[place.number]) as old,
        agent(served, device("keypad", place.number)) as new,
    ):
        assert (old.emit(*press(place.number))["ok"], new.emit(*press(place.number))["code"]) == (True, UNBOUND)
        assert assign(served, new.id, [place.number]).status == 200
        assert admin.send("DELETE", f"tokens/{old.id}").status == 204
        assert new.emit(*press(place.number))["ok"]


def test_a_device_that_an_administrator_adds_from_the_settings_page_works_at_its_counter(served: Served) -> None:
    place = served.place()
    with agent(served) as cable:
        cable.reply = {"ok": True}
        entry = {"name": "keypad", "kind": "keypad", "driver": "serial", "counter": place.number}
        assert served.client("admin").post(f"agents/{cable.id}/ask", {"what": "put", "device": entry}).status == 200
        assert cable.emit("devices", {"devices": [device("keypad", place.number)]})["ok"]
        assert cable.emit(*press(place.number))["ok"]


def test_a_folder_of_before_opens_and_its_keypads_go_on_working() -> None:
    with desk_of_its_own() as desk:
        place = desk.place()
        token = desk.local("token.add", role="agent", name="PC quầy 1").json
        with Screen(desk.port, "/agent", {"token": token["token"]}) as cable:
            assert cable.emit("devices", {"devices": [device("keypad", place.number), device("scanner")]})["ok"]
        desk.stop()
        take_back(desk.folder / "desk.db")
        desk.start()
        with Screen(desk.port, "/agent", {"token": token["token"]}) as cable:
            assert cable.emit(*press(place.number))["ok"]
            assert cable.emit("scan", {"age": 75, "device": "scanner"})["ok"]
            health = desk.client().get("health").json
            assert health["problems"] == []
            (waiting,) = desk.client("admin").get("devices").json["items"][0]["waiting"]
            assert (waiting["code"], "PC quầy 1" in waiting["detail"]) == ("unconfirmed", True)
            assert assign(desk, token["id"], [place.number], "all").status == 200
            assert desk.client("admin").get("devices").json["items"][0]["waiting"] == []
            assert cable.emit(*press(place.number))["ok"]
