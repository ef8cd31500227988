"""The capture process of one camera: it has the network and the camera, and never loads what looks at faces.

It ends by itself as soon as the agent is gone, and with it the analysis that it started. Pictures leave it by two pipes
only: the region's square to the analysis, and a small JPEG to the agent while somebody sets the region.
"""

import contextlib
import os
import signal
import threading
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from msgspec import Struct

from motcua.devices.camera.codec import Preview, Region, compute_size, pack_note, pack_preview, unpack
from motcua.devices.camera.feeding import Feeder, LookRequest, build_analysis, read_gates
from motcua.devices.camera.reader import NewestPicture, Picture, Reader
from motcua.devices.camera.sources import build_source, prepare_environment
from motcua.vision.no_traces import leave_no_trace

NOTE_S, PREVIEW_S, TURN_S = 0.5, 0.25, 0.02
PREVIEW_WIDTH_PX, PREVIEW_MAX_BYTES = 640, 45_000
"""As base64 text it is below 60 KB, so that it passes a socket whose messages are at most 64 KB."""
QUALITIES = (75, 60, 45, 30, 15)


class CaptureRequest(Struct, frozen=True):
    """Which camera: the kind of its source, where it is, and the region of its picture.

    With a `model` its pictures are analysed: by a child, or by a service of this computer at the socket `service`.
    """

    kind: str
    place: str
    region: Region | None
    model: Path | None = None
    service: Path | None = None

    def __repr__(self) -> str:
        return f"CaptureRequest({self.kind})"


class Capture:
    """What the process does with the newest picture."""

    def __init__(self, request: CaptureRequest, control: Connection) -> None:
        self._control = control
        self._newest = NewestPicture()
        self._reader = Reader(build_source(request.kind, request.place), self._newest)
        self._feeder: Feeder | None = None
        if (model := request.model) is not None:
            self._feeder = Feeder(lambda: build_analysis(model, request.service), request.region)
        self._is_previewed = False
        self._previewed, self._previewed_at, self._noted_at = 0, 0.0, 0.0

    def run(self) -> None:
        """Work until the agent closes its end of the pipe, which raises `EOFError` or `OSError`."""
        threading.Thread(target=self._guard, args=(self._read,), daemon=True).start()
        while True:
            if self._control.poll(TURN_S):
                self._obey(unpack(self._control.recv_bytes()))
            picture = self._newest.get()
            for note in self._feeder.step(picture) if self._feeder is not None else ():
                self._control.send_bytes(pack_note(note))
            self._tell(picture)

    def close(self) -> None:
        """End the analysis."""
        if self._feeder is not None:
            self._feeder.close()

    def _guard(self, work: Callable[[], None]) -> None:
        """End the process with whatever ends its other thread: the agent starts it again."""
        try:
            work()
        finally:
            os._exit(1)

    def _obey(self, order: dict[str, Any] | Preview | None) -> None:
        """Take an order of the agent: `look`, the number of a look or nothing, its `gates`, and `preview`."""
        if not isinstance(order, dict):
            return
        look, gates = order.get("look"), read_gates(order.get("gates", {}))
        if self._feeder is not None:
            self._feeder.change_look(LookRequest(look, gates) if type(look) is int and gates is not None else None)
        self._is_previewed = order.get("preview") is True

    def _read(self) -> None:
        while True:
            wait_s = self._reader.step()
            if wait_s:
                time.sleep(wait_s)

    def _tell(self, picture: Picture | None) -> None:
        """Say twice a second how the camera is, and four times what it sees while that is asked."""
        now = time.monotonic()
        if now - self._noted_at >= NOTE_S:
            self._noted_at = now
            self._control.send_bytes(pack_note(self._describe(picture)))
        if not self._is_previewed or picture is None or picture.number == self._previewed:
            return
        if now - self._previewed_at >= PREVIEW_S:
            self._previewed, self._previewed_at = picture.number, now
            if (preview := make_preview(picture)) is not None:
                self._control.send_bytes(pack_preview(preview))

    def _describe(self, picture: Picture | None) -> dict[str, Any]:
        """Return how the camera is: what the reader does since when, its newest picture, and the analysis."""
        stage, since = self._reader.state
        height, width = picture.pixels.shape[:2] if picture is not None else (0, 0)
        return {
            "stage": stage,
            "since": since,
            "failures": self._reader.failures,
            "number": picture.number if picture is not None else 0,
            "at": picture.at if picture is not None else None,
            "width": width,
            "height": height,
            "analysis": self._feeder.describe() if self._feeder is not None else None,
        }


def make_preview(picture: Picture) -> Preview | None:
    """Return the whole picture as a small JPEG with its own size, None where it cannot be made small enough."""
    import cv2

    height, width = picture.pixels.shape[:2]
    size = compute_size(width, height, PREVIEW_WIDTH_PX)
    is_small = size == (width, height)
    small = picture.pixels if is_small else cv2.resize(picture.pixels, size, interpolation=cv2.INTER_AREA)
    for quality in QUALITIES:
        is_made, encoded = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if is_made and encoded.size <= PREVIEW_MAX_BYTES:
            return Preview(encoded.tobytes(), width, height)
    return None


def run_capture(request: CaptureRequest, control: Connection) -> None:
    """Work as the capture process until the agent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the agent ends it, not the Ctrl-C that the terminal sends to all
    leave_no_trace()
    prepare_environment()
    capture = Capture(request, control)
    with contextlib.suppress(EOFError, OSError):
        capture.run()
    capture.close()
    os._exit(0)  # a read that hangs must not keep it
