"""The emulators' end of a line: nobody hears what is said to nobody, and a link stays over pulling and plugging."""

import time
from pathlib import Path

import pytest

from motcua.devices.contract import DeviceError
from motcua.devices.transports.pseudo_terminal import PseudoTerminal
from motcua.devices.transports.serial_port import SerialPort
from tests.waiting import PATIENCE_S, wait_until


def test_what_is_written_before_anybody_opened_is_lost_and_no_echo_comes() -> None:
    received: list[bytes] = []
    line = PseudoTerminal(receive=received.append)
    line.start()
    assert not line.write(b"early")
    port = SerialPort(line.path)
    port.open()
    assert line.is_heard
    assert line.write(b"now\r\n")
    assert port.read(PATIENCE_S) == b"now\r\n"
    port.write(b"\x03\x04answer\n")
    wait_until(lambda: b"".join(received) == b"\x03\x04answer\n")
    port.close()
    assert not line.is_heard
    line.stop()
    line.stop()


def test_a_link_leads_to_the_line_as_long_as_it_is_plugged_in(tmp_path: Path) -> None:
    link = tmp_path / "ttyPAD"
    link.symlink_to("/dev/null")
    line = PseudoTerminal(str(link))
    line.start()
    port = SerialPort(line.path)
    for _ in range(3):
        port.open()
        assert line.write(b"x")
        assert port.read(PATIENCE_S) == b"x"
        line.unplug()
        with pytest.raises(DeviceError):
            port.read(PATIENCE_S)
        assert not link.is_symlink()
        line.plug()
        line.plug()
    line.stop()
    assert not link.is_symlink()


def test_a_paced_line_sends_byte_by_byte() -> None:
    line = PseudoTerminal(baud=9600)
    line.start()
    port = SerialPort(line.path)
    port.open()
    began = time.monotonic()
    assert line.write(bytes(10))
    # a least time: a busy computer only takes longer
    assert time.monotonic() - began >= 10 * 10 / 9600
    port.close()
    assert not line.write(bytes(10))
    line.stop()
