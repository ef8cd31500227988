"""A camera at a counter: looks only for a citizen who agreed, and hands over numbers once the visit has ended.

While nothing is looked at, no process runs and no camera is open. The agent that runs this never has a picture, but a
preview's on its way.
"""

import base64
import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

from motcua.devices.camera import parts
from motcua.devices.camera.capture import CaptureRequest
from motcua.devices.camera.checking import PATIENCE_S, Eye, check_eye, describe_eye, find_problem
from motcua.devices.camera.feeding import LookRequest
from motcua.devices.camera.looking import LookOrder, VisitLook, read_order, tell_stale
from motcua.devices.camera.options import CameraOptions, NetworkOptions, UsbOptions, VideoFileOptions
from motcua.devices.camera.processes import CameraProcess, LookedFrame
from motcua.devices.contract import DeviceError, JobOutcome, Observation, PreviewPicture, Report
from motcua.typed.sentences import mark

PREVIEW_S = 5.0
"""A preview ends by itself so long after it was asked for last."""
DONE = JobOutcome("done")
logger = logging.getLogger(__name__)


class CameraDriver:
    """One camera. `now` is monotonic, in seconds, as the times of its pictures are."""

    Options: ClassVar[type[CameraOptions]] = CameraOptions

    def __init__(
        self,
        options: CameraOptions,
        now: Callable[[], float] = time.monotonic,
        build: Callable[[CaptureRequest], Eye] = CameraProcess,
    ) -> None:
        self._options, self._now, self._build = options, now, build
        self._folder = Path("agent-data")
        self._model: Path | None = None
        self._eye: Eye | None = None
        self._eye_analyses = False
        self._eye_at, self._eye_is_new = 0.0, True
        self._look: VisitLook | None = None
        self._looks = 0
        self._preview_until = float("-inf")
        self._ended: list[Observation] = []
        self._problem: str | None = None

    def use_folder(self, folder: str) -> None:
        """The model is in `folder`, unless the environment names it."""
        self._folder = Path(folder)

    # --- the driver ---------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """See that all it needs is there; the camera itself stays off until somebody agrees. Raises `DeviceError`."""
        parts.require_libraries()
        self._model = parts.require_analysis(self._folder)

    def step(self) -> list[Observation]:
        """Take what the analysis says; return the reading of a visit that has ended, and a preview's pictures."""
        observations, self._ended = self._ended, []
        for result in self._eye.take() if self._eye is not None else ():
            if isinstance(result, LookedFrame):
                if self._look is not None and result.look == self._look.number:
                    self._look.add(result.at, result.reading)
            elif self._is_previewed:
                jpeg = base64.b64encode(result.jpeg).decode("ascii")
                observations.append(PreviewPicture(jpeg, result.width, result.height))
        if self._look is not None and self._look.is_over(self._now()):
            observations.append(self._look.read())
            self._look = None
        self._note_problem()
        self._adjust()
        return observations

    def work(self, kind: str, payload: Mapping[str, Any]) -> JobOutcome:
        """`look` begins, finishes or stops the look at a visit; `check` opens the camera and says what it sees."""
        if kind == "check":
            return self._check()
        if kind != "look":
            return JobOutcome("failed", "unknown_job")
        order = read_order(payload)
        if order is None:
            return JobOutcome("failed", parts.WRONG_JOB)
        if order.step == "begin":
            return self._begin(order)
        if self._look is None or self._look.visit != order.visit:
            return DONE if order.step == "stop" else JobOutcome("failed", parts.NOT_LOOKING)
        if order.step == "finish":
            self._look.finish(self._now())
        else:
            self._forget()
        return DONE

    def skip_job(self, kind: str, payload: Mapping[str, Any]) -> None:
        """An end that came too late was not seen: say so, and look no more. A stop is never too late."""
        order = read_order(payload) if kind == "look" else None
        if order is None or order.step == "begin" or self._look is None or self._look.visit != order.visit:
            return
        if order.step == "finish" and not self._look.is_finishing:
            self._ended.append(tell_stale(order.visit))
        self._forget()

    def report(self) -> Report:
        """Return how it is: while nothing is looked at, how it was when it was used last."""
        return Report("ok") if self._problem is None else Report("down", self._problem)

    def blank(self) -> None:
        """The desk cannot be reached: nobody could withdraw any more, so it looks no more and forgets."""
        self._preview_until = float("-inf")
        self._ended.clear()
        self._forget()

    def close(self) -> None:
        """End the processes and forget."""
        self.blank()

    def preview(self, *, is_on: bool) -> None:
        """Show what it sees for the next five seconds. Raises `DeviceError` while it looks at a visit."""
        if is_on and self._look is not None:
            raise DeviceError(
                mark("The camera is looking at a visit now, so its picture cannot be shown. Wait for the end of it."),
                code=parts.BUSY,
            )
        self._preview_until = self._now() + PREVIEW_S if is_on else float("-inf")
        self._adjust()

    # --- what runs when -----------------------------------------------------------------------------------------------

    @property
    def _is_previewed(self) -> bool:
        return self._look is None and self._now() < self._preview_until

    def _begin(self, order: LookOrder) -> JobOutcome:
        look = self._look
        if look is not None and look.visit == order.visit and not look.is_finishing:
            look.rules = order.rules
        else:
            self._looks += 1
            self._look = VisitLook(self._looks, order)
        self._preview_until = float("-inf")
        self._adjust()
        return DONE

    def _forget(self) -> None:
        self._look = None
        self._adjust()

    def _adjust(self) -> None:
        """Let the processes run that are needed, and no other."""
        look = self._look
        if look is None and not self._is_previewed:
            self._stop_eye()
            return
        eye = self._use_eye(analyses=look is not None)
        eye.order(None if look is None else LookRequest(look.number, look.rules.gates), preview=look is None)

    def _use_eye(self, *, analyses: bool) -> Eye:
        """Return the running processes, with the analysis where that is needed."""
        if self._eye is not None and (self._eye_analyses or not analyses):
            return self._eye
        self._stop_eye()
        options = self._options
        request = CaptureRequest(
            options.source,
            options.place,
            options.region,
            self._model if analyses else None,
            parts.get_service() if analyses else None,
        )
        eye = self._eye = self._build(request)
        self._eye_analyses, self._eye_at, self._eye_is_new = analyses, self._now(), True
        eye.start()
        return eye

    def _stop_eye(self) -> None:
        eye, self._eye = self._eye, None
        if eye is not None:
            eye.stop()

    def _note_problem(self) -> None:
        """Keep what is wrong while the camera is used; opening it and loading the model may take some seconds."""
        if self._eye is None or (problem := self._find_problem(self._eye)) == parts.STARTING:
            return
        self._problem = problem
        if problem is None and self._eye_is_new:
            self._eye_is_new = False
            logger.info("%s", describe_eye(self._eye))

    def _find_problem(self, eye: Eye) -> str | None:
        return find_problem(eye, analyses=self._eye_analyses, is_new=self._now() - self._eye_at < PATIENCE_S)

    def _check(self) -> JobOutcome:
        """Open the camera, load the model without a network, and count pictures. A look is never disturbed."""
        if self._look is not None and self._eye is not None:
            problem = self._find_problem(self._eye)
            return DONE if problem in {None, parts.STARTING} else JobOutcome("failed", problem)
        result = check_eye(self._use_eye(analyses=True), self._now)
        self._problem = result.problem
        self._adjust()
        return JobOutcome("done", result.pictures) if result.problem is None else JobOutcome("failed", result.problem)


class NetworkCamera(CameraDriver):
    """A camera in the network."""

    Options: ClassVar[type[CameraOptions]] = NetworkOptions


class UsbCamera(CameraDriver):
    """A camera with a USB plug."""

    Options: ClassVar[type[CameraOptions]] = UsbOptions


class VideoFileCamera(CameraDriver):
    """A video file as a camera, for a trial."""

    Options: ClassVar[type[CameraOptions]] = VideoFileOptions
