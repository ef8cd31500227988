"""Keypads and rating pads on serial lines: real bytes over pseudo-terminals, and cables that are pulled."""

from pathlib import Path
from typing import Any

import pytest

from motcua.devices.contract import DeviceError, JobOutcome, Press, Report, Signalling
from motcua.devices.keypad.emulator import NOISE, REPEAT_S, KeypadEmulator, PadEmulator
from motcua.devices.keypad.oddities import SILENCE_S
from motcua.devices.loading import build_driver
from motcua.devices.supervisor import Supervisor
from tests.unit.devices.keypad.lines import Reader, driven, driver_of, pressed, settled
from tests.unit.devices.sign.by_hand import Hand
from tests.waiting import wait_until


def wait_for_light(pad: PadEmulator, *, lit: bool) -> None:
    """Wait until the pad shows what it should."""
    wait_until(lambda: pad.get_state()["lit"] is lit)


@pytest.mark.parametrize("profile", ["ascii", "frame"])
def test_keys_figures_and_noise_give_the_presses(profile: str) -> None:
    keypad, hand = KeypadEmulator("desk 3", 3, profile, address=7), Hand()
    with driven(keypad, hand.now) as driver:
        reader = Reader(driver)
        keypad.do("next")
        presses = pressed(driver)
        keypad.do("noise")
        presses += reader.step_over(len(NOISE))
        hand.s += SILENCE_S
        for code in ("digit:1", "digit:2", "call", "transfer:4"):
            keypad.do(code)
        assert presses + pressed(driver, 2) == [Press(3, "next"), Press(3, "call", 12), Press(3, "transfer", 4)]
        assert driver.report() == Report("ok")


@pytest.mark.thorough
def test_a_key_that_is_held_is_one_press() -> None:
    hand = Hand()
    keypad = KeypadEmulator("desk 3", 3, held_s=0.5, now=hand.now)
    with driven(keypad, hand.now) as driver:
        reader = Reader(driver)
        keypad.do("held")
        presses = reader.step_over(1)
        for _ in range(4):
            hand.s += REPEAT_S + 0.001
            presses += reader.step_over(1)
        assert presses == [Press(3, "next")]


def test_a_pulled_cable_is_said_at_once_and_plugging_in_again_works(tmp_path: Path) -> None:
    keypad = KeypadEmulator("desk 3", 3, "frame", link=str(tmp_path / "keypad"))
    with driven(keypad) as driver:
        keypad.do("unplug")
        with pytest.raises(DeviceError, match="was removed"):
            pressed(driver)
        with pytest.raises(DeviceError, match="There is no port"):
            driver.open()
        assert keypad.get_state() == {
            "plugged": False,
            "fault": "unplugged",
            "text": None,
            "heard": False,
            "lit": False,
            "lamp": None,
            "sounds": 0,
        }
        keypad.do("plug")
        driver.open()
        keypad.do("next")
        assert pressed(driver) == [Press(3, "next")]


@pytest.mark.parametrize("profile", ["ascii", "frame"])
def test_a_keypad_calls_for_help_and_its_lamp_shows_what_becomes_of_it(profile: str) -> None:
    keypad, hand = KeypadEmulator("desk 3", 3, profile, address=3), Hand()

    def lamp(word: str | None) -> str | None:
        assert driver.work("lamp", {"counter": 3, "lamp": word}).state == "done"
        wait_until(lambda: keypad.get_state()["lamp"] == word)
        return word

    with driven(keypad, hand.now) as driver:
        keypad.do("help")
        assert pressed(driver) == [Press(3, "help")]
        assert [lamp(word) for word in ("help", "coming", None, "help")] == ["help", "coming", None, "help"]
        assert driver.work("lamp", {"counter": 9, "lamp": "help"}).detail == "no_such_counter"
        driver.blank()  # nobody knows any more whether somebody comes
        wait_until(lambda: keypad.get_state()["lamp"] is None)


def test_a_lamp_shows_what_the_desk_says_on_connecting_and_nothing_else(tmp_path: Path) -> None:
    keypad = KeypadEmulator("desk 3", 3, link=str(tmp_path / "keypad"))

    def lamp() -> str | None:
        shown: str | None = keypad.get_state()["lamp"]
        return shown

    with driven(keypad) as driver:
        assert isinstance(driver, Signalling)
        for lamps, word in (({3: "coming", 4: "help"}, "coming"), ({3: "nonsense"}, None), ({3: "help"}, "help")):
            driver.show_lamps(lamps)
            driver.step()
            wait_until(lambda word=word: lamp() == word)  # type: ignore[misc]
        driver.show_lamps({4: "help"})
        driver.step()
        wait_until(lambda: lamp() is None)


def test_a_lamp_shows_what_it_was_told_while_its_cable_was_out(tmp_path: Path) -> None:
    keypad, hand = KeypadEmulator("desk 3", 3, link=str(tmp_path / "keypad")), Hand()
    with driven(keypad) as driver:
        supervisor = Supervisor("desk 3", driver, hand.now)
        assert supervisor.step() == ([], 0.0)
        assert supervisor.work("lamp", {"counter": 3, "lamp": "help"}) == JobOutcome("done")
        wait_until(lambda: keypad.get_state()["lamp"] == "help")
        keypad.do("unplug")
        wait_until(lambda: supervisor.step()[1] > 0)
        assert supervisor.work("lamp", {"counter": 3, "lamp": "coming"}).state == "failed"
        keypad.do("plug")
        hand.s += 60
        wait_until(lambda: supervisor.step()[1] == 0 and keypad.get_state()["lamp"] == "coming")
        keypad.do("unplug")
        wait_until(lambda: supervisor.step()[1] > 0)
        supervisor.blank()  # the desk is away too: nobody knows any more whether somebody comes
        keypad.do("plug")
        hand.s += 60
        wait_until(lambda: supervisor.step()[1] == 0 and supervisor.error is None)
        wait_until(lambda: keypad.get_state()["lamp"] is None)


@pytest.mark.parametrize("profile", ["ascii_pad", "frame_pad"])
def test_a_pad_lights_up_while_it_asks_and_goes_dark_after_the_window(profile: str) -> None:
    pad, hand = PadEmulator("pad 3", 3, profile, address=3), Hand()
    with driven(pad, hand.now) as driver:
        assert driver.work("ask", {"counter": 3, "visit": "20261123-A001", "window_s": 30}) == JobOutcome("done")
        wait_for_light(pad, lit=True)
        pad.do("rate:4")
        assert pressed(driver) == [Press(3, "rate", 4)]
        hand.s += 30
        driver.step()
        wait_for_light(pad, lit=False)
        driver.work("ask", {"counter": 3, "visit": "20261123-A001", "window_s": 60})
        wait_for_light(pad, lit=True)
        driver.blank()
        wait_for_light(pad, lit=False)


def test_a_pad_that_was_away_shows_again_whether_it_asks(tmp_path: Path) -> None:
    pad = PadEmulator("pad 3", 3, link=str(tmp_path / "pad"))
    with driven(pad) as driver:
        driver.work("ask", {"counter": 3, "visit": "1", "window_s": 60})
        pad.do("unplug")
        with pytest.raises(DeviceError):
            pressed(driver)
        pad.do("plug")
        driver.open()
        wait_for_light(pad, lit=True)


def test_jobs_that_a_pad_cannot_do_fail_by_name() -> None:
    keypad = KeypadEmulator("desk 3", 3)
    with driven(keypad) as driver:
        assert driver.work("beep", {"counter": 3, "ok": True}) == driver.work("check", {}) == JobOutcome("done")
        assert driver.work("ask", {"counter": 3, "visit": "1", "window_s": 9}) == JobOutcome("failed", "no_light")
        assert driver.work("beep", {"counter": 4, "ok": True}) == JobOutcome("failed", "no_such_counter")
        assert driver.work("print", {"counter": 3}) == JobOutcome("failed", "unknown_job")
    pad = PadEmulator("pad 3", 3)
    with driven(pad) as driver:
        assert driver.work("beep", {"counter": 3, "ok": False}) == JobOutcome("failed", "no_sound")


def test_a_line_on_which_only_rubbish_arrives_is_degraded_until_a_key_is_understood() -> None:
    keypad = KeypadEmulator("desk 3", 3)
    with driven(keypad) as driver:
        for _ in range(2):
            keypad.do("noise")
        settled(driver, Report("degraded", "garbage"))
        keypad.do("next")
        assert pressed(driver) == [Press(3, "next")]
        assert driver.report() == Report("ok")


def test_two_programs_cannot_have_one_port() -> None:
    keypad = KeypadEmulator("desk 3", 3)
    with driven(keypad), pytest.raises(DeviceError, match="Another program uses the port"):
        driver_of(keypad).open()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"port": "/dev/x"}, "serial: Value error, write counter, or counters with the counter of each address"),
        ({"port": "/dev/x", "counter": 3, "counters": {"1": 3}}, "serial: Value error, write counter"),
        ({"port": "/dev/x", "counter": 3, "speed": 9600}, "speed: Extra inputs are not permitted"),
        (
            {"port": "/dev/x", "counter": 3, "profile": "ascii_pad"},
            "The profile ascii_pad has kind: pad. This device is of the other kind.",
        ),
        (
            {"port": "/dev/x", "counter": 3, "profile": "numpad"},
            "The profile numpad is for hid_evdev; the driver serial cannot use it.",
        ),
    ],
)
def test_wrong_settings_are_named_by_their_place(options: dict[str, Any], message: str) -> None:
    with pytest.raises(DeviceError) as caught:
        build_driver("keypad", "serial", options)
    assert caught.value.permanent
    assert str(caught.value).startswith(message)


def test_an_emulator_says_what_can_be_done_to_it_and_refuses_the_rest() -> None:
    keypad = KeypadEmulator("desk 3", 3)
    codes = [handle.code for handle in keypad.list_handles()]
    assert codes[:2] + codes[-1:] == ["next", "recall", "plug"]
    assert "digit:7" in codes
    for wrong in ("dance", "digit", "digit:10", "rate:0", "rate:5"):
        with pytest.raises(ValueError):  # noqa: PT011 -- the contract says no more
            keypad.do(wrong)
