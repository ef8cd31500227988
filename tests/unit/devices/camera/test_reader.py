"""Only the newest picture is there, and a camera that fails is opened again, later each time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua.devices.camera.reader import NewestPicture, Reader
from motcua.devices.camera.sources import FileSource, NetworkSource, build_source, is_picture
from tests.ports import free_port
from tests.unit.devices.camera.streams import (
    Streams,
    draw_number,
    np,
    read_number,
    served_streams,
    write_video,
)


class ScriptedSource:
    """A camera that does what `script` says: `open`, `shut` (opening fails), a picture, or None (a read fails)."""

    is_bounded = True

    def __init__(self, *script: Any) -> None:
        self._script = iter(script)
        self.released = 0

    def open(self) -> bool:
        return bool(next(self._script) == "open")

    def read(self) -> Any | None:
        return next(self._script)

    def release(self) -> None:
        self.released += 1


@pytest.fixture
def streams() -> Iterator[Streams]:
    with served_streams() as served:
        yield served


def test_after_a_failure_it_is_opened_again_later_each_time_and_soon_once_it_worked() -> None:
    picture = draw_number(1)
    source = ScriptedSource("open", picture, None, *["shut"] * 6, "open", *[picture] * 5, None)
    reader = Reader(source, NewestPicture(), lambda: 7.0)
    assert [reader.step() for _ in range(14)] == [0, 1, 2, 4, 8, 16, 30, 30, 0, 0, 0, 0, 0, 1]
    assert source.released == 8
    assert (reader.state, reader.failures) == (("waiting", 7.0), 1)


def test_a_camera_that_sends_one_picture_to_whoever_opens_it_does_not_work() -> None:
    source = ScriptedSource(*["open", draw_number(1), None] * 4)
    reader = Reader(source, NewestPicture(), lambda: 7.0)
    assert [wait_s for _ in range(8) if (wait_s := reader.step())] == [1, 2, 4, 8]


def test_a_slow_reader_gets_the_newest_picture_and_none_of_those_before() -> None:
    newest = NewestPicture()
    assert newest.get() is None
    assert newest.wait_for(0, 0) is None
    for number in range(1, 6):
        newest.put(draw_number(number), float(number))
    picture = newest.wait_for(1, 0)
    assert picture is not None
    assert (picture.number, picture.at, read_number(picture.pixels)) == (5, 5.0, 5)
    assert newest.wait_for(5, 0) is None
    assert repr(picture) == "Picture(5)"


def test_a_stream_of_the_network_is_read_and_what_it_sends_last_is_newest(streams: Streams) -> None:
    newest = NewestPicture()
    reader = Reader(NetworkSource(streams.url("ok")), newest)
    numbers = []
    for _ in range(5):
        assert reader.step() == 0
        picture = newest.get()
        assert picture is not None
        numbers.append(read_number(picture.pixels))
    assert numbers == sorted(numbers)
    assert len(set(numbers)) == 5
    reader.close()


@pytest.mark.parametrize("path", ["drop", "garbage"])
def test_a_stream_that_breaks_off_or_is_garbage_ends_and_is_opened_again(streams: Streams, path: str) -> None:
    reader = Reader(NetworkSource(streams.url(path)), NewestPicture())
    while not reader.step():
        pass
    opened = streams.opened
    reader.step()
    assert streams.opened > opened
    reader.close()


@pytest.mark.process
@pytest.mark.parametrize("path", ["stall", "silent"])
def test_a_stream_that_falls_silent_ends_and_never_hangs(streams: Streams, path: str) -> None:
    """The library's own limits are 30 s and more: with ours one read or one opening fails after 2 s."""
    reader = Reader(NetworkSource(streams.url(path)), NewestPicture())
    while not reader.step():
        pass
    assert reader.failures == 1
    reader.close()


def test_where_nobody_listens_opening_fails_at_once() -> None:
    source = NetworkSource(f"http://127.0.0.1:{free_port()}/ok")
    assert not source.open()
    assert source.read() is None


def test_a_video_file_is_played_in_its_own_time_again_and_again(tmp_path: Path) -> None:
    at, slept = 0.0, []

    def sleep(seconds: float) -> None:
        nonlocal at
        slept.append(round(seconds, 3))
        at += seconds

    source = FileSource(str(write_video(tmp_path / "a.avi", range(1, 4), rate=10)), lambda: at, sleep)
    assert source.open()
    numbers = [read_number(source.read()) for _ in range(7)]
    source.release()
    assert numbers == [1, 2, 3, 1, 2, 3, 1]
    assert slept[:2] == [0.1, 0.1]


def test_a_file_that_is_no_video_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "a.avi").write_bytes(b"no video")
    assert not build_source("file", str(tmp_path / "a.avi")).open()
    assert not build_source("file", str(tmp_path / "none.avi")).open()


def test_a_usb_camera_that_is_not_there_cannot_be_opened() -> None:
    source = build_source("usb", "/dev/none-such")
    assert not source.is_bounded
    assert not source.open()


@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        (np.zeros((4, 4, 3), np.uint8), True),
        (np.zeros((4, 4), np.uint8), False),
        (np.zeros((4, 4, 4), np.uint8), False),
        (np.zeros((4, 4, 3), np.float32), False),
        (np.zeros((0, 4, 3), np.uint8), False),
        (np.broadcast_to(np.zeros(3, np.uint8), (5000, 5000, 3)), False),
        (None, False),
    ],
)
def test_only_an_array_of_three_bytes_a_pixel_of_a_usable_size_is_a_picture(picture: Any, *, expected: bool) -> None:
    assert is_picture(picture) is expected
