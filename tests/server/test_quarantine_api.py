"""Leaders' programs read what was set aside and decide on it with a reason, each rating once."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from tests.server import hall
from tests.server.hall import Place, Served


@pytest.fixture(scope="module")
def desk_served() -> Iterator[Served]:
    """Lend a desk of its own: here the ratings that were set aside are counted."""
    with hall.served(shared=True) as made:
        yield made


def set_aside(desk: Served, place: Place, level: int = 5) -> dict[str, Any]:
    """Return the answer to a rating from a browser of the desk's people, of a visit of its own."""
    ticket = place.issue()
    for step in ("call-next", "start", "finish"):
        assert place.do(step).status == 200
    body = {"level": level, "channel": "qr", "token": ticket["follow_url"][-12:], "comment": "Nhanh"}
    answer = desk.client(Cookie="motcua_staff=1").post("ratings", body)
    assert answer.json["status"] == "quarantined"
    return {"id": answer.json["id"], "visit": ticket["id"]}


def rows(desk: Served, rating: int) -> list[str]:
    query = "SELECT action FROM journal WHERE action = 'rating.reviewed' AND json_extract(data, '$.rating') = ?"
    with sqlite3.connect(f"file:{desk.folder / 'desk.db'}?mode=ro", uri=True) as db:
        found = db.execute(query, (rating,)).fetchall()
    db.close()
    return [row[0] for row in found]


@pytest.mark.thorough
def test_a_program_reads_what_was_set_aside_releases_one_and_confirms_another(
    desk_served: Served, place: Place
) -> None:
    first, second = set_aside(desk_served, place), set_aside(desk_served, place, 4)
    leader = desk_served.client("leader")
    listed = leader.get("ratings/quarantined")
    assert (listed.status, [item["id"] for item in listed.json["items"][:2]]) == (200, [second["id"], first["id"]])
    assert {**listed.json["items"][1], "at": ""} == {
        "id": first["id"],
        "at": "",
        "counter": place.number,
        "visit": first["visit"],
        "channel": "qr",
        "level": 5,
        "rule": "staff_device",
        "rule_label": {
            "vi": "Gửi từ thiết bị của người làm việc tại đơn vị",
            "en": "Sent from a device of the desk's own people",
        },
        "would_be": "counted",
        "status": "quarantined",
        "comment": "Nhanh",
        "decision": None,
        "decided_at": None,
        "decided_by": None,
        "reason": None,
    }
    waiting = listed.json["waiting"]
    older = leader.get(f"ratings/quarantined?before={second['id']}&limit=1").json["items"]
    assert [item["id"] for item in older] == [first["id"]]
    released = leader.post(f"ratings/{first['id']}/release", {"reason": "Công dân mượn máy của quầy"})
    assert (released.status, released.json["decision"], released.json["status"]) == (200, "released", "counted")
    assert released.json["reason"] == "Công dân mượn máy của quầy"
    confirmed = leader.post(f"ratings/{second['id']}/confirm", {"reason": "Cán bộ tự bấm"})
    assert (confirmed.status, confirmed.json["decision"], confirmed.json["status"]) == (200, "confirmed", "quarantined")
    decided = leader.get("ratings/quarantined?state=decided").json
    assert [item["id"] for item in decided["items"][:2]] == [second["id"], first["id"]]
    assert decided["waiting"] == waiting - 2


@pytest.mark.thorough
def test_each_rating_is_decided_once_and_a_repeat_under_its_key_is_the_same_decision(
    desk_served: Served, place: Place
) -> None:
    rating = set_aside(desk_served, place)["id"]
    leader, key = desk_served.client("leader"), "0123456789abcdef-decide"
    answers = [leader.post(f"ratings/{rating}/release", {"reason": "Đúng"}, key=key) for _ in range(2)]
    assert answers[0].json == answers[1].json
    refused = leader.post(f"ratings/{rating}/confirm", {"reason": "Đổi ý"})
    assert (refused.status, refused.json["code"]) == (409, "quarantine.decided")
    assert rows(desk_served, rating) == ["rating.reviewed"]


@pytest.mark.thorough
def test_garbage_gets_a_clear_answer_and_decides_nothing(desk_served: Served, place: Place) -> None:
    rating = set_aside(desk_served, place)["id"]
    leader = desk_served.client("leader")
    bodies: list[Any] = [{}, {"reason": ""}, {"reason": " \u200b "}, {"reason": 5}, {"reason": "x" * 501}]
    answers = [leader.post(f"ratings/{rating}/release", body) for body in bodies]
    assert {(answer.status, answer.json["code"]) for answer in answers} == {(422, "values.invalid")}
    for path in ("ratings/9007199254740992/release", "ratings/999999/confirm"):
        unknown = leader.post(path, {"reason": "x"})
        assert (unknown.status, unknown.json["code"]) == (404, "rating.unknown"), path
    queries = ["state=moon", "before=0", "before=x", "limit=0", "limit=101"]
    assert [leader.get(f"ratings/quarantined?{query}").status for query in queries] == [422] * len(queries)
    for role in ("officer", "counter", "pad", "kiosk"):
        other = desk_served.client(role, place.number if role in {"counter", "pad"} else None)
        assert other.get("ratings/quarantined").status == 403, role
        assert other.post(f"ratings/{rating}/release", {"reason": "x"}).status == 403, role
    assert desk_served.client().get("ratings/quarantined").status == 401
    assert rows(desk_served, rating) == []
