"""What `run/wire.py` relies on in other people's libraries though they do not promise it.

If one fails after an upgrade: read what the library changed, then change `wire.py` and the library's range in
pyproject.toml.
"""

import inspect
import socket
from collections.abc import Iterator
from typing import Any

import pytest
import socketio
from engineio.async_drivers import gevent as driver
from engineio.packet import MESSAGE, Packet
from engineio.payload import Payload
from engineio.socket import Socket

from motcua.run.wire import Bundle, Frames, SocketInput, Wires, make_text_frame

HANDSHAKE = {
    "SERVER_SOFTWARE": "gevent/1",
    "REQUEST_METHOD": "GET",
    "PATH_INFO": "/socket.io/",
    "HTTP_HOST": "127.0.0.1",
    "HTTP_UPGRADE": "websocket",
    "HTTP_CONNECTION": "Upgrade",
    "HTTP_SEC_WEBSOCKET_KEY": "dGhlIHNhbXBsZSBub25jZQ==",
    "HTTP_SEC_WEBSOCKET_VERSION": "13",
}
"""The key and its answer are those of RFC 6455, section 1.3."""
ACCEPTED = b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    theirs.settimeout(10)
    yield ours, theirs
    ours.close()
    theirs.close()


def received(line: socket.socket, end: bytes) -> bytes:
    data = b""
    while not data.endswith(end):
        data += line.recv(4096)
    return data


def test_engineio_asks_a_table_for_its_web_sockets() -> None:
    server: Any = socketio.Server(async_mode="gevent")
    assert server.eio._async["websocket"] is driver.WebSocketWSGI
    assert 'self.server._async["websocket"](' in inspect.getsource(Socket._upgrade_websocket).replace("'", '"')
    assert list(inspect.signature(driver.WebSocketWSGI.__init__).parameters) == ["self", "handler", "server"]
    assert list(inspect.signature(driver.WebSocketWSGI.__call__).parameters) == ["self", "environ", "start_response"]
    assert {"wait", "send", "close"} <= set(dir(driver.WebSocketWSGI))
    assert list(inspect.signature(driver.Thread).parameters) == ["target", "args", "kwargs"]


def test_the_web_socket_that_takes_its_place_shakes_hands_and_sends_whole_frames(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    server: Any = socketio.Server(async_mode="gevent")
    Wires(server)
    bundle = Bundle(["4one", "4hai"])

    def handler(web_socket: Any) -> list[Any]:
        web_socket.send(bundle.encode())
        web_socket.send("4ba")
        return []

    web_socket = server.eio._async["websocket"](handler, server.eio)
    assert web_socket({**HANDSHAKE, "wsgi.input": SocketInput(pair[0])}, lambda *_: None) == []
    frames = make_text_frame("4one") + make_text_frame("4hai") + make_text_frame("4ba")
    head, _, body = received(pair[1], frames).partition(b"\r\n\r\n")
    assert (head.split(b" ")[1], ACCEPTED in head, body) == (b"101", True, frames)
    web_socket.close()
    web_socket.ws.sock.close()


def test_a_packet_for_many_is_one_text_for_pollers_and_frames_for_web_sockets() -> None:
    bundle = Bundle(["4one", "4hai"])
    assert (MESSAGE, Packet(MESSAGE, "x").encode(), Packet(MESSAGE, "x").encode(b64=True)) == (4, "4x", "4x")
    assert Payload(packets=[Packet(MESSAGE, "x"), bundle]).encode() == "4x\x1e4one\x1e4hai"
    assert isinstance(encoded := bundle.encode(), Frames)
    assert encoded.frames == make_text_frame("4one") + make_text_frame("4hai")
    assert "ws.send(pkt.encode())" in inspect.getsource(Socket._websocket_handler)


def test_socketio_knows_who_is_in_a_room() -> None:
    server: Any = socketio.Server(async_mode="gevent")
    sid = server.manager.connect("engine-1", "/wall")
    server.manager.enter_room(sid, "/wall", "all")
    assert "/wall" in server.manager.rooms
    assert list(server.manager.get_participants("/wall", "all")) == [(sid, "engine-1")]
    assert server.packet_class(2, namespace="/wall", data=["call", {}]).encode() == '2/wall,["call",{}]'
    assert list(inspect.signature(server.eio.send_packet).parameters) == ["sid", "pkt"]
