"""How frames go to the analysis and readings come back: a line of JSON, then the pixels; one line of JSON back.

Nothing of a frame but these bytes exists anywhere: no file, no shared memory that a crash would leave behind.
"""

import json
from typing import IO, Any, cast

from msgspec import Struct, to_builtins

from motcua.vision.gates import VISIT_GATES, FrameReading, Gates, Reason

LINE_BYTES = 4096
SIDE_MAX_PX = 4096
CHANNELS = 3


class CameraFrame(Struct, frozen=True):
    """A picture of a camera: rows of pixels, three bytes each, blue first as OpenCV gives them.

    `at_s` is when it was taken, by a clock that nobody can set. The pixels are never printed.
    """

    at_s: float
    width: int
    height: int
    pixels: bytes | memoryview
    gates: Gates = VISIT_GATES

    def __repr__(self) -> str:
        return f"CameraFrame(at_s={self.at_s}, width={self.width}, height={self.height})"


class AnalysedFrame(Struct, frozen=True):
    """What the frame that was taken at `at_s` says."""

    at_s: float
    reading: FrameReading


def is_whole(frame: CameraFrame) -> bool:
    """Say whether the pixels are as many as width and height say, and no more than a camera has."""
    return (
        0 < frame.width <= SIDE_MAX_PX
        and 0 < frame.height <= SIDE_MAX_PX
        and len(frame.pixels) == frame.width * frame.height * CHANNELS
    )


def send_frame(out: IO[bytes], frame: CameraFrame) -> None:
    """Write a frame. Raises `OSError`."""
    header = {"width": frame.width, "height": frame.height, "gates": to_builtins(frame.gates)}
    out.write(json.dumps(header).encode() + b"\n")
    out.write(frame.pixels)
    out.flush()


def receive_frame(source: IO[bytes], room: bytearray) -> CameraFrame | None:
    """Return the next frame, its time 0; None at the end, also in the middle of a frame.

    Its pixels are in `room`, which grows as needed, until the next call.
    """
    line = source.readline(LINE_BYTES)
    if not line.endswith(b"\n"):
        return None
    header = json.loads(line)
    width, height = int(header["width"]), int(header["height"])
    size = width * height * CHANNELS
    if len(room) < size:
        room.extend(bytes(size - len(room)))
    pixels = memoryview(room)[:size]
    count = 0
    while count < size and (more := source.readinto(pixels[count:])):  # type: ignore[attr-defined]
        count += more
    frame = CameraFrame(0, width, height, pixels[:count], Gates(**header["gates"]))
    return frame if is_whole(frame) else None


def encode_reading(reading: FrameReading) -> dict[str, Any]:
    """Return a reading as JSON has it."""
    return cast(dict[str, Any], to_builtins(reading))


def decode_reading(fields: dict[str, Any]) -> FrameReading:
    """Return the reading of what `encode_reading` made."""
    reason = fields["reason"]
    return FrameReading(fields["faces"], fields["smile"], fields["quality"], None if reason is None else Reason(reason))
