"""Calls for help and alerts over HTTP: who may do what, and what garbage gets for an answer."""

import json
from collections.abc import Iterator

import pytest

from tests.receivers import PushService
from tests.server.hall import Served, served

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served() as made:
        yield made


def test_a_counter_calls_for_itself_and_another_one_answers(desk: Served) -> None:
    calling, other, leader = desk.client("counter", 1), desk.client("counter", 2), desk.client("leader")
    made = calling.post("help", {})
    assert (made.status, list(made.json)) == (201, ["id"])
    number = made.json["id"]
    assert (calling.post("help", {"counter": 1}).status, calling.post("help", {}).json["id"]) == (200, number)
    assert calling.post("help", {"counter": 2}).json["code"] == "counter.not_yours"
    refused = calling.post(f"help/{number}/answer", {})
    assert (refused.status, refused.json["code"]) == (409, "help.own")
    answered = other.post(f"help/{number}/answer", {})
    assert (answered.status, answered.json["answered_counter"], answered.json["answered_by"]) == (200, 2, None)
    assert leader.post(f"help/{number}/answer", {}).json["code"] == "help.answered"
    assert desk.client("counter", 3).post(f"help/{number}/end", {}).json["code"] == "help.not_yours"
    ended = other.post(f"help/{number}/end", {})
    assert (ended.status, bool(ended.json["ended_at"])) == (200, True)
    assert leader.post(f"help/{number}/end", {}).status == 200  # it stays ended
    assert leader.get("alerts").json["help"][0]["id"] == number


def test_a_repeat_under_its_key_is_the_same_call(desk: Served) -> None:
    calling = desk.client("counter", 4)
    first, again = (calling.post("help", {}, key="0123456789abcdef") for _ in range(2))
    assert (first.status, first.json) == (again.status, again.json)
    assert first.status == 201


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        ("help", {}, 422, "counter.unknown"),
        ("help", {"counter": 99}, 422, "counter.unknown"),
        ("help", {"counter": "1"}, 422, "values.invalid"),
        ("help/9999/answer", {}, 404, "help.unknown"),
        ("help/9999/end", {}, 404, "help.unknown"),
        ("alerts/9999/seen", {}, 404, "alert.unknown"),
        ("alerts/push", {"endpoint": "x", "keys": {"p256dh": "x", "auth": "x"}}, 403, "auth.person"),
        ("notices/9999/resend", {}, 404, "job.unknown"),
        ("notices/apprise", {"urls": "nonsense"}, 422, "apprise.urls"),
        ("notices/apprise", {"urls": "x" * 1001}, 422, "apprise.urls"),
        ("notices/apprise", {"urls": "json://a\n" * 21}, 422, "apprise.urls"),
    ],
)
def test_garbage_gets_a_clear_answer(desk: Served, path: str, body: dict[str, object], status: int, code: str) -> None:
    answer = desk.client("admin").post(path, body)
    assert (answer.status, answer.json["code"]) == (status, code)


def test_the_counters_state_stays_small_however_many_call(desk: Served) -> None:
    for number in range(1, 9):
        desk.client("counter", number).post("help", {})
    state = desk.client("counter", 1).get("/state/counter/1")
    assert len(json.dumps(state.json, ensure_ascii=False).encode()) < 16 * 1024
    assert sorted(call["counter"] for call in state.json["help"]) == list(range(1, 9))


def test_only_people_who_lead_are_told_in_their_browsers(desk: Served) -> None:
    with PushService() as push:
        body = {"endpoint": push.endpoint, "keys": push.keys}
        for role in ("officer", "counter", "kiosk"):
            client = desk.client(role, 1) if role == "counter" else desk.client(role)
            assert client.post("alerts/push", body).status == 403
    assert len(desk.client("leader").get("alerts/push-key").json["key"]) == 87


def test_the_webhooks_new_secret_is_shown_once_and_the_addresses_never(desk: Served) -> None:
    admin = desk.client("admin")
    secret = admin.post("notices/secret", {}).json["secret"]
    assert secret.startswith("whsec_")
    assert (desk.folder / "keys" / "webhook.secret").read_text().strip() == secret
    assert admin.post("notices/apprise", {"urls": "json://127.0.0.1/word"}).json == {"schemes": ["json"]}
    assert admin.get("notices/apprise").json == {"schemes": ["json"]}
    assert (desk.folder / "keys" / "apprise.urls").read_text() == "json://127.0.0.1/word\n"
    assert desk.client("leader").post("notices/secret", {}).status == 403
