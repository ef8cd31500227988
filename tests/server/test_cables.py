"""What agents tell and what they are sent, over the real cable: signs, paper, devices, scans."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest

from motcua.cli.door import open_reading
from motcua.desk.journal import read_rows
from tests.server.cables import agent
from tests.server.hall import Served, wait_until
from tests.server.hall import served as desk_of_its_own
from tests.server.screen import Screen

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with desk_of_its_own(shared=True) as made:
        yield made


def test_the_sign_follows_its_counter_and_a_cable_that_comes_back_hears_all_signs(served: Served) -> None:
    place = served.place()
    with agent(served, {"name": "bang", "kind": "sign", "counters": [place.number]}) as cable:
        whole = next(data for event, data in cable.events if event == "signs")
        assert {"counter": place.number, "number": None, "state": "idle"} in whole["signs"]
        number = place.issue()["number"]
        for so_many, step in enumerate(("call-next", "start", "finish", "close"), start=1):
            place.do(step)
            cable.wait(lambda so_many=so_many: len(signs(cable)) == so_many)
        assert signs(cable) == [(number, "called"), (number, "serving"), (None, "idle"), (None, "closed")]
        orders = [data["id"] for event, data in cable.events if event == "job" and data["kind"] == "sign"]
        assert orders == sorted(orders)
        assert orders[0] > whole["order"]


def signs(cable: Screen) -> list[tuple[Any, str]]:
    found = [data["payload"] for event, data in cable.events if event == "job" and data["kind"] == "sign"]
    return [(payload["number"], payload["state"]) for payload in found]


def test_an_agent_gets_no_job_before_it_has_declared_its_devices(served: Served) -> None:
    place = served.place()
    with agent(served, declare=False) as cable:
        place.issue()
        place.do("call-next")
        assert cable.emit("devices", {"devices": [{"name": "may-in", "kind": "printer"}]})["ok"]
        later = place.issue()["number"]
        cable.wait(lambda: jobs(cable))
        assert [data["payload"]["number"] for event, data in cable.events if event == "job"] == [later]


def test_paper_is_printed_again_only_when_a_person_asks_and_says_so(served: Served) -> None:
    place = served.place()
    with agent(served, {"name": "may-in", "kind": "printer"}) as cable:
        kiosk = Screen(served.port, "/kiosk", {"token": served.token("kiosk")})
        ticket = place.issue()["id"]
        cable.wait(lambda: jobs(cable))
        (first,) = jobs(cable)
        ended = {"id": first["id"], "state": "failed", "detail": "paper_out", "key": str(uuid4())}
        assert cable.emit("result", ended)["ok"]
        kiosk.wait(lambda: [data for event, data in kiosk.events if event == "paper"])
        assert kiosk.told("paper") == [{"ticket": ticket, "state": "failed", "detail": "paper_out"}]
        assert place.kiosk.post(f"tickets/{ticket}/print").status == 200
        cable.wait(lambda: len(jobs(cable)) == 2)
        assert [(job["payload"]["ticket"], job["payload"]["reprint"]) for job in jobs(cable)] == [
            (ticket, False),
            (ticket, True),
        ]
        place.kiosk.post(f"tickets/{ticket}/cancel")
        assert place.kiosk.post(f"tickets/{ticket}/print").code == (409, "ticket.over")
        kiosk.close()


def jobs(cable: Screen) -> list[Any]:
    return [data for event, data in cable.events if event == "job" and data["kind"] == "print"]


def test_what_an_agent_says_of_its_devices_is_seen_and_kept_in_the_journal_once(served: Served) -> None:
    leader = served.client("leader")
    devices: list[dict[str, Any]] = [
        {"name": "may-in", "kind": "printer"},
        {"name": "bang", "kind": "sign", "counters": [2, 1]},
    ]
    odd: Any
    with agent(served, *devices) as cable:
        for _ in range(2):
            assert cable.emit("devices", {"devices": devices}) == {"ok": True, "devices": 2}
        told = {
            "may-in": {"state": "degraded", "problem": "paper_low", "counters": {"jobs": 3}},
            "bang": {"state": "odd"},
            "x": 3,
        }
        assert cable.emit("health", {"devices": told})["ok"]
        found = leader.get("devices").json["items"][-1]
        assert found["connected"]
        assert [(item["name"], item["state"], item["problem"], item["counters"]) for item in found["devices"]] == [
            ("bang", "unknown", None, [1, 2]),
            ("may-in", "degraded", "paper_low", []),
        ]
        for odd in ({}, None, "may-in"):
            assert cable.emit("devices", {"devices": odd})["code"] == "devices.shape"
    with open_reading(served.folder) as db:
        declared = [row for row in read_rows(db) if row["action"] == "equipment.declared"]
    assert sum(row["data"]["devices"] == [  # type: ignore[call-overload, index]
        {"counters": [1, 2], "kind": "sign", "name": "bang"}, {"counters": [], "kind": "printer", "name": "may-in"}
    ] for row in declared) == 1  # fmt: skip


def test_a_scan_reaches_the_kiosks_and_is_kept_nowhere(served: Served) -> None:
    kiosk = Screen(served.port, "/kiosk", {"token": served.token("kiosk")})
    with agent(served, {"name": "quet", "kind": "scanner"}) as cable:
        assert cable.emit("scan", {"age": 75, "code": None, "refused": None, "device": "quet"})["ok"]
        kiosk.wait(lambda: [data for event, data in kiosk.events if event == "scan"])
        assert [data for event, data in kiosk.events if event == "scan"] == [{"age": 75, "code": None, "refused": None}]
        assert cable.emit("scan", {"age": 60, "perhaps": 75, "device": "quet"})["ok"]
        kiosk.wait(lambda: [data for event, data in kiosk.events if event == "scan"][1:])
        assert kiosk.told("scan")[1:] == [{"age": 60, "code": None, "refused": None, "perhaps": 75}]
        for odd in (
            {},
            {"age": 61},
            {"age": "75"},
            {"code": "x" * 65},
            {"refused": 3},
            {"perhaps": 75},
            {"age": 75, "perhaps": 60},
        ):
            assert cable.emit("scan", odd)["code"] == "event.shape"
    kiosk.close()
    with open_reading(served.folder) as db:
        assert not [row for row in read_rows(db) if "scan" in str(row["action"])]


def test_an_agent_that_is_gone_takes_its_devices_with_it(served: Served) -> None:
    token = served.local("token.add", role="agent", name="pc").json
    admin = served.client("admin")
    cable = Screen(served.port, "/agent", {"token": token["token"]})
    cable.emit("devices", {"devices": [{"name": "may-in", "kind": "printer"}]})
    cable.emit("health", {"devices": {"may-in": {"state": "ok"}}})

    def last() -> Any:
        return admin.get("devices").json["items"][-1]

    assert (last()["connected"], last()["devices"][0]["state"]) == (True, "ok")
    cable.close()
    wait_until(lambda: not last()["connected"])
    assert (last()["devices"][0]["state"], last()["devices"][0]["problem"]) == ("down", "agent_gone")
    assert admin.post(f"agents/{token['id']}/ask", {"what": "ports"}).code == (503, "agent.gone")
    assert admin.send("DELETE", f"tokens/{token['id']}").status == 204
