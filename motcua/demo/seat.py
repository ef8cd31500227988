"""An officer's day at a counter: open, call, recall, serve, hold, transfer, pause, go to lunch, finish who waits,
close.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from motcua.demo.cameras import CamerasOfDay
from motcua.demo.citizens import GUEST, MINUTES, Incident, Turnout
from motcua.demo.dossiers import DossiersOfDay
from motcua.demo.floor import DemoFloor, DemoVisit, list_codes
from motcua.demo.officers import Shift
from motcua.demo.visitors import Visitors

OUT_OF_ORDER = 0.015
CHOICE_MIN = 4
GLANCE_S = (60.0, 110.0)
"""How long somebody with nothing to do waits before they press once more. A citizen who comes wakes them anyway."""
STAYS_LONGER_S = 2400
MIDDLING_MIN, SHORTEST_S = 6.0, 40.0
GRACE_KEPT_S = 14 * 60
CALLED, RETURNED = ("need", "same-person", "deadline", "papers-ready"), "returned"


class Seat:
    """One counter and who sits there.

    Every press waits for its answer; what comes next follows from that answer alone.
    """

    def __init__(
        self,
        floor: DemoFloor,
        visitors: Visitors,
        cameras: CamerasOfDay,
        dossiers: DossiersOfDay,
        number: int,
        services: frozenset[str],
        shift: Shift,
        glance_s: tuple[float, float] = GLANCE_S,
    ) -> None:
        self.number, self.services = number, services
        self.is_open = False
        self.idle_since: datetime | None = None
        self._floor, self._visitors, self._cameras, self._shift = floor, visitors, cameras, shift
        self._dossiers = dossiers
        self._token = floor.badges.officers[number]
        self._glance_s = glance_s
        self._breaks = list(shift.breaks)
        self._set_aside: list[DemoVisit] = []
        self._asking: list[tuple[DemoVisit, datetime]] = []
        self._turn = 0
        self._half = 0
        for half, opens in enumerate(shift.opens_s):
            floor.agenda.schedule_at(
                floor.compute_moment(opens), partial(floor.attempt, partial(self._arrive, half), self._look_around)
            )

    def _press(self, step: str, **body: Any) -> dict[str, Any] | None:
        return self._floor.press(f"counters/{self.number}/{step}", self._token, **body)

    def _do_soon(self, low: float, high: float, action: Callable[[], None]) -> None:
        """Do `action` in a while, unless something else came first at this counter."""
        self._turn += 1
        turn = self._turn

        def due() -> None:
            if turn == self._turn:
                self._floor.attempt(action, self._look_around)

        self._floor.agenda.schedule_after(self._floor.chance.draw_between(low, high), due)

    def wake(self) -> None:
        """Look up: somebody waits."""
        if self.idle_since is not None:
            self.idle_since = None
            self._do_soon(2, 8, self._call_somebody)

    # the day ----------------------------------------------------------------------------------------------------------

    def _arrive(self, half: int) -> None:
        self._half = half
        if not self.is_open:
            self._open()

    def _open(self) -> None:
        self._press("open")
        self.is_open = True
        self._do_soon(3, 20, self._call_somebody)

    def _call_somebody(self) -> None:
        """Hands are empty: take a break that is due, take up who was set aside, call somebody by number, or call the
        next.
        """
        self.idle_since = None
        now = self._floor.agenda.now
        if self._breaks and now >= self._floor.compute_moment(self._breaks[0].from_s) and now < self._session_end():
            self._pause()
        elif (ready := self._take_ready()) is not None:
            self._serve_called(self._press("resume", ticket=ready.id))
        elif (back := self._find_returned()) is not None:
            self._serve_called(self._press("call", ticket=back.id, reason=RETURNED))
        elif self._floor.chance.share(OUT_OF_ORDER) and (chosen := self._choose_out_of_order()) is not None:
            self._serve_called(self._press("call", ticket=chosen, reason=self._floor.chance.pick(CALLED)))
        else:
            self._serve_called(self._press("call-next"))

    def _session_end(self) -> datetime:
        return self._floor.compute_moment(self._shift.ends_s[self._half])

    def _pause(self) -> None:
        pause = self._breaks.pop(0)
        self._press("pause", reason=pause.reason)
        self.is_open = False
        self._do_soon(pause.minutes * 60, pause.minutes * 60, self._open)

    def _take_ready(self) -> DemoVisit | None:
        ready = next((visit for visit in self._set_aside if visit.ready), None)
        if ready is not None:
            self._set_aside.remove(ready)
        return ready

    def _find_returned(self) -> DemoVisit | None:
        """Return an absent visitor who is at the counter now, within the grace."""
        now = self._floor.agenda.now
        self._asking = [(visit, until) for visit, until in self._asking if visit.state == "absent" and until > now]
        back = next((visit for visit, _until in self._asking if visit.ready), None)
        if back is not None:
            self._asking = [item for item in self._asking if item[0] is not back]
        return back

    def _choose_out_of_order(self) -> str | None:
        """Return a waiting ticket that is not the first, where enough wait."""
        items = self._floor.api.get("/api/v1/queue", self._token)["items"]
        ticket_ids = [item["id"] for item in items if item["state"] == "waiting" and item["service"] in self.services]
        return self._floor.chance.pick(ticket_ids[2:]) if len(ticket_ids) >= CHOICE_MIN else None

    def _wait_or_close(self) -> None:
        """Nobody waits: glance again later; after the hours, go."""
        now = self._floor.agenda.now
        late = now >= self._session_end() + timedelta(seconds=STAYS_LONGER_S)
        if now >= self._session_end() and (late or not self._set_aside):
            self._press("close")
            self.is_open = False
            self._turn += 1
            self._set_aside.clear()
            return
        self.idle_since = now
        self._do_soon(*self._glance_s, self._call_somebody)

    # one citizen ------------------------------------------------------------------------------------------------------

    def _serve_called(self, answer: dict[str, Any] | None) -> None:
        """Somebody was called, or nobody waits."""
        ticket = answer["ticket"] if answer else None
        if ticket is None:
            self._wait_or_close()
            return
        visit = self._floor.get_visit(ticket)
        visit.state, visit.service = "called", ticket["service"]
        turnout = visit.citizen.turnout
        if turnout is Turnout.COMES or turnout.value in visit.tried:
            self._do_soon(8, 35, lambda: self._start(visit))
        else:
            visit.tried.add(turnout.value)
            self._do_soon(30, 50, lambda: self._recall(visit))

    def _recall(self, visit: DemoVisit) -> None:
        self._press("recall")
        if visit.citizen.turnout is Turnout.LATE:
            self._do_soon(10, 30, lambda: self._start(visit))
        else:
            self._do_soon(30, 50, lambda: self._mark_absent(visit))

    def _mark_absent(self, visit: DemoVisit) -> None:
        self._press("absent")
        self._cameras.leave(visit, self.number)
        if visit.citizen.turnout is Turnout.JUST_MISSED:
            self._do_soon(1.5, 4.5, lambda: self._take_back(visit))
            return
        self._visitors.mark_absent(visit)
        if visit.citizen.turnout is Turnout.ASKS:
            until = self._floor.agenda.now + timedelta(seconds=GRACE_KEPT_S)
            self._asking.append((visit, until))
            self._floor.schedule(visit.citizen.away_min * 60, lambda: self._stands_here(visit))
        self._do_soon(4, 12, self._call_somebody)

    def _stands_here(self, visit: DemoVisit) -> None:
        visit.ready = True
        self.wake()

    def _take_back(self, visit: DemoVisit) -> None:
        self._press("undo")
        self._cameras.leave(visit, self.number)
        self._do_soon(5, 15, lambda: self._start(visit))

    def _start(self, visit: DemoVisit) -> None:
        self._press("start")
        visit.state, visit.ready = "serving", False
        self._cameras.ask(visit, self.number)
        service_s = max(
            SHORTEST_S, MINUTES.get(visit.service, MIDDLING_MIN) * 60 * visit.citizen.work * self._shift.slowness
        )
        turn = visit.citizen.turn
        if turn is Incident.PLAIN or turn.value in visit.tried:
            part = 0.6 if turn in {Incident.HELD, Incident.MOVED} else 1.0
            self._do_soon(service_s * part, service_s * part, lambda: self._end(visit))
            return
        visit.tried.add(turn.value)
        steps = {Incident.HELD: self._hold, Incident.MOVED: self._transfer, Incident.UNDONE: self._end_too_soon}
        self._do_soon(service_s * 0.4, service_s * 0.6, lambda: steps[turn](visit))

    def _hold(self, visit: DemoVisit) -> None:
        self._press(
            "hold", reason=self._floor.chance.pick(list_codes(self._floor.document.settings.queue.hold_reasons))
        )
        visit.state = "held"
        self._cameras.leave(visit, self.number)
        self._set_aside.append(visit)
        self._floor.schedule(self._floor.chance.draw_between(180, 840), lambda: self._stands_here(visit))
        self._do_soon(3, 10, self._call_somebody)

    def _transfer(self, visit: DemoVisit) -> None:
        """Send the citizen on, to another open counter or to a service that one of them has; where there is none, go
        on.
        """
        others = [seat for seat in self._floor.counters if seat.is_open and seat is not self]
        if not others:
            self._do_soon(30, 120, lambda: self._end(visit))
            return
        target = self._floor.chance.pick(others)
        services = sorted(target.services - {visit.service})
        if self._floor.chance.share(0.5) or not services:
            self._press("transfer", counter=target.number)
            goes_to = target.number
        else:
            visit.service = self._floor.chance.pick(services)
            self._press("transfer", service=visit.service)
            goes_to = None
        visit.state = "waiting"
        self._cameras.leave(visit, self.number)
        self._floor.wake(visit.service, goes_to)
        self._do_soon(3, 10, self._call_somebody)

    def _end_too_soon(self, visit: DemoVisit) -> None:
        self._press("finish")
        self._cameras.end(visit, self.number, None)
        self._visitors.show_question(visit, self.number)
        self._do_soon(3.0, 4.8, lambda: self._undo_finish(visit))

    def _undo_finish(self, visit: DemoVisit) -> None:
        self._press("undo")
        self._cameras.leave(visit, self.number)
        self._cameras.ask(visit, self.number)
        self._do_soon(40, 200, lambda: self._end(visit))

    def _end(self, visit: DemoVisit) -> None:
        """Finish, and tidy up or call the next with the same press."""
        self._dossiers.serve(visit, self.number)
        due = self._breaks and self._floor.agenda.now >= self._floor.compute_moment(self._breaks[0].from_s)
        aside = any(item.ready for item in self._set_aside) or any(item.ready for item, _until in self._asking)
        kindness = 0.0 if visit.citizen is GUEST else self._shift.kindness
        if due or aside or not self._floor.chance.share(self._shift.straight_on):
            self._press("finish")
            self._visitors.end_visit(visit, self.number, kindness)
            self._do_soon(8, 45, self._call_somebody)
            return
        answer = self._press("call-next")
        self._visitors.end_visit(visit, self.number, kindness)
        self._serve_called(answer)

    # somebody real was quicker ----------------------------------------------------------------------------------------

    def _look_around(self) -> None:
        """After a refusal in a watched hall: see the state of this counter and continue, or leave it to the person
        there.
        """
        state = self._floor.api.get(f"/state/counter/{self.number}", self._token)
        officer, ticket = state["counter"]["officer"], state["ticket"]
        self.idle_since, self.is_open = None, state["counter"]["state"] == "open"
        is_own_officer = officer is not None and officer["id"] == self._floor.badges.accounts[self.number]
        if officer is not None and not is_own_officer:
            self._turn += 1
        elif ticket is not None and ticket["state"] == "called":
            self._do_soon(20, 40, lambda: self._start(self._floor.get_visit(ticket)))
        elif ticket is not None:
            self._do_soon(60, 200, lambda: self._end(self._floor.get_visit(ticket)))
        elif self.is_open:
            self._do_soon(5, 15, self._call_somebody)
        elif self._floor.agenda.now < self._session_end():
            self._do_soon(240, 360, self._open)
        else:
            self._turn += 1
