"""A socket to a device in the network, most often port 9100 of a printer: knows at any time how much was taken,
never waits unboundedly.
"""

import contextlib
import errno
import os
import select
import socket
import sys
import time
from typing import Any

from motcua.devices.contract import DeviceError
from motcua.devices.strangers import HEARD_MAX
from motcua.typed.sentences import mark

CONNECT_S, STALL_S = 2.0, 2.0
LINGER_MS = 10_000
"""How long the kernel tries to get rid of what it took, where it can be told; a stalled device would else hold it
for minutes."""
CHUNK = 4096
"""Bytes offered at once. The kernel doubles it for its own buffer: more would be "sent" to a device that is long
dead."""
_UNDERWAY = (errno.EINPROGRESS, errno.EWOULDBLOCK, errno.EALREADY)


class TcpPort:
    """One connection.

    `begin` and `ready` connect step by step, `open` waits up to two seconds; both again after `close`.

    `accepted` counts the bytes that the system took since it was opened; whether the device has read them it does
    not say. `first_bytes` came since then, also over a connection that is closed now. A name with several addresses
    is tried at each.
    """

    answers = True
    stays_open = False
    is_network = True

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self.accepted = 0
        self.first_bytes = b""
        self._socket: socket.socket | None = None
        self._inbox = b""
        self._untried: list[tuple[int, Any]] = []

    @property
    def name(self) -> str:
        """Return the address for people."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    def begin(self) -> None:
        """Start to connect. Raises `DeviceError`."""
        self.close()
        self.accepted, self._inbox, self.first_bytes = 0, b"", b""
        try:
            resolved = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise self._refused(error) from error
        places = dict.fromkeys((family, address) for family, _, _, _, address in resolved)
        self._untried = sorted(places, key=lambda place: place[0] != socket.AF_INET)  # few devices of a hall speak IPv6
        self._begin_next()

    def _begin_next(self) -> None:
        """Start to connect to the next address of the name. Raises `DeviceError` when there is none left."""
        family, address = self._untried.pop(0)
        try:
            self._socket = connection = socket.socket(family, socket.SOCK_STREAM)
            connection.setblocking(False)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, CHUNK)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if hasattr(socket, "TCP_USER_TIMEOUT"):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, LINGER_MS)
            failed = connection.connect_ex(address)
        except OSError as error:
            self._next_or(error)
            return
        if failed and failed not in _UNDERWAY:
            self._next_or(OSError(failed, os.strerror(failed)))

    def _next_or(self, error: OSError) -> None:
        """Try the next address; raise `error` as a `DeviceError` where there is none."""
        refused = self._refused(error)
        if not self._untried:
            raise refused from error
        self._begin_next()

    def is_ready(self, wait_s: float) -> bool:
        """Return whether the connection stands, waiting up to `wait_s`. Raises `DeviceError` when it was refused."""
        until = time.monotonic() + wait_s
        while True:
            _, writable, broken = self._wait([], max(0.0, until - time.monotonic()))
            if not writable and not broken:
                return False
            failed = self._open().getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
            if not failed:
                return True
            self._next_or(OSError(failed, os.strerror(failed)))

    def open(self) -> None:
        """Connect. Raises `DeviceError` when nobody answers within two seconds."""
        self.begin()
        if not self.is_ready(CONNECT_S):
            raise self._refused(OSError(errno.ETIMEDOUT, os.strerror(errno.ETIMEDOUT)))

    def push(self, data: bytes, wait_s: float) -> int:
        """Offer the beginning of `data`; return how many bytes were taken, 0 when none were within `wait_s`.

        Raises `DeviceError`.
        """
        readable, writable, _ = self._wait([self._open()], wait_s)
        if readable:
            self._receive()
        if not writable:
            return 0
        try:
            count = self._open().send(data[:CHUNK])
        except BlockingIOError:
            return 0
        except OSError as error:
            raise self._lost(error) from error
        self.accepted += count
        return count

    def write(self, data: bytes) -> None:
        """Send all of `data`. Raises `DeviceError` after two seconds without progress."""
        moved = time.monotonic()
        while data:
            count = self.push(data, 0.1)
            data = data[count:]
            now = time.monotonic()
            if count:
                moved = now
            elif now - moved > STALL_S:
                raise DeviceError(mark("%(host)s:%(port)s accepts no more data."), host=self.host, port=self.port)

    def read(self, wait_s: float) -> bytes:
        """Return what arrived, at the latest after `wait_s`. Raises `DeviceError` when the other side has closed."""
        if not self._inbox:
            readable, _, _ = self._wait([self._open()], wait_s, writing=False)
            if readable:
                self._receive()
        received, self._inbox = self._inbox, b""
        return received

    def count_waiting(self) -> int:
        """Return how many bytes the device's side has not yet acknowledged; 0 where the system cannot tell."""
        if sys.platform != "linux":  # pragma: no cover
            return 0
        import fcntl
        import termios

        answer = fcntl.ioctl(self._open(), termios.TIOCOUTQ, bytes(4))
        return int.from_bytes(answer, sys.byteorder)

    def finish(self) -> str | None:
        """Nothing ends a job here."""
        return None

    def close(self) -> None:
        """Close it; never raises, may be called twice."""
        closing, self._socket = self._socket, None
        if closing is not None:
            with contextlib.suppress(OSError):
                closing.close()

    def _open(self) -> socket.socket:
        if self._socket is None:
            raise DeviceError(mark("There is no connection to %(host)s:%(port)s."), host=self.host, port=self.port)
        return self._socket

    def _wait(self, reading: list[socket.socket], wait_s: float, *, writing: bool = True) -> tuple[bool, bool, bool]:
        watched = self._open()
        # a refused connection is "writable" on Linux and "exceptional" on Windows
        readable, writable, broken = select.select(reading, [watched] if writing else [], [watched], wait_s)
        return bool(readable), bool(writable), bool(broken)

    def _receive(self) -> None:
        try:
            came = self._open().recv(CHUNK)
        except BlockingIOError:
            return
        except OSError as error:
            raise self._lost(error) from error
        if not came:
            raise self._lost(OSError(errno.ECONNRESET, os.strerror(errno.ECONNRESET)))
        self._keep(came)

    def _keep(self, came: bytes) -> None:
        self._inbox = (self._inbox + came)[-CHUNK:]
        self.first_bytes = (self.first_bytes + came)[:HEARD_MAX]

    def _lost(self, error: OSError) -> DeviceError:
        """The other side may have said why before it hung up: what is still unread is heard."""
        if self._socket is not None:
            with contextlib.suppress(OSError):
                while len(self.first_bytes) < HEARD_MAX and (came := self._socket.recv(CHUNK)):
                    self._keep(came)
        self.close()
        message = mark("The connection to %(host)s:%(port)s is lost: %(problem)s")
        return DeviceError(message, host=self.host, port=self.port, problem=getattr(error, "strerror", None) or error)

    def _refused(self, error: Exception) -> DeviceError:
        self.close()
        message = mark("%(host)s:%(port)s cannot be reached: %(problem)s")
        return DeviceError(message, host=self.host, port=self.port, problem=getattr(error, "strerror", None) or error)
