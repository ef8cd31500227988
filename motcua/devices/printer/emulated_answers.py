"""What an emulated printer says of itself: the bytes by which a real one tells that paper or cover are not as they
should be.
"""

import re

from motcua.devices.printer.paper import EscPosCommand

PAPER_OUT, PAPER_LOW, COVER_OPEN, HEARS_PICTURES = "paper_out", "paper_low", "cover_open", "hears_pictures"
OFFLINE = frozenset({PAPER_OUT, COVER_OPEN})
"""Faults with which nothing is printed."""
_HIDDEN = re.compile(rb"\x10\x04([\x01-\x04])")


def find_questions(command: EscPosCommand, fault: str | None) -> bytes:
    """Return which `DLE EOT` questions a command asks, at once and whether or not it is printed yet."""
    if command.name == "1004":
        return command.data
    if command.name == "1d76" and fault == HEARS_PICTURES:
        return b"".join(_HIDDEN.findall(command.data))
    return b""


def answer_question(question: int, fault: str | None) -> bytes:
    """Return the answer to `DLE EOT question`."""
    bits = {
        1: 0x08 if fault in OFFLINE else 0,
        2: (0x20 if fault == PAPER_OUT else 0) | (0x04 if fault == COVER_OPEN else 0),
        4: 0x6C if fault == PAPER_OUT else 0x0C if fault == PAPER_LOW else 0,
    }
    return bytes((0x12 | bits.get(question, 0),))


def report_status(fault: str | None) -> bytes:
    """Return the automatic status (`GS a`) of a printer with `fault`."""
    state = 0x10 | (0x08 if fault in OFFLINE else 0) | (0x20 if fault == COVER_OPEN else 0)
    return bytes((state, 0, 0x0F if fault == PAPER_OUT else 0x03 if fault == PAPER_LOW else 0, 0))


def report_paper(fault: str | None) -> bytes:
    """Return the answer to `GS r`: whether the paper runs low."""
    return b"\x03" if fault == PAPER_LOW else b"\x00"
