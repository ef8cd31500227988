"""USB number pads as the Linux kernel hands their keys out: records of struct `input_event`. Pure.

Codes are those of the kernel's `input-event-codes.h`; they do not depend on NumLock.
"""

import struct
from collections.abc import Mapping

from motcua.devices.contract import Stroke
from motcua.devices.keypad.oddities import SILENCE_S, Named, Oddities, sends

RECORD = struct.Struct("llHHi")
"""Seconds, microseconds, type, code, value: 24 bytes on a 64-bit system."""
KEY, DOWN, UP = 1, 1, 0
CODES: Mapping[str, int] = {
    **{f"KP{figure}": code for figure, code in enumerate((82, 79, 80, 81, 75, 76, 77, 71, 72, 73))},
    "KPENTER": 96,
    "KPDOT": 83,
    "KPPLUS": 78,
    "KPMINUS": 74,
    "KPASTERISK": 55,
    "KPSLASH": 98,
    "BACKSPACE": 14,
    "NUMLOCK": 69,
    "ENTER": 28,
    "ESC": 1,
    "TAB": 15,
    "SPACE": 57,
}


class HidCodec:
    """Records to strokes: a key going down counts, its repeats while it is held do not."""

    def __init__(self, keys: Mapping[int, Named]) -> None:
        self._keys = keys
        self._tail, self._last = b"", 0.0
        self.odd = Oddities()

    def feed(self, data: bytes, at: float) -> list[Stroke]:
        """Return the strokes of the records that `data` completes."""
        self.end_silence(at)
        data, self._last = self._tail + data, at
        whole = len(data) - len(data) % RECORD.size
        self._tail = data[whole:]
        strokes = []
        for start in range(0, whole, RECORD.size):
            _seconds, _micro, kind, code, value = RECORD.unpack_from(data, start)
            if kind != KEY or value != DOWN:
                continue
            named = self._keys.get(code)
            if named is None:
                self.odd.count_strange(data[start : start + RECORD.size])
            else:
                self.odd.recognized += 1
                strokes.append(Stroke(*named))
        return strokes

    def end_silence(self, at: float) -> list[Stroke]:
        """Forget a record that was cut off."""
        if self._tail and at - self._last >= SILENCE_S:
            self.odd.drop(self._tail)
            self._tail = b""
        return []

    def encode(self, stroke: Stroke, _count: int = 0) -> bytes:
        """Return the records of a key going down and up. Raises `ValueError` for a key that is not there."""
        code = next((code for code, named in self._keys.items() if sends(named, stroke)), None)
        if code is None:
            raise ValueError(stroke)
        report = RECORD.pack(0, 0, 0, 0, 0)
        return RECORD.pack(0, 0, KEY, code, DOWN) + report + RECORD.pack(0, 0, KEY, code, UP) + report
