"""One WebSocket as the loop has it: what is sent leaves at once and whole, what comes is looked at in its time."""

import contextlib
from collections import deque
from collections.abc import Iterator
from socket import SHUT_RDWR
from typing import Any

import gevent
from gevent.ssl import SSLSocket, SSLWantReadError, SSLWantWriteError
from wsproto.utilities import generate_accept_token

from motcua.run.frames import PONG, ClosedError, FrameReader, build_close_frame
from motcua.run.pace import Bucket, Buckets, Turns

STUCK_S = 10
"""A reader that takes nothing for so long is treated as gone."""
EVENTS_S, EVENTS_BURST = 20.0, 60.0
"""Messages of one credential, or of strangers at one address, that are looked at directly; the rest waits until
nobody else is served."""
FRAMES_S, FRAMES_BURST = 5.0, 20.0
"""Frames of a socket that carry no message: answers to pings."""
RESTS = 4
"""After what a socket sends beyond that the loop rests so many times as long as it took.

A flood gets a fifth of the loop's time. It is read so slowly that its sender takes little of the processor too."""
READ_BYTES = 16 * 1024
UNSENT_MAX = 256
"""So many pieces that a socket does not take may wait, before no more is read from it."""
LOOKS_S = 0.02
SOCKET = "motcua.socket"
"""Where the request of a WebSocket has the socket that it came on."""
VERSION = "13"


class Pace:
    """When the next frame of a socket is looked at. `line` is who holds it, None where nobody knows."""

    def __init__(self, turns: Turns, events: Buckets, line: Any) -> None:
        self._turns, self._events, self._line = turns, events, line
        self._frames = Bucket(FRAMES_S, FRAMES_BURST)

    def wait(self, message: str | bytes | None) -> None:
        """Return when the time of a frame has come that completed `message`, or none."""
        if message is None or message == PONG:
            is_moderate = self._frames.take()
        else:
            is_moderate = self._line is None or self._events.take(self._line.name or self._line.place)
        if not is_moderate:
            self._turns.wait(rests=RESTS)


class Wire:
    """A WebSocket. Whatever is `put` into it arrives whole and in this order, or the connection ends.

    Only where the other end does not take everything at once does a greenlet of its own send the rest.
    """

    def __init__(self, plain: Any, pace: Pace) -> None:
        plain.settimeout(None)
        self._plain, self._pace = plain, pace
        self._is_tls = isinstance(plain, SSLSocket)
        self._write = self._write_tls if self._is_tls else plain._sock.send
        self._unsent: deque[bytes] = deque()
        self._reader = FrameReader()
        self._is_ending = False
        self.is_open = True

    def put(self, data: bytes) -> None:
        """Send the frames `data`: now what the line takes, the rest as soon as it takes more. Never waits."""
        if not self.is_open or self._is_ending:
            return
        if self._unsent:
            self._unsent.append(data)
            return
        try:
            sent = self._write(data)
        except (BlockingIOError, SSLWantReadError, SSLWantWriteError):
            sent = 0
        except (OSError, ValueError):
            self.hang_up()
            return
        if sent < len(data):
            self._unsent.append(data[sent:])
            gevent.spawn(self._send_rest)

    def _write_tls(self, data: bytes) -> int:
        session = self._plain._sslobj
        if session is None:
            raise ConnectionResetError("the line is closed")
        written: int = session.write(data)
        return written

    def _send_rest(self) -> None:
        stuck = BrokenPipeError("the reader is stuck")
        try:
            while self._unsent and self.is_open:
                data = self._unsent[0]
                with gevent.Timeout(STUCK_S, stuck):
                    sent = self._plain.send(data)
                if not self._unsent:
                    break  # hung up meanwhile
                if sent < len(data):
                    self._unsent[0] = data[sent:]
                else:
                    self._unsent.popleft()
        except (OSError, ValueError):
            self.hang_up()
        if self._is_ending:
            self.hang_up()

    def receive(self) -> Iterator[str | bytes]:
        """Yield the messages that come, each in its time, until the connection ends.

        While what was sent piles up, because it is not taken, none is read.
        """
        while self.is_open:
            while len(self._unsent) > UNSENT_MAX and self.is_open:
                gevent.sleep(LOOKS_S)
            try:
                data = self._plain.recv(READ_BYTES)
            except (OSError, ValueError):  # the latter where TLS was ended meanwhile
                return
            if not data:
                return
            if self._reader.is_pong(data):
                self._pace.wait(PONG)
                yield PONG
                continue
            self._reader.feed(data)
            try:
                for message, answer in self._reader.read_frames():
                    self._pace.wait(message)
                    if answer:
                        self.put(answer)
                    if message is not None:
                        yield message
            except ClosedError as closed:
                self.put(closed.answer)
                self._end()
                return

    def end(self) -> None:
        """Say goodbye, and hang up as soon as everything is sent."""
        self.put(build_close_frame())
        self._end()

    def _end(self) -> None:
        self._is_ending = True
        if not self._unsent:
            self.hang_up()

    def hang_up(self) -> None:
        """End the connection now."""
        if self.is_open:
            self.is_open = False
            self._unsent.clear()
            with contextlib.suppress(OSError):
                self._plain.shutdown(SHUT_RDWR)


def accept(environ: dict[str, Any]) -> bytes | None:
    """Return the answer to a request for a WebSocket, None for one that is none. Source: RFC 6455, section 4.2."""
    key = environ.get("HTTP_SEC_WEBSOCKET_KEY", "").strip()
    names = [name.strip() for name in environ.get("HTTP_CONNECTION", "").lower().split(",")]
    if not key.isascii() or len(key) != len("dGhlIHNhbXBsZSBub25jZQ==") or "upgrade" not in names:
        return None
    if environ.get("HTTP_SEC_WEBSOCKET_VERSION", "").strip() != VERSION or environ["REQUEST_METHOD"] != "GET":
        return None
    head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
    return head.encode() + generate_accept_token(key.encode()) + b"\r\n\r\n"
