"""The ward's catalogue of procedures over real HTTP: everybody reads, leaders and administrators change it by day."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.server.client import Answer, Client, named
from tests.server.hall import Served, served

pytestmark = pytest.mark.process
BIRTH = "procedures/1.001193"
ADDED: dict[str, Any] = {
    "since": "2026-01-01",
    "name": "Xác nhận đang cư trú",
    "field": "Cư trú",
    "level": "ward",
    "limits": [{"unit": "working_days", "count": 2}],
    "fees": [{"amount": 2000, "per": {"vi": "trang", "en": "page"}, "tiers": [{"first": 3, "amount": 1000}]}],
    "checklist": {
        "questions": [
            {
                "code": "rent",
                "text": {"vi": "Có thuê nhà không?", "en": "Do you rent?"},
                "choices": [
                    {"code": "yes", "text": {"vi": "Có", "en": "Yes"}},
                    {"code": "no", "text": {"vi": "Không", "en": "No"}},
                ],
            }
        ],
        "items": [
            {"code": "form", "name": {"vi": "Tờ khai", "en": "Form"}, "form": "form"},
            {
                "code": "contract",
                "name": {"vi": "Hợp đồng thuê"},
                "form": "copy",
                "when": [{"question": "rent", "choice": "yes"}],
            },
        ],
        "source": "Quyết định của phường",
    },
}


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served() as made:
        yield made


@pytest.fixture(scope="module")
def leader(desk: Served) -> Client:
    return desk.client("leader", Accept_Language="en")


def put(client: Client, path: str, body: object, **headers: str) -> Answer:
    more = {"Content-Type": "application/json", **named(headers)}
    return client.send("PUT", path, json.dumps(body).encode(), more)


def test_everybody_reads_limits_fees_and_checklist(desk: Served) -> None:
    anybody = desk.client()
    birth = anybody.get(BIRTH).json
    assert birth["name"] == "Đăng ký khai sinh"
    assert birth["limits"][0]["text"] == {"vi": "trong ngày", "en": "on the same day"}
    assert birth["fees"][1]["text"] == {
        "vi": "quá hạn: 5.000 đồng (Đà Nẵng)", "en": "late registration: 5,000 VND (Đà Nẵng)",
    }  # fmt: skip
    assert [item["code"] for item in birth["checklist"]["questions"]] == ["child", "birth-notice", "filer"]
    assert birth["checklist"]["checked_on"] == "2026-11-23"
    assert birth["since"] is None
    copies = anybody.get("procedures/2.000815").json
    assert copies["fees"][0]["text"]["en"] == (
        "2,000 VND for each page, from page 3 on 1,000 VND for each page, at most 200,000 VND for each copy"
    )
    assert copies["limits"][1]["text"]["vi"] == "phức tạp: thêm 2 ngày làm việc"
    assert anybody.get("procedures/1.004837").json["checklist"] is None
    assert anybody.get("procedures/0.0").code == (404, "procedure.unknown")
    assert anybody.get(f"{BIRTH}?day=gestern").code == (422, "procedure.day")
    assert put(anybody, BIRTH, ADDED).status == 401
    assert anybody.get(f"{BIRTH}/versions").status == 401


def test_a_procedure_is_added_changed_and_withdrawn_by_day(desk: Served, leader: Client) -> None:
    added = put(leader, "procedures/9.000001", ADDED)
    assert added.status == 200, added.json
    detail = leader.get("procedures/9.000001").json
    assert {name: value for name, value in ADDED.items() if name not in {"limits", "fees", "checklist"}} == {
        name: detail[name] for name in ("since", "name", "field", "level")
    }
    assert detail["checklist"]["items"][1]["when"] == [{"question": "rent", "choice": "yes"}]
    assert detail["basis"] == added.json["basis"]

    later = {**ADDED, "since": "2027-01-01", "name": "Xác nhận cư trú", "basis": detail["basis"]}
    assert put(leader, "procedures/9.000001", later).status == 200
    assert leader.get("procedures/9.000001?day=2026-12-31").json["name"] == ADDED["name"]
    assert leader.get("procedures/9.000001?day=2027-01-01").json["name"] == "Xác nhận cư trú"
    assert put(leader, "procedures/9.000001", {**later, "fee": "x"}).code == (409, "procedure.changed")
    assert put(leader, "procedures/9.000001", {**later, "basis": None}).code == (409, "procedure.same")

    assert leader.post("procedures/9.000001/withdraw", {"since": "2028-01-01"}).status == 200
    assert leader.get("procedures/9.000001?day=2028-01-01").code == (404, "procedure.unknown")
    versions = leader.get("procedures/9.000001/versions").json["items"]
    assert [(item["since"], item["is_withdrawn"], item["source"]) for item in versions] == [
        ("2028-01-01", True, "program"), ("2027-01-01", False, "program"), ("2026-01-01", False, "program"),
    ]  # fmt: skip
    assert [item["source"] for item in leader.get(f"{BIRTH}/versions").json["items"]] == ["product"]
    assert leader.get("procedures/0.0/versions").code == (404, "procedure.unknown")


@pytest.mark.parametrize(
    ("change", "place", "code"),
    [
        ({"name": " "}, "name", "text.blank"),
        ({"level": "province"}, "level", "value.choice"),
        ({"limits": [{"unit": "weeks"}]}, "limits[0].unit", "value.choice"),
        ({"limits": [{"unit": "days", "count": 1000}]}, "limits[0].count", "value.large"),
        ({"limits": [{"unit": "days"}]}, "limits[0].count", "limit.zero"),
        ({"fees": [{"amount": -1}]}, "fees[0].amount", "value.small"),
        ({"checklist": {"items": []}}, "checklist.items", "checklist.empty"),
        ({"checklist": {"items": [{"code": "A b", "name": {"vi": "x"}}]}}, "checklist.items[0].code", "code.form"),
        (
            {"checklist": {"items": [{"code": "a", "name": {"vi": "x"}, "when": [{"question": "q", "choice": "c"}]}]}},
            "checklist.items[0].when",
            "condition.unknown",
        ),
        ({"name": "CCCD 001090123456"}, "", "procedure.person"),
    ],
)
def test_each_mistake_is_named_by_its_place(leader: Client, change: object, place: str, code: str) -> None:
    assert isinstance(change, dict)
    answer = put(leader, "procedures/9.000009", {**ADDED, **change})
    assert answer.code == (422, "procedure.wrong")
    assert (place, code) in [(item["place"], item["code"]) for item in answer.json["errors"]]
    assert leader.get("procedures/9.000009").status == 404


def test_wrong_codes_and_days_are_refused(leader: Client) -> None:
    assert put(leader, "procedures/a%20b", ADDED).json["errors"][0]["code"] == "procedure.code"
    assert put(leader, "procedures/9.9", {**ADDED, "since": "2026-02-30"}).code == (422, "procedure.day")
    assert leader.post("procedures/9.9/withdraw", {"since": "2026-02-28"}).code == (404, "procedure.unknown")


def test_the_same_key_changes_once(leader: Client) -> None:
    key = {"Idempotency_Key": "3f3e0f70-3c8e-4a8e-9f1a-0c36f8c2d1aa"}
    first = put(leader, "procedures/9.000002", ADDED, **key)
    assert put(leader, "procedures/9.000002", ADDED, **key).json == first.json
    assert len(leader.get("procedures/9.000002/versions").json["items"]) == 1


def test_what_can_be_filed_online_is_marked_by_the_ward_and_told_to_everybody(desk: Served, leader: Client) -> None:
    admin, anybody = desk.client("admin"), desk.client(Accept_Language="en")
    section = admin.get("settings/online").json
    rules = {**section["data"]["online"], "help_place": "Bàn hỗ trợ cạnh quầy 1"}
    saved = put(admin, "settings/online", {"version": section["version"], "data": {"online": rules}})
    assert saved.status == 200
    assert put(leader, "procedures/P.55", {**ADDED, "online": "whole"}).status == 200
    told = anybody.get("procedures/P.55/checklist").json
    assert (told["online"], told["online_page"]) == ("whole", "https://dichvucong.gov.vn")
    assert told["online_help"] == {"vi": "Bàn hỗ trợ cạnh quầy 1", "en": "Bàn hỗ trợ cạnh quầy 1"}
    page = anybody.get("/procedures/P.55").body.decode()
    assert "Can be filed online" in page
    assert "Help is given at: Bàn hỗ trợ cạnh quầy 1" in page
    assert "Can be filed online" in anybody.get("/procedures").body.decode()
    assert "P.55" in leader.get("/settings/procedures?part=online").body.decode()
    silent = anybody.get(f"{BIRTH}/checklist").json
    assert (silent["online"], silent["online_page"], silent["online_help"]) == ("", "", None)
    wrong = put(leader, "procedures/P.55", {**ADDED, "online": "half", "online_page": "javascript:alert(1)"})
    assert {mistake["place"] for mistake in wrong.json["errors"]} == {"online", "online_page"}
