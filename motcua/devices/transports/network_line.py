"""Serial lines at the far end of a network: `socket://HOST:PORT` (bytes as they are) and `rfc2217://HOST:PORT`
(speed and parity too).

Both are pyserial's own. Its other addresses are refused: `spy://` writes files, `alt://` loads classes, `loop://` is
nothing but an echo, `hwgrep://` takes whichever adapter it meets first. Sources: RFC 2217; serial/urlhandler of
pyserial.
"""

import contextlib
import queue
import re
import socket
import warnings
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

import serial
from serial.urlhandler import protocol_rfc2217, protocol_socket

from motcua.devices.contract import DeviceError
from motcua.typed.sentences import mark

SOCKET, RFC2217 = "socket://", "rfc2217://"
RFC2217_OPTIONS = frozenset({"ign_set_control", "poll_modem", "timeout"})
_KEEPALIVE = (("TCP_KEEPIDLE", 10), ("TCP_KEEPINTVL", 5), ("TCP_KEEPCNT", 3))
"""A device server that lost its power says nothing: after 25 s of silence the system finds out. Seconds, seconds,
times."""
_URL = re.compile(r"(?i:(socket|rfc2217))://(\[[0-9A-Fa-f:.]+\]|[^:/?#@\[\]\s]+):(\d{1,5})/?(?:\?(.*))?")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PORT_MAX = 65_535


def is_address(path: str) -> bool:
    """Return whether `path` is an address of the network, or was meant as one."""
    return bool(_SCHEME.match(path))


def normalize_url(url: str) -> str:
    """Return the address as pyserial reads it.

    Raises `DeviceError` (permanent) for one that is not allowed or cannot be read.
    """
    match = _URL.fullmatch(url.strip())
    options = parse_qsl(match[4] or "", keep_blank_values=True) if match else []
    allowed = RFC2217_OPTIONS if match and match[1].lower() == "rfc2217" else frozenset()
    if (
        match is None
        or not 0 < int(match[3]) <= _PORT_MAX
        or any(not _fits(name, value, allowed) for name, value in options)
    ):
        message = mark(
            "“%(port)s” is not a valid address of a serial line in the network. Write socket://HOST:PORT or "
            "rfc2217://HOST:PORT."
        )
        raise DeviceError(message, permanent=True, port=url)
    query = f"?{match[4]}" if match[4] else ""
    return f"{match[1].lower()}://{match[2]}:{int(match[3])}{query}"


def _fits(name: str, value: str, allowed: frozenset[str]) -> bool:
    return name in allowed and (
        re.fullmatch(r"\d{1,2}(\.\d)?", value) is not None if name == "timeout" else value == ""
    )


def write_place(url: str) -> str:
    """Return `HOST:PORT` for people."""
    return url.partition("://")[2].partition("?")[0].rstrip("/")


def _close(line: Any, close: Callable[[], None]) -> None:
    """Close a line, and its socket too: pyserial forgets that when the other end was gone before. Never raises."""
    connection = line._socket
    with contextlib.suppress(Exception):
        close()
    line.is_open = False
    if connection is not None:
        connection.close()


class _Raw(protocol_socket.Serial):
    def reset_input_buffer(self) -> None:
        """While it opens, pyserial would throw away what another program says first, and by which it is known."""
        if self.is_met:
            super().reset_input_buffer()

    is_met = False

    def open(self) -> None:
        self.is_met = False
        super().open()
        self.is_met = True

    def close(self) -> None:
        _close(self, super().close)


class _Rfc2217(protocol_rfc2217.Serial):
    def close(self) -> None:
        _close(self, super().close)


def build_line(url: str, **settings: Any) -> serial.SerialBase:
    """Return a line that is not open yet. Raises `ValueError` for settings that no line has."""
    if url.startswith(SOCKET):
        line: serial.SerialBase = _Raw(None, **settings)
    else:
        line = _Rfc2217(None, **{name: value for name, value in settings.items() if name != "write_timeout"})
        # pyserial 3.5 sets up its thread the old way
        warnings.filterwarnings("ignore", message=r"set(Daemon|Name)\(\) is deprecated", category=DeprecationWarning)
    line.port = url
    return line


def watch_over(line: serial.SerialBase) -> None:
    """Let the system notice that the other end is gone without a word."""
    connection = getattr(line, "_socket", None)
    if isinstance(connection, socket.socket):
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in _KEEPALIVE:
            if hasattr(socket, name):
                connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)


def read_rest(line: serial.SerialBase) -> bytes:
    """Return what came over a line that could not be opened: whoever stands there may have said its name."""
    waiting = getattr(line, "_read_buffer", None)
    came = b""
    with contextlib.suppress(queue.Empty):
        while isinstance(waiting, queue.Queue) and (part := waiting.get_nowait()):
            came += part
    return came
