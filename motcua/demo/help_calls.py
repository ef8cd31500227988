"""Once in a half-day an officer needs somebody: calls for help, another one comes, and it is over."""

from typing import Any

from motcua.demo.chance import Chance
from motcua.demo.floor import CallingCounter, DemoFloor

QUIET_S = 45 * 60
"""How far from both ends of a session the call is."""
LOOKS_AGAIN_S = 300


class HelpCallsOfDay:
    """The calls of one day. `chance` is their own, so that they change nothing else in the day."""

    def __init__(self, floor: DemoFloor, chance: Chance) -> None:
        self._floor, self._chance = floor, chance

    def plan(self, from_s: float, until_s: float) -> None:
        """Let somebody call within a session; the ends are seconds after midnight."""
        moment = self._floor.compute_moment(self._chance.draw_between(from_s + QUIET_S, until_s - QUIET_S))
        self._floor.agenda.schedule_at(moment, lambda: self._floor.attempt(self._call))

    def _press(self, path: str, counter: CallingCounter) -> dict[str, Any]:
        token = self._floor.badges.officers[counter.number]
        answer = self._floor.api.post(f"/api/v1/{path}", {}, token, self._chance.make_key())
        return answer.body or {}

    def _call(self) -> None:
        """Somebody who is at work calls; where fewer than two are, a little later."""
        present = [counter for counter in self._floor.counters if counter.is_open]
        if len(present) < 2:  # noqa: PLR2004 -- one calls, another comes
            self._floor.schedule(LOOKS_AGAIN_S, self._call)
            return
        calling = self._chance.pick(present)
        coming = self._chance.pick([counter for counter in present if counter is not calling])
        number = self._press("help", calling)["id"]
        self._floor.schedule(self._chance.draw_between(15, 70), lambda: self._answer(number, coming, calling))

    def _answer(self, number: int, coming: CallingCounter, calling: CallingCounter) -> None:
        self._press(f"help/{number}/answer", coming)
        self._floor.schedule(self._chance.draw_between(120, 420), lambda: self._end(number, calling))

    def _end(self, number: int, calling: CallingCounter) -> None:
        self._press(f"help/{number}/end", calling)
