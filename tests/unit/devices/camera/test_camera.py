"""The emulated camera over real HTTP: its stream is pictures, and it fails as cameras fail."""

import http.client
import io
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image

from motcua.devices.camera.emulator import CameraEmulator
from tests.waiting import PATIENCE_S


@pytest.fixture
def camera() -> Iterator[CameraEmulator]:
    emulator = CameraEmulator(frames_a_second=50)
    emulator.start()
    yield emulator
    emulator.stop()
    emulator.stop()


class Watcher:
    """Reads a camera's stream picture by picture."""

    def __init__(self, camera: CameraEmulator) -> None:
        path = urlsplit(camera.describe_entry()["port"]).path
        connection = http.client.HTTPConnection("127.0.0.1", camera.port, timeout=PATIENCE_S)
        connection.request("GET", path)
        self.line = connection.sock
        self._stream = connection.getresponse()
        assert self._stream.headers["Content-Type"] == "multipart/x-mixed-replace; boundary=frame"

    def next(self) -> Image.Image | None:
        """Return the next picture, None at the end of the stream. Raises `TimeoutError`."""
        if self._stream.readline() != b"--frame\r\n":
            return None
        headers = dict(line.decode().strip().split(": ") for line in iter(self._stream.readline, b"\r\n"))
        assert headers["Content-Type"] == "image/jpeg"
        picture = Image.open(io.BytesIO(self._stream.read(int(headers["Content-Length"]))))
        picture.load()
        assert self._stream.read(2) == b"\r\n"
        return picture

    def close(self) -> None:
        self._stream.close()


def test_the_stream_is_pictures_that_move(camera: CameraEmulator) -> None:
    watcher = Watcher(camera)
    pictures = [watcher.next() for _ in range(3)]
    watcher.close()
    sizes = [picture.size for picture in pictures if picture is not None]
    assert sizes == [(640, 480)] * 3
    assert len({picture.tobytes() for picture in pictures if picture is not None}) == 3


def test_a_covered_lens_is_black_until_it_is_mended(camera: CameraEmulator) -> None:
    camera.do("dark")
    picture = Image.open(io.BytesIO(camera.draw_picture() or b""))
    assert picture.convert("L").getextrema() == (0, 0)
    faults = [handle.code for handle in camera.list_handles() if not handle.code.startswith("scene:")]
    assert (camera.get_state()["fault"], faults) == ("dark", ["mend", "unplug", "freeze"])
    camera.do("mend")
    assert Image.open(io.BytesIO(camera.draw_picture() or b"")).convert("L").getextrema() != (0, 0)


def test_frozen_the_connection_stays_and_nothing_more_comes(camera: CameraEmulator) -> None:
    watcher = Watcher(camera)
    assert watcher.next() is not None
    camera.do("freeze")
    watcher.line.settimeout(0.3)  # waits: for pictures that never come
    with pytest.raises(TimeoutError):
        list(iter(watcher.next, None))
    watcher.close()
    before = camera.draw_picture()
    camera.do("scene:two")
    assert (camera.get_state()["plugged"], camera.draw_picture()) == (True, before)


def test_unplugged_the_stream_ends_and_the_same_address_comes_back(camera: CameraEmulator) -> None:
    watcher, url = Watcher(camera), camera.describe_entry()["port"]
    camera.do("unplug")
    list(iter(watcher.next, None))
    watcher.close()
    assert (camera.get_state()["plugged"], camera.draw_picture()) == (False, None)
    with pytest.raises(OSError, match="refused"), socket.create_connection(("127.0.0.1", camera.port), PATIENCE_S):
        pass
    camera.do("mend")
    assert camera.describe_entry()["port"] == url
    again = Watcher(camera)
    assert again.next() is not None
    again.close()


@pytest.mark.thorough
def test_it_shows_the_pictures_of_a_folder_and_one_of_them_alone(tmp_path: Path) -> None:
    for name, colour in (("1.png", "#ff0000"), ("2.jpg", "#0000ff")):
        Image.new("RGB", (1600, 1200), colour).save(tmp_path / name)
    (tmp_path / "readme.txt").write_text("no picture")
    both = CameraEmulator(folder=tmp_path, frames_a_second=50)
    assert both.get_state()["text"] == "scene:files"
    both.start()
    watcher = Watcher(both)
    pictures = [watcher.next() for _ in range(2)]
    watcher.close()
    both.stop()
    assert [picture.size for picture in pictures if picture is not None] == [(640, 480)] * 2
    assert len({str(picture.getpixel((9, 9))) for picture in pictures if picture is not None}) == 2


@pytest.mark.parametrize("content", [None, b"no picture"])
def test_a_folder_without_pictures_or_with_a_broken_one_is_refused(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "1.png").write_bytes(content)
    with pytest.raises(OSError, match=r"1 to 500|cannot identify"):
        CameraEmulator(folder=tmp_path)


def test_what_it_sees_is_chosen_and_a_fault_stays_meanwhile(camera: CameraEmulator) -> None:
    assert (camera.get_state()["text"], camera.get_state()["fault"]) == ("scene:come_and_go", None)
    camera.do("dark")
    camera.do("scene:two")
    assert (camera.get_state()["text"], camera.get_state()["fault"]) == ("scene:two", "dark")
    camera.do("mend")
    assert camera.get_state()["text"] == "scene:two"


@pytest.mark.parametrize("wish", ["explode", "scene:files", "scene:crowd"])
def test_what_it_does_not_know_is_refused(camera: CameraEmulator, wish: str) -> None:
    with pytest.raises(ValueError, match=wish):
        camera.do(wish)
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(f"http://127.0.0.1:{camera.port}/nothing", timeout=PATIENCE_S)
    with caught.value:
        assert caught.value.code == 404


def test_its_newest_picture_can_be_had_alone(camera: CameraEmulator) -> None:
    with urllib.request.urlopen(f"http://127.0.0.1:{camera.port}/frame.jpg", timeout=PATIENCE_S) as answer:
        assert Image.open(io.BytesIO(answer.read())).format == "JPEG"
