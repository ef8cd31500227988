"""The emulated printer as a person sees it: what can be done to it, what it shows, and what it leaves."""

import socket
from pathlib import Path

import pytest

from motcua.devices.emulation import Emulator
from motcua.devices.loading import build_driver
from motcua.devices.printer.emulator import AWAY_S, FAULTS, PrinterEmulator
from motcua.devices.printer.paper import EscPosReader, Roll
from tests.waiting import wait_until


def test_it_offers_every_fault_and_then_to_mend_it(tmp_path: Path) -> None:
    made = PrinterEmulator("may-in", folder=tmp_path / "papers")
    shown: Emulator = made
    assert [handle.code for handle in shown.handles()] == list(FAULTS)
    shown.start()
    try:
        shown.do("paper_out")
        assert shown.state() == {"plugged": True, "fault": "paper_out", "text": None, "papers": 0, "bytes": 0, "unknown": 0}
        assert [handle.code for handle in shown.handles()] == ["mend", *(code for code in FAULTS if code != "paper_out")]
        shown.do("unplug")
        assert (shown.state()["plugged"], shown.picture()) == (False, None)
        shown.do("mend")
        assert (shown.state()["plugged"], shown.state()["fault"]) == (True, None)
        with pytest.raises(ValueError, match="explode"):
            shown.do("explode")
        entry = shown.settings()
        driver = build_driver(entry.pop("kind"), entry.pop("driver"), {key: value for key, value in entry.items() if key != "name"})
        driver.open()
        assert driver.work("check", {"layout": "number {number}"}).state == "done"
        driver.close()
        assert [path.name for path in (tmp_path / "papers").iterdir()] == ["paper-0001.png"]
        assert (shown.picture() or b"").startswith(b"\x89PNG")
    finally:
        shown.stop()
        shown.stop()


def test_it_keeps_its_port_while_the_cable_is_out() -> None:
    made = PrinterEmulator()
    made.start()
    port = made.port
    try:
        made.do("unplug")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), 1).close()
        made.do("mend")
        socket.create_connection(("127.0.0.1", port), 1).close()
        assert made.port == port
    finally:
        made.stop()


def test_it_is_back_by_itself_after_being_away() -> None:
    clock = [100.0]
    made = PrinterEmulator(now=lambda: clock[0])
    made.start()
    try:
        made.do("away")
        assert not made.state()["plugged"]
        clock[0] += AWAY_S
        wait_until(lambda: made.state()["plugged"])
        assert made.state()["fault"] is None
    finally:
        made.stop()


def test_its_paper_takes_bytes_that_are_no_command() -> None:
    stream, roll = EscPosReader(), Roll(384)
    found = stream.feed(b"\x1b@xin\n\x1bd\x01\x1bJ\x05\x1b3\x10\x1b2\x1dVB\x00\x10\x14\x01\x00\x01\x1d")
    assert [command.name for command in found].count("unknown") == 3
    assert [roll.print(command) for command in found if command.name != "1d56"][-1] is None
    assert roll.height == 65
    assert [command.name for command in stream.feed(b"r\x01")] == ["1d72"]
