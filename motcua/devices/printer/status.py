"""What a printer says about itself: bytes to meaning.

Pure; what was not asked for is told apart from answers, never mistaken for one.

Sources: the status tables of Epson's ESC/POS command reference (DLE EOT, GS r, GS a, GS ( H), which Citizen, Bixolon
and others share.
"""

from collections.abc import Mapping

from msgspec import Struct

XON_XOFF = bytes((0x11, 0x13))
_BLOCK = 7
_AUTO = 4
_KIND, _IS_ASKED, _IS_AUTO = 0x93, 0x12, 0x10
"""The fixed bits of a first byte, and what they are in an answer and in an automatic status."""
_NO_PAPER = 0x60
_TAIL_MAX = 64
QUESTIONS = (1, 2, 4)
"""What is asked before a job and while idle: the printer, why it is off-line, the paper."""


class Asked(Struct, frozen=True):
    """The answer to one `DLE EOT`; the byte does not say to which."""

    value: int


class PaperSensor(Struct, frozen=True):
    """The answer to `GS r 1`, which comes in order: what was sent before it is done with."""

    low: bool


class Automatic(Struct, frozen=True):
    """Four bytes that a printer sends by itself when its state changes."""

    data: bytes


class Marked(Struct, frozen=True):
    """The job with these four digits is printed."""

    digits: bytes


Reply = Asked | PaperSensor | Automatic | Marked


class PrinterCondition(Struct, frozen=True):
    """How a printer is: `problem` is `cover_open`, `paper_out`, `error`, `offline` or None; `low`: the roll is near
    its end.
    """

    problem: str | None = None
    low: bool = False


class Replies:
    """Takes bytes in any pieces.

    An unfinished block waits for its rest; what fits nothing is dropped, a byte at a time.
    """

    def __init__(self) -> None:
        self._tail = b""
        self.dropped = 0
        """Bytes that fitted nothing."""

    def feed(self, data: bytes) -> list[Reply]:
        """Return the replies that `data` completes."""
        self._tail += data.translate(None, XON_XOFF)
        replies: list[Reply] = []
        while self._tail:
            reply, length = _first(self._tail)
            if length == 0:
                break
            if reply is not None:
                replies.append(reply)
            self.dropped += reply is None
            self._tail = self._tail[length:]
        self._tail = self._tail[-_TAIL_MAX:]
        return replies

    def forget(self) -> None:
        """Drop an unfinished block."""
        self._tail = b""


def _first(data: bytes) -> tuple[Reply | None, int]:
    """Return the reply at the beginning of `data` and its length; length 0 when its end is still to come."""
    first = data[0]
    if first == ord("7"):
        return _block(data)
    if first & _KIND == _IS_ASKED:
        return Asked(first), 1
    if first & _KIND == _IS_AUTO:
        rest = data[1:_AUTO]
        if any(byte & 0x90 for byte in rest):
            return None, 1
        return (Automatic(data[:_AUTO]), _AUTO) if len(data) >= _AUTO else (None, 0)
    if first & 0x90 == 0:
        return PaperSensor(bool(first & 0x03)), 1
    return None, 1


def _block(data: bytes) -> tuple[Reply | None, int]:
    """A `7` begins a job mark: `37 22 d1 d2 d3 d4 00`. Its digits would else look like other replies."""
    if any(
        expected not in (None, byte)
        for expected, byte in zip((0x37, 0x22, None, None, None, None, 0x00), data, strict=False)
    ):
        return None, 1
    return (Marked(data[2:6]), _BLOCK) if len(data) >= _BLOCK else (None, 0)


def read_condition(answers: Mapping[int, int]) -> PrinterCondition:
    """Return what the answers to `DLE EOT n` (by n, 1 to 4) say together.

    An open cover hides the paper sensor, so it is said first.
    """
    printer, cause, error, paper = (answers.get(n, _IS_ASKED) for n in (1, 2, 3, 4))
    low = bool(paper & 0x0C)
    if cause & 0x04:
        return PrinterCondition("cover_open", low)
    if cause & 0x20 or paper & _NO_PAPER == _NO_PAPER:
        return PrinterCondition("paper_out", low)
    if cause & 0x40 or error & 0x68:
        return PrinterCondition("error", low)
    if printer & 0x08:
        return PrinterCondition("offline", low)
    return PrinterCondition(None, low)


def read_automatic(data: bytes) -> PrinterCondition:
    """Return what an automatic status says."""
    low = bool(data[2] & 0x03)
    if data[0] & 0x20:
        return PrinterCondition("cover_open", low)
    if data[2] & 0x0C:
        return PrinterCondition("paper_out", low)
    if data[1] & 0x68:
        return PrinterCondition("error", low)
    return PrinterCondition("offline" if data[0] & 0x08 else None, low)
