"""Rubbish on the line: nothing raises, nothing grows, no press comes of it."""

import random
import re
from collections.abc import Callable
from typing import Any

import pytest

from motcua.devices.contract import Codec
from motcua.devices.keypad.codec.hid import RECORD
from motcua.devices.keypad.learn.learner import ByteLearner
from motcua.devices.keypad.oddities import TAIL_MAX
from motcua.devices.keypad.profile import load

CODECS: dict[str, Callable[[], Any]] = {
    "ascii": load("ascii").make_serial_codec,
    "ascii_pad": load("ascii_pad").make_serial_codec,
    "frame": load("frame").make_serial_codec,
    "frame_pad": load("frame_pad").make_serial_codec,
    "numpad": load("numpad").make_hid_codec,
}
LIKELY = bytes.fromhex("AA 55 01 02 08 10 00 FF") + b"03:NEXTRAK5\r\n"
"""Bytes of which real frames are made, to come close to them."""


def rubbish(dice: random.Random) -> bytes:
    size = dice.randrange(1, 300)
    return dice.randbytes(size) if dice.random() < 0.5 else bytes(dice.choices(LIKELY, k=size))


def suffer(codec: Codec, buffers: int, seed: int) -> tuple[list[Any], bytes]:
    """Return the strokes, and all that was on the line."""
    dice, at, strokes, line = random.Random(seed), 0.0, [], []
    for _ in range(buffers):
        at += dice.choice([0.001, 0.001, 0.2])
        line.append(rubbish(dice))
        strokes += codec.feed(line[-1], at)
        if dice.random() < 0.2:
            strokes += codec.end_silence(at + 0.05)
        assert len(codec._tail) <= TAIL_MAX  # type: ignore[attr-defined]
    return strokes + codec.end_silence(at + 1), b"".join(line)


@pytest.mark.thorough
@pytest.mark.parametrize("name", ["frame", "ascii"])
def test_a_thousand_random_buffers_make_no_press(name: str) -> None:
    assert suffer(CODECS[name](), 1000, 7)[0] == []


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("name", list(CODECS))
def test_a_hundred_thousand_random_buffers_make_no_press_that_was_not_in_them(name: str) -> None:
    strokes, line = suffer(CODECS[name](), 100_000, 11)
    if name == "frame_pad":  # one byte of XOR lets one in 256 of what has header and a key pass: those were frames
        assert len(strokes) < 100
        assert all(
            re.search(b"\xaa\x55" + bytes((stroke.address,)) + b"." + bytes((0x20 + stroke.number,)), line, re.S)
            for stroke in strokes
        )
    elif name == "ascii":  # a line has no checksum: by chance some are whole
        assert len(strokes) < 200
        assert all(
            re.search(f"{stroke.address:02d}:(K|NEXT)0*{stroke.number or ''}".encode(), line) for stroke in strokes
        )
    else:
        assert strokes == []


@pytest.mark.slow
def test_a_hundred_thousand_random_payloads_make_no_press() -> None:
    dice, codec = random.Random(13), load("mqtt").make_mqtt_codec()
    texts = [
        b'{"id":"1","key":"no"',
        b'"key":"next"}',
        b"[[[[",
        b'{"id":[1],"key":"next"}',
        b'{"id":"","key":"call","number":-1}',
        b"null",
    ]
    for _ in range(100_000):
        assert codec.read(dice.choice(texts) + dice.randbytes(dice.randrange(8))) is None


def test_rubbish_is_no_key_record_either() -> None:
    dice, codec = random.Random(3), load("numpad").make_hid_codec()
    records = b"".join(
        RECORD.pack(0, 0, dice.randrange(5), dice.randrange(0x300), dice.choice([0, 2, 9])) for _ in range(500)
    )
    assert codec.feed(records, 1.0) == []


def test_a_lesson_in_rubbish_ends_without_a_profile() -> None:
    dice = random.Random(5)
    for _ in range(60):
        learner, at = ByteLearner("pad"), 0.0
        while learner.key and at < 1000:
            at += 0.4
            learner.receive(rubbish(dice), at)
        assert learner.step in {"failed", "verifying", "asking"}
