"""Keypads that send a binary frame for each key: header, fields at fixed places, a checksum. Pure."""

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct, field

from motcua.devices.contract import Stroke
from motcua.devices.keypad.checksums import Kind, Order, compute_checksum, get_width
from motcua.devices.keypad.oddities import SILENCE_S, Named, Oddities, find_stroke, sends

FRAME_MAX = 64
"""No frame of a keypad is longer; a length field that says so is noise."""
Digits = Literal["binary", "bcd", "ascii"]


class Place(Struct, frozen=True):
    """Bytes of a frame: `at` counts from its first byte. `size` 0 is all that is left in front of the checksum."""

    at: int
    size: int = 1
    order: Order = "big"
    digits: Digits = "binary"

    def read(self, frame: bytes) -> int | None:
        """Return the number that stands there, None if it is none."""
        data = frame[self.at : self.at + self.size]
        if self.digits == "binary":
            return int.from_bytes(data, self.order)
        data = data if self.order == "big" else data[::-1]
        text = data.hex() if self.digits == "bcd" else data.decode("latin-1").strip(" \0")
        return int(text) if text.isascii() and text.isdecimal() else None

    def write(self, number: int) -> bytes:
        """Return `number` as it stands there. Raises `ValueError` when there is no room."""
        if self.digits == "binary":
            if not 0 <= number < 1 << 8 * self.size:
                raise ValueError(number)
            return number.to_bytes(self.size, self.order)
        figures = self.size * (2 if self.digits == "bcd" else 1)
        text = f"{number:0{figures}d}"
        if len(text) != figures:
            raise ValueError(number)
        data = bytes.fromhex(text) if self.digits == "bcd" else text.encode()
        return data if self.order == "big" else data[::-1]


class FrameChecksum(Struct, frozen=True):
    """A checksum over the bytes from `start` up to itself. It stands `at` a place, counted from the end if negative."""

    kind: Kind
    at: int
    start: int = 0
    order: Order = "little"

    def get_place(self, size: int) -> int:
        """Return where it begins in a frame of `size` bytes."""
        return self.at if self.at >= 0 else size + self.at


class FrameShape(Struct, frozen=True):
    """What a frame looks like.

    `sizes` are its possible lengths; or the byte `length_at` plus `length_adds` is its length.

    `constant` are bytes that never change, `counters` such as change without a meaning.
    """

    header: bytes
    key: Place
    sizes: tuple[int, ...] = ()
    length_at: int | None = None
    length_adds: int = 0
    address: Place | None = None
    number: Place | None = None
    check: FrameChecksum | None = None
    constant: Mapping[int, int] = field(default_factory=dict)
    counters: tuple[int, ...] = ()

    @property
    def shortest(self) -> int:
        """Return the length that holds every field."""
        places = [place for place in (self.key, self.address, self.number) if place]
        ends = [
            len(self.header),
            *(place.at + max(place.size, 1) for place in places),
            *(at + 1 for at in (*self.constant, *self.counters)),
        ]
        ends += [self.length_at + 1] if self.length_at is not None else []
        if self.check is None:
            return max(ends)
        return (
            max(ends) - self.check.at if self.check.at < 0 else max(*ends, self.check.at + get_width(self.check.kind))
        )

    def get_key_end(self, size: int) -> int:
        """Return where the key ends in a frame of `size` bytes."""
        if self.key.size:
            return self.key.at + self.key.size
        return self.check.get_place(size) if self.check else size


class FrameCodec:
    """Frames to strokes.

    Where a frame is wrong, the next byte may begin one; where one is the beginning of another, silence decides.
    """

    def __init__(self, shape: FrameShape, keys: Mapping[bytes, Named]) -> None:
        self._shape, self._keys = shape, keys
        self._tail, self._last = b"", 0.0
        self.odd = Oddities()

    def feed(self, data: bytes, at: float) -> list[Stroke]:
        """Return the strokes of the frames that `data` completes."""
        strokes = self.end_silence(at)
        self._tail, self._last = self._tail + data, at
        return strokes + self._read(silent=False)

    def end_silence(self, at: float) -> list[Stroke]:
        """After 0.1 s of silence return the frames that stand complete in the tail, and forget it."""
        return self._read(silent=True) if self._tail and at - self._last >= SILENCE_S else []

    def _read(self, *, silent: bool) -> list[Stroke]:
        strokes: list[Stroke] = []
        at, data, header = 0, self._tail, self._shape.header
        while at < len(data):
            start = data.find(header, at)
            if start < 0:
                start = len(data) if silent else max(at, _cut_header(data, header))
            self.odd.drop(data[at:start])
            at = start
            sizes = self._sizes(data, at)
            if not silent and (sizes is None or any(at + size > len(data) for size in sizes)):
                break
            whole = [size for size in sorted(sizes or (), reverse=True) if at + size <= len(data)]
            size, frame_stroke = next(
                (good for size in whole if (good := self._frame(data[at : at + size]))), (1, None)
            )
            if frame_stroke is not None:
                strokes.append(frame_stroke)
                self.odd.recognized += 1
            elif size > 1:
                self.odd.count_strange(data[at : at + size])
            else:
                self.odd.drop(data[at : at + 1])
            at += size
        self._tail = data[at:]
        return strokes

    def _sizes(self, data: bytes, at: int) -> tuple[int, ...] | None:
        """Return how long the frame at `at` may be, None as long as that is not known."""
        shape = self._shape
        if len(data) - at < len(shape.header):
            return None
        if shape.length_at is None:
            return shape.sizes
        if at + shape.length_at >= len(data):
            return None
        size = data[at + shape.length_at] + shape.length_adds
        return (size,) if shape.shortest <= size <= FRAME_MAX else ()

    def _frame(self, frame: bytes) -> tuple[int, Stroke | None] | None:
        """Return the frame's length and stroke, no stroke if a checksum proves a frame of a key that is not known."""
        shape, size = self._shape, len(frame)
        if size < shape.shortest or any(frame[at] != byte for at, byte in shape.constant.items()):
            return None
        if shape.check is not None:
            place = shape.check.get_place(size)
            right = compute_checksum(shape.check.kind, frame[shape.check.start : place], shape.check.order)
            if frame[place : place + len(right)] != right:
                return None
        named = self._keys.get(frame[shape.key.at : shape.get_key_end(size)])
        number = shape.number.read(frame) if shape.number else None
        address = shape.address.read(frame) if shape.address else None
        complete = (
            named is not None
            and (number is not None or not shape.number)
            and (address is not None or not shape.address)
        )
        read = find_stroke(named, number, address) if named is not None and complete else None
        return None if read is None and shape.check is None else (size, read)

    def encode(self, stroke: Stroke, count: int = 0) -> bytes:
        """Return what a keypad sends for `stroke`; `count` fills its counters.

        Raises `ValueError` for what it cannot send.
        """
        shape = self._shape
        if (token := next((key for key, named in self._keys.items() if sends(named, stroke)), None)) is None:
            raise ValueError(stroke)
        size = shape.sizes[0] if len(shape.sizes) == 1 else shape.shortest + (0 if shape.key.size else len(token) - 1)
        frame = bytearray(size)
        frame[: len(shape.header)] = shape.header
        for at, byte in shape.constant.items():
            frame[at] = byte
        for at in shape.counters:
            frame[at] = count & 0xFF
        if shape.number is not None:
            frame[shape.number.at : shape.number.at + shape.number.size] = shape.number.write(stroke.number or 0)
        if shape.address is not None:
            frame[shape.address.at : shape.address.at + shape.address.size] = shape.address.write(stroke.address or 0)
        frame[shape.key.at : shape.key.at + len(token)] = token
        if shape.length_at is not None:
            frame[shape.length_at] = size - shape.length_adds
        if shape.check is not None:
            place = shape.check.get_place(size)
            right = compute_checksum(shape.check.kind, bytes(frame[shape.check.start : place]), shape.check.order)
            frame[place : place + len(right)] = right
        return bytes(frame)


def _cut_header(data: bytes, header: bytes) -> int:
    """Return where `data` ends with the beginning of a header, its length if nowhere."""
    sizes = range(min(len(header) - 1, len(data)), 0, -1)
    return next((len(data) - size for size in sizes if data.endswith(header[:size])), len(data))
