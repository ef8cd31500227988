"""Signs on true pseudo-terminals: what stands there, when it is sent again, and what comes back after a pulled
cable.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua.devices.contract import DeviceError, JobOutcome, Remembering, Report
from motcua.devices.sign.ascii import AsciiOptions, AsciiSigns
from motcua.devices.sign.emulator import SignEmulator
from motcua.devices.sign.line import Sign
from motcua.devices.sign.modbus import ModbusSignOptions, ModbusSigns
from motcua.devices.supervisor import Supervisor
from tests.unit.devices.keypad.lines import SHORT_S, patient
from tests.unit.devices.sign.by_hand import Hand, job, until
from tests.waiting import PATIENCE_S

SENT = JobOutcome("done", "sent_unconfirmed")


def gone(supervisor: Supervisor) -> None:
    """The emulator's thread lets go of its end within 20 ms; the line's own clock stands still meanwhile."""

    def state() -> str:
        supervisor.step()
        return str(supervisor.report()["state"])

    until(state, "down")


@pytest.fixture
def hand() -> Hand:
    return Hand()


@pytest.fixture
def signs(tmp_path: Path) -> Iterator[SignEmulator]:
    emulator = SignEmulator("bien", {1: 1, 2: 2, 12: 3}, link=str(tmp_path / "line"))
    emulator.start()
    yield emulator
    emulator.stop()


@pytest.fixture
def line(signs: SignEmulator, hand: Hand) -> Iterator[AsciiSigns]:
    driver = AsciiSigns(AsciiOptions(port=signs.path, signs={1: 1, 2: 2, 12: 3}), hand.now, hand.sleep)
    driver.open()
    yield driver
    driver.close()


@pytest.fixture
def panels(tmp_path: Path) -> Iterator[SignEmulator]:
    emulator = SignEmulator("bien", {1: 1, 2: 2}, "modbus", link=str(tmp_path / "line"), digits="segments", register=10)
    emulator.start()
    yield emulator
    emulator.stop()


@pytest.fixture
def bus(panels: SignEmulator, hand: Hand, monkeypatch: pytest.MonkeyPatch) -> Iterator[ModbusSigns]:
    options = ModbusSignOptions(port=panels.path, signs={1: 1, 2: 2}, digits="segments", register=10)
    driver = ModbusSigns(options, hand.now, hand.sleep)
    send = driver._send

    def sent(sign: Sign, frame: Any) -> bool:
        """Wait long for signs that are there, as a busy computer asks for, and not for one that is off."""
        patient(driver, SHORT_S if sign.address in panels.get_state()["off"] else PATIENCE_S)
        return send(sign, frame)

    monkeypatch.setattr(driver, "_send", sent)
    driver.open()
    yield driver
    driver.close()


def run(line: AsciiSigns | ModbusSigns, hand: Hand, seconds: float) -> None:
    """Step every 50 ms, as the agent does."""
    for _ in range(round(seconds / 0.05)):
        line.step()
        hand.s += 0.05


def test_a_job_is_shown_at_once_and_told_as_sent_but_not_confirmed(signs: SignEmulator, line: AsciiSigns) -> None:
    assert line.work("sign", job(3, "A001")) == SENT
    until(lambda: signs.texts, {1: "", 2: "", 12: "A001"})
    assert line.report() == Report("unknown", "sent_unconfirmed")
    assert signs.get_state()["signs"] == {"1": "", "2": "", "12": "A001"}


def test_before_the_desk_has_spoken_nobody_knows(signs: SignEmulator, line: AsciiSigns, hand: Hand) -> None:
    run(line, hand, 0.2)
    until(lambda: signs.texts, {1: "--", 2: "--", 12: "--"})


def test_what_the_desk_says_on_reconnecting_replaces_all(signs: SignEmulator, line: AsciiSigns, hand: Hand) -> None:
    line.work("sign", job(1, "A001", order=90))
    line.show([job(2, "B007", "serving", order=5), job(9, "C001", order=5)])
    run(line, hand, 0.2)
    until(lambda: signs.texts, {1: "", 2: "B007", 12: ""})
    assert line.work("sign", job(1, "A002", order=6)) == SENT
    until(lambda: signs.texts[1], "A002")


def test_a_late_job_never_overwrites_a_newer_one(signs: SignEmulator, line: AsciiSigns) -> None:
    assert line.work("sign", job(1, "A002", order=8)) == SENT
    assert line.work("sign", job(1, "A001", order=7)) == JobOutcome("done", "stale")
    assert line.work("sign", job(2, "A001", order=7)) == SENT
    until(lambda: signs.texts, {1: "A002", 2: "A001", 12: ""})


@pytest.mark.parametrize("state", ["idle", "paused", "closed"])
def test_a_counter_without_a_number_is_dark(signs: SignEmulator, line: AsciiSigns, state: str) -> None:
    line.work("sign", job(1, "A001"))
    line.work("sign", job(1, None, state, order=2))
    line.work("sign", job(2, "A002"))
    until(lambda: signs.texts, {1: "", 2: "A002", 12: ""})


def test_a_line_carries_a_frame_every_50_ms_and_each_sign_every_ten_seconds(
    signs: SignEmulator, line: AsciiSigns, hand: Hand
) -> None:
    line.show([job(counter, f"A00{counter}") for counter in (1, 2, 3)])
    for _ in range(6):
        line.step()
    until(lambda: signs.frames, 1)
    run(line, hand, 9.0)
    until(lambda: signs.frames, 3)
    run(line, hand, 1.5)
    until(lambda: signs.frames, 6)
    line.work("sign", job(1, "A009", order=2))
    line.work("sign", job(2, "A010", order=2))
    assert [wait for wait in hand.slept if wait > 0.05] == []
    assert len(hand.slept) >= 1


def test_losing_the_desk_shows_dashes_at_once_and_only_once(signs: SignEmulator, line: AsciiSigns, hand: Hand) -> None:
    line.show([job(counter, f"A00{counter}") for counter in (1, 2, 3)])
    run(line, hand, 0.3)
    line.blank()
    until(lambda: signs.texts, {1: "--", 2: "--", 12: "--"})
    frames_before = signs.frames
    line.blank()
    line.show([job(1, "A004")])
    run(line, hand, 0.3)
    until(lambda: signs.texts, {1: "A004", 2: "", 12: ""})
    assert signs.frames == frames_before + 3


def test_a_check_lights_every_place_for_five_seconds(signs: SignEmulator, line: AsciiSigns, hand: Hand) -> None:
    line.show([job(1, "A001")])
    assert line.work("check", {}) == SENT
    until(lambda: signs.texts, {1: "88888", 2: "88888", 12: "88888"})
    run(line, hand, 5.3)
    until(lambda: signs.texts, {1: "A001", 2: "", 12: ""})


def test_a_number_longer_than_the_sign_is_refused_and_nothing_wrong_shown(
    signs: SignEmulator, line: AsciiSigns, hand: Hand
) -> None:
    assert line.work("sign", job(1, "A12345")) == JobOutcome("failed", "too_long")
    assert line.work("sign", job(8, "A001")) == JobOutcome("failed", "no_such_counter")
    assert line.work("print", {}) == JobOutcome("failed", "unknown_job")
    run(line, hand, 0.2)
    until(lambda: signs.texts[1], "--")


def test_a_pulled_cable_is_noticed_at_the_next_step_and_what_came_meanwhile_stands_there_after(
    signs: SignEmulator, hand: Hand
) -> None:
    line = AsciiSigns(AsciiOptions(port=signs.path, signs={1: 1, 2: 2, 12: 3}), hand.now, hand.sleep)
    assert isinstance(line, Remembering)
    supervisor = Supervisor("bien", line, hand.now)
    supervisor.step()
    line.show([job(1, "A001"), job(2, "A002"), job(3, "A003")])
    for _ in range(4):
        supervisor.step()
        hand.s += 0.05
    until(lambda: signs.texts, {1: "A001", 2: "A002", 12: "A003"})
    signs.do("unplug")
    gone(supervisor)
    assert supervisor.work("sign", job(1, "A004", order=2)) == JobOutcome("failed", "device_down")
    signs.do("1/off")
    signs.do("1/off")
    signs.do("plug")
    for _ in range(60):
        supervisor.step()
        hand.s += 0.05
    until(lambda: signs.texts, {1: "A004", 2: "A002", 12: "A003"})
    signs.do("unplug")
    gone(supervisor)
    supervisor.blank()
    signs.do("plug")
    for _ in range(60):
        supervisor.step()
        hand.s += 0.05
    until(lambda: signs.texts, {1: "--", 2: "--", 12: "--"})
    supervisor.close()


def test_modbus_signs_confirm_what_they_show(panels: SignEmulator, bus: ModbusSigns, hand: Hand) -> None:
    assert bus.report() == Report("unknown")
    assert bus.work("sign", job(1, "A027")) == JobOutcome("done")
    assert panels.texts == {1: "A027", 2: ""}
    run(bus, hand, 0.5)
    assert panels.texts == {1: "A027", 2: "--"}
    assert bus.report() == Report("ok")
    bus.blank()
    assert panels.texts == {1: "--", 2: "--"}


def test_a_silent_modbus_sign_is_left_alone_for_five_seconds_and_the_others_go_on(
    panels: SignEmulator, bus: ModbusSigns, hand: Hand
) -> None:
    panels.do("2/off")
    bus.show([job(1, "A001"), job(2, "A002")])
    run(bus, hand, 2)
    assert bus.report() == Report("degraded", "panel_silent")
    assert panels.texts == {1: "A001", 2: ""}
    assert bus.work("sign", job(2, "A003", order=2)) == JobOutcome("unknown", "panel_silent")
    panels.do("2/off")
    run(bus, hand, 6)
    assert panels.texts == {1: "A001", 2: "A003"}
    assert bus.report() == Report("ok")


def test_several_registers_can_be_written_at_once(panels: SignEmulator, hand: Hand) -> None:
    options = ModbusSignOptions(port=panels.path, signs={1: 1, 2: 2}, digits="segments", register=10, function=16)
    bus = ModbusSigns(options, hand.now, hand.sleep)
    patient(bus)
    bus.open()
    before = panels.frames
    assert bus.work("sign", job(2, "105")) == JobOutcome("done")
    assert (panels.texts, panels.frames - before) == ({1: "", 2: "105"}, 1)
    bus.close()


def test_the_cable_of_a_modbus_line_is_missed_without_a_request(
    panels: SignEmulator, bus: ModbusSigns, hand: Hand
) -> None:
    bus.show([])
    run(bus, hand, 1)
    assert bus._due() is None
    panels.do("unplug")

    def is_missed() -> bool:
        try:
            bus.step()
        except DeviceError:
            return True
        return False

    until(is_missed, expected=True)
