"""What signs are sent is what signs read, for every template and every kind of register."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.devices.sign.codec import LETTERS, TextReader, TextShape, fit_text
from motcua.devices.sign.codec_digits import PLACES, Digits, RegisterShape
from motcua.devices.sign.slave import RegisterSlave

HEADS, ENDS = ("", "\\x02", "S", "#:", "\\x01\\x30"), ("", "\\r", "\\r\\n", "\\x03", "!")


@st.composite
def shapes(draw: st.DrawFn) -> TextShape:
    width = draw(st.integers(1, 8))
    address = draw(st.sampled_from(("{address:02d}", "{address:03d}", "{address:>3}")))
    spec = draw(st.sampled_from((">", "<", "^", "*>", "_<")))
    between = draw(st.sampled_from(("", ",", " ", "\\t")))
    template = (
        draw(st.sampled_from(HEADS)) + address + between + f"{{number:{spec}{width}}}" + draw(st.sampled_from(ENDS))
    )
    return TextShape(template, draw(st.sampled_from(("ascii", "latin-1", "cp437"))), LETTERS, width)


@st.composite
def shapes_with_texts(draw: st.DrawFn) -> tuple[TextShape, list[tuple[int, str]]]:
    shape = draw(shapes())
    text = st.text("0123456789ABCDEGHKX-", max_size=shape.width)
    return shape, draw(st.lists(st.tuples(st.integers(0, 99), text), max_size=6))


@pytest.mark.thorough
@given(shapes_with_texts(), st.data())
def test_what_is_written_from_a_template_is_read_back_in_any_pieces(
    given_: tuple[TextShape, list[tuple[int, str]]], data: st.DataObject
) -> None:
    shape, expected = given_
    stream = b"".join(shape.encode(address, text) for address, text in expected)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=8)))
    reader, texts = TextReader(shape), []
    for start, end in zip([0, *cuts], [*cuts, len(stream)], strict=True):
        texts += reader.feed(stream[start:end])
    assert texts == expected


@pytest.mark.thorough
@given(shapes(), st.binary(max_size=3000))
def test_garbage_never_stops_a_sign(shape: TextShape, noise: bytes) -> None:
    reader = TextReader(shape)
    reader.feed(noise)
    reader.feed(noise)
    assert len(reader.feed(shape.encode(7, "5") * 2)) >= 1


def test_the_usual_template_writes_address_number_and_return() -> None:
    shape = TextShape()
    assert shape.encode(3, "A001") == b"03 A001\r"
    assert shape.encode(12, "") == b"12     \r"
    assert (
        TextShape("\\x02{address:02d}{number:0>4}\\x03", "ascii", "0123456789- ", 4).encode(1, "A07")
        == b"\x02010007\x03"
    )


def test_a_text_that_is_no_number_is_never_padded_with_figures() -> None:
    shape = TextShape("{address:02d}{number:0>4}\\r", width=4)
    assert [shape.encode(1, "", is_number=False), shape.encode(1, "--", is_number=False)] == [b"01    \r", b"01  --\r"]


def test_a_sign_of_figures_leaves_letters_out_and_half_a_number_is_never_shown() -> None:
    assert fit_text("A001", "0123456789", 3) == "001"
    with pytest.raises(ValueError, match="A1001"):
        fit_text("A1001", "0123456789", 3)


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        ("{address:02d}\\r", "a template needs {number} once"),
        ("{number}{number}", "a template needs {number} once"),
        ("{number.real}", "only {address} and {number}"),
        ("{number!r}", "only {address} and {number}"),
        ("{counter}{number}", "only {address} and {number}"),
        ("{number:d}", "{number:d} cannot be written"),
        ("{number:{address}}", "{number:{address}} cannot be written"),
        ("Quầy {number:>4}", "the template has letters that ascii does not have"),
    ],
)
def test_a_template_that_cannot_work_is_refused_with_the_reason(template: str, problem: str) -> None:
    with pytest.raises(ValueError, match=re.escape(problem)):
        TextShape(template)


@st.composite
def registers(draw: st.DrawFn) -> tuple[RegisterShape, str]:
    digits: Digits = draw(st.sampled_from(("bcd", "ascii", "segments")))
    shape = RegisterShape(digits, draw(st.integers(1, 8)), 0, draw(st.sampled_from((None, *PLACES[digits]))))
    return shape, draw(st.text(sorted(set(shape.letters) - {" "}), max_size=shape.width))


@pytest.mark.thorough
@given(registers())
def test_registers_are_read_back_as_the_text_that_they_were_made_of(given_: tuple[RegisterShape, str]) -> None:
    shape, text = given_
    values = shape.encode(text)
    assert len(values) == shape.count
    assert all(0 <= value <= 0xFFFF for value in values)
    assert shape.decode(values) == text


@pytest.mark.thorough
@given(st.lists(st.integers(0, 0xFFFF), min_size=1, max_size=8), st.sampled_from(("bcd", "ascii", "segments")))
def test_any_registers_show_something(values: list[int], digits: Digits) -> None:
    assert isinstance(RegisterShape(digits, 4).decode(values), str)


def test_registers_by_value() -> None:
    assert RegisterShape("bcd", 4).encode("27") == [0xFF27]
    assert RegisterShape("bcd", 4).encode("--") == [0xFFAA]
    assert RegisterShape("bcd", 3, per_register=1).encode("105") == [1, 0, 5]
    assert RegisterShape("ascii", 4).encode("A05") == [0x2041, 0x3035]
    assert RegisterShape("segments", 4).encode("A01-") == [0x77, 0x3F, 0x06, 0x40]
    assert RegisterShape("segments", 2, per_register=2).encode("12") == [0x065B]
    assert RegisterShape("bcd", 4, codes=(("-", 0xB),)).encode("-") == [0xFFFB]


def test_registers_that_no_sign_can_have_are_refused() -> None:
    with pytest.raises(ValueError, match="a register holds 2 or 1 places of ascii"):
        RegisterShape("ascii", 4, per_register=4)
    with pytest.raises(ValueError, match="a code is one letter and a number below 16"):
        RegisterShape("bcd", 4, codes=(("-", 16),))


@pytest.mark.slow
def test_a_hundred_thousand_random_buffers_stop_no_sign() -> None:
    dice = random.Random(20261125)
    shape = TextShape("\\x02{address:02d}{number:>4}\\x03", width=4)
    reader, slave = TextReader(shape), RegisterSlave({1: {}}, now=lambda: 0.0)
    for _ in range(100_000):
        noise = dice.randbytes(dice.randrange(1, 120))
        reader.feed(noise)
        slave.feed(noise)
        assert len(slave._input) <= 9 + 255 + 120
    assert reader.feed(shape.encode(3, "A07"))[-1] == (3, "A07")
