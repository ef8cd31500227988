"""The dossiers of one day of the demo: taken in at the counters, worked on behind them, looked up, fetched."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

from msgspec import Struct

from motcua.demo.applicants import draw_applicant
from motcua.demo.chance import Chance
from motcua.demo.citizens import GUEST
from motcua.demo.fates import CHECK, DossierWork, draw_fate, is_fetched, list_works
from motcua.demo.floor import DemoFloor, DemoVisit
from motcua.demo.intakes import draw_count, draw_intake
from motcua.dossiers.model.dossier import Dossier, DossierState
from motcua.procedures.model import Procedure

PICKUP = "result-pickup"
SLIP_AFTER_S, MADE_AFTER_S, FETCHED_AFTER_S, CHECK_AFTER_S = (10, 30), (240, 1500), (30, 400), (1200, 5400)
AT_ONCE = 0.75
"""How many of those whose result is made at once wait for it in the hall."""
KEEPS, LOOKS_UP, MISTYPES = 0.25, 0.05, 0.15
"""How many let the unit keep their data; how many look a dossier up on a day, and with a wrong year of birth first."""
MAILED_H = 15.5
"""What nobody with a number has fetched by then is handed out without one."""
HOUR_S = 3600.0


class DossierRecords(Protocol):
    """What the officers of the demo read of dossiers, and what citizens do without the API."""

    def list_current(self) -> list[Dossier]:
        """Return the dossiers that are not over, in a fixed order."""
        ...

    def map_procedures(self) -> Mapping[str, Procedure]:
        """Return the procedures that are offered today, by code."""
        ...

    def look_up(self, code: str, factor: str) -> None:
        """Look a dossier up as a citizen does. Raises `DisturbedError` for a refusal."""
        ...


class DossierStaff(Struct, frozen=True):
    """Who works on dossiers today: the account at each counter, and the leader who signs."""

    seats: Mapping[int, int]
    leader: int


class DossiersOfDay:
    """`chance` is their own, so that dossiers change nothing else in the day."""

    def __init__(
        self, floor: DemoFloor, records: DossierRecords, staff: DossierStaff, seed: int, chance: Chance
    ) -> None:
        self._floor, self._records, self._staff, self._seed, self._chance = floor, records, staff, seed, chance
        self._rules = floor.document.settings.dossiers
        self._fetched: list[str] = []
        self._procedures = records.map_procedures() if self._rules.is_on else {}
        self._services = {service.code: service for service in floor.document.services}
        if self._rules.is_on:
            self._plan()

    # behind the counters ----------------------------------------------------------------------------------------------

    def _plan(self) -> None:
        """Plan what is done with the dossiers of the days before."""
        settings, today = self._floor.document.settings, self._floor.day.isoformat()
        for dossier in self._records.list_current():
            fate = draw_fate(self._seed, dossier.code)
            if dossier.state is DossierState.READY:
                if is_fetched(dossier, fate, settings, today):
                    self._fetched.append(dossier.code)
            else:
                procedure = self._procedures.get(dossier.procedure)
                for work in list_works(dossier, fate, settings, procedure, today):
                    self._at(self._chance.draw_between(*work.hours), partial(self._do, dossier, work))
            if self._chance.share(LOOKS_UP):
                self._at(self._chance.draw_between(7.0, 17.5), partial(self._look_up, dossier))
        for place in range(len(self._fetched)):
            self._at(MAILED_H + place / 60, self._hand_out_next)

    def _at(self, hour: float, act: Callable[[], None]) -> None:
        moment = self._floor.compute_moment(hour * HOUR_S)
        self._floor.agenda.schedule_at(moment, partial(self._floor.attempt, act))

    def _soon(self, between_s: tuple[float, float], act: Callable[[], None]) -> None:
        self._floor.schedule(self._chance.draw_between(*between_s), act)

    def _press(self, path: str, token: str, body: dict[str, Any]) -> dict[str, Any]:
        return self._floor.api.post(f"/api/v1/{path}", body, token, self._chance.make_key()).body

    def _step(self, code: str, step: str, counter: int | None, body: dict[str, Any] | None = None) -> None:
        """Take a step with a dossier: the officer at `counter`, the leader without one."""
        badges = self._floor.badges
        self._press(f"dossiers/{code}/{step}", badges.officers[counter] if counter else badges.leader, body or {})

    def _do(self, dossier: Dossier, work: DossierWork) -> None:
        """Do a planned step: who has the dossier today, else somebody who is there."""
        body = dict(work.body)
        if work.goes_to == "leader":
            body["holder"] = self._staff.leader
        elif work.goes_to:
            body["holder"] = self._chance.pick(sorted(self._staff.seats.values()))
        is_signed = work.step == "ready" and not dossier.is_immediate
        self._step(dossier.code, work.step, None if is_signed else self._find_counter(dossier.holder), body)

    def _find_counter(self, account: int | None) -> int:
        """Return the counter of an officer, any other one where they are not there."""
        home = next((number for number, officer in sorted(self._staff.seats.items()) if officer == account), None)
        return home or self._chance.pick(sorted(self._staff.seats))

    def _look_up(self, dossier: Dossier) -> None:
        """Somebody at home wants to know: with the year of birth, which is mistyped at first now and then."""
        born = draw_applicant(self._seed, dossier.visit or dossier.code).birth.year
        if self._chance.share(MISTYPES):
            self._records.look_up(dossier.code, str(born + 1))
        self._records.look_up(dossier.code, str(born))

    # at a counter -----------------------------------------------------------------------------------------------------

    def serve(self, visit: DemoVisit, counter: int) -> None:
        """Do what a citizen at `counter` came for with dossiers, before the visit ends."""
        if not self._rules.is_on or visit.citizen is GUEST:
            return
        if visit.service == PICKUP:
            self._floor.attempt(partial(self._hand_out_next, counter))
            return
        for place in range(draw_count(self._chance, visit.service)):
            self._floor.attempt(partial(self._take_in, visit, counter, place == 0))

    def _hand_out_next(self, counter: int | None = None) -> None:
        """Hand out the result that has waited longest for somebody who comes today."""
        if self._fetched:
            self._step(self._fetched.pop(0), "return", counter or self._find_counter(None))

    def _take_in(self, visit: DemoVisit, counter: int, is_first: bool) -> None:
        service = self._services.get(visit.service)
        codes = [code for code in service.procedures if code in self._procedures] if service else []
        if not codes:
            return
        token, place = self._floor.badges.officers[counter], f"counters/{counter}"
        applicant = draw_applicant(self._seed, visit.id)
        if is_first:
            self._press(f"{place}/card", token, {"scan": applicant.card})
        procedure = self._procedures[self._chance.pick(codes)]
        reasons = [reason.code for reason in self._rules.refusal_reasons]
        intake = draw_intake(self._chance, procedure, applicant, reasons)
        dossier = self._press(f"{place}/dossiers", token, intake)["dossier"]
        if is_first and self._chance.share(KEEPS):
            self._press(f"{place}/applicants", token, applicant.describe())
        if dossier["due_on"] is not None:
            self._go_on(dossier, counter)

    def _go_on(self, dossier: dict[str, Any], counter: int) -> None:
        """What follows on the same day: the slip, and the result where it is made at once."""
        code, printer = str(dossier["code"]), self._floor.printer
        if printer is not None or self._floor.forgiving:
            self._step(code, "slip", counter)
        if printer is not None:
            self._soon(SLIP_AFTER_S, lambda: printer.report(code.replace(".", "-"), "done"))
        if dossier["is_immediate"] and dossier["due_on"] == self._floor.day.isoformat():
            self._soon(MADE_AFTER_S, partial(self._make_at_once, code, counter))
        elif draw_fate(self._seed, code).is_checked:
            body = {"step": CHECK, "holder": self._chance.pick(sorted(self._staff.seats.values()))}
            self._soon(CHECK_AFTER_S, partial(self._step, code, "hand-over", counter, body))

    def _make_at_once(self, code: str, counter: int) -> None:
        self._step(code, "ready", counter)
        if self._chance.share(AT_ONCE):
            self._soon(FETCHED_AFTER_S, partial(self._step, code, "return", counter))
