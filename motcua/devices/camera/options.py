"""What one has to say about a camera: where it is, whose counter it looks at, and which part of its picture."""

import re
from typing import Annotated, Any, ClassVar
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field, field_validator

from motcua.devices import options as explained
from motcua.devices.camera.codec import Region
from motcua.devices.contract import COUNTER_MAX, DriverOptions
from motcua.typed.sentences import mark

NETWORK_SCHEMES = ("http", "https", "rtsp", "rtsps")
SIDE_MIN = 0.1
_USB = re.compile(r"\d{1,2}|/dev/[A-Za-z0-9_./:@+-]{1,200}")
_PARTS = 3


def read_region(value: object) -> object:
    """Return the three numbers that a person typed as a text, anything else as it is."""
    if not isinstance(value, str):
        return value
    text = value.strip().strip("[]")
    if not text:
        return None
    separators = r"[,;\s]+" if "." in text else r"[;\s]+"
    return [part.replace(",", ".") for part in re.split(separators, text.strip())]


RegionOption = explained.explain(
    mark("Region of the citizen"),
    mark(
        "Left edge, top edge and side of a square, each from 0 to 1. A standing citizen's face fills a quarter of its "
        "side or more, and the officer's place is outside it. Empty: the largest square in the middle."
    ),
    rank=explained.REGION,
)


class CameraOptions(DriverOptions):
    """`counter` is whose citizens it looks at. `region` is (left, top, side): of the width, the height, the shorter
    edge.
    """

    source: ClassVar[str] = ""
    counter: Annotated[int, explained.Counter] = Field(ge=1, le=COUNTER_MAX)
    region: Annotated[Region | None, BeforeValidator(read_region), RegionOption] = None

    @field_validator("region")
    @classmethod
    def _is_inside(cls, region: Region | None) -> Region | None:
        if region is not None and not (0 <= region[0] < 1 and 0 <= region[1] < 1 and SIDE_MIN <= region[2] <= 1):
            raise ValueError(f"left and top must be from 0 to below 1, the side from {SIDE_MIN} to 1")
        return region

    @property
    def place(self) -> str:
        """Return where the camera is: an address, a number or a file."""
        raise NotImplementedError


class NetworkOptions(CameraOptions):
    """A camera in the network: MJPEG over HTTP, or RTSP. The address may hold a name and a password."""

    source: ClassVar[str] = "network"
    port: Annotated[
        str,
        explained.explain(
            mark("Address of its stream"),
            mark("The camera's papers name it. Example: http://192.168.1.60/stream.mjpg or rtsp://192.168.1.60/live"),
            rank=explained.PORT,
        ),
    ]

    @field_validator("port")
    @classmethod
    def _is_address(cls, port: str) -> str:
        parts = urlsplit(port)
        has_port = parts.port is None or parts.port > 0
        is_written_well = has_port and bool(parts.hostname) and not re.search(r"[\s\x00-\x1f]", port)
        if parts.scheme not in NETWORK_SCHEMES or not is_written_well:
            raise ValueError(f"the address of a stream begins with one of: {', '.join(NETWORK_SCHEMES)}")
        return port

    @property
    def place(self) -> str:
        """Return its address."""
        return self.port


class UsbOptions(CameraOptions):
    """A camera with a USB plug: its number (0 is the first), on Linux also its file, /dev/v4l/by-id/…"""

    source: ClassVar[str] = "usb"
    port: Annotated[
        str,
        explained.explain(
            mark("Camera"),
            mark("Choose one of the list, or type its number: 0 is the first one."),
            rank=explained.PORT,
            offers=[{"from": "cameras"}, {"value": "0"}],
        ),
    ] = "0"

    @field_validator("port", mode="before")
    @classmethod
    def _is_camera(cls, port: Any) -> str:
        text = str(port) if type(port) is int else port
        if not isinstance(text, str) or not _USB.fullmatch(text) or ".." in text:
            raise ValueError("a camera is a number from 0, or a file of /dev")
        return text

    @property
    def place(self) -> str:
        """Return its number or its file of /dev."""
        return self.port


class VideoFileOptions(CameraOptions):
    """A video file that is played again and again, for a trial without a camera."""

    source: ClassVar[str] = "file"
    file: Annotated[
        str,
        explained.explain(
            mark("Video file"),
            mark("On the device program's computer. It is played again and again."),
            rank=explained.FOLDER,
        ),
    ]

    @field_validator("file")
    @classmethod
    def _is_path(cls, file: str) -> str:
        if not file.strip() or "\0" in file or "://" in file:
            raise ValueError("name a video file of this computer")
        return file

    @property
    def place(self) -> str:
        """Return its path."""
        return self.file
