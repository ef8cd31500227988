"""The processes of a camera and an analysis, as a test writes them: they do what it says, in its own time."""

from collections.abc import Callable
from typing import Any

from motcua.devices.camera.capture import CaptureRequest
from motcua.devices.camera.codec import Preview
from motcua.devices.camera.feeding import LookRequest
from motcua.devices.camera.processes import AnalysisState, CameraState, LookedFrame
from motcua.typed.sentences import SentenceError
from motcua.vision.frames import AnalysedFrame, CameraFrame

READY = AnalysisState(ready=True, isolation="namespace", problem=None, kind=None, params={})


class Hands:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at

    def advance(self, seconds: float) -> None:
        self.at += seconds


class ScriptedEye:
    """The processes of one camera; `waiting` is what the next `take` returns."""

    def __init__(self, request: CaptureRequest, hands: Hands) -> None:
        self.request, self._hands = request, hands
        self.is_running = False
        self.look: LookRequest | None = None
        self.is_previewed = False
        self.waiting: list[LookedFrame | Preview] = []
        self.state: CameraState | None = None
        self.on_wait: Callable[[ScriptedEye], None] = lambda _eye: None

    def has_pictures(self) -> bool:
        return self.state is not None and self.state.at is not None and self._hands() - self.state.at <= 3

    def start(self) -> None:
        assert not self.is_running
        self.is_running = True

    def stop(self) -> None:
        self.is_running = False

    def order(self, look: LookRequest | None, *, preview: bool) -> None:
        self.look, self.is_previewed = look, preview

    def take(self) -> list[LookedFrame | Preview]:
        results, self.waiting = self.waiting, []
        return results

    def wait(self, within_s: float) -> None:
        self._hands.advance(within_s)
        self.on_wait(self)

    def see(self, number: int = 1, analysis: AnalysisState | None = READY) -> None:
        """It has a picture just now."""
        self.state = CameraState(
            stage="reading",
            since=self._hands(),
            failures=0,
            number=number,
            at=self._hands(),
            width=1280,
            height=720,
            analysis=analysis,
        )

    def smile(self, look: int, value: float | None = 0.5) -> None:
        """The picture of just now shows this smile, or nobody."""
        reason = None if value is not None else "no_face"
        self.waiting.append(
            LookedFrame(look=look, at=self._hands(), faces=1, smile=value, quality=80 if value else 0, reason=reason)
        )


class ScriptedAnalysis:
    """An analysis that answers when a test says so."""

    def __init__(self) -> None:
        self.isolation: Any = None
        self.problem: SentenceError | None = None
        self.is_started, self.is_over, self.cannot_start = False, False, False
        self.submitted: list[CameraFrame] = []
        self.answers: list[AnalysedFrame] = []
        self.busy, self.forgets, self.kills = False, 0, 0

    def start(self) -> None:
        if self.cannot_start:
            raise OSError(24, "Too many open files")
        self.is_started = True

    def is_ready(self) -> bool:
        return self.isolation is not None and self.is_alive()

    def is_alive(self) -> bool:
        return self.is_started and not self.is_over

    def is_busy(self) -> bool:
        return self.busy

    def submit(self, frame: CameraFrame) -> bool:
        self.submitted.append(frame)
        self.busy = True
        return True

    def take(self) -> list[AnalysedFrame]:
        answers, self.answers = self.answers, []
        return answers

    def forget(self) -> None:
        self.forgets += 1

    def kill(self) -> None:
        self.kills += 1
        self.is_over = True
