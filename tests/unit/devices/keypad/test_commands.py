"""`motcua devices learn` and `motcua devices list`, as a person at a terminal meets them."""

import argparse
import contextlib
import io
import json
import re
from pathlib import Path

import pytest

from motcua.cli.hardware import learn, ports
from motcua.devices.keypad.emulator import KeypadEmulator
from motcua.devices.keypad.keys import get_stroke
from motcua.devices.keypad.profile import load

ASKED = re.compile(r"Press: .+ \((.+)\), \d of \d")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")


class Person(io.StringIO):
    """Reads the terminal, and presses what it asks for."""

    def __init__(self, keypad: KeypadEmulator) -> None:
        super().__init__()
        self._keypad = keypad

    def write(self, text: str) -> int:
        for code in ASKED.findall(text):
            self._keypad.press(get_stroke(code))
        return super().write(text)


def run_learn(*words: str) -> int:
    parser = argparse.ArgumentParser()
    learn.arguments(parser)
    return learn.main(parser.parse_args(words))


@pytest.mark.thorough
def test_a_keypad_is_learnt_at_the_terminal_into_a_file(tmp_path: Path) -> None:
    keypad = KeypadEmulator("desk 3", 3)
    keypad.start()
    out = tmp_path / "pad.yaml"
    person = Person(keypad)
    with contextlib.redirect_stdout(person):
        assert run_learn(keypad.path, "--keys", "next,recall", "--out", str(out), "--name", "Bàn phím quầy") == 0
    keypad.stop()
    assert (load(str(out)).schema.name, load(str(out)).schema.codec) == ("Bàn phím quầy", "ascii_line")
    output_lines = person.getvalue().splitlines()
    assert output_lines[1] == "Press: Call next (next), 1 of 3"
    assert "Understood. Now each key once more, to see that it is right." in output_lines
    assert output_lines[-1] == f"Learnt and tried. Written to {out}; name it as the profile of the device."


def test_a_port_that_is_not_there_and_a_key_that_is_none_are_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_learn("/dev/motcua-none") == run_learn("/dev/motcua-none", "--keys", "next,dance") == 1
    error_lines = capsys.readouterr().err.splitlines()
    assert error_lines[0] == "There is no port /dev/motcua-none; is the cable plugged in?"
    assert error_lines[1].startswith("dance is not a valid key. Valid keys: next, recall,")


@pytest.mark.thorough
def test_a_panel_that_does_not_answer_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    keypad = KeypadEmulator("no panel", 3)
    keypad.start()
    assert run_learn(keypad.path, "--modbus", "--address", "7") == 1
    keypad.stop()
    assert "No panel answers at address 7." in capsys.readouterr().out


def test_the_list_names_ports_profiles_and_drivers(capsys: pytest.CaptureFixture[str]) -> None:
    parser = argparse.ArgumentParser()
    ports.arguments(parser)
    assert ports.main(parser.parse_args(["--json"])) == ports.main(parser.parse_args([])) == 0
    output = capsys.readouterr().out
    listing = json.loads(output[: output.index("\n}") + 2])
    assert sorted(listing) == ["drivers", "ports", "profiles"]
    assert "keypad.serial" in listing["drivers"]
    assert "Keypad profiles: ascii, ascii_pad, frame," in output
