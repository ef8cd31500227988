"""Paper to ESC/POS.

Pictures, codes and the cut are encoded by python-escpos; alignment and gaps in exact dots here. Pure.
"""

from typing import Any, Literal, Protocol

from PIL import Image, ImageChops

from motcua.devices.paper.bands import ROWS_MAX, Band, Code, Paper

Cut = Literal["full", "part", "none"]
CENTRED = b"\x1ba\x01"
_FEED = 6
"""Lines between the print head and the knife, and to the edge where paper is torn off."""
_LEVEL_M = 1
DLE_EOT = b"\x10\x04"
"""Before 1 to 4: how is the printer, why is it off-line, which error, is there paper; answered at once."""
PROBE = b"\x1b3\x0a\x1b@"
"""Line spacing of ten dots, and back to the usual: paper does not move, but a program that reads lines has one now,
and complains."""
TELLS = b"\x1da\x0e"
"""Makes a printer say by itself when it goes off-line, has an error, or its paper changes. Never together with
`ASK_PAPER`."""
ASK_PAPER = b"\x1dr\x01"
"""Asks for the paper sensor, in order: the answer comes when everything before is done with."""


class Pen(Protocol):
    """The part of python-escpos' `Dummy` that is used: an encoder that keeps its bytes in `output`."""

    output: bytes

    def hw(self, hw: str) -> None:
        """Add an operation, `INIT`."""
        ...

    def image(self, img_source: Any, **options: Any) -> None:
        """Add a picture."""
        ...

    def qr(self, content: str, **options: Any) -> None:
        """Add a code."""
        ...

    def cut(self, mode: str = "FULL") -> None:
        """Add six lines of paper and a cut."""
        ...

    def print_and_feed(self, n: int = 1) -> None:
        """Add `n` lines of paper."""
        ...


def encode(paper: Paper, pen: Pen, cut: Cut, *, tells: bool = False) -> bytes:
    """Return the whole job: initialise, centre, everything on `paper`, one cut.

    `pen` is a fresh encoder; `tells` adds `TELLS`.
    """
    pen.hw("INIT")
    out = bytearray(pen.output + (TELLS if tells else b"") + CENTRED)
    for part in paper.parts:
        before = len(pen.output)
        if isinstance(part, Band):
            _band(part, pen)
        elif isinstance(part, Code):
            pen.qr(part.text, native=True, size=part.module, ec=_LEVEL_M)
        else:
            out += make_blank(part.height)
        out += pen.output[before:]
    before = len(pen.output)
    if cut == "none":
        pen.print_and_feed(_FEED)
    else:
        pen.cut(cut.upper())
    return bytes(out + pen.output[before:])


def _band(band: Band, pen: Pen) -> None:
    black = Image.frombytes("1", (band.width_bytes * 8, band.rows), band.data)
    once = band.scale == 1
    pen.image(
        ImageChops.invert(black),
        impl="bitImageRaster",
        high_density_horizontal=once,
        high_density_vertical=once,
        fragment_height=ROWS_MAX,
    )


def make_blank(height: int) -> bytes:
    """Return `height` dots of blank paper: a picture one byte wide, since a feed's unit differs from model to model."""
    out = bytearray()
    while height > 0:
        rows = min(height, 255)
        out += b"\x1dv0\x00\x01\x00" + bytes((rows, 0)) + bytes(rows)
        height -= rows
    return bytes(out)


def mark_command(digits: bytes) -> bytes:
    """Return the job mark: the printer sends `digits` (four bytes `30` to `39`) back when all printing before it is
    completed.
    """
    return b"\x1d(H\x06\x00\x30\x30" + digits
