"""A serial line over a pseudo-terminal: bytes, limits, and every way in which it can be gone."""

import contextlib
import os
import tty
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from motcua.devices.contract import DeviceError
from motcua.devices.transports.serial_port import SerialPort
from tests.waiting import PATIENCE_S, wait_until

CHUNK = 64
"""The last bytes that were given to the system may have been taken in part."""


@dataclass
class Line:
    master: int
    slave: int

    @property
    def path(self) -> str:
        return os.ttyname(self.slave)

    def pull(self) -> None:
        master, self.master = self.master, -1
        if master >= 0:
            os.close(master)


@pytest.fixture
def line() -> Iterator[Line]:
    terminal = Line(*os.openpty())
    tty.setraw(terminal.slave)
    yield terminal
    terminal.pull()
    os.close(terminal.slave)


@pytest.fixture
def port(line: Line) -> Iterator[SerialPort]:
    serial_port = SerialPort(line.path)
    serial_port.open()
    yield serial_port
    serial_port.close()


def test_bytes_go_both_ways_unchanged(line: Line, port: SerialPort) -> None:
    every = bytes(range(256))
    os.write(line.master, every)
    received = b""
    while len(received) < len(every):
        received += port.read(PATIENCE_S)
    port.write(every)
    arrived = b""
    while len(arrived) < len(every):
        arrived += os.read(line.master, 999)
    assert (received, arrived, port.accepted) == (every, every, 256)


def test_nothing_there_is_nothing(port: SerialPort) -> None:
    assert port.read(0.01) == port.read(0) == b""


def test_what_came_may_be_forgotten(line: Line, port: SerialPort) -> None:
    os.write(line.master, b"old")
    port.clear()
    os.write(line.master, b"new")
    assert port.read(PATIENCE_S) == b"new"


@pytest.mark.parametrize("use", ["read", "write", "clear"])
def test_a_pulled_cable_is_said_by_each_call_and_the_port_is_closed_then(
    line: Line, port: SerialPort, use: str
) -> None:
    line.pull()
    with pytest.raises(DeviceError, match="was removed"):
        {"read": lambda: port.read(PATIENCE_S), "write": lambda: port.write(b"x"), "clear": port.clear}[use]()
    assert not port.is_open
    with pytest.raises(DeviceError, match="is not open"):
        port.read(0)


def test_a_device_that_takes_nothing_more_is_said_and_how_much_it_took_is_known(line: Line, port: SerialPort) -> None:
    port.serial.write_timeout = 0.05  # waits: for a device that takes nothing for ever
    with pytest.raises(DeviceError, match="accepts no more data"):
        port.write(bytes(1_000_000))
    assert port.is_open
    os.set_blocking(line.master, False)
    arrived = 0

    def has_all_arrived() -> bool:
        nonlocal arrived
        with contextlib.suppress(BlockingIOError):
            arrived += len(os.read(line.master, 4096))
        return arrived >= port.accepted - CHUNK

    wait_until(has_all_arrived)  # the system hands them on when it has time
    assert arrived <= port.accepted < 1_000_000


def test_a_port_that_is_not_there_or_taken_or_cannot_be_set_is_refused_by_name(line: Line, port: SerialPort) -> None:
    for other, message, permanent in (
        (SerialPort("/dev/motcua-none"), "There is no port /dev/motcua-none", False),
        (SerialPort(line.path), f"Another program uses the port {line.path}", False),
        (SerialPort("/dev/null"), "The port /dev/null cannot be opened", False),
    ):
        with pytest.raises(DeviceError, match=message) as caught:
            other.open()
        assert caught.value.permanent is permanent
    assert port.is_open


def test_settings_that_no_line_has_are_for_a_person_to_mend(line: Line) -> None:
    with pytest.raises(DeviceError, match="cannot use these settings") as caught:
        SerialPort(line.path, baud=-1).open()
    assert caught.value.permanent


def test_closing_twice_and_opening_again_is_fine(line: Line, port: SerialPort) -> None:
    port.close()
    port.close()
    port.open()
    port.open()
    os.write(line.master, b"x")
    assert port.read(PATIENCE_S) == b"x"
