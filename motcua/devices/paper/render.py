"""Draws a ticket: the rows of a layout become bands, and the bands a picture.

The preview is made of the very bands that are printed.
"""

from collections.abc import Mapping
from functools import lru_cache

from PIL import Image, ImageDraw

from motcua.devices.contract import DeviceError
from motcua.devices.paper import faces
from motcua.devices.paper.bands import Band, Box, Code, Gap, Paper, split_into_bands
from motcua.devices.paper.faces import Face
from motcua.devices.paper.layout import Row, fill, parse
from motcua.typed.sentences import mark

WIDTHS = {80: 576, 58: 384}
"""Dots of a line by millimetres of paper, at 203 dots an inch."""
DOTS_MIN, DOTS_MAX = 256, 1024
_SIZES = {"small": 26, "normal": 28, "bold": 28, "large": 44, "number": 150}
"""Height of letters in dots on 80 mm paper."""
_BOLD = frozenset({"bold", "large", "number"})
_LEADING, _GAP, _RULE_SPACE, _RULE_HEIGHT = 6, 24, 14, 2
_MODULE = 6
"""Dots of a QR module: phones read codes with worn paper from five on."""
_EDGE = 8
"""Dots at each side that no text reaches: paper never lies quite straight."""
_QUIET = 4
"""Modules of white around a code."""
_INK = 128
"""From this grey on a dot is printed. Dithering would cost readable letters on narrow paper."""


class _Draft:
    """A paper that grows. Gaps that meet are one."""

    def __init__(self, dots: int) -> None:
        self.dots = dots
        self.parts: list[Band | Gap | Code] = []
        self.boxes: list[Box] = []
        self.y = 0

    def gap(self, rows: int) -> None:
        if rows <= 0:
            return
        if self.parts and isinstance(self.parts[-1], Gap):
            rows += self.parts[-1].height
            self.y -= self.parts.pop().height  # type: ignore[union-attr]
        self.parts.append(Gap(rows))
        self.y += rows

    def draw(self, image: Image.Image, scale: int, style: str, text: str) -> None:
        """Add `image` (mode L, ink 255, centred, `dots / scale` wide) cropped to its ink on all sides, on both
        alike.
        """
        inked = image.point(lambda grey: 255 if grey >= _INK else 0)
        ink_box = inked.getbbox()
        if ink_box is None:
            self.gap(image.height * scale)
            return
        left, top, right, bottom = ink_box
        # the printer centres a band, so both sides lose alike, and what is left is whole bytes
        margin = min(left, image.width - right) // 4 * 4
        if (image.width - 2 * margin) % 8:
            margin = max(0, margin - 4)
        cropped = inked.crop((margin, top, image.width - margin, bottom)).convert("1", dither=Image.Dither.NONE)
        self.gap(top * scale)
        self.boxes.append(Box(style, text, left * scale, self.y, right * scale, self.y + (bottom - top) * scale))
        for band in split_into_bands(cropped.width // 8, cropped.tobytes(), scale):
            self.parts.append(band)
            self.y += band.height
        self.gap((image.height - bottom) * scale)


def render(rows: list[Row], dots: int, *, native_code: bool = False) -> Paper:
    """Return the paper of one ticket, `dots` wide (a multiple of 16); with `native_code` the printer is to draw QR
    codes itself.

    Raises `DeviceError` (permanent) for a width that no printer has, for a font that is missing, for a code that
    does not fit.
    """
    if dots % 16 or not DOTS_MIN <= dots <= DOTS_MAX:
        message = mark("%(dots)s dots is not a valid ticket width. Usual widths are 576, 512 and 384.")
        raise DeviceError(message, permanent=True, dots=dots)
    draft = _Draft(dots)
    for row in rows:
        match row.style:
            case "gap":
                draft.gap(_scaled(_GAP, dots))
            case "rule":
                _rule(draft)
            case "qr":
                _code(draft, row.text, native_code=native_code)
            case "number":
                _number(draft, row.text)
            case _:
                _text(draft, row)
    while draft.parts and isinstance(draft.parts[-1], Gap):
        draft.parts.pop()
    return Paper(dots, tuple(draft.parts), tuple(draft.boxes))


def draw_picture(paper: Paper) -> Image.Image:
    """Return the paper as an image of mode `1`, white where nothing is printed.

    Codes of the printer's own are left out.
    """
    drawn = Image.new("1", (paper.dots, max(1, paper.height)), 1)
    y = 0
    for part in paper.parts:
        if isinstance(part, Band):
            black = Image.frombytes("1", (part.width_bytes * 8, part.rows), part.data)
            if part.scale > 1:
                black = black.resize((black.width * part.scale, black.height * part.scale), Image.Resampling.NEAREST)
            drawn.paste(0, ((paper.dots - black.width) // 2, y), black)
        if not isinstance(part, Code):
            y += part.height
    return drawn


def preview(layout: str, values: Mapping[str, str], dots: int) -> Image.Image:
    """Return what a printer would print of `layout`, filled in with `values`. Raises `DeviceError`."""
    return draw_picture(render(fill(parse(layout), values), dots))


def _scaled(size: int, dots: int) -> int:
    """Return a size of 80 mm paper on paper of `dots`: narrow paper gets letters of 0.68, not of 0.67, times the
    size.
    """
    wide, narrow = WIDTHS[80], WIDTHS[58]
    if dots >= narrow:
        return max(1, round(size * min(1.1, 0.68 + 0.32 * (dots - narrow) / (wide - narrow))))
    return max(1, round(size * 0.68 * dots / narrow))


def _face(style: str, dots: int) -> Face:
    return faces.get_face(
        faces.get_bold_path() if style in _BOLD else faces.get_regular_path(), _scaled(_SIZES[style], dots)
    )


def _text(draft: _Draft, row: Row) -> None:
    face = _face(row.style, draft.dots)
    for line in balance_lines(faces.make_printable(row.text), face, draft.dots - 2 * _EDGE):
        draft.draw(_line(line, face, draft.dots), 1, row.style, line)
        draft.gap(_scaled(_LEADING, draft.dots))


def _number(draft: _Draft, text: str) -> None:
    """Draw at half size for the printer to double: a quarter of the bytes.

    What is too long for the paper gets smaller letters.
    """
    text = faces.make_printable(text)
    half, size = draft.dots // 2, _scaled(_SIZES["number"], draft.dots) // 2
    face = faces.get_face(faces.get_bold_path(), size)
    if (wide := face.measure_width(text)) > half - _EDGE:
        face = faces.get_face(faces.get_bold_path(), max(8, size * (half - _EDGE) // wide))
    draft.draw(_line(text, face, half), 2, "number", text)
    draft.gap(_scaled(_LEADING, draft.dots))


@lru_cache(maxsize=64)
def _line(text: str, face: Face, width: int) -> Image.Image:
    """Return a picture of `text` that nobody may change: most lines of a ticket are on the next one too."""
    image = Image.new("L", (width, face.bottom - face.top), 0)
    left, _, right, _ = face.font.getbbox(text, anchor="ls")
    ImageDraw.Draw(image).text(
        ((width - (right - left)) // 2 - left, -face.top), text, fill=255, font=face.font, anchor="ls"
    )
    return image


def _rule(draft: _Draft) -> None:
    """Draw a line across the paper at half size for the printer to double."""
    space = _scaled(_RULE_SPACE, draft.dots)
    draft.gap(space)
    draft.draw(Image.new("L", (draft.dots // 2, _RULE_HEIGHT // 2), 255), 2, "rule", "")
    draft.gap(space)


def _code(draft: _Draft, text: str, *, native_code: bool) -> None:
    import segno

    try:
        code = segno.make(text, error="m", micro=False, boost_error=False)
    except ValueError as error:
        raise DeviceError(mark("The text of the QR code is too long."), permanent=True) from error
    rows = [bytes(row) for row in code.matrix]
    side = len(rows)
    if (side + 2 * _QUIET) * _MODULE > draft.dots:
        raise DeviceError(
            mark("The text of the QR code is too long for this paper: %(count)s characters."),
            permanent=True,
            count=len(text),
        )
    quiet = _QUIET * _MODULE
    draft.gap(quiet)
    if native_code:
        draft.parts.append(Code(text, _MODULE))
    else:
        half = draft.dots // 2
        drawn = Image.frombytes("L", (side, side), b"".join(rows)).point(lambda module: 255 * module)
        drawn = drawn.resize((side * _MODULE // 2, side * _MODULE // 2), Image.Resampling.NEAREST)
        image = Image.new("L", (half, drawn.height), 0)
        image.paste(drawn, ((half - drawn.width) // 2, 0))
        draft.draw(image, 2, "qr", text)
    draft.gap(quiet)


def balance_lines(text: str, face: Face, width: int) -> list[str]:
    """Return `text` in as few lines as `width` dots allow, of about the same length: no single word is left for the
    last one.
    """
    lines = wrap_text(text, face, width)
    narrow, wide = width // 2, width
    while len(lines) > 1 and wide - narrow > _EDGE:
        middle = (narrow + wide) // 2
        tried = wrap_text(text, face, middle)
        if len(tried) > len(lines):
            narrow = middle
        else:
            wide, lines = middle, tried
    return lines


def wrap_text(text: str, face: Face, width: int) -> list[str]:
    """Return `text` in lines that fit into `width` dots; broken at spaces, and inside a word only where it is wider
    than the paper.
    """
    lines: list[str] = []
    line = ""
    for word in text.split():
        longer = f"{line} {word}" if line else word
        if face.measure_width(longer) <= width:
            line = longer
            continue
        if line:
            lines.append(line)
        while face.measure_width(word) > width:
            fits = next(
                (count for count in range(1, len(word)) if face.measure_width(word[: count + 1]) > width), len(word)
            )
            lines.append(word[:fits])
            word = word[fits:]  # noqa: PLW2901 -- what is left of it
        line = word
    return [*lines, line] if line else lines
