"""What stands between a browser and the desk: a forwarder that rewrites the head of a request, and nothing else."""

import contextlib
import socket
import threading
from collections.abc import Iterator

END = b"\r\n\r\n"


class Proxy:
    """Passes one request of each connection on to `port`, with `host` as its Host, `more` headers and another HTTP
    `version`, if given.
    """

    def __init__(self, port: int, host: str = "", more: tuple[str, ...] = (), version: str = "") -> None:
        self._target, self._host, self._more, self._version = port, host, more, version
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._lines: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept)
        self._thread.start()

    def _accept(self) -> None:
        workers = []
        with contextlib.suppress(OSError):
            while True:
                near, _address = self._listener.accept()
                workers.append(threading.Thread(target=self._serve, args=(near,)))
                workers[-1].start()
        for worker in workers:
            worker.join()

    def _serve(self, near: socket.socket) -> None:
        with near, contextlib.suppress(OSError):
            data = b""
            while END not in data:
                if not (piece := near.recv(65536)):
                    return
                data += piece
            with socket.create_connection(("127.0.0.1", self._target)) as far:
                self._lines += [near, far]
                far.sendall(self._rewritten(data))
                back = threading.Thread(target=pump, args=(far, near))
                back.start()
                pump(near, far)
                back.join()

    def _rewritten(self, data: bytes) -> bytes:
        head, _, body = data.partition(END)
        first, *lines = head.decode("latin-1").split("\r\n")
        if self._version:
            first = f"{first.rpartition(' ')[0]} {self._version}"
        if self._host:
            lines = [f"Host: {self._host}" if line.lower().startswith("host:") else line for line in lines]
        return "\r\n".join([first, *lines, *self._more]).encode("latin-1") + END + body

    def close(self) -> None:
        """Hang up every line."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for line in self._lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        self._thread.join()


def pump(source: socket.socket, target: socket.socket) -> None:
    """Pass on what comes until the line ends."""
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def proxy(port: int, host: str = "", more: tuple[str, ...] = (), version: str = "") -> Iterator[int]:
    """Lend the port of a proxy in front of `port`."""
    made = Proxy(port, host, more, version)
    try:
        yield made.port
    finally:
        made.close()
