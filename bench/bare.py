"""The least any server could do: raw frames, no library. Run as `python -m bench.bare FOLDER`.

`POST /commit` and the WebSocket on `/wall` are those of `bench.reference`. What it saves is what the libraries cost.
"""

import signal
import sys
from pathlib import Path

from gevent import socket
from gevent.server import StreamServer

from .frames import accept, frame
from .journal import Journal, message

_OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
_UPGRADE = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: "
_CHUNK = 65536


class Bare:
    """The server: one connection a greenlet, the commit inside the handler, because nobody else is served meanwhile."""

    def __init__(self, file: Path) -> None:
        self._journal = Journal(file)
        self._walls: set[socket.socket] = set()

    def serve(self, connection: socket.socket, _address: object) -> None:
        """Talk to one client until it hangs up."""
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        data = b""
        while more := connection.recv(_CHUNK):
            data += more
            while (end := data.find(b"\r\n\r\n")) >= 0:
                lines = data[:end].split(b"\r\n")
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(b":") for line in lines)}
                if key := headers.get(b"sec-websocket-key"):
                    connection.sendall(_UPGRADE + accept(key) + b"\r\n\r\n")
                    return self._wall(connection)
                size = int(headers.get(b"content-length", b"0"))
                if len(data) < end + 4 + size:
                    break
                data = data[end + 4 + size :]
                self._commit()
                connection.sendall(_OK)
        return None

    def _commit(self) -> None:
        broadcast = frame(message(self._journal.append()))
        for wall in list(self._walls):
            wall.sendall(broadcast)

    def _wall(self, connection: socket.socket) -> None:
        self._walls.add(connection)
        try:
            while connection.recv(_CHUNK):
                pass
        finally:
            self._walls.discard(connection)


def main() -> None:
    """Serve on a free port of the loopback until SIGTERM."""
    bare = Bare(Path(sys.argv[1]) / "bare.db")
    server = StreamServer(("127.0.0.1", 0), bare.serve, backlog=512)
    server.start()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    print(f"ready http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
