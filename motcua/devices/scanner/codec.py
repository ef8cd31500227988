"""Bytes of a scanner to scans: one ends with CR, LF, Tab, ETX or silence.

Pure; keeps nothing of a scan that has ended.
"""

from datetime import date

from motcua.devices.contract import Scan
from motcua.devices.scanner.card import TOO_LONG, read

LONGEST = 1024
SILENCE_S = 0.1
_ENDS = b"\r\n\t\x03\x04"


class ScanCodec:
    """The unfinished tail is all that is kept, at most 1 KiB; it is gone when the scan ends."""

    def __init__(self) -> None:
        self._tail = bytearray()
        self._last_at = 0.0
        self._is_too_long = False

    def feed(self, data: bytes, at: float, today: date) -> list[Scan]:
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

    def end_silence(self, at: float, today: date) -> list[Scan]:
        """The line was read until `at` and had nothing: after 0.1 s of that a scan has ended.

        Time alone ends none: a computer that is busy reads late what came at once.
        """
        return self._end(today) if at - self._last_at >= SILENCE_S else []

    def forget(self) -> None:
        """Drop what was not finished."""
        self._tail.clear()
        self._is_too_long = False

    def _end(self, today: date) -> list[Scan]:
        if not self._tail:
            return []
        scan = Scan(refused=TOO_LONG) if self._is_too_long else read(bytes(self._tail), today)
        self.forget()
        return [scan]
