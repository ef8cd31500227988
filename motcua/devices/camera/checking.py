"""How a camera is just now, from what its processes say: a stable code of what is wrong, or what its pictures are."""

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from motcua.devices.camera import parts
from motcua.devices.camera.codec import Preview
from motcua.devices.camera.feeding import LookRequest
from motcua.devices.camera.processes import CameraState, LookedFrame

PATIENCE_S = 8.0
"""So long a camera may take to open, and the analysis to load its model, before that counts as a fault."""
CHECK_S, RATE_S, TURN_S = 18.0, 1.0, 0.1
"""How long a check waits for pictures and analysis, and for how long it counts pictures."""


class Eye(Protocol):
    """The processes of a camera: `CameraProcess`."""

    state: CameraState | None

    def has_pictures(self) -> bool:
        """Say whether the newest picture is new enough."""
        ...

    def start(self) -> None:
        """Start them."""
        ...

    def stop(self) -> None:
        """End them at once."""
        ...

    def order(self, look: LookRequest | None, *, preview: bool) -> None:
        """Say what they are to do."""
        ...

    def take(self) -> list[LookedFrame | Preview]:
        """Return what came."""
        ...

    def wait(self, within_s: float) -> None:
        """Wait until something comes."""
        ...


class CheckResult(Struct, frozen=True):
    """What a check saw: a stable code of what is wrong, or size and rate of the pictures in no language."""

    problem: str | None
    pictures: str | None = None


def find_problem(eye: Eye, *, analyses: bool, is_new: bool) -> str | None:
    """Return the code of what is wrong, None where nothing is; `camera_starting` while nobody can know yet."""
    analysis = eye.state.analysis if eye.state is not None else None
    if analysis is not None and analysis.problem is not None:
        return parts.KINDS.get(analysis.kind or "", parts.ANALYSIS_DOWN)
    if not eye.has_pictures():
        return parts.STARTING if is_new else parts.SILENT
    if analyses and (analysis is None or not analysis.ready):
        return parts.STARTING if is_new else parts.ANALYSIS_DOWN
    return None


def check_eye(eye: Eye, now: Callable[[], float]) -> CheckResult:
    """Wait until pictures come and the analysis has its model, then count pictures for a second."""
    until = now() + CHECK_S
    first: CameraState | None = None
    problem = find_problem(eye, analyses=True, is_new=True)
    while (problem is not None or not _has_counted(first, eye.state)) and now() < until:
        eye.wait(TURN_S)
        eye.take()
        problem = find_problem(eye, analyses=True, is_new=True)
        first = eye.state if first is None and eye.has_pictures() else first
    if problem is not None or first is None or eye.state is None:
        is_late = problem in {None, parts.STARTING}
        return CheckResult(find_problem(eye, analyses=True, is_new=False) or parts.SILENT if is_late else problem)
    return CheckResult(None, describe_pictures(first, eye.state))


def describe_eye(eye: Eye) -> str:
    """Return what a camera that works sees, for the log."""
    state = eye.state
    if state is None:
        return "the camera says nothing"
    analysis = state.analysis
    read = f"; faces are read without a network ({analysis.isolation})" if analysis is not None else ""
    return f"a camera sees {state.width}x{state.height} pixels{read}"


def describe_pictures(first: CameraState, last: CameraState) -> str:
    """Return the size of the pictures and how many come in a second: `1280x720, 25/s`."""
    seconds = _time_between(first, last)
    rate = f", {(last.number - first.number) / seconds:.0f}/s" if seconds > 0 else ""
    return f"{last.width}x{last.height}{rate}"


def _has_counted(first: CameraState | None, last: CameraState | None) -> bool:
    return first is not None and last is not None and _time_between(first, last) >= RATE_S


def _time_between(first: CameraState, last: CameraState) -> float:
    return (last.at or 0.0) - (first.at or 0.0)
