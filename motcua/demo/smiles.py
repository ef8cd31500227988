"""Simulated smiles: who agrees to the camera, and what a camera would see. Numbers only, no faces. Pure.

Each frame has drawn blendshape values, as the model gives them, and the product's own functions make the score. How
much somebody smiles goes with the level that they press, and differs widely: so the demo's agreement is weak, as it
was for real faces. It says nothing about real people.
"""

from enum import StrEnum
from typing import Any

from msgspec import Struct

from motcua.demo.chance import Chance
from motcua.vision.gates import FrameReading, Reason
from motcua.vision.model_file import MODEL_SHA256
from motcua.vision.score import BROWS, JAW, SMILE, measure_smile
from motcua.vision.window import SAMPLES_A_SECOND, WINDOW, read_frames


class Attitude(StrEnum):
    """What a citizen does when the pad asks whether the camera may look."""

    AGREES = "agrees"
    WITHDRAWS = "withdraws"
    """Agrees, and takes it back a little later."""
    REFUSES = "refuses"
    SILENT = "silent"
    CHILD = "child"
    """The officer switches the camera off."""


ATTITUDES = {
    Attitude.AGREES: 50.0, Attitude.WITHDRAWS: 5.0, Attitude.REFUSES: 25.0, Attitude.SILENT: 17.0, Attitude.CHILD: 3.0,
}  # fmt: skip
MEDIAN_SMILE = {5: 0.22, 4: 0.1, 3: 0.04, 2: 0.025, 1: 0.02}
"""The median of how far the mouth's corners are raised, by the level that the citizen presses."""
BETWEEN_PEOPLE, BETWEEN_FRAMES = 1.0, 0.25
UNREADABLE = 0.12
OBSTACLES = {
    Reason.TURNED_AWAY: 5.0, Reason.NO_FACE: 3.0, Reason.TWO_PEOPLE: 2.0, Reason.BLURRED: 1.0, Reason.TOO_DARK: 1.0,
}  # fmt: skip
GLANCES_AWAY = 0.2
"""The share of frames in which somebody who can be read looks elsewhere."""


class SimulatedReading(Struct, frozen=True):
    """What the simulated camera tells of a visit, as the event `expression` carries it."""

    score: int | None
    quality: int | None
    valid_frames: int
    seen_frames: int
    reason: str | None

    def to_event(self, visit: str, device: str, key: str) -> dict[str, Any]:
        """Return the event's payload."""
        return {
            "visit": visit,
            "device": device,
            "score": self.score,
            "quality": self.quality,
            "valid_frames": self.valid_frames,
            "seen_frames": self.seen_frames,
            "reason": self.reason,
            "model_hash": MODEL_SHA256,
            "age_ms": 0,
            "key": key,
        }


def draw_reading(chance: Chance, level: int) -> SimulatedReading:
    """Return what a camera sees of somebody who presses `level`: the median of the frames, or why there is none."""
    count = round((WINDOW.before_s + WINDOW.after_s) * SAMPLES_A_SECOND)
    obstacle = chance.pick_weighted(OBSTACLES) if chance.share(UNREADABLE) else None
    smile = MEDIAN_SMILE[level] * chance.draw_factor(BETWEEN_PEOPLE)
    frames = [(place / SAMPLES_A_SECOND, _draw_frame(chance, smile, obstacle)) for place in range(count)]
    reading = read_frames(frames)
    reason = reading.reason.value if reading.reason is not None else None
    return SimulatedReading(reading.score, reading.quality, reading.valid_frames, reading.seen_frames, reason)


def _draw_frame(chance: Chance, smile: float, obstacle: Reason | None) -> FrameReading:
    corner = min(1.0, smile * chance.draw_factor(BETWEEN_FRAMES))
    blendshapes = dict.fromkeys(SMILE, corner) | dict.fromkeys(BROWS, chance.draw_between(0.0, 0.2))
    blendshapes[JAW] = chance.draw_between(0.0, 0.15)
    quality = chance.draw_whole(60, 98)
    if obstacle is not None:
        return FrameReading(1, None, 0, obstacle)
    if chance.share(GLANCES_AWAY):
        return FrameReading(1, None, 0, Reason.TURNED_AWAY)
    return FrameReading(1, measure_smile(blendshapes), quality, None)
