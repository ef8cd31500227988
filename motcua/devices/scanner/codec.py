"""Bytes of a scanner to scans: one ends with CR, LF, Tab, ETX or silence.

Pure; keeps nothing of a scan that has ended.
"""

from collections.abc import Callable
from datetime import date
from typing import Generic, TypeVar

from motcua.devices.contract import CounterScan, Scan
from motcua.devices.scanner.card import TOO_LONG, read
from motcua.devices.scanner.framing import remove_framing

Meaning = TypeVar("Meaning")
LONGEST = 1024
SILENCE_S = 0.1
_ENDS = b"\r\n\t\x03\x04"


class ScanLineCodec(Generic[Meaning]):
    """The unfinished tail is all that is kept, at most 1 KiB; it is gone when the scan ends.

    `read_line(line, today)` says what a scan means, None for one that was too long.
    """

    def __init__(self, read_line: Callable[[bytes | None, date], Meaning]) -> None:
        self._read_line = read_line
        self._tail = bytearray()
        self._last_at = 0.0
        self._is_too_long = False

    def feed(self, data: bytes, at: float, today: date) -> list[Meaning]:
        """Return the scans that `data`, read at `at` (monotonic seconds), completes."""
        scans = []
        self._last_at = at
        for byte in data:
            if byte in _ENDS:
                scans += self._end(today)
            elif len(self._tail) < LONGEST:
                self._tail.append(byte)
            else:
                self._is_too_long = True
        return scans

    def end_silence(self, at: float, today: date) -> list[Meaning]:
        """The line was read until `at` and had nothing: after 0.1 s of that a scan has ended.

        Time alone ends none: a computer that is busy reads late what came at once.
        """
        return self._end(today) if at - self._last_at >= SILENCE_S else []

    def forget(self) -> None:
        """Drop what was not finished."""
        self._tail.clear()
        self._is_too_long = False

    def _end(self, today: date) -> list[Meaning]:
        if not self._tail:
            return []
        scan = self._read_line(None if self._is_too_long else bytes(self._tail), today)
        self.forget()
        return [scan]


def read_at_kiosk(line: bytes | None, today: date) -> Scan:
    """Return the age class of a card, or one of our own codes; nothing else of a card."""
    return Scan(refused=TOO_LONG) if line is None else read(line, today)


class ScanCodec(ScanLineCodec[Scan]):
    """A scanner of a kiosk."""

    def __init__(self) -> None:
        super().__init__(read_at_kiosk)


class CounterCodec(ScanLineCodec[CounterScan]):
    """A scanner of a counter. What was too long becomes empty text, which the page refuses as no card."""

    def __init__(self, counter: int) -> None:
        super().__init__(lambda line, _today: CounterScan(counter, remove_framing(line or b"")))
