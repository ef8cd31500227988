"""Rating pads and cameras on a past day: what they tell the desk, by the actions behind their events."""

from typing import Any

from motcua.demo.cables import DemoError
from motcua.demo.chance import Chance
from motcua.demo.past.acting import PastDesk
from motcua.demo.smiles import draw_reading
from motcua.feedback import actions
from motcua.feedback.model import ExpressionReading
from motcua.vision.model_file import MODEL_SHA256


class PastPad:
    """The pad of one counter."""

    def __init__(self, desk: PastDesk, actor: str, counter: int, has_camera: bool) -> None:
        self._desk, self._actor, self._counter, self._has_camera = desk, actor, counter, has_camera

    def say(self, event: str, data: dict[str, Any]) -> dict[str, Any]:
        """Tell the desk of an event. Raises `DisturbedError` for a refusal, `DemoError` for an unknown event."""
        visit = data["visit"]
        if event == "shown":
            self._desk.do(self._actor, actions.record_prompt, self._counter, visit)
        elif event == "skip":
            self._desk.do(self._actor, actions.record_skip, visit, "skipped", self._counter)
        elif event == "consent_shown":
            answer = self._desk.do(self._actor, actions.show_camera_notice, self._counter, visit, self._has_camera)
            return {"answer": answer.value}
        elif event == "consent":
            question = (self._counter, visit, data["answer"], self._has_camera)
            return {"answer": self._desk.do(self._actor, actions.answer_consent, *question).value}
        else:
            raise DemoError(f"a pad of a past day does not know {event}")
        return {}


class PastCameras:
    """The cameras of some counters. Nothing has to be begun or ended: they exist while they speak."""

    def __init__(self, desk: PastDesk, actor: str, counters: tuple[int, ...], chance: Chance) -> None:
        self.counters = counters
        self.chance = chance
        self._desk, self._actor = desk, actor

    def has_job(self, visit: str, step: str) -> bool:
        """Say no: guests, who would need one, come to no past day."""
        return False

    def work(self, visit: str, step: str) -> None:
        """Do a job, which needs nothing here."""

    def speak(self, visit: str, counter: int, level: int) -> None:
        """Tell the desk what the camera saw of a visit whose citizen presses `level`."""
        reading = draw_reading(self.chance, level)
        score = ExpressionReading(
            visit, reading.score, reading.quality, reading.valid_frames, reading.seen_frames, reading.reason,
            MODEL_SHA256,
        )  # fmt: skip
        self._desk.do(self._actor, actions.note_expression, score)
