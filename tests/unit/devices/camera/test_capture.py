"""The capture process over real pipes: newest pictures only, and it ends with the agent."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

import pytest

from motcua.devices.camera.capture import (
    PREVIEW_MAX_BYTES,
    CaptureRequest,
    make_preview,
    run_capture,
)
from motcua.devices.camera.codec import Preview, pack_note, unpack
from motcua.devices.camera.reader import STEADY, Picture
from tests.unit.devices.camera.streams import (
    SIZE_PX,
    Streams,
    cv2,
    draw_number,
    np,
    read_number,
    served_streams,
    write_video,
)
from tests.waiting import PATIENCE_S, wait_until


class Captured:
    """A capture process, and the agent's end of its pipe."""

    def __init__(self, process: SpawnProcess, control: Connection) -> None:
        self.process, self.control = process, control
        self.notes: list[dict[str, Any]] = []
        self.previews: list[Preview] = []

    def order(self, *, preview: bool) -> None:
        self.control.send_bytes(pack_note({"look": None, "gates": {}, "preview": preview}))

    def hear(self) -> bool:
        """Take what it says; False, so that a condition can follow."""
        while self.control.poll(0):
            message = unpack(self.control.recv_bytes())
            if isinstance(message, Preview):
                self.previews.append(message)
            elif message is not None:
                self.notes.append(message)
        return False


@contextmanager
def capturing(kind: str, place: str) -> Iterator[Captured]:
    context = multiprocessing.get_context("spawn")
    control, their_control = context.Pipe()
    with control:
        with their_control:
            request = CaptureRequest(kind, place, None)
            process = context.Process(target=run_capture, args=(request, their_control), daemon=True)
            process.start()
        try:
            yield Captured(process, control)
        finally:
            process.kill()
            process.join()
            process.close()


def number_of(preview: Preview) -> int:
    picture = cv2.imdecode(np.frombuffer(preview.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape == (SIZE_PX, SIZE_PX, 3)
    return read_number(picture)


@pytest.fixture
def streams() -> Iterator[Streams]:
    with served_streams() as served:
        yield served


@pytest.mark.process
def test_who_looks_late_gets_the_newest_picture_and_never_one_that_waited(streams: Streams) -> None:
    with capturing("network", streams.url("ok")) as captured:
        wait_until(lambda: captured.hear() or (captured.notes and captured.notes[-1]["number"] > 30))
        read = captured.notes[-1]["number"]
        captured.order(preview=True)
        wait_until(lambda: captured.hear() or captured.previews)
        first = number_of(captured.previews[0])
        wait_until(lambda: captured.hear() or number_of(captured.previews[-1]) > first + 30)
    assert first >= read  # of those that it has read since then it is one, and how fast it reads does not matter
    numbers = [number_of(preview) for preview in captured.previews]
    assert numbers == sorted(set(numbers))


@pytest.mark.process
def test_no_picture_leaves_it_while_nobody_looks(streams: Streams) -> None:
    with capturing("network", streams.url("ok")) as captured:
        wait_until(lambda: captured.hear() or (captured.notes and captured.notes[-1]["number"] > 30))
        assert captured.previews == []
        captured.order(preview=True)
        wait_until(lambda: captured.hear() or len(captured.previews) > 1)
        captured.order(preview=False)
        captured.notes.clear()
        wait_until(lambda: captured.hear() or len(captured.notes) > 1)
        count, number = len(captured.previews), captured.notes[-1]["number"]
        wait_until(lambda: captured.hear() or captured.notes[-1]["number"] > number + 30)
        assert len(captured.previews) == count
        note = captured.notes[-1]
    assert (note["stage"], note["width"], note["height"], note["analysis"]) == ("reading", SIZE_PX, SIZE_PX, None)


@pytest.mark.process
def test_a_camera_that_dies_and_comes_back_is_opened_again(streams: Streams) -> None:
    with capturing("network", streams.url("drop")) as captured:
        wait_until(lambda: captured.hear() or any(note["failures"] for note in captured.notes))
        before = streams.opened
        wait_until(lambda: captured.hear() or streams.opened > before)
        streams.frames = 1000
        wait_until(lambda: captured.hear() or captured.notes[-1]["number"] > 3 + STEADY)
        assert captured.notes[-1]["failures"] == 0


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
def test_neither_a_file_nor_a_core_of_it_can_be_written(tmp_path: Path) -> None:
    with capturing("file", str(write_video(tmp_path / "a.avi", range(1, 4)))) as captured:
        wait_until(lambda: captured.hear() or captured.notes)
        limits = Path(f"/proc/{captured.process.pid}/limits").read_text(encoding="ascii")
    sizes = {line[:25].strip(): line[25:].split()[:2] for line in limits.splitlines()}
    assert (sizes["Max file size"], sizes["Max core file size"]) == (["0", "0"], ["0", "0"])


def test_a_preview_is_made_smaller_until_it_fits() -> None:
    noise = np.random.default_rng(7).integers(0, 255, (720, 1280, 3), np.uint8)
    preview = make_preview(Picture(1, 2.0, noise))
    assert preview is not None
    assert (preview.width, preview.height) == (1280, 720)
    assert len(preview.jpeg) <= PREVIEW_MAX_BYTES
    picture = cv2.imdecode(np.frombuffer(preview.jpeg, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape == (360, 640, 3)
    assert make_preview(Picture(1, 2.0, draw_number(5))) is not None
