"""What the capture process and the agent tell each other: bytes to values and back. Pure.

A region is a square of the picture, told as fractions: the left edge of the width, the top edge of the height, the side
of the shorter edge.
"""

import json
import struct
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

CROP_SIDE_MAX_PX = 640
"""The analysis gets at most so many pixels a side: a face that fills a quarter of it still has its full quality."""
PIXELS_MAX = 16_000_000
"""A source whose picture is larger is refused: no camera of a counter is."""
MESSAGE_MAX_BYTES = 65_536
"""A note, or a preview's picture. Nothing larger comes from a child to the agent."""
_NOTE, _PICTURE = b"N", b"P"
_PICTURE_HEAD = struct.Struct("<HH")
Region = tuple[float, float, float]


class Square(Struct, frozen=True):
    """A square of a picture in pixels: its left and top edge, and its side."""

    left_px: int
    top_px: int
    side_px: int


class Preview(Struct, frozen=True):
    """A whole picture as a small JPEG for whoever sets the region, and the camera's own size.

    Its bytes are never part of a text.
    """

    jpeg: bytes
    width: int
    height: int

    def __repr__(self) -> str:
        return f"Preview({self.width}x{self.height})"


def compute_square(region: Region | None, width: int, height: int) -> Square:
    """Return the square of a picture of `width` x `height`; without a region the largest one in its middle."""
    shorter = min(width, height)
    if region is None:
        return Square((width - shorter) // 2, (height - shorter) // 2, shorter)
    left, top, side = region
    side_px = max(1, min(shorter, round(side * shorter)))
    return Square(
        max(0, min(round(left * width), width - side_px)), max(0, min(round(top * height), height - side_px)), side_px
    )


def compute_size(width: int, height: int, edge_max: int) -> tuple[int, int]:
    """Return the size in which a picture's width is at most `edge_max`; its shape stays."""
    if width <= edge_max:
        return width, height
    return edge_max, max(1, round(height * edge_max / width))


def pack_note(fields: Mapping[str, Any]) -> bytes:
    """Return a few plain values as one message."""
    return _NOTE + json.dumps(fields, separators=(",", ":")).encode()


def pack_preview(preview: Preview) -> bytes:
    """Return a preview's picture as one message."""
    return _PICTURE + _PICTURE_HEAD.pack(preview.width, preview.height) + preview.jpeg


def unpack(message: bytes) -> dict[str, Any] | Preview | None:
    """Return a note or a preview's picture, None for anything else.

    Whoever sent it has read a stranger's bytes, so it is never trusted: no pickle, and bounds on all that is kept.
    """
    kind, body = message[:1], message[1:]
    if kind == _PICTURE and len(body) > _PICTURE_HEAD.size:
        width, height = _PICTURE_HEAD.unpack_from(body)
        jpeg = body[_PICTURE_HEAD.size :]
        return Preview(jpeg, width, height) if jpeg.startswith(b"\xff\xd8") and width and height else None
    if kind != _NOTE:
        return None
    try:
        note = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return note if isinstance(note, dict) else None
