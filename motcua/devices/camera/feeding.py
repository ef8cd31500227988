"""Part of the capture process: lets the newest picture be looked at, five times a second, and hands back numbers.

The analysis is a process that this one starts: it has no network, and pictures reach it by a pipe that nobody else has.
"""

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from msgspec import Struct

from motcua.devices.camera.codec import CROP_SIDE_MAX_PX, Region, compute_square
from motcua.devices.camera.reader import FIRST_WAIT_S, LONGEST_WAIT_S, Picture
from motcua.typed.sentences import SentenceError
from motcua.vision.analysis import ENDED, Analysis
from motcua.vision.frames import AnalysedFrame, CameraFrame
from motcua.vision.gates import VISIT_GATES, Gates

EVERY_S = 0.2
READY_LONGEST_S, ANSWER_LONGEST_S = 120.0, 30.0
"""An analysis that has not loaded its model, or not answered, for so long hangs and is ended."""


class Analyser(Protocol):
    """What looks at pictures in another process: `motcua.vision.analysis.Analysis`."""

    isolation: Any
    problem: SentenceError | None

    def start(self) -> None:
        """Start it. Raises `OSError`."""
        ...

    def is_ready(self) -> bool:
        """Say whether it has its model."""
        ...

    def is_alive(self) -> bool:
        """Say whether it runs."""
        ...

    def is_busy(self) -> bool:
        """Say whether it looks at a picture."""
        ...

    def submit(self, frame: CameraFrame) -> bool:
        """Let it look at a picture."""
        ...

    def take(self) -> list[AnalysedFrame]:
        """Return what it says since the last call."""
        ...

    def forget(self) -> None:
        """Let it forget what waits."""
        ...

    def kill(self) -> None:
        """End it at once."""
        ...


class LookRequest(Struct, frozen=True):
    """The number of a look, and the limits of a picture that may be read."""

    number: int
    gates: Gates = VISIT_GATES


class Feeder:
    """Feeds one analysis. `step` returns at once; `now` is monotonic, in seconds."""

    def __init__(
        self,
        build: Callable[[], Analyser],
        region: Region | None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._build, self._region, self._now = build, region, now
        self._analysis: Analyser | None = None
        self._look: LookRequest | None = None
        self._sent_number, self._sent_for = 0, 0
        self._due_at, self._asked_at, self._started_at = 0.0, 0.0, 0.0
        self._retry_at, self._wait_s = 0.0, 0.0
        self._problem: SentenceError | None = None

    def change_look(self, look: LookRequest | None) -> None:
        """Look for another visit, or for none: what waits of the one before is forgotten."""
        if look != self._look and self._analysis is not None:
            self._analysis.forget()
        self._look = look

    def step(self, picture: Picture | None) -> list[dict[str, Any]]:
        """Take what the analysis says, hand it the newest picture when it is due; return notes for the agent."""
        analysis = self._keep_alive()
        if analysis is None:
            return []
        notes = [describe_reading(self._sent_for, frame) for frame in analysis.take()]
        if notes:
            self._wait_s = 0.0
        now, look = self._now(), self._look
        if look is not None and picture is not None and self._is_due(analysis, picture, now):
            self._due_at = self._due_at + EVERY_S if now - self._due_at < EVERY_S else now + EVERY_S
            self._sent_number, self._sent_for, self._asked_at = picture.number, look.number, now
            analysis.submit(cut_frame(picture, self._region, look.gates))
        return notes if look is not None else []

    def describe(self) -> dict[str, Any]:
        """Return how the analysis is: `ready`, `isolation` (None before it is ready), `problem` with its `params`."""
        analysis, problem = self._analysis, self._problem
        return {
            "ready": analysis is not None and analysis.is_ready(),
            "isolation": str(analysis.isolation) if analysis is not None and analysis.isolation is not None else None,
            "problem": problem.message if problem is not None else None,
            "kind": type(problem).__name__ if problem is not None else None,
            "params": {name: str(value) for name, value in problem.params.items()} if problem is not None else {},
        }

    def close(self) -> None:
        """End the analysis at once."""
        if self._analysis is not None:
            self._analysis.kill()
            self._analysis = None

    def _is_due(self, analysis: Analyser, picture: Picture, now: float) -> bool:
        return (
            picture.number != self._sent_number
            and now >= self._due_at
            and analysis.is_ready()
            and not analysis.is_busy()
        )

    def _keep_alive(self) -> Analyser | None:
        """Return the analysis. One that has ended is started again after 1, 2, 4 … 30 s, one that hangs is ended."""
        now, analysis = self._now(), self._analysis
        if analysis is not None and (not analysis.is_alive() or self._is_hanging(analysis, now)):
            analysis.kill()
            self._problem = analysis.problem or SentenceError(ENDED)
            self._fail(now)
        elif analysis is not None and analysis.is_ready():
            self._problem = None
        if self._analysis is None and now >= self._retry_at:
            self._start(now)
        return self._analysis

    def _start(self, now: float) -> None:
        analysis = self._build()
        try:
            analysis.start()
        except OSError as error:
            self._problem = SentenceError("%(problem)s", problem=error.strerror or type(error).__name__)
            self._fail(now)
            return
        self._analysis, self._started_at = analysis, now

    def _fail(self, now: float) -> None:
        self._analysis = None
        self._wait_s = min(max(2 * self._wait_s, FIRST_WAIT_S), LONGEST_WAIT_S)
        self._retry_at = now + self._wait_s

    def _is_hanging(self, analysis: Analyser, now: float) -> bool:
        if not analysis.is_ready():
            return now - self._started_at > READY_LONGEST_S
        return analysis.is_busy() and now - self._asked_at > ANSWER_LONGEST_S


def build_analysis(model: Path, service: Path | None) -> Analyser:
    """Return the analysis with `model`, or the one that listens at the socket `service`; not yet started."""
    return Analysis(model, service)


def cut_frame(picture: Picture, region: Region | None, gates: Gates = VISIT_GATES) -> CameraFrame:
    """Return the region's square of a picture, shrunk where it is larger than the analysis needs."""
    import cv2
    import numpy as np

    height, width = picture.pixels.shape[:2]
    square = compute_square(region, width, height)
    part = picture.pixels[
        square.top_px : square.top_px + square.side_px, square.left_px : square.left_px + square.side_px
    ]
    side = min(square.side_px, CROP_SIDE_MAX_PX)
    if side < square.side_px:
        part = cv2.resize(part, (side, side), interpolation=cv2.INTER_AREA)
    return CameraFrame(picture.at, side, side, np.ascontiguousarray(part).tobytes(), gates)


def describe_reading(look: int, frame: AnalysedFrame) -> dict[str, Any]:
    """Return the numbers of a picture as a note."""
    reading = frame.reading
    return {
        "look": look,
        "at": frame.at_s,
        "faces": reading.faces,
        "smile": reading.smile,
        "quality": reading.quality,
        "reason": None if reading.reason is None else str(reading.reason),
    }


def read_gates(value: object) -> Gates | None:
    """Return the limits that an order names, None for anything that is no limits."""
    if not isinstance(value, Mapping) or not all(type(number) in {int, float} for number in value.values()):
        return None
    try:
        return Gates(**value)
    except TypeError:
        return None
