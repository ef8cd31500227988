"""Reads back what a printer was sent: a strict decoder of our own, which shares nothing with the encoder or with the
emulator's.

Rows are whole numbers, `dots` bits each. Anything that is not expected raises with its offset.
"""

from dataclasses import dataclass, field

from PIL import Image

FEED_DOTS = 30


class StrangeError(Exception):
    """A byte that no ticket has, at `offset` of the stream."""

    def __init__(self, offset: int, data: bytes) -> None:
        super().__init__(f"offset {offset}: {data.hex(' ')}")
        self.offset = offset


@dataclass
class Reader:
    """Takes the stream in any pieces. `rows` is the paper so far; `cuts` holds the row numbers of the cuts."""

    dots: int
    rows: list[int] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    questions: list[bytes] = field(default_factory=list)
    starts: int = 0
    _left: bytes = b""
    _offset: int = 0
    _centred: bool = False
    _stored: str = ""

    def feed(self, data: bytes) -> "Reader":
        """Take more bytes."""
        self._left += data
        while self._left and (length := self._one()):
            self._left = self._left[length:]
            self._offset += length
        return self

    @property
    def unread(self) -> int:
        """How many bytes of an unfinished command are held."""
        return len(self._left)

    def image(self, height: int | None = None) -> Image.Image:
        """The paper down to `height`, black on white."""
        rows = self.rows if height is None else self.rows[:height]
        white = (1 << self.dots) - 1
        data = b"".join((row ^ white).to_bytes(self.dots // 8, "big") for row in rows)
        return Image.frombytes("1", (self.dots, len(rows)), data)

    def _one(self) -> int:
        """Do the command at the front; return its length, 0 when it is not complete."""
        rest = self._left
        for prefix, length in (
            (b"\x1b@", 2),
            (b"\x1ba", 3),
            (b"\x1bd", 3),
            (b"\x1dr", 3),
            (b"\x1da", 3),
            (b"\x1dV", 3),
        ):
            if rest.startswith(prefix):
                if len(rest) < length:
                    return 0
                self._simple(prefix, rest[length - 1])
                return length
        if rest.startswith(b"\x1dv0"):
            return self._picture(rest)
        if rest.startswith((b"\x1d(k", b"\x1d(H")):
            return self._counted(rest)
        if len(rest) < 3 and any(
            command.startswith(rest) for command in (b"\x1dv0", b"\x1d(k", b"\x1d(H", b"\x1b@", b"\x1dV")
        ):
            return 0
        raise StrangeError(self._offset, rest[:4])

    def _simple(self, prefix: bytes, value: int) -> None:
        if prefix == b"\x1b@":
            self.starts, self._centred = self.starts + 1, False
        elif prefix == b"\x1ba" and value in {0, 1}:
            self._centred = value == 1
        elif prefix == b"\x1bd":
            self.rows += [0] * (FEED_DOTS * value)
        elif prefix == b"\x1dV" and value in {0, 1}:
            self.cuts.append(len(self.rows))
        elif prefix in {b"\x1dr", b"\x1da"}:
            self.questions.append(prefix + bytes((value,)))
        else:
            raise StrangeError(self._offset, prefix + bytes((value,)))

    def _picture(self, data: bytes) -> int:
        if len(data) < 8:
            return 0
        mode, wide, high = data[3], data[4] + 256 * data[5], data[6] + 256 * data[7]
        end = 8 + wide * high
        if mode not in {0, 3} or not wide or not high:
            raise StrangeError(self._offset, data[:8])
        if len(data) < end:
            return 0
        times = 2 if mode else 1
        width = wide * 8 * times
        if width > self.dots:
            raise StrangeError(self._offset, data[:8])
        shift = self.dots - width - ((self.dots - width) // 2 if self._centred else 0)
        for at in range(8, end, wide):
            bits = f"{int.from_bytes(data[at : at + wide], 'big'):0{wide * 8}b}"
            row = int("".join(bit * times for bit in bits), 2) << shift
            self.rows += [row] * times
        return end

    def _counted(self, data: bytes) -> int:
        if len(data) < 5 or len(data) < 5 + data[3] + 256 * data[4]:
            return 0
        end = 5 + data[3] + 256 * data[4]
        body = data[5:end]
        if data[2:3] == b"H":
            self.questions.append(data[:end])
        elif body[:2] == b"1P":
            self._stored = body[3:].decode()
        elif body[:2] == b"1Q":
            self.codes.append(self._stored)
        elif body[:2] not in {b"1A", b"1C", b"1E"}:
            raise StrangeError(self._offset, data[:8])
        return end


def paper(data: bytes, dots: int) -> Reader:
    """Read a whole job; nothing may be left over."""
    read = Reader(dots).feed(data)
    if read.unread:
        raise StrangeError(len(data) - read.unread, b"")
    return read
