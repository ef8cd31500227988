"""USB number pads: recorded events through pipes, as no USB can be plugged in here."""

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.devices.contract import DeviceError, Driver, JobOutcome, Press, Stroke
from motcua.devices.keypad.codec.hid import CODES, RECORD
from motcua.devices.keypad.profile import load
from motcua.devices.loading import build_driver
from motcua.devices.transports.hid import HidPort
from tests.unit.devices.keypad.lines import pressed


class Pipe:
    """The kernel's end of a key device: a named pipe that records are written into."""

    def __init__(self, path: Path) -> None:
        os.mkfifo(path)
        self.path = str(path)
        self.end = os.open(path, os.O_RDWR)
        self.codec = load("numpad").make_hid_codec()

    def type(self, *codes: str) -> None:
        for code in codes:
            key, _colon, number = code.partition(":")
            os.write(self.end, self.codec.encode(Stroke(key, int(number) if number else None)))

    def close(self) -> None:
        end, self.end = self.end, -1
        if end >= 0:
            os.close(end)


@pytest.fixture
def pipe(tmp_path: Path) -> Iterator[Pipe]:
    fifo = Pipe(tmp_path / "event0")
    yield fifo
    fifo.close()


def keypad(pipe: Pipe, kind: str = "keypad") -> Driver:
    return build_driver(kind, "hid", {"port": pipe.path, "counter": 3, "grab": False})


def test_typed_numbers_and_keys_become_presses_and_repeats_do_not(pipe: Pipe) -> None:
    driver = keypad(pipe)
    driver.open()
    pipe.type("digit:1", "digit:0", "digit:0", "digit:7", "call", "next", "digit:4", "transfer")
    os.write(pipe.end, b"".join(RECORD.pack(0, 0, 1, CODES["KPENTER"], value) for value in (2, 2, 0)))
    assert pressed(driver, 3) == [Press(3, "call", 1007), Press(3, "next"), Press(3, "transfer", 4)]
    driver.close()


def test_faces_on_a_number_pad_are_ratings_and_it_has_no_light(pipe: Pipe) -> None:
    driver = keypad(pipe, "pad")
    driver.open()
    pipe.type("digit:5")
    assert pressed(driver) == [Press(3, "rate", 5)]
    assert driver.work("ask", {"counter": 3, "visit": "1", "window_s": 9}) == JobOutcome("failed", "no_light")
    driver.close()


def test_a_pad_that_was_unplugged_is_said_at_once(pipe: Pipe) -> None:
    driver = keypad(pipe)
    driver.open()
    pipe.close()
    with pytest.raises(DeviceError, match="was removed"):
        pressed(driver)
    Path(pipe.path).unlink()
    with pytest.raises(DeviceError, match="There is no port"):
        driver.open()
    driver.close()


def test_what_cannot_be_taken_away_from_other_programs_is_refused(pipe: Pipe) -> None:
    port = HidPort(pipe.path)
    with pytest.raises(DeviceError, match="cannot be reserved") as caught:
        port.open()
    assert caught.value.__cause__ is not None
    assert getattr(caught.value.__cause__, "errno", None) == errno.ENOTTY
    with pytest.raises(DeviceError, match="is not open"):
        port.read(0)


def test_a_number_pad_shows_nothing(pipe: Pipe) -> None:
    port = HidPort(pipe.path, grabs=False)
    port.open()
    assert port.read(0) == b""
    port.write(b"")
    with pytest.raises(DeviceError, match="keys only"):
        port.write(b"x")
    port.close()
    port.close()
