"""Where a camera's pictures come from: the network, a USB plug, a video file. Only the capture process imports this.

A source is opened, read until a read fails, and closed. A failed read is the end of it: `isOpened()` stays true after
a failure, and every later read fails at once.
"""

import os
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, Protocol

from motcua.devices.camera.codec import PIXELS_MAX

TIMEOUT_MS = 2000
"""How long opening and each read of a network camera may take; the library's own limits are 30 s."""
WIDTH_PX, HEIGHT_PX = 1280, 720
COLOURS = 3
FILE_RATE_MAX, FILE_RATE = 60.0, 25.0
ENVIRONMENT = {
    "OPENCV_LOG_LEVEL": "OFF",
    "OPENCV_FFMPEG_LOGLEVEL": "-8",
    "OPENCV_FFMPEG_CAPTURE_OPTIONS": "rtsp_transport;tcp",
}
"""The library must not write an address with its password into the log. RTSP by TCP: lost packets smear a picture."""
PROXIES = ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy", "HTTPS_PROXY")
"""A camera stands in the same house: the way out of it would lead astray."""


class Source(Protocol):
    """One camera. Used by one thread. A picture is an array of height x width x 3 bytes: blue, green, red."""

    is_bounded: bool
    """Whether a read always returns within a few seconds; USB has no time-outs."""

    def open(self) -> bool:
        """Open it; return whether it is open."""
        ...

    def read(self) -> Any | None:
        """Return the next picture, None when nothing more comes."""
        ...

    def release(self) -> None:
        """Close it; may be called twice."""
        ...


class VideoSource(ABC):
    """A source that OpenCV reads. The library is loaded when it is opened."""

    is_bounded = True

    def __init__(self, place: str) -> None:
        self._place = place
        self._capture: Any = None

    def open(self) -> bool:
        """Open it; return whether it is open."""
        self.release()
        for capture in self._make():
            if capture.isOpened():
                self._capture = capture
                return True
            capture.release()
        return False

    @abstractmethod
    def _make(self) -> Any:
        """Yield what may be the camera, each way after the other."""

    def read(self) -> Any | None:
        """Return the next picture, None when nothing more comes or it is none."""
        if self._capture is None:
            return None
        has_picture, picture = self._capture.read()
        return picture if has_picture and is_picture(picture) else None

    def release(self) -> None:
        """Close it."""
        capture, self._capture = self._capture, None
        if capture is not None:
            capture.release()


class NetworkSource(VideoSource):
    """A stream of the network: MJPEG over HTTP, or RTSP."""

    def _make(self) -> Any:
        import cv2

        limits = [cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, TIMEOUT_MS, cv2.CAP_PROP_READ_TIMEOUT_MSEC, TIMEOUT_MS]
        yield cv2.VideoCapture(self._place, cv2.CAP_FFMPEG, limits)


class UsbSource(VideoSource):
    """A camera with a USB plug: by V4L2 on Linux; by DirectShow, else Media Foundation, on Windows."""

    is_bounded = False

    def _make(self) -> Any:
        import cv2

        ways = [cv2.CAP_DSHOW, cv2.CAP_MSMF] if sys.platform == "win32" else [cv2.CAP_V4L2]
        place = int(self._place) if self._place.isdecimal() else os.path.realpath(self._place)
        for way in ways:
            capture = cv2.VideoCapture(place, way)
            if capture.isOpened():
                capture.set(cv2.CAP_PROP_FOURCC, cv2.VideoWriter.fourcc(*"MJPG"))
                capture.set(cv2.CAP_PROP_FRAME_WIDTH, WIDTH_PX)
                capture.set(cv2.CAP_PROP_FRAME_HEIGHT, HEIGHT_PX)
                capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
            yield capture


class FileSource(VideoSource):
    """A video file, as fast as it was taken, again and again."""

    def __init__(
        self, place: str, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        super().__init__(place)
        self._now, self._sleep = now, sleep
        self._pause_s, self._next_at = 1 / FILE_RATE, 0.0

    def _make(self) -> Any:
        import cv2

        capture = cv2.VideoCapture(self._place, cv2.CAP_FFMPEG)
        rate = capture.get(cv2.CAP_PROP_FPS)
        self._pause_s = 1 / (rate if 0 < rate <= FILE_RATE_MAX else FILE_RATE)
        self._next_at = self._now()
        yield capture

    def read(self) -> Any | None:
        """Return the next picture; after the last one the first again."""
        wait_s = self._next_at - self._now()
        if wait_s > 0:
            self._sleep(wait_s)
        self._next_at = max(self._next_at, self._now() - 1) + self._pause_s
        picture = super().read()
        if picture is None and self._capture is not None and self.open():
            picture = super().read()
        return picture


def is_picture(picture: Any) -> bool:
    """Say whether an array is a picture of a usable size: height x width x 3 bytes."""
    shape: tuple[int, ...] = tuple(getattr(picture, "shape", ()))
    if len(shape) != COLOURS or shape[-1] != COLOURS or str(picture.dtype) != "uint8":
        return False
    return 0 < shape[0] * shape[1] <= PIXELS_MAX


_SOURCES: dict[str, Callable[[str], Source]] = {"network": NetworkSource, "usb": UsbSource, "file": FileSource}


def build_source(kind: str, place: str) -> Source:
    """Return the source of a kind that the options name, not yet opened."""
    return _SOURCES[kind](place)


def prepare_environment() -> None:
    """Let the library say nothing and use no proxy. Call it before the library is loaded."""
    os.environ.update(ENVIRONMENT)
    for name in PROXIES:
        os.environ.pop(name, None)
