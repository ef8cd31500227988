"""A served hall whose computer's clock is set: over real sockets everybody sees the right time, and waits go on as
they were.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from motcua.staff import actions as staff
from tests.server.by_hand import Serving, served_by_hand
from tests.server.contract import read_contract
from tests.server.hall import Client, Json, fresh_folder, opened, services
from tests.server.screen import Screen

AHEAD_S = 7 * 3600
pytestmark = pytest.mark.process


class Stepped:
    """A desk on a clock that the test moves, at 15:00; its clients and its wall."""

    def __init__(self, serving: Serving, tokens: dict[str, str]) -> None:
        self.port, self.move = serving.port, serving.move
        asking = Client(self.port, {}, None)
        contract = read_contract(lambda: asking.get("openapi.json").json)
        asking.close()
        self.kiosk, self.counter, self.public = (
            Client(self.port, {"Authorization": f"Bearer {tokens[role]}"} if role in tokens else {}, contract)
            for role in ("kiosk", "counter", "public")
        )
        self.wall = Screen(self.port, "/wall", {"token": tokens["wall"]})

    def issue(self) -> Json:
        answer = self.kiosk.post("tickets", {"service": services()[0].code})
        assert answer.status == 201, answer
        return answer.json

    def ticket(self, number: str) -> Json:
        return self.counter.get(f"tickets/{number}").json

    def health(self) -> tuple[int, str, str, list[str]]:
        answer = self.public.get("health")
        return (
            answer.status,
            answer.json["status"],
            answer.json["checks"]["clock"],
            [item["code"] for item in answer.json["problems"]],
        )


@pytest.fixture
def hall() -> Iterator[Stepped]:
    with fresh_folder() as folder:
        desk = opened(folder)
        numbers = {"kiosk": None, "wall": None, "counter": 1}
        tokens = {role: desk.do(staff.add_token, role, number, "", None).secret for role, number in numbers.items()}
        desk.stop()
        with served_by_hand(folder) as serving:
            made = Stepped(serving, tokens)
            yield made
            made.wall.close()
            for client in (made.kiosk, made.counter, made.public):
                client.close()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_a_morning_that_began_seven_hours_ahead_goes_on_as_if_nothing_had_been(hall: Stepped) -> None:
    assert hall.counter.post("counters/1/open").status == 200
    first = hall.issue()
    hall.move("advance", 600)
    second = hall.issue()
    shown = hall.move("step", -AHEAD_S)
    hall.wall.wait(lambda: abs(at(hall.wall.state["at"]) - shown) < timedelta(minutes=1))
    assert hall.health() == (200, "degraded", "stepped", ["clock.stepped"])
    assert at(hall.ticket(first["id"])["issued_at"]) == shown - timedelta(minutes=10)
    third = hall.issue()
    hall.move("advance", 300)
    called = [hall.counter.post("counters/1/call-next").json["ticket"]["number"]]
    for _ in range(2):
        assert hall.counter.post("counters/1/start").status == 200
        called.append(hall.counter.post("counters/1/call-next").json["ticket"]["number"])
    assert called == [first["number"], second["number"], third["number"]]
    assert at(hall.ticket(first["id"])["called_at"]) - at(hall.ticket(first["id"])["issued_at"]) == timedelta(
        minutes=15
    )
    hall.wall.wait(lambda: [call["number"] for call in hall.wall.told("call")] == called)
    revisions = [data["revision"] for event, data in hall.wall.events if event in {"snapshot", "change"}]
    assert revisions == list(range(revisions[0], revisions[0] + len(revisions)))


def test_an_earlier_day_stops_the_numbers_until_it_is_set_right(hall: Stepped) -> None:
    hall.issue()
    hall.move("step", -86_400)
    assert hall.health() == (503, "failing", "behind", ["clock.behind"])
    assert hall.kiosk.post("tickets", {"service": services()[0].code}).code == (409, "clock.behind")
    hall.move("step", 86_400)
    assert hall.health() == (200, "ok", "ok", [])
    assert hall.issue()["people_ahead"] == 1


def test_tomorrow_and_back_again_within_minutes_costs_nobody_a_place(hall: Stepped) -> None:
    first = hall.issue()
    hall.move("step", 86_400)
    assert hall.health() == (200, "degraded", "degraded", ["clock.doubted"])
    second = hall.issue()
    hall.move("step", -86_400)
    assert hall.health() == (200, "ok", "ok", [])
    assert [hall.ticket(ticket["id"])["state"] for ticket in (first, second)] == ["waiting", "waiting"]
