"""The processes of one camera, seen from the agent: the capture process, which has the network and starts the analysis,
which has none. Started again when one has ended or hangs. The agent loads neither OpenCV nor the model.
"""

import contextlib
import logging
import multiprocessing
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Annotated, Any, Literal

from msgspec import to_builtins
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from motcua.devices.camera.capture import CaptureRequest, run_capture
from motcua.devices.camera.codec import MESSAGE_MAX_BYTES, Preview, pack_note, unpack
from motcua.devices.camera.feeding import LookRequest
from motcua.devices.camera.reader import FIRST_WAIT_S, LONGEST_WAIT_S, OPENING, READING
from motcua.vision.gates import FrameReading, Reason

STALE_S = 3.0
"""A camera whose newest picture is older does not work, whatever its library says."""
READ_LONGEST_S, OPEN_LONGEST_S, SILENT_LONGEST_S = 10.0, 30.0, 30.0
"""A read of a USB camera can hang for ever, and a process can: then it is ended. Its notes come twice a second."""
MESSAGES_MAX = 64
"""So many messages are read at once: a process that talks without end does not stop the agent."""
END_S = 2.0
logger = logging.getLogger(__name__)


Figure = Annotated[int, Field(ge=0)]
Moment = Annotated[float, Field(allow_inf_nan=False)]


class Note(BaseModel):
    """What the capture process says, checked: it reads strangers' bytes."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore", defer_build=True)


class AnalysisState(Note):
    """How the analysis is: `problem` is a sentence with places for `params`, `kind` the class of its error."""

    ready: bool
    isolation: str | None
    problem: str | None
    kind: str | None
    params: dict[str, str]


class CameraState(Note):
    """What the capture process says of its camera: what it does since when, its newest picture's number, time, size."""

    stage: Literal["opening", "reading", "waiting"]
    since: Moment
    failures: Figure
    number: Figure
    at: Moment | None
    width: Figure
    height: Figure
    analysis: AnalysisState | None


class LookedFrame(Note):
    """What a picture that was taken at `at` for the look of this number says."""

    look: int
    at: Moment
    faces: Figure
    smile: Annotated[float | None, Field(ge=0, le=1)]
    quality: Annotated[int, Field(ge=0, le=100)]
    reason: str | None

    @property
    def reading(self) -> FrameReading:
        """Return it as a window takes it; a reason that nobody knows is `unreadable`."""
        if self.smile is not None:
            return FrameReading(self.faces, self.smile, self.quality, None)
        reason = Reason(self.reason) if self.reason in set(Reason) else Reason.UNREADABLE
        return FrameReading(self.faces, None, 0, reason)


class CameraProcess:
    """The capture process of one camera. Used by one thread; `now` is monotonic, in seconds."""

    def __init__(self, request: CaptureRequest, now: Callable[[], float] = time.monotonic) -> None:
        self.request, self._now = request, now
        self._process: SpawnProcess | None = None
        self._control: Connection | None = None
        self._order: dict[str, Any] = {"look": None, "gates": {}, "preview": False}
        self._is_wanted = False
        self._heard_at, self._retry_at, self._wait_s = 0.0, 0.0, 0.0
        self.state: CameraState | None = None
        """What it said last; None before it said anything."""

    @property
    def id(self) -> int | None:
        """The process's number, None while there is none."""
        return None if self._process is None else self._process.pid

    def has_pictures(self) -> bool:
        """Say whether the newest picture is new enough."""
        return self.state is not None and self.state.at is not None and self._now() - self.state.at <= STALE_S

    def start(self) -> None:
        """Start it; it is started again until `stop`."""
        self._is_wanted = True
        self._launch()

    def stop(self) -> None:
        """End it at once; of its pictures nothing stays. May be called twice."""
        self._is_wanted = False
        self._end()

    def order(self, look: LookRequest | None, *, preview: bool) -> None:
        """Say for which look pictures are taken, and whether previews are sent."""
        number, gates = (None, {}) if look is None else (look.number, to_builtins(look.gates))
        order = {"look": number, "gates": gates, "preview": preview}
        if order != self._order:
            self._order = order
            self._send_order()

    def take(self) -> list[LookedFrame | Preview]:
        """Return what came since the last call; start it again when it has ended or hangs."""
        if not self._is_wanted:
            return []
        if self._process is None:
            if self._now() >= self._retry_at:
                self._launch()
            return []
        results = [result for message in self._receive() if (result := self._take(message)) is not None]
        if (fault := self._find_fault()) is not None:
            logger.warning("a camera's capture process %s; it is started again", fault)
            self._end()
            self._wait_s = min(max(2 * self._wait_s, FIRST_WAIT_S), LONGEST_WAIT_S)
            self._retry_at = self._now() + self._wait_s
        return results

    def wait(self, within_s: float) -> None:
        """Wait until something comes, `within_s` at most."""
        if self._control is None:
            time.sleep(within_s)
        else:
            wait([self._control], within_s)

    def _launch(self) -> None:
        context = multiprocessing.get_context("spawn")
        self.state, self._heard_at = None, self._now()
        self._control, theirs = context.Pipe()
        with theirs:
            self._process = context.Process(target=run_capture, args=(self.request, theirs), daemon=True)
            self._process.start()
        self._send_order()

    def _end(self) -> None:
        process, self._process = self._process, None
        control, self._control = self._control, None
        self.state = None
        if control is not None:
            control.close()
        if process is not None:
            process.kill()
            process.join(END_S)
            with contextlib.suppress(ValueError):  # one in the kernel's hands ends with its call
                process.close()

    def _send_order(self) -> None:
        if self._control is not None:
            with contextlib.suppress(OSError):  # it has ended: `take` sees that
                self._control.send_bytes(pack_note(self._order))

    def _receive(self) -> Iterator[bytes]:
        """Yield what it says. One that says what it must not is cut off, and so found ended."""
        for _ in range(MESSAGES_MAX):
            control = self._control
            try:
                if control is None or not control.poll(0):
                    return
                message = control.recv_bytes(MESSAGE_MAX_BYTES)
            except (EOFError, OSError):
                self._heard_at = float("-inf")
                return
            self._heard_at = self._now()
            yield message

    def _take(self, message: bytes) -> LookedFrame | Preview | None:
        """Return a result; the camera's state is noted, and what cannot be understood is dropped."""
        value = unpack(message)
        note = read_note(value) if isinstance(value, dict) else value
        if not isinstance(note, CameraState):
            return note
        self.state = note
        if self.has_pictures():
            self._wait_s = 0.0
        return None

    def _find_fault(self) -> str | None:
        """Return what is wrong with the process, None where nothing is."""
        if self._process is None or not self._process.is_alive():
            return "has ended"
        return "hangs" if is_hanging(self.state, self._heard_at, self._now()) else None


def is_hanging(state: CameraState | None, heard_at: float, now: float) -> bool:
    """Say whether a process must be ended: it says nothing, or is in one call for far too long."""
    if now - heard_at > SILENT_LONGEST_S:
        return True
    longest_s = {READING: READ_LONGEST_S, OPENING: OPEN_LONGEST_S}.get(state.stage) if state is not None else None
    return longest_s is not None and state is not None and now - state.since > longest_s


def read_note(fields: dict[str, Any]) -> CameraState | LookedFrame | None:
    """Return what the capture process says, None for anything that it must not say."""
    kind = CameraState if "stage" in fields else LookedFrame
    try:
        return kind.model_validate(fields)
    except ValidationError:
        return None
