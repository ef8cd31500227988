"""Learn mode through ports: a scripted person presses what the lesson asks for, on emulated pads of each serial kind."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from motcua.devices.contract import Press
from motcua.devices.keypad.emulator import KeypadEmulator, PadEmulator
from motcua.devices.keypad.emulator_modbus import ModbusKeypadEmulator, ModbusPadEmulator
from motcua.devices.keypad.keys import stroke_of
from motcua.devices.keypad.learn_session import LearnSession, PanelSession
from motcua.devices.registry import build
from tests.unit.devices.keypad.lines import pressed

pytestmark = pytest.mark.thorough
KEYS = ["next", "recall", "call", "transfer"]
HASTE = 8
"""The lesson's clock runs faster, so that its pauses are short."""
STEPS = 6000


def hurried() -> float:
    return time.monotonic() * HASTE


def person(session: LearnSession | PanelSession, press: Callable[[str], Any]) -> dict[str, Any]:
    """Press whatever is asked for, once each time."""
    session.open()
    before = None
    for _ in range(STEPS):
        session.step()
        state = session.state()
        if state["step"] in {"done", "failed"}:
            break
        asked = (state["step"], state["ask"], state["times"])
        if state["ask"] and asked != before:
            press(state["ask"])
            before = asked
    session.close()
    return session.state()


def works(profile: str, folder: Path, entry: dict[str, Any], emulator: Any, code: str) -> list[Any]:
    """Return what the driver makes of a key, with the profile that was learnt."""
    file = folder / "learnt.yaml"
    file.write_text(profile, encoding="utf-8")
    options = {name: value for name, value in entry.items() if name not in {"name", "kind", "driver"}} | {"profile": str(file)}
    driver = build(entry["kind"], entry["driver"], options)
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
    session = LearnSession(keypad.path, "keypad", KEYS, now=hurried)
    state = person(session, lambda code: keypad.press(stroke_of(code)))
    assert (state["step"], state["errors"]) == ("done", [])
    assert f"codec: {codec}" in session.profile()
    entry = keypad.settings() | {"counter": 3}
    del entry["counters"]
    assert works(session.profile(), tmp_path, entry, keypad, "recall") == [Press(3, "recall")]
    keypad.stop()


def test_a_rating_pad_is_learnt_from_presses_alone(tmp_path: Path) -> None:
    pad = PadEmulator("pad 3", 3, "frame_pad")
    pad.start()
    session = LearnSession(pad.path, "pad", now=hurried)
    assert person(session, pad.do)["step"] == "done"
    assert works(session.profile(), tmp_path, pad.settings(), pad, "rate:2") == [Press(3, "rate", 2)]
    pad.stop()


def test_a_modbus_panel_is_learnt_from_presses_alone(tmp_path: Path) -> None:
    panel = ModbusKeypadEmulator("bus", {5: 3}, down_s=0.06)
    panel.start()
    session = PanelSession(panel.path, "keypad", KEYS, address=5, now=lambda: time.monotonic() * 3)
    state = person(session, panel.do)
    assert (state["step"], state["errors"]) == ("done", [])
    assert "codec: modbus_keys" in session.profile()
    assert works(session.profile(), tmp_path, panel.settings(), panel, "recall") == [Press(3, "recall")]
    panel.stop()


def test_a_latched_panel_is_learnt_and_only_what_a_press_set_is_cleared() -> None:
    panel = ModbusPadEmulator("bus", {5: 3})
    panel.start()
    panel._tables[5][12] = 96  # a setting of the panel
    session = PanelSession(panel.path, "pad", ["rate:5", "rate:1"], address=5, latched=True, now=lambda: time.monotonic() * 3)
    assert person(session, panel.do)["step"] == "done"
    assert "latched: true" in session.profile()
    assert panel.state()["registers"]["5"] == {"0": 0, "12": 96}
    panel.stop()


def test_an_address_at_which_nobody_answers_is_said() -> None:
    panel = ModbusKeypadEmulator("bus", {5: 3})
    panel.start()
    state = person(PanelSession(panel.path, address=6), panel.do)
    assert (state["step"], [error["code"] for error in state["errors"]]) == ("failed", ["no_panel"])
    panel.stop()
