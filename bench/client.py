"""A kept-alive HTTP/1.1 connection that costs the measuring process as little as possible."""

import select
import socket
from collections.abc import Mapping
from types import TracebackType

Address = tuple[str, int]
NO_HEADERS: Mapping[str, str] = {}
_BODILESS = (204, 304)
_CHUNK = 65536


class Http:
    """One connection to `address`; `headers` (a bearer token, say) go with every request.

    `post` and `get` wait for the answer. `send` and `receive` are the two halves, for a caller that
    watches something else in between. Not for several threads. Raises `ConnectionError` when the server
    hangs up, `TimeoutError` after `timeout_s`, `ValueError` for an answer of unknown length.
    """

    def __init__(self, address: Address, headers: Mapping[str, str] = NO_HEADERS, timeout_s: float = 30) -> None:
        self._address, self._timeout_s = address, timeout_s
        self._socket = self._connect()
        self._always = f" HTTP/1.1\r\nHost: {address[0]}:{address[1]}\r\n" + _lines(headers)
        self._rest = b""
        self.headers = b""
        """The last answer's status line and headers, as they came."""

    def __enter__(self) -> "Http":
        """Return the connection; it is closed at the end of the block."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Close the connection."""
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def renew(self) -> None:
        """Connect anew where the server has hung up between two requests: it keeps no line that rests for long."""
        if select.select([self._socket], [], [], 0)[0]:
            self.close()
            self._socket = self._connect()

    def _connect(self) -> socket.socket:
        connected = socket.create_connection(self._address, self._timeout_s)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return connected

    def get(self, path: str, headers: Mapping[str, str] = NO_HEADERS) -> tuple[int, bytes]:
        """Return status and body of GET `path`."""
        self.send("GET", path, None, headers)
        return self.receive()

    def post(self, path: str, body: bytes = b"{}", headers: Mapping[str, str] = NO_HEADERS) -> tuple[int, bytes]:
        """Return status and body of POST `path` with the JSON `body`."""
        self.send("POST", path, body, headers)
        return self.receive()

    def send(self, method: str, path: str, body: bytes | None, headers: Mapping[str, str] = NO_HEADERS) -> None:
        """Send one request, head and body in one packet, and do not wait."""
        head = f"{method} {path}{self._always}{_lines(headers)}"
        if body is None:
            self._socket.sendall(f"{head}\r\n".encode())
        else:
            kind = "Content-Type: application/json\r\n"
            self._socket.sendall(f"{head}{kind}Content-Length: {len(body)}\r\n\r\n".encode() + body)

    def tell(self, line: bytes) -> None:
        """Send a line that is no request, and wait for the empty line that answers it."""
        self._socket.sendall(line)
        while b"\n" not in self._rest:
            self._rest += self._more()
        self._rest = b""

    def receive(self) -> tuple[int, bytes]:
        """Return status and body of the oldest request not yet answered."""
        data = self._rest
        while (end := data.find(b"\r\n\r\n")) < 0:
            data += self._more()
        self.headers = data[:end]
        status = int(data[9:12])
        end += 4
        stop = end if status in _BODILESS else end + _length(self.headers)
        while len(data) < stop:
            data += self._more()
        self._rest = data[stop:]
        return status, data[end:stop]

    def _more(self) -> bytes:
        if not (data := self._socket.recv(_CHUNK)):
            raise ConnectionError("the server hung up")
        return data


def _lines(headers: Mapping[str, str]) -> str:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items())


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        if line[:15].lower() == b"content-length:":
            return int(line[15:])
    raise ValueError("an answer without Content-Length")
