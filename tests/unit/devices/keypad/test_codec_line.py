"""Lines of text: any cutting of the stream gives the same strokes, and what is no known line gives none."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.devices.contract import Stroke
from motcua.devices.keypad.codec.line import LineCodec
from motcua.devices.keypad.profile import load, parse

KEYS = ("next", "recall", "start", "finish", "absent", "hold", "pause", "clear")
STROKES = st.one_of(
    st.builds(Stroke, st.sampled_from(KEYS), st.none(), st.integers(0, 99)),
    st.builds(Stroke, st.sampled_from(("transfer", "call")), st.none() | st.integers(1, 9999), st.integers(0, 99)),
    st.builds(Stroke, st.just("digit"), st.integers(0, 9), st.integers(0, 99)),
)
NOISE = st.binary(max_size=12).map(lambda data: bytes(byte | 0x80 for byte in data))
"""A spark's bytes: never text."""


def codec_of(profile: str = "ascii") -> LineCodec:
    codec = load(profile).make_serial_codec()
    assert isinstance(codec, LineCodec)
    return codec


def read(codec: LineCodec, chunks: list[bytes], step: float = 0.001) -> list[Stroke]:
    strokes, at = [], 0.0
    for chunk in chunks:
        at += step
        strokes += codec.feed(chunk, at)
    return strokes + codec.end_silence(at + 1)


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[start:end] for start, end in itertools.pairwise(edges)]


@pytest.mark.thorough
@settings(max_examples=25, deadline=None)
@given(
    st.lists(STROKES, min_size=1, max_size=6), st.lists(NOISE, min_size=7, max_size=7), st.lists(st.integers(0, 500))
)
def test_any_cutting_and_noise_between_lines_gives_the_same_strokes(
    strokes: list[Stroke], noise: list[bytes], places: list[int]
) -> None:
    codec = codec_of()
    data = noise[-1] + b"".join(codec.encode(stroke) + spark for stroke, spark in zip(strokes, noise, strict=False))
    assert read(codec, cut(data, places)) == strokes
    assert codec.odd.recognized == len(strokes)


def test_a_line_that_is_not_known_is_counted_and_shown_in_hex() -> None:
    codec = codec_of()
    assert read(codec, [b"03:NEXT\r\n03:DANCE\r\nHELLO\r\n"]) == [Stroke("next", None, 3)]
    assert (codec.odd.recognized, codec.odd.unknown, codec.odd.garbage, codec.odd.last) == (1, 1, 5, b"HELLO".hex(" "))


def test_silence_forgets_half_a_line() -> None:
    codec = codec_of()
    assert codec.feed(b"03:NE", 1.0) == []
    assert codec.feed(b"XT\r\n", 1.05) == [Stroke("next", None, 3)]
    assert codec.feed(b"03:NE", 2.0) == codec.feed(b"XT\r\n", 2.2) == []


def test_the_end_of_a_line_that_is_too_long_means_nothing() -> None:
    line = b"x" * 400 + b"\x0003:NEXT\r\n"
    for size in (1, 7, 300, 500):
        codec = codec_of()
        assert read(codec, [line[at : at + size] for at in range(0, len(line), size)]) == []
        assert codec.feed(b"03:NEXT\r\n", 5.0) == [Stroke("next", None, 3)]


def test_where_lines_have_no_end_silence_decides_between_one_and_its_beginning() -> None:
    text = (
        "codec: ascii_line\nline: {pattern: '(?P<key>.+)', ends: [], silence: true, writes: '{key}'}\nkeys: "
        "{'1': next, '12': recall}"
    )
    codec = parse(text, "t").make_serial_codec()
    assert (codec.feed(b"1", 1.0), codec.end_silence(1.05), codec.end_silence(1.11)) == ([], [], [Stroke("next")])
    assert (codec.feed(b"1", 2.0), codec.feed(b"2", 2.01), codec.feed(b"1", 2.2)) == ([], [], [Stroke("recall")])


def test_an_end_of_two_bytes_may_be_cut_in_two() -> None:
    text = 'codec: ascii_line\nline: {pattern: "(?P<key>.+)", ends: ["\\r\\n"]}\nkeys: {A: next}'
    codec = parse(text, "t").make_serial_codec()
    assert [codec.feed(byte, 1.0) for byte in (b"A", b"\r", b"\n")] == [[], [], [Stroke("next")]]
    assert codec.feed(b"y" * 300 + b"\r", 2.0) + codec.feed(b"\nA\r\n", 2.0) == [Stroke("next")]
