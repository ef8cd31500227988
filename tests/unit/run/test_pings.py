"""Pings: how often each kind is asked, who is given up, and when the loop ends."""

from collections.abc import Callable
from typing import Any

import pytest

from motcua.run.pings import Pings, Rhythm

OFTEN, RARELY = Rhythm(2, 2), Rhythm(6, 6)


class Line:
    """A link that notes when it was pinged."""

    def __init__(self, now: list[float], sid: str = "a", *, is_rare: bool = False, answers: bool = True) -> None:
        self._now, self.sid, self.is_rare, self._answers = now, sid, is_rare, answers
        self.closed = False
        self.pinged_at: float | None = None
        self.pings: list[float] = []

    def ping(self) -> None:
        """Note the time, and answer."""
        self.pings.append(self._now[0])
        if self._answers:
            self.pinged_at = None


class Round:
    """Pings with a clock that a test moves on."""

    def __init__(self, *lines: Line, now: list[float]) -> None:
        self.links: dict[str, Any] = {line.sid: line for line in lines}
        self.given_up: list[tuple[str, float]] = []
        self.loops: list[Callable[[], None]] = []
        self._now = now
        self.pings = Pings(self.links, OFTEN, RARELY, self._end, lambda: now[0], self.loops.append)
        for line in lines:
            self.pings.add(line)

    def _end(self, line: Any) -> None:
        self.given_up.append((line.sid, self._now[0]))
        line.closed = True

    def pass_time(self, seconds: int) -> None:
        """Let `seconds` go by, looking four times in each."""
        for _ in range(seconds * 4):
            self._now[0] += 0.25
            self.pings.look()


@pytest.fixture
def now() -> list[float]:
    return [0.0]


def test_walls_are_pinged_often_and_phones_rarely(now: list[float]) -> None:
    wall, phone = Line(now), Line(now, "b", is_rare=True)
    Round(wall, phone, now=now).pass_time(14)
    assert (wall.pings, phone.pings) == ([2, 4, 6, 8, 10, 12, 14], [1, 7, 13])


def test_who_does_not_answer_is_given_up_and_forgotten(now: list[float]) -> None:
    wall, phone, well = Line(now, answers=False), Line(now, "b", is_rare=True, answers=False), Line(now, "c")
    desk = Round(wall, phone, well, now=now)
    desk.pass_time(14)
    assert desk.given_up == [("a", 4), ("b", 7)]
    assert list(desk.links) == ["c"]
    assert (wall.pings, phone.pings) == ([2], [1])


def test_a_link_on_which_somebody_of_the_desk_speaks_is_pinged_often_from_then_on(now: list[float]) -> None:
    phone = Line(now, is_rare=True)
    desk = Round(phone, now=now)
    desk.pass_time(1)
    phone.is_rare = False
    desk.pass_time(12)
    assert phone.pings == [1, 7, 9, 11, 13]


def test_one_loop_pings_all_and_ends_with_the_last(now: list[float]) -> None:
    lines = [Line(now, str(number)) for number in range(3)]
    desk = Round(*lines, now=now)
    assert len(desk.loops) == 1
    for line in lines:
        line.closed = True
    desk.pass_time(2)
    desk.loops[0]()
    assert desk.links == {}
    desk.pings.add(Line(now, "new"))
    assert len(desk.loops) == 2


def test_a_desk_that_stood_still_blames_nobody_for_it(now: list[float]) -> None:
    dead, slow = Line(now, answers=False), Line(now, "b", answers=False)
    desk = Round(dead, slow, now=now)
    desk.pass_time(3)
    now[0] += 60
    desk.pings.look()
    assert desk.given_up == []
    slow.pinged_at = None
    desk.pass_time(2)
    assert desk.given_up == [("a", 63.75)]
