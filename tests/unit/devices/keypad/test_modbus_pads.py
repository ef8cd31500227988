"""Key panels and rating pads on a Modbus line, some of which do not answer."""

from pathlib import Path

import pytest

from motcua.devices.contract import DeviceError, Driver, JobOutcome, Observation, Press, Report
from motcua.devices.keypad.emulator_modbus import ModbusKeypadEmulator, ModbusPadEmulator
from motcua.devices.keypad.modbus import TRIES
from tests.unit.devices.keypad.lines import SHORT_S, driven, patient, pressed, settled, silent


class Looks:
    """A clock that goes a second with each step of the driver: a key is down as long as the driver looks so often."""

    def __init__(self) -> None:
        self.s = 0.0

    def now(self) -> float:
        return self.s

    def step(self, driver: Driver) -> list[Observation]:
        self.s += 1
        return driver.step()


@pytest.mark.process
def test_two_panels_on_one_line_give_their_counters_presses() -> None:
    looks = Looks()
    line = ModbusKeypadEmulator("bus", {5: 11, 6: 12}, down_s=8, now=looks.now)
    with driven(line) as driver:
        assert driver.report() == Report("unknown")
        assert settled(driver, Report("ok")) == Report("ok")
        presses = []
        for code in ("5/next", "6/recall", "5/digit:1", "5/digit:2", "5/transfer"):
            line.do(code)
            presses += [press for _ in range(16) for press in looks.step(driver)]
        assert presses == [Press(11, "next"), Press(12, "recall"), Press(11, "transfer", 12)]
        assert driver.work("beep", {"counter": 12, "ok": False}) == JobOutcome("done")
        assert line.get_state()["registers"]["6"]["8"] == 2


def test_a_latched_press_counts_once_and_is_cleared_and_the_pad_lights_up() -> None:
    line = ModbusPadEmulator("bus", {5: 11})
    with driven(line) as driver:
        settled(driver, Report("ok"))
        line.do("rate:5")
        assert pressed(driver) == [Press(11, "rate", 5)]
        assert line.get_state()["registers"]["5"]["0"] == 0
        assert driver.work("ask", {"counter": 11, "visit": "1", "window_s": 60}) == JobOutcome("done")
        assert line.get_state()["lit"] == [5]
        driver.blank()
        assert line.get_state()["lit"] == []


@pytest.mark.thorough
def test_a_panel_that_went_away_leaves_the_others_alone_and_what_was_pressed_meanwhile_is_old() -> None:
    line = ModbusKeypadEmulator("bus", {5: 11, 6: 12}, down_s=30, now=lambda: 0.0)
    with driven(line) as driver:
        settled(driver, Report("ok"))
        line.do("6/off")
        silent(driver, {6}, Report("degraded", "panel_silent"))
        line.do("6/next")
        line.do("5/next")
        assert pressed(driver) == [Press(11, "next")]
        patient(driver, SHORT_S)
        assert driver.work("beep", {"counter": 12, "ok": True}) == JobOutcome("failed", "silent")
        assert driver.work("check", {}) == JobOutcome("failed", "panel_silent")
        line.do("5/off")
        silent(driver, {5, 6}, Report("down", "panel_silent"))
        line.do("5/off")
        line.do("6/off")
        for panel in driver._panels:  # type: ignore[attr-defined]
            assert panel.failures >= TRIES
            panel.due_at = 0.0  # the five seconds are over
        assert settled(driver, Report("ok")) == Report("ok")
        assert [press for _ in range(6) for press in driver.step()] == []


def test_coils_are_read_as_the_profile_says(tmp_path: Path) -> None:
    file = tmp_path / "coils.yaml"
    file.write_text("codec: modbus_keys\nmodbus: {function: 2}\nkeys: {'3': next, '21': recall}", encoding="utf-8")
    line = ModbusKeypadEmulator("bus", {5: 11}, str(file), now=lambda: 0.0)
    with driven(line) as driver:
        settled(driver, Report("ok"))
        line.do("recall")
        assert pressed(driver) == [Press(11, "recall")]


def test_a_pulled_line_is_said_at_once_and_comes_back(tmp_path: Path) -> None:
    line = ModbusKeypadEmulator("bus", {5: 11}, link=str(tmp_path / "bus"), now=lambda: 0.0)
    with driven(line) as driver:
        settled(driver, Report("ok"))
        line.do("unplug")
        with pytest.raises(DeviceError, match="was removed"):
            pressed(driver)
        line.do("plug")
        driver.open()
        settled(driver, Report("ok"))
        line.do("next")
        assert pressed(driver) == [Press(11, "next")]


@pytest.mark.thorough
def test_a_key_held_from_before_is_no_press() -> None:
    looks = Looks()
    line = ModbusKeypadEmulator("bus", {5: 11}, down_s=1, now=looks.now)
    with driven(line) as driver:
        line.do("next")
        assert settled(driver, Report("ok")) == Report("ok")
        looks.s += 1
        assert [press for _ in range(4) for press in driver.step()] == []
