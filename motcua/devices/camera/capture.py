"""The capture process of one camera: it has the network and the camera, and never loads what looks at faces.

It ends by itself as soon as the agent is gone. Pictures leave it by two pipes only: the region's square to the
analysis when that asks, and a small JPEG to the agent while somebody sets the region. None is ever written to disk.
"""

import contextlib
import os
import signal
import threading
import time
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from motcua.devices.camera.codec import (
    CROP_SIDE_MAX_PX,
    Preview,
    RawFrame,
    Region,
    compute_size,
    compute_square,
    pack_frame,
    pack_note,
    pack_preview,
    unpack,
)
from motcua.devices.camera.no_dumps import refuse_dumps
from motcua.devices.camera.reader import NewestPicture, Picture, Reader
from motcua.devices.camera.sources import build_source, prepare_environment

EVERY_S = 0.2
"""Five pictures a second are looked at."""
NOTE_S, PREVIEW_S, LOOK_S = 0.5, 0.25, 0.05
PREVIEW_WIDTH_PX, PREVIEW_MAX_BYTES = 640, 45_000
"""As base64 text it is below 60 KB, so that it passes a socket whose messages are at most 64 KB."""
QUALITIES = (75, 60, 45, 30, 15)
ASK = b"?"
"""What the analysis sends when it can take a picture: so the one that it gets is the newest, whatever its pace."""


@dataclass(frozen=True)
class CaptureRequest:
    """Which camera: the kind of its source, where it is, and the region of its picture."""

    kind: str
    place: str
    region: Region | None

    def __repr__(self) -> str:
        return f"CaptureRequest({self.kind})"


class Capture:
    """What the process does with the newest picture."""

    def __init__(self, request: CaptureRequest, control: Connection, frames: Connection) -> None:
        self._request, self._control, self._frames = request, control, frames
        self._newest = NewestPicture()
        self._reader = Reader(build_source(request.kind, request.place), self._newest)
        self._look: int | None = None
        self._is_shown = False
        self._shown, self._shown_at, self._noted_at = 0, 0.0, 0.0

    def run(self) -> None:
        """Work until the agent closes its end of the pipe."""
        for work in (self._read, self._feed):
            threading.Thread(target=self._guard, args=(work,), daemon=True).start()
        while True:
            if self._control.poll(LOOK_S):
                self._obey(unpack(self._control.recv_bytes()))
            self._tell()

    def _guard(self, work: Any) -> None:
        """End the process with whatever ends one of its threads: the agent starts it again."""
        try:
            work()
        finally:
            os._exit(1)

    def _obey(self, order: dict[str, Any] | Preview | None) -> None:
        """Take an order of the agent: `look`, the number of a look or nothing, and `preview`."""
        if isinstance(order, dict):
            look = order.get("look")
            self._look = look if type(look) is int else None
            self._is_shown = order.get("preview") is True

    def _read(self) -> None:
        while True:
            wait_s = self._reader.step()
            if wait_s:
                time.sleep(wait_s)

    def _feed(self) -> None:
        """Answer each question of the analysis with the newest picture, five times a second at most."""
        sent, sent_at = 0, 0.0
        with contextlib.suppress(EOFError, OSError):
            while True:
                self._frames.recv_bytes(len(ASK))
                picture, look = self._wait_for_picture(sent, sent_at)
                sent, sent_at = picture.number, time.monotonic()
                self._frames.send_bytes(pack_frame(cut_frame(picture, self._request.region, look)))
        threading.Event().wait()  # the analysis has ended; the agent ends this process too

    def _wait_for_picture(self, sent: int, sent_at: float) -> tuple[Picture, int]:
        while True:
            rest_s = sent_at + EVERY_S - time.monotonic()
            if rest_s > 0:
                time.sleep(rest_s)
            picture, look = self._newest.wait_for(sent, EVERY_S), self._look
            if picture is not None and look is not None:
                return picture, look
            if look is None:
                time.sleep(LOOK_S)

    def _tell(self) -> None:
        now = time.monotonic()
        if now - self._noted_at >= NOTE_S:
            self._noted_at = now
            self._control.send_bytes(pack_note(self._describe()))
        picture = self._newest.get()
        if not self._is_shown or picture is None or picture.number == self._shown:
            return
        if now - self._shown_at >= PREVIEW_S:
            self._shown, self._shown_at = picture.number, now
            if (preview := make_preview(picture)) is not None:
                self._control.send_bytes(pack_preview(preview))

    def _describe(self) -> dict[str, Any]:
        """Return how the camera is: what the reader does since when, and its newest picture."""
        stage, since = self._reader.state
        picture = self._newest.get()
        height, width = picture.pixels.shape[:2] if picture is not None else (0, 0)
        return {
            "stage": stage,
            "since": since,
            "failures": self._reader.failures,
            "number": picture.number if picture is not None else 0,
            "at": picture.at if picture is not None else None,
            "width": width,
            "height": height,
        }


def cut_frame(picture: Picture, region: Region | None, look: int) -> RawFrame:
    """Return the region's square of a picture, shrunk where it is larger than the analysis needs."""
    import cv2
    import numpy as np

    height, width = picture.pixels.shape[:2]
    square = compute_square(region, width, height)
    part = picture.pixels[
        square.top_px : square.top_px + square.side_px, square.left_px : square.left_px + square.side_px
    ]
    side = min(square.side_px, CROP_SIDE_MAX_PX)
    if side < square.side_px:
        part = cv2.resize(part, (side, side), interpolation=cv2.INTER_AREA)
    return RawFrame(look, picture.number, picture.at, side, side, np.ascontiguousarray(part).tobytes())


def make_preview(picture: Picture) -> Preview | None:
    """Return the whole picture as a small JPEG, None where it cannot be made small enough."""
    import cv2

    height, width = picture.pixels.shape[:2]
    size = compute_size(width, height, PREVIEW_WIDTH_PX)
    is_small = size == (width, height)
    small = picture.pixels if is_small else cv2.resize(picture.pixels, size, interpolation=cv2.INTER_AREA)
    for quality in QUALITIES:
        is_made, encoded = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if is_made and encoded.size <= PREVIEW_MAX_BYTES:
            return Preview(encoded.tobytes(), *size)
    return None


def run_capture(request: CaptureRequest, control: Connection, frames: Connection) -> None:
    """Work as the capture process until the agent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the agent ends it, not the Ctrl-C that the terminal sends to all
    refuse_dumps()
    prepare_environment()
    with contextlib.suppress(EOFError, OSError):
        Capture(request, control, frames).run()
    os._exit(0)  # a read that hangs must not keep it
