"""A request's headers are read fast, and as gevent reads them; an answer leaves in one piece."""

import http.client
from io import BytesIO
from socket import AF_UNIX, SOCK_SEQPACKET
from typing import Any

import gevent
import pytest
from gevent import socket
from gevent.pywsgi import headers_factory  # type: ignore[attr-defined]
from hypothesis import example, given
from hypothesis import strategies as st

from motcua.run.doorkeeper import Doorkeeper
from motcua.run.head import read_headers
from motcua.run.patience import TOGETHER_BYTES, KeptServer, PatientHandler, measure_head

WAIT_S = 60
LINES = st.one_of(
    st.builds(
        lambda name, gap, value, end: name + b":" + gap + value + end,
        st.sampled_from(
            [b"Host", b"Content-Length", b"Transfer-Encoding", b"X-A", b"content-length", b"", b"A B", b"\xe1"]
        ),
        st.sampled_from([b"", b" ", b"\t ", b"  "]),
        st.one_of(st.binary(max_size=12), st.sampled_from([b"5", b"chunked", b"a, b ", b"x\ty", b"\x0b", b"\x85"])),
        st.sampled_from([b"\r\n", b"\n", b"\r\n ", b"\r"]),
    ),
    st.sampled_from([b"no colon\r\n", b" folded: yes\r\n", b"From someone\r\n", b"From: a\r\n"]),
    st.binary(max_size=10),
)


def _read(reader: Any, text: bytes) -> tuple[object, bytes]:
    """Return the headers, or which error there was, and what is left to be read."""
    source = BytesIO(text)
    try:
        headers = reader(source)
    except http.client.HTTPException as error:
        return repr(error), b""
    return (list(headers.headers), headers.status, headers.typeheader), source.read()


@pytest.mark.thorough
@given(st.lists(LINES, max_size=6).map(b"".join))
@example(b"A: 1\r\nB:2 \r\nC:\r\n")
@example(b"A: 1\r\n b\r\n")
@example(b"A: 1\r\nContent-Length : 5\r\n")
@example(b"A: 1\r\n" * 63)
@example(b"A: 1\r\n" * 64)
@example(b"A: 1\r\n" * 101)
@example(b"A: " + b"x" * 65_536 + b"\r\n")
def test_headers_are_read_as_gevent_reads_them(lines: bytes) -> None:
    for end in (b"\r\nbody", b"\nbody", b""):
        assert _read(read_headers, lines + end) == _read(headers_factory, lines + end)


@pytest.mark.thorough
@given(st.lists(LINES, max_size=6).map(b"".join), st.sampled_from([b"", b"\r\n", b"\n"]), st.binary(max_size=9))
@example(b"A: 1\r\n", b"\r\n", b"{}\r\n\r\n")
@example(b"A: 1\r\n", b"\n", b"{}\r\n\r\n")
def test_a_head_that_came_whole_ends_where_its_lines_end(lines: bytes, end: bytes, body: bytes) -> None:
    came = b"GET / HTTP/1.1\r\n" + lines + end + body
    if (length := measure_head(came)) > 0:
        headers, left = _read(read_headers, came[came.index(b"\n") + 1 :])
        assert isinstance(headers, str) or came[length:] == left  # a text says why they are refused


@pytest.mark.parametrize(
    ("came", "length"),
    [
        (b"GET / HTTP/1.1\r\nA: 1\r\n\r\nbody", 24),
        (b"GET / HTTP/1.1\r\n\r\n", 18),
        (b"GET / HTTP/1.1\r\nA: 1\r\n\r", 0),
        (b"GET / HTTP/1.1\nA: 1\r\n\r\n", 0),
        (b"GET / HTTP/1.1\r\nA: 1\n\nGET / HTTP/1.1\r\n\r\n", 0),
        (b"\r\nGET / HTTP/1.1\r\n\r\n", 0),
        (b"\r\n\r\n", 0),
        (b"", 0),
    ],
)
def test_only_a_head_whose_lines_all_end_alike_is_taken_as_one_piece(came: bytes, length: int) -> None:
    assert measure_head(came) == length


@pytest.mark.parametrize(("size_bytes", "is_whole"), [(2, True), (TOGETHER_BYTES, True), (TOGETHER_BYTES + 1, False)])
def test_a_short_answer_leaves_together_with_its_head(size_bytes: int, is_whole: bool) -> None:
    def answer(_environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Length", str(size_bytes))])
        return [b"x" * size_bytes]

    here, there = socket.socketpair(AF_UNIX, SOCK_SEQPACKET)  # keeps apart what was sent apart
    with here, socket.create_server(("127.0.0.1", 0)) as listener:
        server = KeptServer(listener, answer, log=None, handler_class=PatientHandler)
        server.keeper = Doorkeeper(lambda: 10)
        server.start()
        handle: Any = server.handle
        serving = gevent.spawn(handle, there, ("127.0.0.1", 1))
        here.settimeout(WAIT_S)
        here.sendall(b"GET / HTTP/1.1\r\nHost: desk\r\nConnection: close\r\n\r\n")
        packet = here.recv(1 << 20)
        rest = here.recv(1 << 20)
        serving.join()
        server.stop()
    assert packet.startswith(b"HTTP/1.1 200 OK\r\n")
    assert (packet.endswith(b"\r\n\r\n" + b"x" * size_bytes), rest == b"") == (is_whole, is_whole)
