"""The emulated printer as a person sees it: what can be done to it, what it shows, and what it leaves."""

import socket
from pathlib import Path

import pytest

from motcua.devices.emulation import Emulator
from motcua.devices.loading import build_driver
from motcua.devices.printer.emulator import AWAY_S, FAULTS, PrinterEmulator
from motcua.devices.printer.paper import EscPosReader, Roll
from tests.waiting import wait_until


@pytest.mark.thorough
def test_it_offers_every_fault_and_then_to_mend_it(tmp_path: Path) -> None:
    printer = PrinterEmulator("may-in", folder=tmp_path / "papers")
    emulator: Emulator = printer
    assert [handle.code for handle in emulator.list_handles()] == list(FAULTS)
    emulator.start()
    try:
        emulator.do("paper_out")
        assert emulator.get_state() == {
            "plugged": True,
            "fault": "paper_out",
            "text": None,
            "papers": 0,
            "bytes": 0,
            "unknown": 0,
        }
        assert [handle.code for handle in emulator.list_handles()] == [
            "mend",
            *(code for code in FAULTS if code != "paper_out"),
        ]
        emulator.do("unplug")
        assert (emulator.get_state()["plugged"], emulator.draw_picture()) == (False, None)
        emulator.do("mend")
        assert (emulator.get_state()["plugged"], emulator.get_state()["fault"]) == (True, None)
        with pytest.raises(ValueError, match="explode"):
            emulator.do("explode")
        entry = emulator.describe_entry()
        driver = build_driver(
            entry.pop("kind"), entry.pop("driver"), {key: value for key, value in entry.items() if key != "name"}
        )
        driver.open()
        assert driver.work("check", {"layout": "number {number}"}).state == "done"
        driver.close()
        assert [path.name for path in (tmp_path / "papers").iterdir()] == ["paper-0001.png"]
        assert (emulator.draw_picture() or b"").startswith(b"\x89PNG")
    finally:
        emulator.stop()
        emulator.stop()


def test_it_keeps_its_port_while_the_cable_is_out() -> None:
    printer = PrinterEmulator()
    printer.start()
    port = printer.port
    try:
        printer.do("unplug")
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.1", port), 1).close()
        printer.do("mend")
        socket.create_connection(("127.0.0.1", port), 1).close()
        assert printer.port == port
    finally:
        printer.stop()


def test_it_is_back_by_itself_after_being_away() -> None:
    clock = [100.0]
    printer = PrinterEmulator(now=lambda: clock[0])
    printer.start()
    try:
        printer.do("away")
        assert not printer.get_state()["plugged"]
        clock[0] += AWAY_S
        wait_until(lambda: printer.get_state()["plugged"])
        assert printer.get_state()["fault"] is None
    finally:
        printer.stop()


def test_its_paper_takes_bytes_that_are_no_command() -> None:
    stream, roll = EscPosReader(), Roll(384)
    commands = stream.feed(b"\x1b@xin\n\x1bd\x01\x1bJ\x05\x1b3\x10\x1b2\x1dVB\x00\x10\x14\x01\x00\x01\x1d")
    assert [command.name for command in commands].count("unknown") == 3
    assert [roll.print(command) for command in commands if command.name != "1d56"][-1] is None
    assert roll.height == 65
    assert [command.name for command in stream.feed(b"r\x01")] == ["1d72"]
