"""Cameras of the network made for a test: one that works, and each way in which one fails. Pictures are numbered."""

import contextlib
import importlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.face_model import EXTRA_ADVICE


def _load(name: str) -> Any:
    """Return a library of the extra `camera`; where it is missing, CI fails and any other run leaves the tests out."""
    return importlib.import_module(name) if os.environ.get("CI") else pytest.importorskip(name, reason=EXTRA_ADVICE)


cv2, np = _load("cv2"), _load("numpy")
SIZE_PX = 96
BITS, CELL_PX = 16, 24


def draw_number(number: int, size_px: int = SIZE_PX) -> Any:
    """Return a picture from which `read_number` reads its number, whatever a JPEG does to it."""
    picture: Any = np.zeros((size_px, size_px, 3), np.uint8)
    for place in range(BITS):
        top, left = place // 4 * CELL_PX, place % 4 * CELL_PX
        picture[top : top + CELL_PX, left : left + CELL_PX] = 255 * (number >> place & 1)
    return picture


def read_number(pixels: Any) -> int:
    """Return the number of a picture."""
    middles = [
        pixels[place // 4 * CELL_PX + CELL_PX // 2, place % 4 * CELL_PX + CELL_PX // 2].mean() for place in range(BITS)
    ]
    return sum((middle > 127) << place for place, middle in enumerate(middles))


def encode(picture: Any) -> bytes:
    return bytes(cv2.imencode(".jpg", picture)[1].tobytes())


def write_video(path: Path, numbers: range, rate: float = 25) -> Path:
    """Write numbered pictures as MJPG in an .avi."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), rate, (SIZE_PX, SIZE_PX))
    for number in numbers:
        writer.write(draw_number(number))
    writer.release()
    return path


@dataclass
class Streams:
    """The server of the streams `/ok`, `/stall`, `/drop`, `/silent`, `/garbage`.

    `go_on` lets the stalled and silent ones go on: nothing here waits for a time.
    """

    port: int = 0
    sent: int = 0
    opened: int = 0
    pace_s: float = 0.02
    frames: int = 3
    """After so many pictures /stall says nothing more and /drop hangs up."""
    go_on: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}"


class _Handler(BaseHTTPRequestHandler):
    streams: Streams

    def do_GET(self) -> None:
        with contextlib.suppress(OSError):
            self._answer(self.path.strip("/"))

    def _answer(self, path: str) -> None:
        streams = self.streams
        streams.opened += 1
        if path == "silent":
            streams.go_on.wait()
            return
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        if path == "garbage":
            for _ in range(200):
                self.wfile.write(
                    b"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: 64\r\n\r\n" + b"\x93\x00" * 32
                )
            return
        count = 0
        while not streams.go_on.wait(streams.pace_s):
            count += 1
            if count > streams.frames and path == "drop":
                return
            if count > streams.frames and path == "stall":
                streams.go_on.wait()
                return
            streams.sent += 1
            jpeg = encode(draw_number(streams.sent))
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
            self.wfile.write(head.encode() + jpeg + b"\r\n")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name of the base class
        pass


@contextmanager
def served_streams() -> Iterator[Streams]:
    """Serve the streams until the end of the block."""
    streams = Streams()

    class Handler(_Handler):
        pass

    Handler.streams = streams
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    streams.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield streams
    finally:
        streams.go_on.set()
        server.shutdown()
        server.server_close()
        thread.join()
