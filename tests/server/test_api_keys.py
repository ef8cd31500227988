"""The same key with the same content gives the same answer and changes nothing."""

import threading
from uuid import uuid4

import pytest

from tests.server.hall import Answer, Place, Served


def test_a_repeat_gets_the_same_bytes_and_takes_no_second_number(desk_served: Served, place: Place) -> None:
    key, body = str(uuid4()), {"service": place.service, "priority": "merit"}
    first = place.kiosk.post("tickets", body, key)
    place.do("call-next")
    place.do("start")
    again = place.kiosk.post("tickets", body, key)
    assert (again.status, again.body) == (first.status, first.body)
    assert [item["id"] for item in _mine(desk_served, place)] == [first.json["id"]]


def test_other_content_under_a_key_is_refused(desk_served: Served, place: Place) -> None:
    key = str(uuid4())
    place.kiosk.post("tickets", {"service": place.service}, key)
    assert place.kiosk.post("tickets", {"service": place.service, "priority": "merit"}, key).code == (422, "key.reused")
    made = _mine(desk_served, place)
    assert place.kiosk.post(f"tickets/{made[0]['id']}/cancel", None, key).code == (422, "key.reused")
    assert _mine(desk_served, place) == made


def test_a_refusal_is_not_kept(place: Place) -> None:
    key = str(uuid4())
    assert place.do("recall", key=key).code == (409, "counter.idle")
    place.issue()
    place.do("call-next")
    assert place.do("recall", key=key).status == 200


def test_nothing_to_call_is_an_answer_and_stays_one(place: Place) -> None:
    key = str(uuid4())
    assert place.do("call-next", key=key).status == 204
    place.issue()
    repeat = place.do("call-next", key=key)
    assert (repeat.status, repeat.body) == (204, b"")
    assert place.do("call-next", key=str(uuid4())).status == 200


@pytest.mark.thorough
def test_every_step_at_a_counter_can_be_repeated(place: Place) -> None:
    made = place.issue()
    steps = [
        ("call-next", None),
        ("recall", None),
        ("start", None),
        ("hold", {"reason": "documents"}),
        ("resume", {"ticket": made["id"]}),
        ("finish", None),
        ("undo", None),
        ("finish", None),
        ("pause", {"reason": "lunch"}),
        ("open", None),
        ("close", None),
    ]
    for step, body in steps:
        key = str(uuid4())
        first, again = (place.do(step, body, key) for _ in range(2))
        assert first.status == 200, (step, first)
        assert again.body == first.body
    history = place.client.get(f"tickets/{made['id']}").json["history"]
    assert [move["move"] for move in history] == [
        "issued", "called", "recalled", "started", "held", "called", "served", "undone", "served",
    ]  # fmt: skip


def test_two_callers_may_use_the_same_key(desk_served: Served, place: Place) -> None:
    key, body = str(uuid4()), {"service": place.service}
    numbers = {
        client.post("tickets", body, key).json["number"]
        for client in (place.kiosk, place.client, desk_served.client("admin"))
    }
    assert len(numbers) == 3


def test_one_key_pressed_by_eight_at_once_takes_one_number(desk_served: Served, place: Place) -> None:
    key = str(uuid4())
    clients = [desk_served.client("kiosk") for _ in range(8)]
    answers: list[Answer] = []
    together = threading.Barrier(8)

    def press(number: int) -> None:
        together.wait()
        answers.append(clients[number].post("tickets", {"service": place.service}, key))

    threads = [threading.Thread(target=press, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {(answer.status, answer.body) for answer in answers} == {(201, answers[0].body)}
    assert len(_mine(desk_served, place)) == 1


def test_a_key_has_a_length(place: Place) -> None:
    body = {"service": place.service}
    assert place.kiosk.post("tickets", body, "k" * 255).status == 201
    assert place.kiosk.post("tickets", body, "k" * 256).code == (422, "key.invalid")
    assert place.kiosk.post("tickets", body, "").code == (422, "key.invalid")


def _mine(desk_served: Served, place: Place) -> list[dict[str, object]]:
    items = desk_served.client("leader").get("queue").json["items"]
    return [item for item in items if item["service"] == place.service]
