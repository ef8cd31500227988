"""The simulated cameras of some counters, and what citizens answer to their question."""

from typing import Any, Protocol

from motcua.demo.cables import DECLARED, Cable, DemoError, await_true
from motcua.demo.chance import Chance
from motcua.demo.citizens import GUEST
from motcua.demo.floor import DemoFloor, DemoVisit
from motcua.demo.smiles import ATTITUDES, Attitude, draw_reading
from motcua.wiring.cameras import BEGIN, CAMERA, FINISH, STOP

EXPRESSION, RESULT = "expression", "result"
LOOKS_S = 3.4
"""The camera's reading is there so long after the end of a visit."""


class CameraProgram(Protocol):
    """What drives the cameras of some counters."""

    counters: tuple[int, ...]
    chance: Chance

    def has_job(self, visit: str, step: str) -> bool:
        """Say whether such a job has come and was not answered yet."""
        ...

    def work(self, visit: str, step: str) -> None:
        """Do a job. Raises `DemoError` when it never came."""
        ...

    def speak(self, visit: str, counter: int, level: int) -> None:
        """Tell the desk what the camera saw of a visit whose citizen presses `level`."""
        ...


class DemoCameras:
    """A device program with a camera at each of `counters`: takes jobs, and answers each when the agenda says so."""

    def __init__(self, url: str, token: str, counters: tuple[int, ...], chance: Chance) -> None:
        self.counters = counters
        self.chance = chance
        self._jobs: dict[tuple[str, str], int] = {}
        self._cable = Cable(url, "/agent", token, {"job": self._job})
        devices = [{"name": f"camera-{number}", "kind": CAMERA, "counters": [number]} for number in counters]
        self._cable.say(DECLARED, {DECLARED: devices, "key": chance.make_key()})

    def _job(self, job: dict[str, Any]) -> None:
        self._jobs[str(job["payload"]["visit"]), str(job["payload"]["step"])] = int(job["id"])

    def has_job(self, visit: str, step: str) -> bool:
        """Say whether such a job has come and was not answered yet."""
        return (visit, step) in self._jobs

    def work(self, visit: str, step: str) -> None:
        """Do a job, which is looked for with the clock standing still. Raises `DemoError` when it never came."""
        if not await_true(lambda: self.has_job(visit, step)):
            raise DemoError(f"/agent: the job to {step} looking at {visit} did not come")
        job = self._jobs.pop((visit, step))
        self._cable.say(RESULT, {"id": job, "state": "done", "key": self.chance.make_key()})

    def speak(self, visit: str, counter: int, level: int) -> None:
        """Tell the desk what the camera saw of a visit whose citizen presses `level`."""
        reading = draw_reading(self.chance, level)
        self._cable.say(EXPRESSION, reading.to_event(visit, f"camera-{counter}", self.chance.make_key()))

    def close(self) -> None:
        """Hang up."""
        self._cable.close()


class CamerasOfDay:
    """What happens around the cameras on one day: questions, answers, and readings of those who agreed."""

    def __init__(self, floor: DemoFloor, cameras: CameraProgram) -> None:
        self._floor, self._cameras, self._chance = floor, cameras, cameras.chance
        self._agreed: dict[str, int] = {}
        self._turns: dict[str, int] = {}

    def ask(self, visit: DemoVisit, counter: int) -> None:
        """Let the pad of `counter` ask a citizen who is being served there, and the citizen answer or not."""
        if counter not in self._cameras.counters or visit.citizen is GUEST:
            return
        turn = self._turns[visit.id] = self._turns.get(visit.id, 0) + 1
        attitude = self._chance.pick_weighted(ATTITUDES)
        show_s = self._chance.draw_between(0.8, 2.0)
        answer_s = show_s + self._chance.draw_between(3.0, 8.0)

        def soon(seconds: float, event: str, **more: str) -> None:
            def tell() -> None:
                if visit.state == "serving" and self._turns[visit.id] == turn:
                    self._tell(visit, counter, event, **more)

            self._floor.schedule(seconds, tell)

        soon(show_s, "consent_shown")
        if attitude in {Attitude.AGREES, Attitude.WITHDRAWS}:
            soon(answer_s, "consent", answer="yes")
        if attitude is Attitude.WITHDRAWS:
            soon(answer_s + 2.0, "consent", answer="no")
        elif attitude is Attitude.REFUSES:
            soon(answer_s, "consent", answer="no")
        elif attitude is Attitude.CHILD:
            soon(answer_s, "no-camera")

    def _tell(self, visit: DemoVisit, counter: int, event: str, **more: str) -> None:
        floor, key = self._floor, self._chance.make_key()
        if event == "no-camera":
            floor.api.post(f"/api/v1/counters/{counter}/no-camera", {}, floor.badges.officers[counter], key)
            self._cameras.work(visit.id, STOP)
            return
        answer = floor.pads[counter].say(event, {"visit": visit.id, "key": key, **more})["answer"]
        was_agreed = self._agreed.pop(visit.id, None)
        if answer == "yes":
            self._agreed[visit.id] = counter
            self._cameras.work(visit.id, BEGIN)
        elif was_agreed is not None and answer == "withdrawn":
            self._cameras.work(visit.id, STOP)

    def leave(self, visit: DemoVisit, counter: int) -> None:
        """The visit left the counter without an end that counts, or came back: the camera forgets what it saw."""
        if visit.id in self._agreed and counter in self._cameras.counters:
            self._cameras.work(visit.id, STOP)

    def end(self, visit: DemoVisit, counter: int, level: int | None) -> None:
        """The visit ended; of one that is not taken back (`level`) the camera tells what it saw."""
        if visit.citizen is GUEST:
            self._end_guest(visit, counter)
        elif self._agreed.get(visit.id) == counter:
            self._cameras.work(visit.id, FINISH)
            if level is not None:
                self._floor.schedule(LOOKS_S, lambda: self._cameras.speak(visit.id, counter, level))

    def _end_guest(self, visit: DemoVisit, counter: int) -> None:
        """Somebody real may have agreed: there is no camera, so it saw somebody of middling mood."""
        if self._cameras.has_job(visit.id, FINISH):
            self._cameras.work(visit.id, FINISH)
            self._floor.schedule(LOOKS_S, lambda: self._cameras.speak(visit.id, counter, 3))
