"""Binary frames: any cutting and noise gives the same strokes; no press comes from what no checksum proves."""

import itertools
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.devices.contract import Stroke
from motcua.devices.keypad.checksums import (
    KINDS,
    compute_checksum,
    compute_crc8,
    compute_crc16_modbus,
    get_width,
    sum_bytes,
    xor_bytes,
)
from motcua.devices.keypad.codec.frame import FrameCodec, Place
from motcua.devices.keypad.profile import load, parse


def codec_of(frame: dict[str, Any], keys: dict[str, str]) -> FrameCodec:
    text = yaml.safe_dump({"codec": "binary_frame", "frame": frame, "keys": keys})
    codec = parse(text, "t").make_serial_codec()
    assert isinstance(codec, FrameCodec)
    return codec


def read(codec: FrameCodec, chunks: list[bytes]) -> list[Stroke]:
    strokes, at = [], 0.0
    for chunk in chunks:
        at += 0.001
        strokes += codec.feed(chunk, at)
    return strokes + codec.end_silence(at + 1)


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[start:end] for start, end in itertools.pairwise(edges)]


@st.composite
def shapes(draw: st.DrawFn) -> FrameCodec:
    """Draw a profile: header, fields in some order, fixed length or length field, a checksum of each kind or none."""
    header = draw(st.sampled_from(["02", "AA 55", "7E 7E 01"]))
    at = len(bytes.fromhex(header))
    frame: dict[str, Any] = {"header": header}
    by_field = draw(st.booleans())
    if by_field:
        frame["length"], at = {"at": at, "adds": draw(st.integers(0, 2))}, at + 1
    digits = draw(st.sampled_from(["binary", "bcd", "ascii"]))
    parts = {"address": 1, "key": 1, "number": 4 if digits == "ascii" else 2}
    for name in draw(st.permutations(list(parts))):
        frame[name] = {"at": at, "size": parts[name]}
        if name == "number":
            frame[name] |= {"digits": digits, "order": draw(st.sampled_from(["big", "little"]))}
        at += parts[name]
    if draw(st.booleans()):
        frame["counters"], at = [at], at + 1
    if kind := draw(st.sampled_from([None, *KINDS])):
        frame["checksum"] = {
            "kind": kind,
            "order": draw(st.sampled_from(["big", "little"])),
            "start": draw(st.integers(0, 1)),
        }
        at += get_width(kind)
    if not by_field:
        frame["length"] = at
    return codec_of(
        frame, {"31": "next", "32": "recall", "33": "transfer", "34": "call", "35": "digit", "36": "rate:5"}
    )


STROKES = st.one_of(
    st.builds(Stroke, st.sampled_from(("next", "recall")), st.none(), st.integers(0, 255)),
    st.builds(Stroke, st.sampled_from(("transfer", "call")), st.none() | st.integers(1, 9999), st.integers(0, 255)),
    st.builds(Stroke, st.just("digit"), st.integers(0, 9), st.integers(0, 255)),
    st.builds(Stroke, st.just("rate"), st.just(5), st.integers(0, 255)),
)
QUIET_NOISE = st.binary(max_size=12).map(lambda data: data.translate(None, b"\x02\xaa\x7e"))
"""Bytes that begin no header."""


@pytest.mark.thorough
@settings(max_examples=25, deadline=None)
@given(
    shapes(),
    st.lists(STROKES, min_size=1, max_size=5),
    st.lists(QUIET_NOISE, min_size=6),
    st.lists(st.integers(0, 300)),
    st.integers(0, 255),
)
def test_any_cutting_and_noise_between_frames_gives_the_same_strokes(
    codec: FrameCodec, strokes: list[Stroke], noise: list[bytes], places: list[int], count: int
) -> None:
    frames = [codec.encode(stroke, count + number) for number, stroke in enumerate(strokes)]
    data = noise[-1] + b"".join(frame + spark for frame, spark in zip(frames, noise, strict=False))
    assert read(codec, cut(data, places)) == strokes


@pytest.mark.thorough
@settings(max_examples=25, deadline=None)
@given(
    st.lists(STROKES, min_size=1, max_size=4),
    st.lists(st.binary(max_size=30), min_size=5),
    st.lists(st.integers(0, 300)),
)
def test_behind_a_checksum_any_noise_at_all_may_stand_between_frames(
    strokes: list[Stroke], noise: list[bytes], places: list[int]
) -> None:
    codec = load("frame").make_serial_codec()
    assert isinstance(codec, FrameCodec)
    officer_strokes = [stroke for stroke in strokes if stroke.key != "rate"]
    data = noise[-1] + b"".join(
        codec.encode(stroke) + spark for stroke, spark in zip(officer_strokes, noise, strict=False)
    )
    assert read(codec, cut(data, places)) == officer_strokes


def test_a_frame_with_one_wrong_bit_is_no_press() -> None:
    codec = load("frame_pad").make_serial_codec()
    right = codec.encode(Stroke("rate", 5, 3), 7)
    for bit in range(8 * len(right)):
        wrong = bytearray(right)
        wrong[bit // 8] ^= 1 << bit % 8
        assert codec.feed(bytes(wrong), bit * 10.0) + codec.end_silence(bit * 10.0 + 1) == []
    assert codec.feed(right, 9999.0) == [Stroke("rate", 5, 3)]


def test_a_whole_frame_of_no_known_key_is_counted_and_shown() -> None:
    codec = load("frame_pad").make_serial_codec()
    frame = bytes.fromhex("AA 55 03 00 7F")
    frame += compute_checksum("xor", frame)
    assert codec.feed(frame, 1.0) == []
    assert (codec.odd.unknown, codec.odd.garbage, codec.odd.last) == (1, 0, frame.hex(" "))


def test_silence_decides_where_one_frame_begins_another() -> None:
    codec = codec_of({"header": "", "length": [1, 2], "key": {"at": 0, "size": 0}}, {"01": "next", "01 02": "recall"})
    assert (codec.feed(b"\x01", 1.0), codec.end_silence(1.05), codec.end_silence(1.1)) == ([], [], [Stroke("next")])
    assert (codec.feed(b"\x01", 2.0), codec.feed(b"\x02", 2.05)) == ([], [Stroke("recall")])
    assert codec.feed(b"\x01\x01\x02\x01", 3.0) + codec.end_silence(4.0) == [
        Stroke("next"),
        Stroke("recall"),
        Stroke("next"),
    ]


def test_a_length_that_noise_pretends_costs_no_frame() -> None:
    codec = codec_of(
        {"header": "02", "length": {"at": 1}, "key": {"at": 2}, "checksum": {"kind": "crc8"}}, {"31": "next"}
    )
    right = codec.encode(Stroke("next"))
    assert codec.feed(b"\x02\x30" + right, 1.0) == []
    assert codec.end_silence(1.2) == [Stroke("next")]


def test_the_checksums_are_those_of_the_catalogues() -> None:
    text = b"123456789"
    assert (compute_crc16_modbus(text), compute_crc8(text), sum_bytes(text), xor_bytes(text)) == (
        0x4B37,
        0xF4,
        477 % 256,
        0x31,
    )
    assert compute_checksum("crc16_modbus", bytes.fromhex("01 03 00 00 00 0A")).hex() == "c5cd"


def test_a_number_that_has_no_room_is_refused() -> None:
    for place in (Place(0, 1), Place(0, 2, digits="bcd"), Place(0, 3, digits="ascii")):
        with pytest.raises(ValueError, match="12345"):
            place.write(12345)
