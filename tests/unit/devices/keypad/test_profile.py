"""Profiles: what comes along is right, and each mistake is named by its place."""

from pathlib import Path

import pytest

from motcua.devices.contract import DeviceError, Stroke
from motcua.devices.keypad.profile import list_built_in, load, parse

LINE = "codec: ascii_line\nline: {pattern: '(?P<key>.+)'}\n"
FRAME = "codec: binary_frame\nframe: {header: AA, length: 3, key: {at: 1}}\n"
MODBUS = "codec: modbus_keys\nmodbus: {}\n"


def mistake(text: str) -> str:
    with pytest.raises(DeviceError) as caught:
        parse(text, "pad.yaml")
    assert caught.value.permanent
    return str(caught.value).removeprefix("The profile pad.yaml is wrong: ")


def test_all_profiles_that_come_along_can_be_read_and_are_of_every_kind() -> None:
    assert {load(name).schema.codec for name in list_built_in()} == {
        "ascii_line",
        "binary_frame",
        "modbus_keys",
        "hid_evdev",
        "mqtt_json",
    }
    assert {name: load(name).schema.kind for name in list_built_in() if name.endswith("_pad")} == {
        f"{name}_pad": "pad" for name in ("ascii", "frame", "modbus", "mqtt", "numpad")
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a profile is a mapping: name, codec, keys …"),
        ("codec: [", "line 1: expected the node content, but found '<stream end>'"),
        ("codec: a\ncodec: b", "codec stands there twice"),
        ("codec: &x a\nkeys: *x", "anchors and aliases are not allowed"),
        (LINE + "keys: {NEXT: nxt}", "keys.NEXT: nxt is not a valid key. Valid keys"),
        (LINE + "keys: {NEXT: next}\ncolour: red", "colour: Extra inputs are not permitted"),
        (
            LINE + "keys: {NEXT: 'next:3'}",
            "keys.NEXT: next:3: only rate, digit, transfer and call take a number, as rate:5",
        ),
        (LINE + "keys: {A: rate}", "keys.A: write which one, from rate:1 to rate:5"),
        (LINE + "keys: {A: 'digit:10'}", "keys.A: write which one, from digit:0 to digit:9"),
        (LINE.replace("key>", "kay>") + "keys: {A: next}", "line: pattern needs a group (?P<key>…)"),
        (LINE.replace(".+", "(") + "keys: {A: next}", "line: pattern is no regular expression"),
        (LINE + "keys: {A: next}\noutputs: {beep: {text: '{nobody}'}}", "outputs.beep: the text cannot be filled in"),
        (LINE + "keys: {A: next}\noutputs: {beep: {hex: 'AG'}}", "outputs.beep: AG is neither a byte"),
        (LINE + "keys: {A: next}\noutputs: {beep: {register: 4}}", "outputs.beep: ascii_line cannot send this"),
        (LINE + "keys: {A: next}\noutputs: {beep: {}}", "outputs.beep: write one of hex, text, register, coil"),
        (LINE + "keys: {A: next}\noutputs: {flash: {text: a}}", "outputs.flash"),
        (FRAME + "keys: {G: next}", "keys.G: G is not written in hex, like AA 55"),
        (FRAME + "keys: {'01 02': next}", "keys.01 02: the key has 1 byte(s)"),
        (FRAME + "keys: {0A: next, 0a: recall}", "keys.0a: the same key stands there twice"),
        (
            FRAME.replace("length: 3", "length: 1") + "keys: {01: next}",
            "frame: length must hold all fields: from 2 to 64 bytes",
        ),
        (FRAME + "line: {pattern: '(?P<key>.)'}\nkeys: {01: next}", "line does not belong to binary_frame"),
        ("codec: modbus_keys\nkeys: {'0.1': next}", "modbus_keys needs modbus"),
        (MODBUS + "keys: {'0.16': next}", "keys.0.16: write a register's bit as 4.0"),
        (MODBUS + "keys: {'4': next}", "keys.4: functions 1 and 2 read coils (4)"),
        (
            MODBUS.replace("{}", "{function: 4, latched: true}") + "keys: {'0.1': next}",
            "modbus: latched keys are cleared by writing",
        ),
        ("codec: hid_evdev\nkeys: {KP10: next}", "keys.KP10: write a code of the kernel or one of KP0"),
    ],
)
def test_a_mistake_is_named_by_its_place(text: str, message: str) -> None:
    assert mistake(text).startswith(message)


def test_keys_are_taken_as_they_are_written() -> None:
    codec = parse(LINE + "keys: {01: next, no: recall, 1e3: start}", "t").make_serial_codec()
    assert codec.feed(b"01\rno\r1e3\r1\r", 1.0) == [Stroke("next"), Stroke("recall"), Stroke("start")]


def test_a_profile_is_found_by_name_or_by_file_or_stands_in_the_settings(tmp_path: Path) -> None:
    file = tmp_path / "pad.yaml"
    file.write_text(FRAME + "keys: {01: next}", encoding="utf-8")
    assert load(str(file)).schema.codec == load(file.read_text(encoding="utf-8")).schema.codec == "binary_frame"
    for name, message in (
        ("acsii", "There is no profile acsii. Valid: ascii,"),
        (str(tmp_path / "no.yaml"), "cannot be read: No such file"),
    ):
        with pytest.raises(DeviceError, match=message):
            load(name)


def test_a_profile_for_another_cable_is_refused() -> None:
    profile = load("ascii")
    for use in (
        profile.make_hid_codec,
        profile.make_mqtt_codec,
        lambda: profile.make_panel(1),
        load("numpad").make_serial_codec,
    ):
        with pytest.raises(DeviceError, match="cannot use it"):
            use()


def test_what_a_pad_is_sent_carries_its_address_and_checksum() -> None:
    light, text = load("frame_pad").find_output("asked"), load("ascii_pad").find_output("asked")
    assert light is not None
    assert text is not None
    assert (light.build_frame(3).hex(" "), text.build_frame(None)) == ("aa 55 03 91 6d", b"00:ASK\r\n")
    assert load("ascii_pad").find_output("refused") is None
