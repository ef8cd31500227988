"""The emulator's side of ESC/POS: a stream of bytes to commands, commands to paper.

Understands what ticket printers are sent.
"""

from collections.abc import Callable

from msgspec import Struct
from PIL import Image

LINE_DOTS = 30
"""A fed line."""
_RASTER_HEAD = 8
_MODE, _CUT_WITH_FEED = 3, (65, 66)
_QR_SIZE, _QR_STORE, _QR_PRINT = 67, 80, 81


class EscPosCommand(Struct, frozen=True):
    """A command with its prefix (`1d7630`, `1004` …) and what follows it; `unknown` for a byte that begins none."""

    name: str
    data: bytes


def _fixed(count: int) -> Callable[[bytes], int]:
    return lambda _data: count


def _counted(data: bytes) -> int:
    return 0 if len(data) < 5 else 5 + data[3] + 256 * data[4]  # noqa: PLR2004 -- prefix of three bytes, then the length


def _raster(data: bytes) -> int:
    if len(data) < _RASTER_HEAD:
        return 0
    return _RASTER_HEAD + (data[4] + 256 * data[5]) * (data[6] + 256 * data[7])


def _cut(data: bytes) -> int:
    if len(data) <= _MODE - 1:
        return 0
    return 4 if data[2] in _CUT_WITH_FEED else 3


_LENGTHS: dict[bytes, Callable[[bytes], int]] = {
    b"\x1b@": _fixed(2),
    b"\x1ba": _fixed(3),
    b"\x1bd": _fixed(3),
    b"\x1bJ": _fixed(3),
    b"\x1b2": _fixed(2),
    b"\x1b3": _fixed(3),
    b"\x1dr": _fixed(3),
    b"\x1da": _fixed(3),
    b"\x1dV": _cut,
    b"\x1dv": _raster,
    b"\x1d(": _counted,
    b"\x10\x04": _fixed(3),
    b"\x10\x05": _fixed(3),
    b"\x10\x14": _fixed(5),
}


class EscPosReader:
    """Cuts a stream into commands, in whatever pieces it comes."""

    def __init__(self) -> None:
        self._tail = bytearray()

    def feed(self, data: bytes) -> list[EscPosCommand]:
        """Return the commands that `data` completes."""
        self._tail += data
        commands: list[EscPosCommand] = []
        at = 0
        while at < len(self._tail):
            prefix = bytes(self._tail[at : at + 2])
            if prefix[:1] == b"\n":
                commands.append(EscPosCommand("0a", b""))
                at += 1
                continue
            if len(prefix) == 1 and prefix in b"\x1b\x1d\x10":
                break
            rule = _LENGTHS.get(prefix)
            if rule is None:
                commands.append(EscPosCommand("unknown", prefix[:1]))
                at += 1
                continue
            length = rule(bytes(self._tail[at : at + _RASTER_HEAD]))
            if not length or at + length > len(self._tail):
                break
            commands.append(EscPosCommand(prefix.hex(), bytes(self._tail[at + 2 : at + length])))
            at += length
        del self._tail[:at]
        return commands


class Roll:
    """Paper `dots` wide: commands leave dots on it, a cut or a new beginning ends a ticket.

    What stands right of it is lost.
    """

    def __init__(self, dots: int) -> None:
        self._dots = dots
        self._row_bytes = dots // 8
        self._rows = bytearray()
        self._is_inked = False
        self._is_centred = False
        self._code, self._module = "", 3

    @property
    def height(self) -> int:
        """Rows since the last cut."""
        return len(self._rows) // self._row_bytes

    def print(self, command: EscPosCommand) -> Image.Image | None:
        """Do `command`; return the ticket that it ends."""
        data = command.data
        match command.name:
            case "1b40":
                self._is_centred = False
                return self.tear()
            case "1b61":
                self._is_centred = data[0] in {1, 49}
            case "1d76":
                self._raster(data[1], data[2] + 256 * data[3], data[6:])
            case "1b64":
                self._feed(data[0] * LINE_DOTS)
            case "1b4a":
                self._feed(data[0])
            case "0a":
                self._feed(LINE_DOTS)
            case "1d28" if data[:1] == b"k":
                self._own_code(data[3:])
            case "1d56":
                return self.tear()
            case _:
                return None
        return None

    def tear(self) -> Image.Image | None:
        """Return what stands on the paper since the last cut, None where nothing does; the rest of the roll is
        blank.
        """
        ended = self.draw_picture() if self._is_inked else None
        self._rows.clear()
        self._is_inked = False
        return ended

    def draw_picture(self) -> Image.Image:
        """Return what stands on the paper since the last cut, white where nothing is printed."""
        size = (self._row_bytes * 8, max(1, self.height))
        return Image.frombytes("1", size, bytes(byte ^ 0xFF for byte in self._rows) or bytes([0xFF]) * self._row_bytes)

    def _feed(self, rows: int) -> None:
        self._rows += bytes(rows * self._row_bytes)

    def _raster(self, mode: int, width_bytes: int, data: bytes) -> None:
        if not width_bytes or not data:
            return
        drawn = Image.frombytes("1", (width_bytes * 8, len(data) // width_bytes), data)
        self._stamp(
            drawn.resize(
                (drawn.width * (2 if mode & 1 else 1), drawn.height * (2 if mode & 2 else 1)), Image.Resampling.NEAREST
            )
        )

    def _stamp(self, drawn: Image.Image) -> None:
        self._is_inked = self._is_inked or drawn.getbbox() is not None
        strip = Image.new("1", (self._row_bytes * 8, drawn.height), 0)
        strip.paste(drawn, (max(0, (self._dots - drawn.width) // 2) if self._is_centred else 0, 0))
        self._rows += strip.tobytes()

    def _own_code(self, data: bytes) -> None:
        function = data[1]
        if function == _QR_SIZE:
            self._module = data[2]
        elif function == _QR_STORE:
            self._code = data[3:].decode("utf-8", "replace")
        elif function == _QR_PRINT and self._code:
            import segno

            code = segno.make(self._code, error="m", micro=False, boost_error=False)
            side = len(code.matrix)
            drawn = Image.frombytes("L", (side, side), b"".join(bytes(row) for row in code.matrix)).point(
                lambda module: 255 * module
            )
            self._stamp(
                drawn.resize((side * self._module,) * 2, Image.Resampling.NEAREST).convert(
                    "1", dither=Image.Dither.NONE
                )
            )
