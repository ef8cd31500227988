"""What printers answer: every pattern to its meaning, in any pieces, with flow control between, and garbage to
nothing.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.devices.printer.status import (
    Asked,
    Automatic,
    Marked,
    PaperSensor,
    PrinterCondition,
    Replies,
    read_automatic,
    read_condition,
)


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({1: 0x12, 2: 0x12, 4: 0x12}, PrinterCondition()),
        ({1: 0x12, 2: 0x12, 4: 0x1E}, PrinterCondition(None, low=True)),
        ({1: 0x1A, 2: 0x32, 4: 0x7E}, PrinterCondition("paper_out", low=True)),
        ({1: 0x1A, 2: 0x16, 4: 0x7E}, PrinterCondition("cover_open", low=True)),
        ({1: 0x1A, 2: 0x52}, PrinterCondition("error")),
        ({3: 0x1A}, PrinterCondition("error")),
        ({1: 0x1A}, PrinterCondition("offline")),
        ({}, PrinterCondition()),
    ],
)
def test_answers_together_name_one_problem(answers: dict[int, int], expected: PrinterCondition) -> None:
    assert read_condition(answers) == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"\x10\x00\x00\x00", PrinterCondition()),
        (b"\x10\x00\x03\x00", PrinterCondition(None, low=True)),
        (b"\x18\x00\x0f\x00", PrinterCondition("paper_out", low=True)),
        (b"\x38\x00\x00\x00", PrinterCondition("cover_open")),
        (b"\x18\x08\x00\x00", PrinterCondition("error")),
        (b"\x18\x00\x00\x00", PrinterCondition("offline")),
    ],
)
def test_an_automatic_status_names_one_problem(data: bytes, expected: PrinterCondition) -> None:
    assert read_automatic(data) == expected


def test_a_job_mark_is_read_before_its_digits_look_like_anything_else() -> None:
    stream = b"\x12" + b"7\x220042\x00" + b"\x00" + b"\x10\x00\x03\x00" + b"\x1a"
    assert Replies().feed(stream) == [
        Asked(0x12),
        Marked(b"0042"),
        PaperSensor(low=False),
        Automatic(b"\x10\x00\x03\x00"),
        Asked(0x1A),
    ]


REPLY = st.sampled_from(
    [b"\x12", b"\x1a", b"\x00", b"\x03", b"7\x221234\x00", b"\x10\x00\x00\x00", b"\x18\x08\x0c\x00"]
)


@pytest.mark.thorough
@given(
    st.lists(REPLY, max_size=12),
    st.lists(st.tuples(st.integers(0, 90), st.sampled_from([b"\x11", b"\x13"])), max_size=5),
    st.data(),
)
def test_any_pieces_and_any_flow_control_give_the_same_replies(
    parts: list[bytes], flow: list[tuple[int, bytes]], data: st.DataObject
) -> None:
    stream = b"".join(parts)
    expected = Replies().feed(stream)
    for place, byte in flow:
        stream = stream[:place] + byte + stream[place:]
    cut = data.draw(st.integers(0, len(stream)))
    replies = Replies()
    assert replies.feed(stream[:cut]) + replies.feed(stream[cut:]) == expected
    assert len(expected) == len(parts)


@pytest.mark.thorough
@given(st.lists(st.binary(max_size=40), max_size=20))
def test_garbage_never_raises_and_is_not_kept(pieces: list[bytes]) -> None:
    replies = Replies()
    for piece in pieces:
        replies.feed(piece)
    assert Asked(0x12) in replies.feed(b"\x80" * 8 + b"\x12")


@pytest.mark.slow
def test_a_hundred_thousand_buffers_of_garbage_never_raise() -> None:
    import random

    dice = random.Random(7)
    replies = Replies()
    for _ in range(100_000):
        replies.feed(dice.randbytes(dice.randrange(64)))
