"""A sign as people see it: letters of five by seven red lamps."""

import io
from collections.abc import Mapping

from PIL import Image, ImageDraw, ImageFont

_WIDE, _HIGH = 5, 7
_LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-"
_COLUMNS = bytes.fromhex(
    "3e5149453e 00427f4000 4261514946 2141454b31 1814127f10 2745454539 3c4a494930 0171090503 3649494936 064949291e"
    "7e1111117e 7f49494936 3e41414122 7f4141221c 7f49494941 7f09090901 3e4149497a 7f0808087f 00417f4100 2040413f01"
    "7f08142241 7f40404040 7f020c027f 7f0408107f 3e4141413e 7f09090906 3e4151215e 7f09192946 4649494931 01017f0101"
    "3f4040403f 1f2040201f 3f4038403f 6314081463 0708700807 6151494543 0808080808"
)
"""The columns of each letter from the left, bit 0 on top; what has no lamps of its own stays dark."""
_DOT, _GAP, _NAME_W = 8, 2, 32
_LIT, _DARK, _GROUND, _NAME = (255, 48, 32), (58, 10, 10), (18, 18, 20), (200, 200, 200)


def draw(texts: Mapping[int, str], width: int) -> bytes:
    """Return a PNG of signs with `width` places each, one below the other, each with its address."""
    columns = width * (_WIDE + 1) + 1
    sign_h = (_HIGH + 2) * _DOT
    picture = Image.new("RGB", (_NAME_W + columns * _DOT + _DOT, max(1, len(texts)) * (sign_h + _DOT) + _DOT), _GROUND)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.load_default_imagefont()
    for row, (address, text) in enumerate(texts.items()):
        top = _DOT + row * (sign_h + _DOT)
        pen.text((6, top), str(address), fill=_NAME, font=font)
        lit = _lit(text.rjust(width)[:width])
        for x in range(columns):
            for y in range(_HIGH + 2):
                left, upper = _NAME_W + x * _DOT, top + y * _DOT
                pen.ellipse(
                    (left, upper, left + _DOT - _GAP, upper + _DOT - _GAP),
                    fill=_LIT if (x - 1, y - 1) in lit else _DARK,
                )
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _lit(text: str) -> set[tuple[int, int]]:
    """Return the lamps, column and row, that are lit for `text`."""
    return {
        (place * (_WIDE + 1) + column, row)
        for place, letter in enumerate(text)
        for column, bits in enumerate(_columns(letter))
        for row in range(_HIGH)
        if bits >> row & 1
    }


def _columns(letter: str) -> bytes:
    at = _LETTERS.find(letter) * _WIDE
    return _COLUMNS[at : at + _WIDE] if at >= 0 else b""
