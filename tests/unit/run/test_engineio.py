"""What `run/links.py` and `run/frames.py` rely on in other people's libraries though they do not promise it.

If one fails after an upgrade: read what the library changed, then change these files and the library's range in
pyproject.toml.
"""

import inspect
from typing import Any

import engineio
import pytest
import socketio
from engineio.base_socket import BaseSocket
from engineio.packet import MESSAGE, Packet
from engineio.payload import Payload
from engineio.socket import Socket
from wsproto.frame_protocol import FrameDecoder, MessageDecoder

from motcua.run.frames import build_text_frame
from motcua.run.links import Bundle, Wires, encode


@pytest.fixture
def server() -> Any:
    return socketio.Server(async_mode="gevent")


def test_engineio_begins_each_link_by_one_method(server: Any) -> None:
    assert "self._handle_connect(environ, start_response," in inspect.getsource(engineio.Server.handle_request)
    assert list(inspect.signature(server.eio._handle_connect).parameters) == [
        "environ",
        "start_response",
        "transport",
        "jsonp_index",
    ]
    source = inspect.getsource(engineio.Server._handle_connect)
    for step in (
        "self.start_service_task = False",
        "sid = self.generate_id()",
        "self.sockets[sid] = s",
        "self._upgrades(sid, transport)",
        "self._trigger_event('connect', sid, environ, run_async=False)",
        "self._unauthorized(ret or None)",
        "s.handle_get_request(environ, start_response)",
        "self._ok(s.poll(), headers=headers,",
        "self._bad_request()",
    ):
        assert step in source, step


def test_engineio_pings_nobody_by_itself(server: Any) -> None:
    Wires(server)
    assert not server.eio.start_service_task
    assert server.eio.handle_request.__func__ is engineio.Server.handle_request
    assert "self.schedule_ping()" in inspect.getsource(Socket.receive)


def test_engineio_s_socket_sends_closes_and_upgrades_by_methods_of_its_own() -> None:
    signatures = {
        name: list(inspect.signature(getattr(Socket, name)).parameters)
        for name in ("send", "close", "schedule_ping", "check_ping_timeout", "receive", "_upgrade_websocket")
    }
    assert signatures == {
        "send": ["self", "pkt"],
        "close": ["self", "wait", "abort", "reason"],
        "schedule_ping": ["self"],
        "check_ping_timeout": ["self"],
        "receive": ["self", "pkt"],
        "_upgrade_websocket": ["self", "environ", "start_response"],
    }
    assert "getattr(self, '_upgrade_' + transport)" in inspect.getsource(Socket.handle_get_request)
    assert "self.upgrading or self.upgraded" in inspect.getsource(Socket.handle_get_request)
    closing = inspect.getsource(Socket.close)
    assert closing.index("self.send(packet.Packet(packet.CLOSE))") < closing.index("self.closed = True")
    assert set(BaseSocket(socketio.Server(async_mode="gevent").eio, "id").__dict__) >= {
        "queue",
        "connected",
        "upgrading",
        "upgraded",
        "closing",
        "closed",
    }


def test_a_packet_for_many_is_one_text_for_pollers_and_frames_for_web_sockets() -> None:
    bundle = Bundle(["4one", "4hai"])
    assert (MESSAGE, Packet(MESSAGE, "x").encode(), Packet(MESSAGE, "x").encode(b64=True)) == (4, "4x", "4x")
    assert Payload(packets=[Packet(MESSAGE, "x"), bundle]).encode() == "4x\x1e4one\x1e4hai"
    assert encode(bundle) == build_text_frame("4one") + build_text_frame("4hai")
    assert encode(Packet(MESSAGE, "ba")) == build_text_frame("4ba")
    assert encode(Packet(MESSAGE, b"ba")) == b"\x82\x02ba"


def test_socketio_knows_who_is_in_a_room(server: Any) -> None:
    sid = server.manager.connect("engine-1", "/wall")
    server.manager.enter_room(sid, "/wall", "all")
    assert "/wall" in server.manager.rooms
    assert list(server.manager.get_participants("/wall", "all")) == [(sid, "engine-1")]
    assert server.packet_class(2, namespace="/wall", data=["call", {}]).encode() == '2/wall,["call",{}]'
    assert list(inspect.signature(server.eio.send_packet).parameters) == ["sid", "pkt"]


def test_wsproto_says_whether_a_frame_or_a_message_is_unfinished() -> None:
    decoder, messages = FrameDecoder(client=False), MessageDecoder()
    assert (decoder.header, len(decoder.buffer), messages.opcode) == (None, 0, None)
    decoder.receive_bytes(b"\x01\x83\0\0\0\0ab")
    for rest in (b"c\x81", b""):
        frame = decoder.process_buffer()
        assert frame is not None
        assert (messages.process_frame(frame).message_finished, decoder.header is None) == (False, not rest)
        decoder.receive_bytes(rest)
    assert decoder.process_buffer() is None
    assert (decoder.header, len(decoder.buffer), messages.opcode) == (None, 1, 1)
