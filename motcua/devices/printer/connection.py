"""One connection to the emulated printer: what came over it, and what it is owed."""

import contextlib
import selectors
import socket
import struct
import time

from motcua.devices.printer.paper import EscPosReader

TICK_S = 0.01
BUFFER = 4096
"""Bytes that the printer holds before it prints them, and that the socket in front of it holds."""
SEGMENT = 1400


def open_listener(host: str, port: int) -> socket.socket:
    """Return a socket that listens on `port` (0: any free one) and holds no more than a printer does.

    Raises `OSError`.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.setsockopt(
            socket.SOL_SOCKET, socket.SO_RCVBUF, BUFFER
        )  # on the listener: a client's own comes too late
        if hasattr(
            socket, "TCP_MAXSEG"
        ):  # as on a network: the loop-back's 64 kB would open a small window once in seconds
            listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, SEGMENT)
        listening.bind((host, port))
        listening.listen(4)
        listening.setblocking(False)
    except OSError:
        listening.close()
        raise
    return listening


class PrinterClient:
    """One connection: what it sent and what it is owed."""

    def __init__(self, accepted: socket.socket, now: float) -> None:
        accepted.setblocking(False)
        self.socket = accepted
        self.waiting = bytearray()
        self.is_asking = True
        self.count = 0
        self.is_over = False
        self.printed_at, self.printed_bytes = now, 0
        self.wants_telling, self.last_status = False, b""
        self.answers: list[tuple[float, bytes]] = []
        self.at_the_door, self.in_order = EscPosReader(), EscPosReader()

    def receive(self, room: int) -> bytes:
        """Return up to `room` bytes that have come. Raises `OSError` when the connection is broken."""
        if room <= 0 or self.is_over:
            return b""
        try:
            came = self.socket.recv(room)
        except BlockingIOError:
            return b""
        self.is_over = not came
        self.count += len(came)
        self.waiting += came
        return came

    def answer_due(self, now: float) -> None:
        """Send the answers whose time has come."""
        while self.answers and self.answers[0][0] <= now:
            self.socket.send(self.answers.pop(0)[1])

    def close(self, *, reset: bool) -> None:
        """Close it; with `reset` the other side hears of it as an error."""
        with contextlib.suppress(OSError):
            if reset:
                self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.socket.close()


def wait_for(watched: socket.socket | None) -> None:
    """Return when something comes, after a hundredth of a second at the latest."""
    with selectors.DefaultSelector() as selector:
        try:
            if watched is not None:
                selector.register(watched, selectors.EVENT_READ)
        except (OSError, ValueError):  # closed meanwhile
            return
        if watched is None:
            time.sleep(TICK_S)
        else:
            selector.select(TICK_S)
