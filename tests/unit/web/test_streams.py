"""Streams: what is computed for whom, in which order it leaves, and what leaves together."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from motcua.desk import Reader
from motcua.web.stages import Stages
from motcua.web.streams import Stage
from tests.unit.desk.notes import Pad, notes, opened, write


class Screens:
    """A desk of notes with three screens that show them: the wall and the pads at once, phones with the next tick."""

    def __init__(self, pad: Pad) -> None:
        self.desk, self.weather = pad.desk, "sun"
        self.looks: Counter[str] = Counter()
        self.sent: list[tuple[str, list[str]]] = []
        self.stages = Stages(pad.desk, self._broadcast, lambda *_: None)
        self.wall = self.stages.add("/wall", lambda db, key: self._view(db, "wall" + key))
        self.pads = self.stages.add("/pad", lambda db, key: self._view(db, "pad" + key))
        self.phones = self.stages.add(
            "/follow", lambda db, key: {**self._view(db, "phone" + key), "weather": self.weather}, beside=self._beside
        )

    def _beside(self) -> str:
        return self.weather

    def _view(self, db: Reader, name: str) -> dict[str, Any]:
        self.looks[name] += 1
        return {"notes": notes(db)}

    def _broadcast(self, messages: Sequence[tuple[str, dict[str, Any]]], namespace: str, _room: str) -> None:
        self.sent.append((namespace, [event for event, _state in messages]))

    def write(self, word: str) -> None:
        """Write a note."""
        self.desk.do(write, word)

    def listen(self, stage: Stage, key: str = "") -> None:
        """Let somebody listen, as a socket that joins does."""
        stage.show(key)
        stage.record_join(key)


@pytest.fixture
def screens(folder: Path) -> Iterator[Screens]:
    with opened(folder) as pad:
        yield Screens(pad)


def test_nothing_is_computed_for_nobody(screens: Screens) -> None:
    screens.write("one")
    screens.stages.tick()
    assert (screens.looks, screens.sent) == (Counter(), [])


def test_the_wall_hears_before_the_next_screen_is_computed(screens: Screens) -> None:
    for stage in (screens.pads, screens.wall):
        screens.listen(stage)
    looks_at_pads: list[int] = []

    def call(_batch: object) -> None:
        screens.stages.send("call", {"number": 1}, "/wall", "stream:")
        looks_at_pads.append(screens.looks["pad"])

    screens.stages.on_commit(call, "/wall")
    screens.write("one")
    assert screens.sent == [("/wall", ["change", "call"]), ("/pad", ["change"])]
    assert looks_at_pads == [1]  # that of joining


def test_what_is_said_to_a_screen_is_made_only_while_somebody_looks_at_it(screens: Screens) -> None:
    calls: list[str] = []
    screens.stages.on_commit(lambda _batch: calls.append("wall"), "/wall")
    screens.stages.on_commit(lambda _batch: calls.append("always"))
    screens.write("one")
    screens.listen(screens.wall)
    screens.write("two")
    assert calls == ["always", "wall", "always"]


def test_a_listener_that_fails_keeps_nothing_from_the_screens(
    screens: Screens, caplog: pytest.LogCaptureFixture
) -> None:
    screens.listen(screens.wall)

    def fail(_batch: object) -> None:
        raise ZeroDivisionError

    screens.stages.on_commit(fail, "/wall")
    screens.write("one")
    assert screens.sent == [("/wall", ["change"])]
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_a_reading_that_fails_keeps_nothing_from_the_next_screens(
    screens: Screens, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    screens.stages.on_commit(lambda _batch: told.append("always"))
    for stage in (screens.wall, screens.pads):
        screens.listen(stage)
    for reader in screens.desk._readers._idle:
        reader.close()  # the next who reads with it cannot
    screens.write("one")
    assert (screens.sent, told) == ([("/pad", ["change"])], ["always"])
    assert [record.exc_info is not None for record in caplog.records] == [True]
    screens.stages.tick()
    assert screens.sent[1:] == [("/wall", ["change"])]


def test_who_joins_a_screen_that_others_see_costs_no_look(screens: Screens) -> None:
    screens.listen(screens.wall)
    screens.write("one")
    looks = screens.looks["wall"]
    for _ in range(100):
        screens.listen(screens.wall)
    assert screens.looks["wall"] == looks
    assert screens.wall.show("").make_snapshot()["notes"] == [(1, "one")]


def test_a_screen_that_nobody_sees_is_looked_at_for_who_asks(screens: Screens) -> None:
    assert screens.wall.show("").make_snapshot()["notes"] == []
    screens.write("one")
    assert screens.wall.show("").make_snapshot()["notes"] == [(1, "one")]


def test_phones_are_looked_at_again_only_when_something_can_be_different(screens: Screens) -> None:
    for code in "ab":
        screens.listen(screens.phones, code)
    for _ in range(5):
        screens.stages.tick()
    assert screens.looks == Counter(phonea=1, phoneb=1)
    screens.write("one")
    assert screens.sent == []
    screens.stages.tick()
    assert screens.sent == [("/follow", ["change"])] * 2
    screens.weather = "rain"
    screens.stages.tick()
    screens.stages.tick()
    assert screens.looks == Counter(phonea=3, phoneb=3)
    assert screens.phones.show("a").make_snapshot()["weather"] == "rain"


def test_between_two_phones_others_get_their_turn_and_a_phone_may_go_in_it(screens: Screens) -> None:
    for code in "abc":
        screens.listen(screens.phones, code)
    turns: list[int] = []

    def pause() -> None:
        turns.append(screens.looks.total())
        if len(turns) == 2:
            screens.phones.record_leave("c")

    screens.stages.pause = pause
    screens.write("one")
    screens.stages.tick()
    assert turns == [3, 4, 5]
    assert [namespace for namespace, _events in screens.sent] == ["/follow", "/follow"]


def test_streams_that_nobody_sees_are_forgotten_however_many_are_seen(
    screens: Screens, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.web.streams.KEPT", 3)
    for number in range(10):
        screens.listen(screens.pads, f"seen {number}")
    for number in range(20):
        screens.pads.show(f"passed {number}")
    assert len(screens.pads.list_listening()) == 10
    assert len(screens.pads._streams) <= 10 + 3 + 1
