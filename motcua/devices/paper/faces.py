"""The fonts of paper: whole TrueType files that have every Vietnamese letter, measured so that no stacked capital is
clipped.
"""

import unicodedata
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from PIL import ImageFont

from motcua.devices.contract import DeviceError
from motcua.typed.sentences import mark

_VOWELS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_LOWER = "đ" + "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in _VOWELS for tone in _TONES)
VIETNAMESE = _LOWER + _LOWER.upper()
"""What a Vietnamese text needs beside ASCII, and the vowels of ASCII."""
_TALL = "ẪỔỮỆẶQgjỵ"
"""Letters that stand highest and hang lowest: many fonts draw them outside their own ascent and descent."""
_MISSING = "\U0010ffff"
_PROBE = 24
INSTEAD = "\ufffd"
"""Stands on paper for a letter that the font lacks."""
_FOLDER = "static/vendor/noto-sans-ticket"


def get_regular_path() -> Path:
    """Return the file of the ordinary weight."""
    return Path(str(files("motcua"))) / _FOLDER / "NotoSans_400Regular.ttf"


def get_bold_path() -> Path:
    """Return the file of the bold weight."""
    return Path(str(files("motcua"))) / _FOLDER / "NotoSans_700Bold.ttf"


class Face:
    """A font at a size: `top` (negative) and `bottom` are the line box around the base line, in dots."""

    def __init__(self, font: ImageFont.FreeTypeFont) -> None:
        self.font = font
        box = font.getbbox(_TALL, anchor="ls")
        self.top, self.bottom = int(box[1]), int(box[3])

    def measure_width(self, text: str) -> int:
        """Return the dots that the ink and the pens' way of `text` take, the larger of both."""
        return _width(self.font, text)


@lru_cache(maxsize=2048)
def _width(font: ImageFont.FreeTypeFont, text: str) -> int:
    left, _, right, _ = font.getbbox(text, anchor="ls")
    return max(int(right) - min(0, int(left)), round(font.getlength(text)))


@lru_cache(maxsize=64)
def get_face(path: Path, size: int) -> Face:
    """Return a font at `size` dots.

    Raises `DeviceError` (permanent) for a file that is missing or lacks Vietnamese letters.
    """
    _check(path)
    return Face(ImageFont.truetype(str(path), size))


@lru_cache(maxsize=8)
def _check(path: Path) -> None:
    try:
        font = ImageFont.truetype(str(path), 24)
    except OSError as error:
        message = mark("The font %(path)s cannot be read: %(problem)s")
        raise DeviceError(message, permanent=True, path=path, problem=error) from error
    nothing = _drawn(font, _MISSING)
    lacking = [letter for letter in VIETNAMESE + "A0" if _drawn(font, letter) == nothing]
    if lacking:
        message = mark("The font %(path)s lacks Vietnamese letters: %(letters)s")
        raise DeviceError(message, permanent=True, path=path, letters=" ".join(lacking[:8]))


def list_lacking(text: str) -> list[str]:
    """Return the letters of `text` that the tickets' fonts have not, each once.

    Raises `DeviceError` when a font cannot be read.
    """
    return [
        letter
        for letter in dict.fromkeys(unicodedata.normalize("NFC", text))
        if not (letter.isspace() or _is_silent(letter) or _has(letter))
    ]


def make_printable(text: str) -> str:
    """Return `text` as it is printed: what the fonts lack is a mark that everybody sees, what has no shape is left
    out.
    """
    letters = (
        letter if letter.isspace() or _has(letter) else INSTEAD
        for letter in unicodedata.normalize("NFC", text)
        if not _is_silent(letter)
    )
    return "".join(letters)


def _is_silent(letter: str) -> bool:
    """Say whether a letter has no shape of its own: joiners, marks of direction, variants."""
    return unicodedata.category(letter) in {"Cf", "Cc"} or "\ufe00" <= letter <= "\ufe0f"


@lru_cache(maxsize=4096)
def _has(letter: str) -> bool:
    """Say whether both weights have `letter`. Raises `DeviceError`."""
    if letter.isascii():
        return True
    if unicodedata.category(letter) in {"Cs", "Cn", "Co"}:
        return False
    for path in (get_regular_path(), get_bold_path()):
        font = get_face(path, _PROBE).font
        if _drawn(font, letter) == _drawn(font, _MISSING):
            return False
    return True


def _drawn(font: ImageFont.FreeTypeFont, letter: str) -> tuple[tuple[int, int], bytes]:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)
