"""The capture process seen from the agent: what it says is checked, and one that ends or hangs is started again."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.devices.camera.capture import CaptureRequest
from motcua.devices.camera.codec import Preview
from motcua.devices.camera.processes import CameraProcess, CameraState, LookedFrame, is_hanging, read_note
from motcua.vision.gates import FrameReading, Reason
from tests.unit.devices.camera.streams import write_video
from tests.waiting import wait_until

SIZE = {"width": 640, "height": 480}
STATE = {"stage": "reading", "since": 5.0, "failures": 0, "number": 7, "at": 5.5, **SIZE, "analysis": None}
FRAME = {"look": 3, "at": 5.5, "faces": 1, "smile": 0.5, "quality": 80, "reason": None}


def state(**more: Any) -> CameraState:
    note = read_note({**STATE, **more})
    assert isinstance(note, CameraState)
    return note


def test_what_it_says_is_read() -> None:
    assert (state().number, state().width, state(at=None).at) == (7, 640, None)
    frame = read_note(FRAME)
    assert isinstance(frame, LookedFrame)
    assert frame.reading == FrameReading(1, 0.5, 80, None)
    nobody = read_note({**FRAME, "faces": 0, "smile": None, "reason": "no_face"})
    assert isinstance(nobody, LookedFrame)
    assert nobody.reading == FrameReading(0, None, 0, Reason.NO_FACE)


@pytest.mark.parametrize("reason", [None, "smells"])
def test_a_reason_that_nobody_knows_is_unreadable(reason: str | None) -> None:
    frame = read_note({**FRAME, "smile": None, "reason": reason})
    assert isinstance(frame, LookedFrame)
    assert frame.reading.reason is Reason.UNREADABLE


@pytest.mark.parametrize(
    "wrong",
    [
        {"smile": 1.5}, {"smile": "0.5"}, {"smile": float("nan")}, {"quality": 101}, {"quality": -1}, {"faces": -1},
        {"look": "3"}, {"at": None}, {"at": float("inf")}, {"reason": 7},
    ],
)  # fmt: skip
def test_a_reading_that_cannot_be_is_none(wrong: dict[str, Any]) -> None:
    assert read_note({**FRAME, **wrong}) is None


@pytest.mark.parametrize(
    "wrong",
    [{"stage": "sleeping"}, {"since": "5"}, {"number": -1}, {"width": 1.5}, {"at": float("nan")}, {"analysis": [1]}],
)
def test_a_state_that_cannot_be_is_none(wrong: dict[str, Any]) -> None:
    assert read_note({**STATE, **wrong}) is None


@pytest.mark.thorough
@given(
    st.dictionaries(st.sampled_from([*STATE, *FRAME]), st.none() | st.booleans() | st.floats() | st.text(max_size=3))
)
def test_no_note_raises(note: dict[str, Any]) -> None:
    read_note(note)


@pytest.mark.parametrize(
    ("stage", "since", "heard_at", "now", "expected"),
    [
        ("reading", 100.0, 100.0, 109.0, False),
        ("reading", 100.0, 111.0, 111.0, True),
        ("opening", 100.0, 129.0, 129.0, False),
        ("opening", 100.0, 131.0, 131.0, True),
        ("waiting", 100.0, 900.0, 900.0, False),
        ("waiting", 100.0, 100.0, 131.0, True),
    ],
)
def test_a_process_that_says_nothing_or_is_in_one_call_for_too_long_hangs(
    stage: str, since: float, heard_at: float, now: float, *, expected: bool
) -> None:
    assert is_hanging(state(stage=stage, since=since), heard_at, now) is expected


def test_one_that_has_said_nothing_since_its_start_hangs_in_time() -> None:
    assert not is_hanging(None, 100.0, 129.0)
    assert is_hanging(None, 100.0, 131.0)


@pytest.fixture
def process(tmp_path: Path) -> Iterator[CameraProcess]:
    video = write_video(tmp_path / "a.avi", range(1, 10))
    process = CameraProcess(CaptureRequest("file", str(video), None))
    process.start()
    yield process
    process.stop()
    process.stop()
    assert process.id is None


@pytest.mark.process
def test_one_that_is_killed_is_started_again_and_does_what_it_was_told(process: CameraProcess) -> None:
    process.order(None, preview=True)
    wait_until(lambda: any(isinstance(item, Preview) for item in process.take()))
    wait_until(lambda: process.take() or process.has_pictures())
    first = process.id
    assert first is not None
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: process.take() or process.id not in {first, None})
    wait_until(lambda: any(isinstance(item, Preview) for item in process.take()))


@pytest.mark.process
def test_one_that_stands_still_is_ended_and_started_again(tmp_path: Path) -> None:
    """Stopped by a signal, it is as one that the system does not let go on."""
    at = 100.0
    video = write_video(tmp_path / "a.avi", range(1, 10))
    process = CameraProcess(CaptureRequest("file", str(video), None), lambda: at)
    process.start()
    wait_until(lambda: process.take() or process.state is not None)
    first = process.id
    assert first is not None
    os.kill(first, signal.SIGSTOP)
    at += 31
    wait_until(lambda: process.take() or process.id is None)
    assert process.take() == []
    assert process.id is None
    at += 1
    process.take()
    assert process.id not in {first, None}
    process.stop()


def test_nothing_runs_before_it_is_started(tmp_path: Path) -> None:
    process = CameraProcess(CaptureRequest("file", str(tmp_path / "none.avi"), None))
    process.order(None, preview=True)
    assert (process.take(), process.id, process.has_pictures()) == ([], None, False)
