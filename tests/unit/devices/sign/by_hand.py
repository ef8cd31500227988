"""A clock turned by hand, and what tests of signs say again and again."""

from collections.abc import Callable
from typing import Any

from tests.waiting import wait_until


class Hand:
    """A clock that is turned by hand; sleeping turns it too."""

    def __init__(self) -> None:
        self.s = 100.0
        self.slept: list[float] = []

    def now(self) -> float:
        return self.s

    def sleep(self, seconds: float) -> None:
        self.slept.append(round(seconds, 3))
        self.s += seconds


def until(what: Callable[[], object], expected: object) -> None:
    """The emulator reads in a thread of its own."""
    wait_until(lambda: what() == expected)


def job(counter: int, number: str | None, state: str = "called", order: int = 1) -> dict[str, Any]:
    return {"counter": counter, "number": number, "state": state, "order": order}
