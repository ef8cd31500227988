"""A WebSocket as the loop has it: writing never waits, what is written arrives whole, who takes nothing is dropped."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import gevent
import pytest
from gevent import socket

from motcua.run import wire as wires
from motcua.run.frames import build_text_frame
from motcua.run.pace import Buckets, Turns
from motcua.run.wire import Pace, Wire, accept
from tests.unit.run.test_frames import client_frame
from tests.waiting import PATIENCE_S

Pair = tuple[Wire, Any]
HANDSHAKE = {
    "REQUEST_METHOD": "GET",
    "HTTP_CONNECTION": "keep-alive, Upgrade",
    "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==",
    "HTTP_SEC_WEBSOCKET_VERSION": "13",
}
"""The key and its answer are those of RFC 6455, section 1.3."""


@pytest.fixture
def pairs() -> Iterator[list[Pair]]:
    """Return two wires with the other ends of their lines."""
    lines = [socket.socketpair() for _ in range(2)]
    made = [(Wire(ours, pace()), theirs) for ours, theirs in lines]
    for _ours, theirs in lines:
        theirs.settimeout(PATIENCE_S)
    yield made
    for ours, theirs in lines:
        ours.close()
        theirs.close()


def pace() -> Pace:
    return Pace(Turns(), Buckets(1, 1), SimpleNamespace(name="", place="here"))


def read_all(line: Any) -> bytes:
    data = b""
    while piece := line.recv(65_536):
        data += piece
    return data


def test_a_reader_that_takes_nothing_delays_nobody_and_misses_nothing(pairs: list[Pair]) -> None:
    (slow, slow_end), (well, well_end) = pairs
    frames = [build_text_frame(f"4{number}" + "x" * 10_000) for number in range(200)]
    for frame in frames:
        slow.put(frame)  # two megabytes: the line takes far less
        well.put(build_text_frame("4call"))
    assert slow.is_open
    well.end()
    assert read_all(well_end) == build_text_frame("4call") * 200 + b"\x88\x02\x03\xe8"
    slow.end()
    assert read_all(slow_end) == b"".join(frames) + b"\x88\x02\x03\xe8"


def test_what_is_sent_while_the_rest_still_leaves_comes_after_it(pairs: list[Pair]) -> None:
    (slow, end), _ = pairs
    frames = [
        build_text_frame("4" + "a" * 600_000),
        build_text_frame("4b"),
        build_text_frame("4" + "c" * 600_000),
        build_text_frame("4d"),
    ]
    slow.put(frames[0])
    slow.put(frames[1])
    data = end.recv(65_536)
    gevent.sleep(0)  # waits: lets the rest go on
    slow.put(frames[2])
    slow.put(frames[3])
    slow.end()
    assert data + read_all(end) == b"".join(frames) + b"\x88\x02\x03\xe8"


def test_who_takes_nothing_for_long_is_dropped(pairs: list[Pair], monkeypatch: pytest.MonkeyPatch) -> None:
    (stuck, end), _ = pairs
    monkeypatch.setattr(wires, "STUCK_S", 0.05)
    stuck.put(build_text_frame("4" + "x" * 5_000_000))
    assert list(stuck.receive()) == []  # waits until the line has ended
    assert not stuck.is_open
    stuck.put(build_text_frame("4more"))
    assert b"more" not in read_all(end)


def test_a_line_that_is_gone_takes_what_is_sent_without_a_word(pairs: list[Pair]) -> None:
    (wire, end), _ = pairs
    end.close()
    for _ in range(3):
        wire.put(build_text_frame("4call"))
    assert not wire.is_open
    wire.end()


def test_messages_come_one_by_one_and_the_goodbye_is_answered(pairs: list[Pair]) -> None:
    (wire, end), _ = pairs
    end.sendall(client_frame(b"3") + client_frame(b"4one") + client_frame(b"", 0x89) + client_frame(b"4two"))
    messages = wire.receive()
    assert [next(messages) for _ in range(3)] == ["3", "4one", "4two"]
    end.sendall(client_frame((1001).to_bytes(2, "big"), 0x88))
    assert list(messages) == []
    assert read_all(end) == b"\x8a\x00" + b"\x88\x02\x03\xe9"


def test_nothing_is_read_from_who_takes_no_answers(pairs: list[Pair], monkeypatch: pytest.MonkeyPatch) -> None:
    (wire, end), _ = pairs
    monkeypatch.setattr(wires, "UNSENT_MAX", 3)
    monkeypatch.setattr(wires, "STUCK_S", PATIENCE_S)
    order: list[str] = []

    def serve() -> None:
        for message in wire.receive():
            order.append(str(message))

    for _ in range(5):
        wire.put(build_text_frame("4" + "x" * 1_000_000))
    end.sendall(client_frame(b"4please"))
    serving = gevent.spawn(serve)
    size = 5 * len(build_text_frame("4" + "x" * 1_000_000))
    data = b""
    while len(data) < size // 5:
        data += end.recv(65_536)
    order.append("took one")
    while len(data) < size:
        data += end.recv(65_536)
    wire_order = list(order)
    end.shutdown(socket.SHUT_WR)
    serving.join()
    assert order[0] == "took one", wire_order
    assert order == ["took one", "4please"]


def test_a_request_for_a_web_socket_is_answered_as_the_standard_says() -> None:
    answer = accept(HANDSHAKE)
    assert answer is not None
    assert answer.startswith(b"HTTP/1.1 101 ")
    assert b"Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n" in answer


@pytest.mark.parametrize(
    "change",
    [
        {"HTTP_SEC_WEBSOCKET_KEY": ""},
        {"HTTP_SEC_WEBSOCKET_KEY": "ơ" * 24},
        {"HTTP_SEC_WEBSOCKET_VERSION": "8"},
        {"HTTP_CONNECTION": "close"},
        {"REQUEST_METHOD": "POST"},
    ],
)
def test_what_is_no_such_request_gets_none(change: dict[str, str]) -> None:
    assert accept({**HANDSHAKE, **change}) is None
