"""The capture process over real pipes: newest pictures only, the region only, and it ends with the agent."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from motcua.devices.camera.capture import (
    ASK,
    PREVIEW_MAX_BYTES,
    CaptureRequest,
    cut_frame,
    make_preview,
    run_capture,
)
from motcua.devices.camera.codec import Preview, RawFrame, pack_note, unpack, unpack_frame
from motcua.devices.camera.reader import Picture
from tests.unit.devices.camera.streams import (
    SIZE_PX,
    Streams,
    draw_number,
    read_number,
    served_streams,
    write_video,
)
from tests.waiting import PATIENCE_S, wait_until


class Captured:
    """A capture process, and the ends of its pipes that the agent and the analysis have."""

    def __init__(self, process: SpawnProcess, control: Connection, frames: Connection) -> None:
        self.process, self.control, self.frames = process, control, frames
        self.notes: list[dict[str, Any]] = []
        self.previews: list[Preview] = []

    def order(self, look: int | None, *, preview: bool = False) -> None:
        self.control.send_bytes(pack_note({"look": look, "preview": preview}))

    def hear(self) -> bool:
        """Take what it says; False, so that a condition can follow."""
        while self.control.poll(0):
            message = unpack(self.control.recv_bytes())
            if isinstance(message, Preview):
                self.previews.append(message)
            elif message is not None:
                self.notes.append(message)
        return False

    def take(self) -> RawFrame:
        self.frames.send_bytes(ASK)
        wait_until(lambda: self.frames.poll(0) or self.hear())
        frame = unpack_frame(self.frames.recv_bytes())
        assert frame is not None
        return frame


@contextmanager
def capturing(kind: str, place: str, region: Any = None) -> Iterator[Captured]:
    context = multiprocessing.get_context("spawn")
    control, their_control = context.Pipe()
    frames, their_frames = context.Pipe()
    with control, frames:
        with their_control, their_frames:
            process = context.Process(
                target=run_capture, args=(CaptureRequest(kind, place, region), their_control, their_frames), daemon=True
            )
            process.start()
        try:
            yield Captured(process, control, frames)
        finally:
            process.kill()
            process.join()
            process.close()


def number_of(frame: RawFrame) -> int:
    return read_number(np.frombuffer(frame.pixels, np.uint8).reshape(frame.height, frame.width, 3))


@pytest.fixture
def streams() -> Iterator[Streams]:
    with served_streams() as served:
        yield served


@pytest.mark.process
def test_who_asks_late_gets_the_newest_picture_and_never_one_that_waited(streams: Streams) -> None:
    with capturing("network", streams.url("ok")) as captured:
        captured.order(4)
        first = captured.take()
        sent = streams.sent
        wait_until(lambda: captured.hear() or streams.sent > sent + 20)
        second = captured.take()
    assert (first.look, second.look, first.width, first.height) == (4, 4, SIZE_PX, SIZE_PX)
    assert number_of(second) > sent + 10
    assert second.at > first.at


@pytest.mark.process
def test_no_picture_leaves_it_while_nothing_is_looked_at(streams: Streams) -> None:
    with capturing("network", streams.url("ok")) as captured:
        captured.frames.send_bytes(ASK)
        wait_until(lambda: captured.hear() or (captured.notes and captured.notes[-1]["number"] > 5))
        assert not captured.frames.poll(0)
        assert captured.previews == []
        captured.order(1)
        wait_until(lambda: captured.frames.poll(0) or captured.hear())
        frame = unpack_frame(captured.frames.recv_bytes())
    assert frame is not None
    assert frame.look == 1


@pytest.mark.process
def test_a_preview_is_the_whole_picture_small_and_stops_when_it_is_switched_off(streams: Streams) -> None:
    with capturing("network", streams.url("ok"), (0.5, 0.5, 0.5)) as captured:
        captured.order(None, preview=True)
        wait_until(lambda: captured.hear() or len(captured.previews) > 1)
        captured.order(None, preview=False)
        captured.notes.clear()
        wait_until(lambda: captured.hear() or len(captured.notes) > 1)
        count, number = len(captured.previews), captured.notes[-1]["number"]
        wait_until(lambda: captured.hear() or captured.notes[-1]["number"] > number + 20)
        assert len(captured.previews) == count
    picture = cv2.imdecode(np.frombuffer(captured.previews[0].jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape == (SIZE_PX, SIZE_PX, 3)


@pytest.mark.process
def test_a_camera_that_dies_and_comes_back_is_opened_again(streams: Streams) -> None:
    with capturing("network", streams.url("drop")) as captured:
        wait_until(lambda: captured.hear() or any(note["failures"] for note in captured.notes))
        before = streams.opened
        wait_until(lambda: captured.hear() or streams.opened > before)
        streams.frames = 1000
        captured.order(1)
        assert captured.take().number < captured.take().number


@pytest.mark.process
@pytest.mark.parametrize("path", ["silent", "garbage"])
def test_what_is_no_camera_is_told_as_waiting_and_the_process_lives(streams: Streams, path: str) -> None:
    with capturing("network", streams.url(path)) as captured:
        wait_until(lambda: captured.hear() or any(note["failures"] for note in captured.notes))
        (note,) = [note for note in captured.notes if note["failures"]][:1]
        assert (note["number"], note["at"], captured.process.is_alive()) == (0, None, True)


@pytest.mark.process
def test_it_ends_by_itself_when_the_agent_is_gone_even_while_a_read_hangs(streams: Streams) -> None:
    with capturing("network", streams.url("stall")) as captured:
        wait_until(lambda: captured.hear() or any(note["number"] for note in captured.notes))
        captured.control.close()
        captured.process.join(PATIENCE_S)
        assert captured.process.exitcode == 0


@pytest.mark.process
def test_ctrl_c_in_the_agents_terminal_does_not_end_it_before_the_agent(tmp_path: Path) -> None:
    video = write_video(tmp_path / "a.avi", range(1, 4))
    with capturing("file", str(video)) as captured:
        wait_until(lambda: captured.hear() or captured.notes)
        os.kill(captured.process.pid or 0, signal.SIGINT)
        count = len(captured.notes)
        wait_until(lambda: captured.hear() or len(captured.notes) > count + 1)
        assert captured.process.is_alive()


@pytest.mark.process
@pytest.mark.skipif(not Path("/proc/self/limits").exists(), reason="limits are read from /proc, which Linux has")
def test_no_core_of_it_can_be_written(tmp_path: Path) -> None:
    with capturing("file", str(write_video(tmp_path / "a.avi", range(1, 4)))) as captured:
        wait_until(lambda: captured.hear() or captured.notes)
        limits = Path(f"/proc/{captured.process.pid}/limits").read_text(encoding="ascii")
    (line,) = [line for line in limits.splitlines() if line.startswith("Max core file size")]
    assert line.split()[4:6] == ["0", "0"]


def test_only_the_square_of_the_region_is_cut_out_and_a_large_one_is_shrunk() -> None:
    pixels: Any = np.zeros((720, 1280, 3), np.uint8)
    pixels[72:432, 320:680] = 255
    frame = cut_frame(Picture(1, 2.0, pixels), (0.25, 0.1, 0.5), look=3)
    assert (frame.look, frame.number, frame.at, frame.width, frame.height) == (3, 1, 2.0, 360, 360)
    assert set(frame.pixels) == {255}
    assert cut_frame(Picture(1, 2.0, pixels), None, look=3).width == 640


def test_a_preview_is_made_smaller_until_it_fits() -> None:
    noise = np.random.default_rng(7).integers(0, 255, (720, 1280, 3), np.uint8)
    preview = make_preview(Picture(1, 2.0, noise))
    assert preview is not None
    assert (preview.width, preview.height) == (640, 360)
    assert len(preview.jpeg) <= PREVIEW_MAX_BYTES
    assert make_preview(Picture(1, 2.0, draw_number(5))) is not None
