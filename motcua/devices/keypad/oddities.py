"""What came over a line and was no known key: counted and shown in hex, for whoever writes a profile. Pure."""

from dataclasses import dataclass

from motcua.devices.contract import DIGIT, NUMBERED, RATE, Stroke

TAIL_MAX = 256
"""Bytes of an unfinished frame that are kept."""
SILENCE_S = 0.1
"""After this long without a byte, an unfinished frame will not be finished."""
_SHOWN = 32
Named = tuple[str, int | None]
"""What a key means: one of the contract's strokes, with the number that always belongs to it."""


@dataclass
class Oddities:
    """`garbage` counts bytes without a frame, `unknown` whole frames of no known key, `recognized` those that made a
    stroke.

    `last` is the latest odd frame or garbage in hex.
    """

    garbage: int = 0
    unknown: int = 0
    recognized: int = 0
    last: str = ""

    def drop(self, data: bytes) -> None:
        """Count `data` as garbage."""
        if data:
            self.garbage += len(data)
            self.last = data[:_SHOWN].hex(" ")

    def count_strange(self, frame: bytes) -> None:
        """Count `frame` as one of no known key."""
        self.unknown += 1
        self.last = frame[:_SHOWN].hex(" ")


def find_stroke(named: Named, number: int | None, address: int | None) -> Stroke | None:
    """Return the stroke of a key that came with `number`, None for a face or figure without one.

    Of most keys a number says nothing; a counter or ticket 0 does not exist.
    """
    key, fixed = named
    if fixed is not None or key not in {*NUMBERED, RATE, DIGIT}:
        return Stroke(key, fixed, address)
    number = number if number or key == DIGIT else None
    return None if number is None and key in {RATE, DIGIT} else Stroke(key, number, address)


def sends(named: Named, stroke: Stroke) -> bool:
    """Return whether a key that means `named` can send `stroke`, if it has room for the number."""
    return named[0] == stroke.key and named[1] in {None, stroke.number}
