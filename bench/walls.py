"""Many WebSocket clients in one process, read so cheaply that the server is what gets measured."""

import base64
import json
import os
import selectors
import socket
from collections.abc import Callable, Mapping
from time import perf_counter
from types import TracebackType

from .client import Address
from .frames import CLOSE, PING, PONG, TEXT, Frames, accept, frame

ENGINE = "/socket.io/?EIO=4&transport=websocket"
_ENGINE_PONG = frame(b"3", masked=True)
_CHUNK = 65536


class WallLink:
    """One WebSocket to `address`. Offers compression as browsers do.

    Raises `ConnectionError` when the upgrade is refused, when the server compresses (then nothing here would
    be comparable) or hangs up; `TimeoutError` after `timeout_s` of silence.
    """

    def __init__(
        self, address: Address, path: str, headers: Mapping[str, str] | None = None, timeout_s: float = 10
    ) -> None:
        self.socket = socket.create_connection(address, timeout_s)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._frames = Frames()
        self._early: list[bytes] = []
        key = base64.b64encode(os.urandom(16))
        lines = [
            f"GET {path} HTTP/1.1", f"Host: {address[0]}:{address[1]}", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Version: 13", f"Sec-WebSocket-Key: {key.decode()}",
            "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits",
            *(f"{name}: {value}" for name, value in (headers or {}).items()), "", "",
        ]  # fmt: skip
        self.socket.sendall("\r\n".join(lines).encode())
        data = b""
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        head = data[:end].lower()
        if b" 101 " not in data[:16] or accept(key).lower() not in head:
            raise ConnectionError(f"no WebSocket: {data[:end].decode('latin-1')}")
        if b"permessage-deflate" in head:
            raise ConnectionError("the server compresses")
        self._early = self._taken(data[end + 4 :])

    def close(self) -> None:
        """Hang up without a farewell."""
        self.socket.close()

    def send(self, text: bytes) -> None:
        """Send one text message."""
        self.socket.sendall(frame(text, masked=True))

    def messages(self) -> list[bytes]:
        """Return the text messages of one read of the socket (maybe none); pings are answered on the way."""
        if self._early:
            early, self._early = self._early, []
            return early
        return self._taken(self._more())

    def early(self) -> list[bytes]:
        """Return the messages that came before anybody read: no selector says that they are there."""
        early, self._early = self._early, []
        return early

    def next(self) -> bytes:
        """Wait for the next text message and return it."""
        while not (messages := self.messages()):
            pass
        self._early = messages[1:]
        return messages[0]

    def _taken(self, data: bytes) -> list[bytes]:
        texts = []
        for opcode, payload in self._frames.feed(data):
            if opcode == TEXT:
                if not self._answered(payload):
                    texts.append(payload)
            elif opcode == PING:
                self.socket.sendall(frame(payload, PONG, masked=True))
            elif opcode == CLOSE:
                raise ConnectionError("the server closed the WebSocket")
        return texts

    def _answered(self, text: bytes) -> bool:
        """Answer `text` if it belongs to the protocol alone, and say whether it did."""
        return False

    def _more(self) -> bytes:
        if not (data := self.socket.recv(_CHUNK)):
            raise ConnectionError("the server hung up")
        return data


class SocketIo(WallLink):
    """A Socket.IO client (Engine.IO 4, WebSocket only) in one namespace such as `/wall`.

    When it has been built the namespace is joined: `snapshot` is still to be read by `next` or `messages`.
    Events read as they come: `42/wall,["change",{…}]`. Raises `ConnectionError` with the server's reason
    when the namespace refuses, and whatever `WallLink` raises.
    """

    def __init__(
        self, address: Address, namespace: str, auth: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(address, ENGINE, headers)
        opened = self.next()
        if opened[:1] != b"0":
            raise ConnectionError(f"no Engine.IO: {opened!r}")
        self.ping_s = json.loads(opened[1:])["pingInterval"] / 1000
        self.send(f"40{namespace},{json.dumps(auth)}".encode())
        welcome, early = f"40{namespace},".encode(), []
        while not (text := self.next()).startswith(welcome):
            if not text.startswith(b"42"):
                raise ConnectionError(f"not joined: {text.decode()}")
            early.append(text)  # what the server says while it lets us in may come before the welcome
        self._early = early + self._early

    def emit(self, namespace: str, event: str, *arguments: object) -> None:
        """Send an event that wants no acknowledgement."""
        self.send(f"42{namespace},{json.dumps([event, *arguments])}".encode())

    def _answered(self, text: bytes) -> bool:
        if text == b"2":
            self.socket.sendall(_ENGINE_PONG)
            return True
        return False


class Walls:
    """Links that are read together by one selector.

    Between rounds call `serve`, so that pings are answered. A link that breaks breaks the measurement: whatever
    `WallLink.messages` raises comes through.
    """

    def __init__(self, count: int, connect: Callable[[], WallLink]) -> None:
        self._selector = selectors.DefaultSelector()
        self.links: list[WallLink] = []
        try:
            for _ in range(count):
                link = connect()
                self.links.append(link)
                self._selector.register(link.socket, selectors.EVENT_READ, link)
                self.serve(0)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Walls":
        """Return the walls; they are closed at the end of the block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close every link."""
        self.close()

    def close(self) -> None:
        """Hang up everywhere."""
        self._selector.close()
        for link in self.links:
            link.close()

    def serve(self, seconds: float) -> int:
        """Read whatever comes for about `seconds`, answering pings; return how many messages came."""
        stop, count = perf_counter() + seconds, 0
        while True:
            left = max(stop - perf_counter(), 0)
            for key, _ in self._selector.select(left):
                count += len(key.data.messages())
            if left == 0:
                return count

    def round(self, trigger: Callable[[], object], needle: bytes, timeout_s: float = 10) -> float:
        """Run `trigger` and return the seconds from just before it until the last link has read `needle`.

        `trigger` must only send (`Http.send`): its answer is read by the caller afterwards. Raises
        `TimeoutError` when a wall has not got the message within `timeout_s`.
        """
        waiting = set(self.links)
        start = perf_counter()
        trigger()
        while waiting:
            ready = self._selector.select(timeout_s)
            for key, _ in ready:
                for text in key.data.messages():
                    if needle in text:
                        waiting.discard(key.data)
            if waiting and perf_counter() - start > timeout_s:
                raise TimeoutError(f"{len(waiting)} of {len(self.links)} walls heard nothing")
        return perf_counter() - start
