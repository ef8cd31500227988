"""A ticket as the printer gets it: black and white bands, gaps of exact height, codes.

Pure, without a picture or a port.
"""

from itertools import pairwise

from msgspec import Struct

ROWS_MAX = 128
"""Rows of a band: small printers hold no more."""
DANGEROUS = {b"\x10\x05": 0x07, b"\x10\x14": 0x16}
"""Real-time commands that printers obey even inside image data (recover, clear the buffer, open the drawer, power
off), and what
their second byte becomes: one dot more. `10 04`, a question, is left; its answer is not listened to."""


class Band(Struct, frozen=True):
    """Rows of `width_bytes` bytes each, bit 1 black, most significant bit left, printed centred; `scale` 2: each dot
    as 2 x 2.
    """

    width_bytes: int
    data: bytes
    scale: int = 1

    @property
    def rows(self) -> int:
        """The number of rows in `data`."""
        return len(self.data) // self.width_bytes

    @property
    def height(self) -> int:
        """Dots of paper that it takes."""
        return self.rows * self.scale


class Gap(Struct, frozen=True):
    """Blank paper, `height` dots."""

    height: int


class Code(Struct, frozen=True):
    """A QR code that the printer draws itself, `module` dots a module, error level M."""

    text: str
    module: int


class Box(Struct, frozen=True):
    """Where a line's ink lies on paper, in dots; `right` and `bottom` are the first dots outside."""

    style: str
    text: str
    left: int
    top: int
    right: int
    bottom: int


class Paper(Struct, frozen=True):
    """One ticket, `dots` wide."""

    dots: int
    parts: tuple[Band | Gap | Code, ...]
    boxes: tuple[Box, ...] = ()

    @property
    def height(self) -> int:
        """Dots of paper, without what a code of the printer's own takes."""
        return sum(part.height for part in self.parts if not isinstance(part, Code))


def defuse_bytes(data: bytes) -> bytes:
    """Return image data in which no command hides that a printer obeys there: one dot is changed for each."""
    if not any(pattern in data for pattern in DANGEROUS):
        return data
    changed = bytearray(data)
    for index, pair in enumerate(pairwise(data), start=1):
        instead = DANGEROUS.get(bytes(pair))
        if instead is not None:
            changed[index] = instead
    return bytes(changed)


def split_into_bands(width_bytes: int, data: bytes, scale: int) -> list[Band]:
    """Return `data` as defused bands of at most `ROWS_MAX` rows."""
    step = width_bytes * ROWS_MAX
    return [Band(width_bytes, defuse_bytes(data[start : start + step]), scale) for start in range(0, len(data), step)]
