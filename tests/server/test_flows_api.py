"""The ward's flows over real HTTP: leaders and administrators read and change them, each from a day on."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.server.client import Answer, Client
from tests.server.dossier_calls import DEATH
from tests.server.hall import Served, served

pytestmark = pytest.mark.process
STEPS: list[dict[str, Any]] = [
    {"name": {"vi": "Nhận", "en": "Receive"}, "share_percent": 40, "role": "one_stop"},
    {"name": {"vi": "Trả"}, "share_percent": 60, "role": "leader"},
]
FLOW: dict[str, Any] = {"scope": "procedure", "key": DEATH, "since": "2026-01-01", "steps": STEPS}


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served() as made:
        yield made


@pytest.fixture(scope="module")
def leader(desk: Served) -> Client:
    return desk.client("leader", Accept_Language="en")


def put(client: Client, body: object) -> Answer:
    return client.send("PUT", "flows", json.dumps(body).encode(), {"Content-Type": "application/json"})


def test_a_flow_is_set_changed_and_withdrawn_by_day(leader: Client) -> None:
    first = leader.get("flows?day=2026-06-01").json
    assert (first["day"], first["items"]) == ("2026-06-01", [])
    assert [step["share_percent"] for step in first["usual"]] == [10, 20, 45, 15, 10]
    added = put(leader, {**FLOW, "basis": "-"})
    assert added.status == 200, added.json
    (flow,) = leader.get("flows").json["items"]
    assert (flow["since"], flow["basis"]) == ("2026-01-01", added.json["basis"])
    assert [step["code"] for step in flow["steps"]] == ["receive", "return"]

    one = [{**STEPS[0], "share_percent": 100}]
    later = {**FLOW, "since": "2027-01-01", "steps": one, "basis": flow["basis"]}
    assert put(leader, later).status == 200
    assert len(leader.get("flows?day=2026-12-31").json["items"][0]["steps"]) == 2
    assert len(leader.get("flows?day=2027-01-01").json["items"][0]["steps"]) == 1
    assert put(leader, later).code == (409, "flow.changed")
    assert put(leader, {**later, "basis": None}).code == (409, "flow.same")

    gone = {"scope": "procedure", "key": DEATH, "since": "2028-01-01"}
    assert leader.post("flows/withdraw", gone).status == 200
    assert leader.get("flows?day=2028-01-01").json["items"] == []
    versions = leader.get("flows/versions").json["items"]
    assert [(item["since"], item["steps"] and len(item["steps"])) for item in versions] == [
        ("2028-01-01", None), ("2027-01-01", 1), ("2026-01-01", 2),
    ]  # fmt: skip
    assert leader.post("flows/withdraw", {**gone, "since": "2029-01-01"}).code == (404, "flow.unknown")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"scope": "planet"}, "flow.target"),
        ({"key": "0.0"}, "flow.target"),
        ({"since": "morgen"}, "flow.day"),
        ({"steps": []}, "flow.count"),
        ({"steps": STEPS * 7}, "flow.count"),
        ({"steps": STEPS[:1]}, "flow.sum"),
        ({"steps": [{**STEPS[0], "role": "king"}, STEPS[1]]}, "flow.role"),
        ({"steps": [{**STEPS[0], "account": 999}, STEPS[1]]}, "flow.account"),
        ({"steps": [{**STEPS[0], "name": {"vi": " "}}, STEPS[1]]}, "flow.name"),
        ({"steps": [{**STEPS[0], "shares": 40}, STEPS[1]]}, "values.invalid"),
        ({"steps": STEPS * 21}, "values.invalid"),
    ],
)
def test_what_is_no_flow_is_refused(leader: Client, change: dict[str, Any], code: str) -> None:
    before = leader.get("flows/versions").json
    answer = put(leader, {**FLOW, "since": "2026-02-01", **change})
    assert (answer.status, answer.json["code"]) == (422, code)
    assert leader.get("flows/versions").json == before


def test_garbage_is_answered_and_officers_and_devices_are_not(desk: Served, leader: Client) -> None:
    assert leader.get("flows?day=gestern").code == (422, "flow.day")
    for wrong in ({"scope": "usual", "key": "x"}, {"scope": "procedure", "key": ""}, {"scope": "planet"}):
        assert leader.post("flows/withdraw", {"since": "2027-01-01", **wrong}).code == (422, "flow.target")
    for role in ("officer", "kiosk"):
        client = desk.client(role)
        assert client.get("flows").status == 403
        assert put(client, FLOW).status == 403
    assert desk.client().get("flows/versions").status == 401
