"""Keypads that send a line of text for each key: what a line means is said by a regular expression. Pure."""

import re
from collections.abc import Mapping

from msgspec import Struct

from motcua.devices.contract import Stroke
from motcua.devices.keypad.oddities import SILENCE_S, TAIL_MAX, Named, Oddities, find_stroke, sends

_UNPRINTED = re.compile(rb"[^\x20-\x7e]")
_FIGURES = 6


class LineShape(Struct, frozen=True):
    """`pattern` must match the whole line; its group `key` is looked up, `number` and `address` are decimal figures.

    A line ends with one of `ends`, or, if `silence`, when nothing follows for 0.1 s. `writes` is the way back, for
    emulators: a template with `{key}`, `{number}` and `{address}`, ends included.
    """

    pattern: re.Pattern[str]
    ends: tuple[bytes, ...] = (b"\r", b"\n")
    silence: bool = False
    writes: str | None = None


class LineCodec:
    """Text to strokes.

    Noise that is not text, in front of a line, is left out; a line longer than 256 bytes means nothing.
    """

    def __init__(self, shape: LineShape, keys: Mapping[str, Named]) -> None:
        self._shape, self._keys = shape, keys
        self._end = (
            re.compile(b"|".join(re.escape(end) for end in sorted(shape.ends, key=len, reverse=True)))
            if shape.ends
            else None
        )
        self._tail, self._last, self._skipping = b"", 0.0, False
        self.odd = Oddities()

    def feed(self, data: bytes, at: float) -> list[Stroke]:
        """Return the strokes of the lines that `data` completes."""
        strokes = self.end_silence(at)
        self._tail, self._last = self._tail + data, at
        while self._end is not None and (end := self._end.search(self._tail)):
            line, self._tail = self._tail[: end.start()], self._tail[end.end() :]
            if self._skipping:
                self._skipping = False
                self.odd.drop(line)
            else:
                strokes += self._read(line)
        if self._skipping or len(self._tail) > TAIL_MAX:
            keep = 0 if self._end is None else max(map(len, self._shape.ends)) - 1  # the end may be cut in two
            cut = len(self._tail) - min(keep, len(self._tail))
            self.odd.drop(self._tail[:cut])
            self._tail, self._skipping = self._tail[cut:], True
        return strokes

    def end_silence(self, at: float) -> list[Stroke]:
        """Forget what was not finished; where silence ends a line, it is one."""
        if at - self._last < SILENCE_S or not (self._tail or self._skipping):
            return []
        line, skipping = self._tail, self._skipping
        self._tail, self._skipping = b"", False
        if self._shape.silence and not skipping:
            return self._read(line)
        self.odd.drop(line)
        return []

    def _read(self, line: bytes) -> list[Stroke]:
        if not line:
            return []
        starts = [0, *(match.end() for match in _UNPRINTED.finditer(line))] if len(line) <= TAIL_MAX else []
        for start in starts:
            if match := self._shape.pattern.fullmatch(line[start:].decode("latin-1")):
                line_stroke = self._stroke(match)
                if line_stroke is None:
                    self.odd.count_strange(line)
                    return []
                self.odd.drop(line[:start])
                self.odd.recognized += 1
                return [line_stroke]
        self.odd.drop(line)
        return []

    def _stroke(self, match: re.Match[str]) -> Stroke | None:
        groups = match.groupdict()
        named = self._keys.get(groups["key"] or "")
        number, address = _figures(groups.get("number")), _figures(groups.get("address"))
        if named is None or (groups.get("address") and address is None) or (groups.get("number") and number is None):
            return None
        return find_stroke(named, number, address)

    def encode(self, stroke: Stroke, _count: int = 0) -> bytes:
        """Return what a keypad sends for `stroke`. Raises `ValueError` for one that it cannot send."""
        for key, named in self._keys.items():
            if sends(named, stroke) and self._shape.writes is not None:
                number = "" if stroke.number is None or named[1] is not None else stroke.number
                return self._shape.writes.format(key=key, number=number, address=stroke.address or 0).encode("latin-1")
        raise ValueError(stroke)


def _figures(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= _FIGURES else None
