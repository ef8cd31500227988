"""WebSockets as the loop sends them: frames whole, built once for all readers, several messages in one piece."""

import contextlib
from collections.abc import Callable, Iterator, Sequence
from socket import SHUT_RDWR
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import gevent
import simple_websocket
from engineio.async_drivers._websocket_wsgi import SimpleWebSocketWSGI
from engineio.async_drivers.gevent import Thread as GreenThread
from engineio.packet import MESSAGE, Packet
from gevent.event import Event
from gevent.lock import RLock
from gevent.selectors import DefaultSelector
from gevent.ssl import SSLSocket
from socketio.packet import EVENT
from wsproto.events import Message

from motcua.run.pace import Bucket, Buckets, Turns
from motcua.web.lines import LINE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse

STUCK_S = 10
MESSAGE_MAX_BYTES = 64 * 1024
"""The longest message of a WebSocket; a longer one ends the connection while it arrives."""
POLLING_SEPARATOR = "\x1e"
"""What stands between packets in a long poll. Source: Engine.IO protocol, version 4."""
PACKET_TYPES = frozenset("0123456")
EVENTS_S, EVENTS_BURST = 20.0, 60.0
"""Messages of one credential, or of strangers at one address, that are looked at directly; the rest waits until
nobody else is served."""
FRAMES_S, FRAMES_BURST = 5.0, 20.0
"""Frames of a socket that carry no message: answers to pings."""
PONG = "3"
READ_BYTES = 1024
UNREAD_MAX, UNSENT_MAX = 32, 256
"""So many messages of a socket wait to be handled, and answers to be sent, before no more is read from it."""
LOOKS_S = 0.02


class Pace:
    """When the next frame of a socket is looked at."""

    def __init__(self, turns: Turns, events: Buckets, line: Any) -> None:
        self._turns, self._events, self._line = turns, events, line
        self._frames = Bucket(FRAMES_S, FRAMES_BURST)

    def wait(self, frame: Any) -> None:
        """Return when the time of `frame` has come."""
        if getattr(frame, "data", None) == PONG or not isinstance(frame, Message):
            is_moderate = self._frames.take()
        else:
            is_moderate = self._line is None or self._events.take(self._line.name or self._line.place)
        if not is_moderate:
            self._turns.wait()


class PacedFrames:
    """wsproto's end of a connection whose frames are looked at one by one, each in its time."""

    def __init__(self, plain: Any, wait: Callable[[Any], None]) -> None:
        self._plain, self._wait = plain, wait

    def events(self) -> Iterator[Any]:
        """Yield what came."""
        for event in self._plain.events():
            self._wait(event)
            yield event

    def __getattr__(self, name: str) -> Any:
        return getattr(self._plain, name)


class WholeSocket:
    """A socket whose `send` sends everything, one caller at a time: WebSocket frames never tear.

    A reader that takes nothing for `STUCK_S` seconds is treated as gone, so that nobody else waits for it.
    Once a frame stayed unfinished nothing follows it: the reader would take that for the rest of the frame.
    """

    def __init__(self, plain: Any) -> None:
        self._plain = plain
        self._lock = RLock()
        self._is_torn = False
        plain.settimeout(STUCK_S)

    def send(self, data: bytes) -> int:
        """Send all of `data`. Raises `BrokenPipeError` when the reader is stuck or the line is broken."""
        if not self._lock.acquire(timeout=1):
            raise BrokenPipeError("the reader is stuck")
        try:
            if self._is_torn:
                raise BrokenPipeError("the line is broken")
            self._is_torn = True
            sent = self._plain.send(data)
            while sent < len(data):
                sent += self._plain.send(data[sent:])
            self._is_torn = False
        except (OSError, ValueError) as error:
            raise BrokenPipeError("the reader is stuck") from error
        finally:
            self._lock.release()
        return len(data)

    def recv(self, most: int) -> bytes:
        """Return what has come. Raises `OSError` also where TLS was ended meanwhile."""
        try:
            return bytes(self._plain.recv(most))
        except ValueError as error:
            raise ConnectionResetError("the line is closed") from error

    def dup(self) -> "WholeSocket":
        """Return this socket's own copy for a WebSocket that outlives the request; a line with TLS has one state and
        no copies.
        """
        return self if isinstance(self._plain, SSLSocket) else WholeSocket(self._plain.dup())

    def __getattr__(self, name: str) -> Any:
        return getattr(self._plain, name)


class Frames(str):
    """Several messages as one text that knows its WebSocket frames, so that they are built once and leave in one
    packet.
    """

    __slots__ = ("frames",)
    frames: bytes


class Bundle(Packet):  # type: ignore[misc]
    """An engine.io packet for many readers: over WebSockets its frames, over long polling its texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        super().__init__(MESSAGE, texts[0])
        self._polled = POLLING_SEPARATOR.join(texts)
        self._framed = Frames(self._polled)
        self._framed.frames = b"".join(text_frame(text) for text in texts)

    def encode(self, b64: bool = False) -> str:
        """Return the packet as its transport sends it."""
        return self._polled if b64 else self._framed


class Wire(simple_websocket.Server):  # type: ignore[misc]
    """A WebSocket whose text frames are not built anew for each reader: a server's frames carry no mask of their own.

    Nothing more is read from who sends faster than it is handled.
    """

    def __init__(self, environ: dict[str, Any], turns: Turns, events: Buckets, **options: Any) -> None:
        self._pace = Pace(turns, events, environ.get(LINE))
        super().__init__(environ, receive_bytes=READ_BYTES, **options)

    def handshake(self) -> None:
        """Answer the upgrade; from here on each frame comes in its time."""
        super().handshake()
        plain: Any = self.ws
        self.ws: Any = PacedFrames(plain, self._wait)

    def _wait(self, frame: Any) -> None:
        self._pace.wait(frame)
        while len(self.input_buffer) >= UNREAD_MAX and self.connected:
            gevent.sleep(LOOKS_S)

    def send(self, data: str | bytes) -> None:
        """Send one message, or the frames of several. Raises `ConnectionClosed`."""
        if isinstance(data, bytes) or not self.connected:
            super().send(data)
        else:
            self.sock.send(data.frames if isinstance(data, Frames) else text_frame(data))

    def close(self, reason: int | None = None, message: str | None = None) -> None:
        """Say goodbye and hang up: a reader that is gone would keep the socket otherwise."""
        super().close(reason, message)
        with contextlib.suppress(OSError):
            self.sock.shutdown(SHUT_RDWR)


def text_frame(text: str) -> bytes:
    """Return `text` as one unmasked WebSocket frame. Source: RFC 6455, section 5.2."""
    data = text.encode()
    if len(data) < 126:  # noqa: PLR2004 -- the three forms of the length
        return b"\x81" + bytes([len(data)]) + data
    if len(data) < 1 << 16:
        return b"\x81\x7e" + len(data).to_bytes(2, "big") + data
    return b"\x81\x7f" + len(data).to_bytes(8, "big") + data


class _WireWSGI(SimpleWebSocketWSGI):  # type: ignore[misc]
    """engine.io's adapter around a `Wire`. `app` is the method of an engine.io socket."""

    def __call__(self, environ: dict[str, Any], start_response: "StartResponse") -> Any:
        self.ws = Wire(environ, **self.server_args)
        return self.app(self)

    def wait(self) -> Any:
        """Return the next message; None, which ends the connection, for a text that begins like no engine.io packet.

        While its answers pile up, because it does not take them, none is read.
        """
        unsent = self.app.__self__.queue
        while unsent.qsize() > UNSENT_MAX and self.ws.connected:
            gevent.sleep(LOOKS_S)
        message = super().wait()
        return None if isinstance(message, str) and message[:1] not in PACKET_TYPES else message


class Wires:
    """All WebSockets of a Socket.IO server (python-socketio's)."""

    def __init__(self, server: Any, turns: Turns | None = None) -> None:
        self._server, self._turns = server, turns or Turns()
        self._events = Buckets(EVENTS_S, EVENTS_BURST)
        server.eio._async["websocket"] = self._web_socket

    def _web_socket(self, handler: Callable[..., Any], _server: Any) -> _WireWSGI:
        return _WireWSGI(
            handler,
            None,
            turns=self._turns,
            events=self._events,
            thread_class=GreenThread,
            event_class=Event,
            selector_class=DefaultSelector,
            max_message_size=MESSAGE_MAX_BYTES,
        )

    def broadcast(self, messages: Sequence[tuple[str, dict[str, Any]]], namespace: str, room: str) -> None:
        """Send `messages` (event, data) to everybody in `room`, in this order, encoded once and in one piece."""
        texts = []
        for event, data in messages:
            packet = self._server.packet_class(EVENT, namespace=namespace, data=[event, data])
            texts.append(f"{MESSAGE}{packet.encode()}")
        bundle = Bundle(texts)
        if namespace in self._server.manager.rooms:
            for _sid, eio_sid in self._server.manager.get_participants(namespace, room):
                self._server.eio.send_packet(eio_sid, bundle)


class SocketInput:
    """The request's input as simple-websocket looks into it for the socket."""

    def __init__(self, plain: Any) -> None:
        self.raw = SimpleNamespace(_sock=WholeSocket(plain))

    def read(self, _size: int = -1) -> bytes:
        """Return nothing: an upgrade has no body."""
        return b""
