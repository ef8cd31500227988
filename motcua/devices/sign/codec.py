"""Text signs: a frame for each sign is written from a template, and read back from it by the emulator. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter
from typing import Literal

TEMPLATE = "{address:02d}{number:>5}\\r"
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ- "
Encoding = Literal["ascii", "latin-1", "cp437", "cp1252"]
"""One byte a letter: what signs know."""
BUFFER_MAX = 1024
_FIELDS = ("address", "number")
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|([rnt0\\]))")
_ESCAPED = {"r": "\r", "n": "\n", "t": "\t", "0": "\0", "\\": "\\"}
_SPEC = re.compile(r"(?:([^{}]?)([<>^]))?(0?)(\d{0,3})([ds]?)")
_ADDRESS_FIGURES = 3


def unescape(template: str) -> str:
    r"""Return `template` with `\r`, `\n`, `\t`, `\0`, `\\` and `\x02` made into the bytes that they stand for."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)) if match[1] else _ESCAPED[match[2]], template)


def fit_text(text: str, letters: str, width: int) -> str:
    """Return what a sign with `letters` and `width` places can show of `text`: letters that it has not are left out.

    Raises `ValueError` if the rest is longer than the sign: half a number would be another's.
    """
    shown_text = "".join(letter for letter in text.upper() if letter in letters.upper())
    if len(shown_text) > width:
        raise ValueError(text)
    return shown_text


@dataclass(frozen=True)
class TextShape:
    r"""How the signs of a line are spoken to.

    `template` holds `{address}` and `{number}` with widths: `{address:02d}{number:>5}\r`.

    `width` is how many places a sign has. Texts that are no number are padded with spaces whatever the template pads
    with.
    """

    template: str = TEMPLATE
    encoding: Encoding = "ascii"
    letters: str = LETTERS
    width: int = 5

    def __post_init__(self) -> None:
        """Raises `ValueError` that says what is wrong."""
        parts = list(Formatter().parse(unescape(self.template)))
        for _literal, field, spec, conversion in parts:
            if field is None:
                continue
            if field not in _FIELDS or conversion:
                raise ValueError(f"only {{address}} and {{number}} can stand in a template, not {{{field}}}")
            match = _SPEC.fullmatch(spec or "")
            if match is None or (field == "number" and (match[5] == "d" or (match[3] and not match[2]))):
                raise ValueError(f"{{{field}:{spec}}} cannot be written; use {{address:02d}} and {{number:>5}}")
        if [field for _literal, field, _spec, _conversion in parts].count("number") != 1:
            raise ValueError("a template needs {number} once")
        try:
            self.encode(0, "")
        except UnicodeEncodeError as error:
            raise ValueError(f"the template has letters that {self.encoding} does not have") from error

    def encode(self, address: int, text: str, *, is_number: bool = True) -> bytes:
        """Return the frame that lets the sign at `address` show `text`.

        Raises `ValueError` if it is longer than the sign.
        """
        padded = fit_text(text, self.letters, self.width)
        if not (padded and is_number):
            padded = padded.rjust(self.width)
        return unescape(self.template).format(address=address, number=padded).encode(self.encoding)

    def build_pattern(self) -> re.Pattern[bytes]:
        """Return what finds a frame among bytes; its groups are `address` (where the template has one) and `number`."""
        pieces, fields = [], set()
        for literal, field, spec, _conversion in Formatter().parse(unescape(self.template)):
            pieces.append(re.escape(literal.encode(self.encoding)))
            if field is None:
                continue
            match = _SPEC.fullmatch(spec or "")
            least = int(match[4] or 0) if match else 0
            if field in fields:
                pieces.append(b"[0-9 ]+")
            elif field == "address":
                pieces.append(b"(?P<address>[ 0-9]{%d,%d})" % (least or 1, least or _ADDRESS_FIGURES))
            else:
                pieces.append(b"(?P<number>[^\x00-\x1f]{%d,%d})" % (least or 1, max(least, self.width)))
            fields.add(field)
        return re.compile(b"".join(pieces))

    def pad(self) -> str:
        """Return the letter with which the template fills places that a number does not need."""
        for _literal, field, spec, _conversion in Formatter().parse(unescape(self.template)):
            match = _SPEC.fullmatch(spec or "") if field == "number" else None
            if match is not None:
                return match[1] or " "
        return " "


class TextReader:
    """The sign's own end: bytes of a line to `(address, text)`.

    Garbage is stepped over and never raises; for emulators and tests.
    """

    def __init__(self, shape: TextShape) -> None:
        self._pattern, self._encoding = shape.build_pattern(), shape.encoding
        self._pad = shape.pad()
        self._tail = b""

    def feed(self, data: bytes) -> list[tuple[int | None, str]]:
        """Return what the frames that `data` completes let signs show; the address is None where the template has
        none.
        """
        self._tail += data
        texts = []
        while match := self._pattern.search(self._tail):
            self._tail = self._tail[match.end() :]
            groups = match.groupdict()
            address = groups.get("address")
            figures = (address or b"").replace(b" ", b"")
            if address is None or figures:
                text = groups["number"].decode(self._encoding, "replace").strip(" ")
                texts.append((int(figures) if figures else None, _unpadded(text, self._pad)))
        self._tail = self._tail[-BUFFER_MAX:]
        return texts


def _unpadded(text: str, pad: str) -> str:
    """Leave out the padding, unless it is made of figures: `00012` may be a number as it is."""
    return text if pad in "0123456789" else text.strip(pad)


def join_lines(texts: Iterable[tuple[int, str]]) -> str:
    """Return what several signs show as one text, a sign a line."""
    return "\n".join(f"{address}: {text}" for address, text in texts)
