"""A network camera made of software: drawn people as `multipart/x-mixed-replace` over HTTP, and the ways in which a
camera fails.
"""

import contextlib
import socket
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

from PIL import Image

from motcua.devices.camera import pictures, scenes
from motcua.devices.emulation import Handle
from motcua.devices.own_server import OwnServer
from motcua.typed.sentences import mark

STREAM, FRAME = "/stream.mjpg", "/frame.jpg"
BOUNDARY = "frame"
FRAMES_A_SECOND = 10
SLOW_CLIENT_S = 5.0
FAULTS = {
    "unplug": mark("Pull the cable"),
    "freeze": mark("Freeze the picture"),
    "dark": mark("Cover the lens"),
}
MEND = Handle("mend", mark("Repair everything"))
SCENE = "scene:"
"""Begins the handle that chooses what is seen: `scene:smiling`."""
FILES = "files"
SCENE_LABELS = {
    scenes.COME_AND_GO: mark("Citizens come and go"),
    scenes.NOBODY: mark("Nobody is there"),
    scenes.SERIOUS: mark("A citizen does not smile"),
    scenes.SMILING: mark("A citizen smiles"),
    scenes.TWO: mark("Two people stand there"),
    FILES: mark("Pictures of the folder"),
}


class CameraEmulator:
    """A camera on `http://host:port/stream.mjpg` (0: any free port); `/frame.jpg` is its newest picture.

    It shows the pictures of `folder` one after the other. Where none is given, drawn people come and go.
    What is seen can be chosen: nobody, a citizen who smiles or does not, two people.
    Frozen, the connection stays and nothing more comes: what an agent has to notice by the age of its newest frame.
    """

    kind = "camera"

    def __init__(
        self,
        name: str = "camera",
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        folder: Path | None = None,
        counter: int = 1,
        frames_a_second: float = FRAMES_A_SECOND,
    ) -> None:
        """Read the pictures. Raises `OSError`."""
        self.name, self.host, self.port, self.counter = name, host, port, counter
        self._pictures = pictures.load_folder(folder) if folder is not None else []
        self._scene, self._since = FILES if self._pictures else scenes.COME_AND_GO, 0
        self._pause_s = 1 / frames_a_second
        self._fault: str | None = None
        self._changed = threading.Condition()
        self._still: Image.Image | None = None
        self._count = 0
        self._encoded: tuple[int, bytes] = (0, b"")
        """The newest frame that somebody wanted, and its number: what nobody looks at is not drawn."""
        self._ends = threading.Event()
        self._thread: threading.Thread | None = None
        self._server: _CameraServer | None = None

    def start(self) -> None:
        """Listen and begin to show. Raises `OSError`."""
        self._listen()
        self._next()
        self._ends.clear()
        self._thread = threading.Thread(target=self._run, name=f"emulator {self.name}", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Close everything; may be called twice."""
        self._ends.set()
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        self._unplug()

    def describe_entry(self) -> dict[str, Any]:
        """Return the `[[device]]` entry of this camera."""
        return {
            "name": self.name,
            "kind": self.kind,
            "driver": "mjpeg",
            "counter": self.counter,
            "port": f"http://{self.host}:{self.port}{STREAM}",
        }

    def list_handles(self) -> list[Handle]:
        """Return what can be done to it now."""
        scene_handles = [
            Handle(SCENE + name, label) for name, label in SCENE_LABELS.items() if name != FILES or self._pictures
        ]
        left = [Handle(code, label) for code, label in FAULTS.items() if code != self._fault]
        return [*scene_handles, MEND, *left] if self._fault else [*scene_handles, *left]

    def do(self, code: str) -> None:
        """Choose what is seen, break it in one way, in place of any other, or `mend` it.

        Raises `ValueError` for anything else.
        """
        if all(handle.code != code for handle in (*self.list_handles(), MEND)) and code not in FAULTS:
            raise ValueError(code)
        if code.startswith(SCENE):
            self._scene, self._since = code.removeprefix(SCENE), self._count
            return
        self._still = self._picture()
        self._fault = None if code == MEND.code else code
        if code == "unplug":
            self._unplug()
        elif self._server is None:
            self._listen()
        if code == "dark":
            self._next()

    def get_state(self) -> dict[str, Any]:
        """Return `plugged`, what is wrong, what is seen as `text`, the number of the newest frame as `frames`, and how
        many watch.
        """
        server = self._server
        return {
            "plugged": server is not None,
            "fault": self._fault,
            "text": SCENE + self._scene,
            "frames": self._count,
            "watched": len(server.watching) if server is not None else 0,
        }

    def draw_picture(self) -> bytes | None:
        """Return the newest picture as a PNG; None while it is unplugged."""
        return pictures.encode_jpeg(self._picture(), "PNG") if self._server is not None else None

    def wait_for_frame(self, after: int) -> tuple[int, bytes]:
        """Return the newest frame: its number and its JPEG.

        Waits a tenth of a second at most for one later than `after`.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._count != after, 0.1)
            if self._encoded[0] != self._count:
                self._encoded = self._count, pictures.encode_jpeg(self._picture(), "JPEG")
            return self._encoded

    def _picture(self) -> Image.Image:
        if self._fault == "freeze" and self._still is not None:
            return self._still
        if self._fault == "dark":
            return pictures.draw_dark()
        if self._scene == FILES:
            return self._pictures[self._count % len(self._pictures)]
        return scenes.draw_scene(self._scene, self._count - self._since, self._count)

    def _run(self) -> None:
        while not self._ends.wait(self._pause_s):
            if self._fault != "freeze":
                self._next()

    def _next(self) -> None:
        with self._changed:
            self._count += 1
            self._changed.notify_all()

    def _listen(self) -> None:
        server = _CameraServer((self.host, self.port), self)
        self.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, args=(0.05,), name=f"camera {self.name}", daemon=True).start()
        self._server = server

    def _unplug(self) -> None:
        server, self._server = self._server, None
        if server is not None:
            server.shutdown()
            server.hang_up()
            server.server_close()


class _CameraServer(OwnServer):
    """The camera's socket; `watching` are the connections to whom the stream goes."""

    daemon_threads = False

    def __init__(self, address: tuple[str, int], camera: CameraEmulator) -> None:
        super().__init__(address, _Watcher)
        self.camera = camera
        self.is_over = False
        self.watching: set[socket.socket] = set()

    def hang_up(self) -> None:
        """Let every connection end now."""
        self.is_over = True
        for connection in list(self.watching):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: object, client_address: object) -> None:
        """A watcher that went away is no news."""


class _Watcher(BaseHTTPRequestHandler):
    timeout = SLOW_CLIENT_S
    server: _CameraServer

    def do_GET(self) -> None:
        if self.path == STREAM:
            self._stream()
        elif self.path == FRAME:
            _number, jpeg = self.server.camera.wait_for_frame(0)
            self._begin("image/jpeg", len(jpeg))
            self.wfile.write(jpeg)
        else:
            self.send_error(HTTPStatus.NOT_FOUND, f"{STREAM} or {FRAME}")

    def _begin(self, content: str, length: int | None = None) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", content)
        self.send_header("Cache-Control", "no-store")
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()

    def _stream(self) -> None:
        sent_number, connection = 0, self.connection
        self.server.watching.add(connection)
        try:
            self._begin(f"multipart/x-mixed-replace; boundary={BOUNDARY}")
            while not self.server.is_over:
                number, jpeg = self.server.camera.wait_for_frame(sent_number)
                if number != sent_number:
                    sent_number = number
                    head = f"--{BOUNDARY}\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
                    self.wfile.write(head.encode() + jpeg + b"\r\n")
        finally:
            self.server.watching.discard(connection)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name of the base class
        """Who watches is no news."""
