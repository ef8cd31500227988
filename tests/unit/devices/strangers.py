"""Other programs, where a device should be: each says and does what the real one does, over a real socket."""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

BANNERS = {
    "SSH": b"SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n",
    "Telnet": b"\xff\xfd\x18\xff\xfd\x20\xff\xfd\x23\xff\xfd\x27",
    "FTP, SMTP": b"220 mail.phuong.example ESMTP\r\n",
    "POP3, IMAP": b"* OK [CAPABILITY IMAP4rev1] ready\r\n",
    "VNC": b"RFB 003.008\n",
    "MySQL": b"\x4a\x00\x00\x00\x0a8.0.36\x00",
}
"""What programs say before they are asked."""
ANSWERS = {
    "HTTP (web)": b"HTTP/1.1 400 Bad Request\r\nServer: nginx\r\nConnection: close\r\n\r\n<html>Router</html>",
    "TLS (https)": b"\x15\x03\x01\x00\x02\x02\x46",
    "RTSP (camera)": b"RTSP/1.0 400 Bad Request\r\n\r\n",
    "“Login incorrect, goodbye”": b"Login incorrect, goodbye\r\n",
}
"""What programs say to what they do not understand."""


@dataclass
class Stranger:
    """Listens at `port`.

    `says` is said at once, `answers` when something came; `at_line` when a line of it came. It hangs up after both
    with `hangs_up`, by a reset with `resets`. `echoes` sends back what comes.
    """

    says: bytes = b""
    answers: bytes = b""
    at_line: bool = False
    hangs_up: bool = False
    resets: bool = False
    echoes: bool = False
    each: bytes = b""
    received: bytearray = field(default_factory=bytearray)
    connections: int = 0

    def __post_init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._ends = threading.Event()
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._ends.is_set():
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(client)
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        line = b""
        answered = False
        with contextlib.suppress(OSError):
            client.sendall(self.says)
            while came := client.recv(4096):
                self.received += came
                line += came
                if self.echoes:
                    client.sendall(came)
                if self.each:
                    client.sendall(self.each)
                if self.answers and not answered and (not self.at_line or b"\n" in line):
                    answered = True
                    client.sendall(self.answers)
                    if self.hangs_up or self.resets:
                        break
        with contextlib.suppress(OSError):
            if self.resets:
                client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            if self.hangs_up or self.resets:
                client.close()

    def close(self) -> None:
        """Hang up everywhere."""
        self._ends.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()
        for client in self._open:
            with contextlib.suppress(OSError):
                client.shutdown(socket.SHUT_RDWR)
            client.close()


@contextlib.contextmanager
def stranger(**habits: object) -> Iterator[Stranger]:
    """Lend another program."""
    server = Stranger(**habits)  # type: ignore[arg-type]
    try:
        yield server
    finally:
        server.close()
