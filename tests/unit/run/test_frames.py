"""WebSocket frames: the same messages however they are cut, and a clear end to what is none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.run.frames import (
    MESSAGE_MAX_BYTES,
    ClosedError,
    FrameReader,
    build_binary_frame,
    build_close_frame,
    build_text_frame,
)

MASK = b"\x01\x02\x03\x04"


def client_frame(payload: bytes, first: int = 0x81) -> bytes:
    """Return a frame as a client sends it."""
    size = len(payload)
    if size < 126:
        head = bytes((first, 0x80 | size))
    elif size < 1 << 16:
        head = bytes((first, 0xFE)) + size.to_bytes(2, "big")
    else:
        head = bytes((first, 0xFF)) + size.to_bytes(8, "big")
    mask = (MASK * (size // 4 + 1))[:size]
    return head + MASK + (int.from_bytes(payload, "big") ^ int.from_bytes(mask, "big")).to_bytes(size, "big")


def read(reader: FrameReader, data: bytes) -> tuple[list[str | bytes], bytes]:
    """Return the messages in `data`, and what is answered."""
    reader.feed(data)
    messages, answers = [], b""
    for message, answer in reader.read_frames():
        answers += answer
        if message is not None:
            messages.append(message)
    return messages, answers


def test_frames_of_the_server_have_the_three_forms_of_the_length() -> None:
    assert build_text_frame("mười") == b"\x81\x07" + "mười".encode()
    assert build_text_frame("x" * 126)[:4] == b"\x81\x7e\x00\x7e"
    assert build_binary_frame(b"x" * 65_536)[:10] == b"\x82\x7f" + (65_536).to_bytes(8, "big")
    assert build_close_frame() == b"\x88\x02\x03\xe8"


@pytest.mark.thorough
@given(
    st.lists(st.one_of(st.text(max_size=200), st.binary(max_size=200)), max_size=6),
    st.lists(st.integers(1, 40), min_size=1, max_size=30),
)
def test_messages_are_the_same_however_their_bytes_are_cut(messages: list[str | bytes], cuts: list[int]) -> None:
    stream = b"".join(
        client_frame(item.encode()) if isinstance(item, str) else client_frame(item, 0x82) for item in messages
    )
    reader, came = FrameReader(), []
    at = 0
    while at < len(stream):
        size = cuts[at % len(cuts)]
        came += read(reader, stream[at : at + size])[0]
        at += size
    assert came == messages


def test_pieces_are_joined_and_pings_between_them_are_answered() -> None:
    reader = FrameReader()
    begin, middle, end = client_frame(b"4m", 0x01), client_frame("ườ".encode()[:3], 0x00), "ườ".encode()[3:] + b"i"
    assert read(reader, begin + client_frame(b"there?", 0x89) + middle) == ([], b"\x8a\x06there?")
    assert read(reader, client_frame(end, 0x80)) == (["4mười"], b"")


def test_the_answer_to_a_ping_is_seen_at_once_where_it_stands_alone() -> None:
    reader, pong = FrameReader(), client_frame(b"3")
    assert reader.is_pong(pong)
    assert not reader.is_pong(client_frame(b"4"))
    assert not reader.is_pong(client_frame(b"3", 0x82))
    assert read(reader, client_frame(b"4ab", 0x01)) == ([], b"")
    assert not reader.is_pong(pong)  # here it breaks the message that has begun
    with pytest.raises(ClosedError):
        read(reader, pong)
    half = FrameReader()
    read(half, client_frame(b"4 an agent's message")[:9])
    assert not half.is_pong(pong)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\x81\x01x", 1002),
        (client_frame(b"x", 0xC1), 1002),
        (client_frame(b"x", 0x80), 1002),
        (client_frame(b"x", 0x83), 1002),
        (client_frame(b"\xff\xfe"), 1007),
        (client_frame(b"x" * (MESSAGE_MAX_BYTES + 1)), 1009),
        (client_frame(b"x" * 40_000, 0x01) + client_frame(b"x" * 30_000, 0x00), 1009),
        (client_frame((1000).to_bytes(2, "big") + b"bye", 0x88), 1000),
    ],
    ids=[
        "unmasked",
        "reserved bit",
        "nothing to go on with",
        "no such kind",
        "no text",
        "long",
        "long in pieces",
        "end",
    ],
)
def test_what_no_client_may_send_ends_the_connection_with_its_reason(data: bytes, reason: int) -> None:
    with pytest.raises(ClosedError) as closed:
        read(FrameReader(), data)
    assert closed.value.answer == build_close_frame(reason)


@pytest.mark.thorough
def test_a_long_message_is_refused_while_it_arrives() -> None:
    reader = FrameReader()
    whole = client_frame(b"x" * 10_000_000)
    with pytest.raises(ClosedError):
        read(reader, whole[: MESSAGE_MAX_BYTES + 100])
