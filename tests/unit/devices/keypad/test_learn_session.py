"""Learn mode through ports: a scripted person presses what the lesson asks for, on emulated pads of each serial
kind.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motcua.devices.contract import Press
from motcua.devices.keypad.emulator import KeypadEmulator, PadEmulator
from motcua.devices.keypad.emulator_modbus import ModbusKeypadEmulator, ModbusPadEmulator
from motcua.devices.keypad.keys import get_stroke
from motcua.devices.keypad.learn.learner import QUIET_S
from motcua.devices.keypad.learn.session import LearnSession, PanelSession
from motcua.devices.loading import build_driver
from tests.unit.devices.keypad.lines import patient, pressed
from tests.unit.devices.listening import Listening
from tests.waiting import wait_until

pytestmark = pytest.mark.thorough
KEYS = ["next", "recall", "call", "transfer"]
LOOK_S = 0.05


class Looks:
    """A clock that goes 0.05 s with each look at a panel."""

    def __init__(self) -> None:
        self.s = 0.0

    def now(self) -> float:
        return self.s

    def counted(self) -> float:
        self.s += LOOK_S
        return self.s


@pytest.fixture
def looks() -> Looks:
    return Looks()


def listening(session: LearnSession) -> Listening:
    """Let a lesson go by what its port hears."""
    clock = Listening(session._port, haste=8)
    session._now = clock.now
    return clock


def person(session: Any, press: Callable[[str], Any], looks: Looks | Listening | None = None) -> dict[str, Any]:
    """Press whatever is asked for, once each time. Of a panel that is there every answer is waited for."""
    session.open()
    before: Any = None
    ready_at = 0.0

    def is_over() -> bool:
        nonlocal before, ready_at
        session.step()
        state = session.get_state()
        if state["step"] in {"done", "failed"}:
            return True
        if looks is not None and state["step"] != "searching":
            patient(session)
        question = (state["step"], state["ask"], state["times"])
        if state["ask"] and question != before and (looks is None or looks.s >= ready_at):
            press(state["ask"])
            before, ready_at = question, (looks.s if looks else 0.0) + 2 * QUIET_S
        return False

    wait_until(is_over)
    session.close()
    state: dict[str, Any] = session.get_state()
    return state


def works(profile: str, folder: Path, entry: dict[str, Any], emulator: Any, code: str) -> list[Any]:
    """Return what the driver makes of a key, with the profile that was learnt."""
    file = folder / "learnt.yaml"
    file.write_text(profile, encoding="utf-8")
    options = {name: value for name, value in entry.items() if name not in {"name", "kind", "driver"}} | {
        "profile": str(file)
    }
    driver = build_driver(entry["kind"], entry["driver"], options)
    driver.open()
    for _ in range(2):
        driver.step()
    emulator.do(code)
    try:
        return pressed(driver)
    finally:
        driver.close()


@pytest.mark.parametrize(("profile", "codec"), [("ascii", "ascii_line"), ("frame", "binary_frame")])
def test_a_serial_keypad_is_learnt_from_presses_alone(profile: str, codec: str, tmp_path: Path) -> None:
    keypad = KeypadEmulator("desk 3", 3, profile, address=9)
    keypad.start()
    session = LearnSession(keypad.path, "keypad", KEYS)
    state = person(session, lambda code: keypad.press(get_stroke(code)), listening(session))
    assert (state["step"], state["errors"]) == ("done", [])
    assert f"codec: {codec}" in session.render_profile()
    entry = keypad.describe_entry() | {"counter": 3}
    del entry["counters"]
    assert works(session.render_profile(), tmp_path, entry, keypad, "recall") == [Press(3, "recall")]
    keypad.stop()


def test_a_rating_pad_is_learnt_from_presses_alone(tmp_path: Path) -> None:
    pad = PadEmulator("pad 3", 3, "frame_pad")
    pad.start()
    session = LearnSession(pad.path, "pad")
    assert person(session, pad.do, listening(session))["step"] == "done"
    assert works(session.render_profile(), tmp_path, pad.describe_entry(), pad, "rate:2") == [Press(3, "rate", 2)]
    pad.stop()


def test_a_modbus_panel_is_learnt_from_presses_alone(tmp_path: Path, looks: Looks) -> None:
    panel = ModbusKeypadEmulator("bus", {5: 3}, down_s=4 * LOOK_S, now=looks.now)
    panel.start()
    session = PanelSession(panel.path, "keypad", KEYS, address=5, now=looks.counted)
    state = person(session, panel.do, looks)
    assert (state["step"], state["errors"]) == ("done", [])
    assert "codec: modbus_keys" in session.render_profile()
    assert works(session.render_profile(), tmp_path, panel.describe_entry(), panel, "recall") == [Press(3, "recall")]
    panel.stop()


def test_a_latched_panel_is_learnt_and_only_what_a_press_set_is_cleared(looks: Looks) -> None:
    panel = ModbusPadEmulator("bus", {5: 3})
    panel.start()
    panel._tables[5][12] = 96  # a setting of the panel
    session = PanelSession(panel.path, "pad", ["rate:5", "rate:1"], address=5, latched=True, now=looks.counted)
    assert person(session, panel.do, looks)["step"] == "done"
    assert "latched: true" in session.render_profile()
    assert panel.get_state()["registers"]["5"] == {"0": 0, "12": 96}
    panel.stop()


def test_an_address_at_which_nobody_answers_is_said() -> None:
    panel = ModbusKeypadEmulator("bus", {5: 3})
    panel.start()
    state = person(PanelSession(panel.path, address=6), panel.do)
    assert (state["step"], [error["code"] for error in state["errors"]]) == ("failed", ["no_panel"])
    panel.stop()
