"""A camera's driver with scripted processes and a clock that a test sets."""

from typing import Any

from motcua.devices.camera.driver import NetworkCamera
from motcua.devices.camera.options import NetworkOptions
from motcua.devices.contract import JobOutcome, Observation
from tests.unit.devices.camera.scripted import Hands, ScriptedEye

FIRST, SECOND = "20261129-A001", "20261129-A002"
DONE = JobOutcome("done")


class Watched:
    """A driver, its clock and the processes that it started, the last one last."""

    def __init__(self) -> None:
        self.hands = Hands()
        self.eyes: list[ScriptedEye] = []
        options = NetworkOptions(port="http://192.0.2.7/stream.mjpg", counter=3, region=(0.2, 0.1, 0.6))
        self.driver = NetworkCamera(options, self.hands, self._build)

    def _build(self, request: Any) -> ScriptedEye:
        self.eyes.append(ScriptedEye(request, self.hands))
        return self.eyes[-1]

    @property
    def eye(self) -> ScriptedEye:
        return self.eyes[-1]

    def look(self, step: str, visit: str = FIRST, **more: Any) -> JobOutcome:
        return self.driver.work("look", {"visit": visit, "step": step, **more})

    def watch(self, seconds: float, value: float | None = 0.5) -> list[Observation]:
        """Let so much time pass, with four pictures a second of a person who smiles."""
        observations = []
        for _ in range(round(seconds * 4)):
            self.hands.advance(0.25)
            if self.eyes and self.eye.look is not None:
                self.eye.see()
                self.eye.smile(self.eye.look.number, value)
            observations += self.driver.step()
        return observations

    @property
    def running(self) -> int:
        return sum(eye.is_running for eye in self.eyes)
