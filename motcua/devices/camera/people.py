"""People whom the emulated camera sees: drawn, nobody's picture.

The face detector of the camera finds such a face, and reads its smile from its mouth: that was tried with the model
that motcua uses. How a real face reads is not shown by it.
"""

from functools import lru_cache
from math import sqrt

from msgspec import Struct
from PIL import Image, ImageChops, ImageDraw, ImageFilter

SMILE_STEPS = 8
"""Between no smile (0) and a broad one. Each is drawn once."""
WIDTH, HEIGHT = 400, 480
"""Of a picture of a person, in pixels: head and shoulders."""
FACE_HEIGHT_PX = 240
_FINE = 2
_FACE_WIDTH = 0.74
_CENTRE = (WIDTH / 2, HEIGHT * 0.5)
_SHADOW = "#7a4a30"
_FOLDS_FROM, _LIPS_APART = 0.3, 0.01
_LIP, _TEETH = "#a8524a", "#f4efe6"


class Look(Struct, frozen=True):
    """The colours of one person."""

    skin: str
    hair: str
    shirt: str


LOOKS = (Look("#d9a27c", "#2b1d16", "#3d6a8a"), Look("#e0b08c", "#15120f", "#7a5a86"))
Points = list[tuple[float, float]]


class _Drawing:
    """A picture in the measures of a face: x in widths, y in heights of the face, from its centre."""

    def __init__(self) -> None:
        self.image = Image.new("RGBA", (WIDTH * _FINE, HEIGHT * _FINE), (0, 0, 0, 0))
        self.height = FACE_HEIGHT_PX * _FINE
        self.width = self.height * _FACE_WIDTH
        self._at = (_CENTRE[0] * _FINE, _CENTRE[1] * _FINE)

    def place(self, points: Points) -> Points:
        """Return the points in pixels."""
        return [(self._at[0] + x * self.width, self._at[1] + y * self.height) for x, y in points]

    def draw_oval(self, left: float, top: float, right: float, bottom: float, fill: str) -> None:
        """Draw an oval."""
        ImageDraw.Draw(self.image).ellipse(self.place([(left, top), (right, bottom)]), fill=fill)

    def draw_area(self, points: Points, fill: str) -> None:
        """Draw an area."""
        ImageDraw.Draw(self.image).polygon(self.place(points), fill=fill)

    def draw_line(self, points: Points, fill: str, width: float) -> None:
        """Draw a line, `width` in heights of the face."""
        pixels = max(2, round(width * self.height))
        ImageDraw.Draw(self.image).line(self.place(points), fill=fill, width=pixels, joint="curve")

    def begin_shade(self) -> Image.Image:
        """Return an empty shade: how dark the skin is, 0 to 255."""
        return Image.new("L", self.image.size, 0)

    def add_shade(self, shade: Image.Image, softness: float) -> None:
        """Darken the picture by `shade`, where there is something already."""
        soft = shade.filter(ImageFilter.GaussianBlur(softness * self.width))
        dark = Image.new("RGBA", self.image.size, _SHADOW)
        self.image.paste(dark, (0, 0), ImageChops.multiply(soft, self.image.getchannel("A")))


@lru_cache(maxsize=2 * (SMILE_STEPS + 1))
def draw_person(step: int, look: int = 0) -> Image.Image:
    """Return head and shoulders of a person with the smile `step`, 0 to `SMILE_STEPS`, on nothing (RGBA)."""
    smile, colours, drawing = step / SMILE_STEPS, LOOKS[look % len(LOOKS)], _Drawing()
    _draw_head(drawing, colours)
    _draw_shades(drawing, smile)
    _draw_eyes(drawing, colours, smile)
    _draw_mouth(drawing, smile)
    soft = drawing.image.filter(ImageFilter.GaussianBlur(_FINE * 0.8))
    return soft.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def _draw_head(drawing: _Drawing, look: Look) -> None:
    drawing.draw_oval(-0.56, -0.66, 0.56, 0.25, look.hair)
    drawing.draw_area([(-0.24, 0.25), (0.24, 0.25), (0.28, 0.8), (-0.28, 0.8)], look.skin)
    drawing.draw_oval(-1.1, 0.62, 1.1, 2.4, look.shirt)
    for left in (-0.56, 0.42):
        drawing.draw_oval(left, -0.12, left + 0.14, 0.14, look.skin)
    drawing.draw_oval(-0.5, -0.55, 0.5, 0.5, look.skin)
    steps = [n / 20 - 1 for n in range(41)]
    line = [(0.54 * x, -0.42 + 0.26 * abs(x) ** 2.5) for x in steps]
    crown = [(0.54 * x, -0.205 - 0.455 * sqrt(1 - (0.54 * x / 0.56) ** 2)) for x in steps]
    drawing.draw_area(crown + line[::-1], look.hair)


def _draw_shades(drawing: _Drawing, smile: float) -> None:
    edge, features = drawing.begin_shade(), drawing.begin_shade()
    pen = ImageDraw.Draw(edge)
    pen.ellipse(drawing.place([(-0.56, -0.55), (0.56, 0.5)]), fill=80)
    pen.polygon(drawing.place([(-0.26, 0.4), (0.26, 0.4), (0.28, 0.6), (-0.28, 0.6)]), fill=110)
    pen.ellipse(drawing.place([(-0.4, -0.52), (0.4, 0.42)]), fill=0)
    drawing.add_shade(edge, 0.08)
    pen = ImageDraw.Draw(features)
    for side in (-1, 1):
        eye = side * 0.21
        pen.ellipse(drawing.place([(eye - 0.13, -0.14), (eye + 0.13, 0.0)]), fill=80)
        if smile > _FOLDS_FROM:
            fold = drawing.place([(side * 0.13, 0.1), (side * 0.24, 0.17), (side * 0.29, 0.25)])
            pen.line(fold, fill=90, width=round(0.022 * drawing.height))
    pen.polygon(drawing.place([(-0.045, -0.1), (0.0, -0.1), (-0.03, 0.12), (-0.1, 0.12)]), fill=70)
    pen.ellipse(drawing.place([(-0.12, 0.085), (0.12, 0.16)]), fill=90)
    pen.ellipse(drawing.place([(-0.12, 0.335), (0.12, 0.38)]), fill=70)
    drawing.add_shade(features, 0.03)


def _draw_eyes(drawing: _Drawing, look: Look, smile: float) -> None:
    middle, opening = -0.068, 0.036 - 0.010 * smile
    for side in (-1, 1):
        brow = [(side * 0.33, -0.145), (side * 0.27, -0.172), (side * 0.18, -0.175), (side * 0.1, -0.155)]
        drawing.draw_line(brow, look.hair, 0.022)
        drawing.draw_oval(side * 0.055 - 0.022, 0.115, side * 0.055 + 0.022, 0.137, "#5e3624")
        eye = side * 0.21
        drawing.draw_oval(eye - 0.095, middle - opening, eye + 0.095, middle + opening, "#f3efe9")
        drawing.draw_oval(eye - 0.042, middle - opening, eye + 0.042, middle + opening, "#4a2e1d")
        drawing.draw_oval(eye - 0.02, middle - 0.015, eye + 0.02, middle + 0.015, "#100a07")
        drawing.draw_oval(eye - 0.02, middle - 0.02, eye - 0.006, middle - 0.008, "#ffffff")
        lid = [(eye - 0.1 + 0.02 * n, middle + 0.006 - 1.25 * opening * (1 - (n / 5 - 1) ** 2)) for n in range(11)]
        drawing.draw_line(lid, "#2a1a12", 0.012)


def _draw_mouth(drawing: _Drawing, smile: float) -> None:
    """The corners of a smile are wide and high, and from half a smile on the teeth are seen."""
    base, corner, half = 0.255, 0.255 - 0.06 * smile, 0.17 + 0.09 * smile
    opening = 0.055 * max(0.0, smile - 0.25)

    def bend(middle: float, width: float = 1.0) -> Points:
        return [(half * width * (n / 12 - 1), corner + (middle - corner) * (1 - (n / 12 - 1) ** 2)) for n in range(25)]

    drawing.draw_area(bend(base - 0.028) + bend(base + 0.05 + opening)[::-1], _LIP)
    inner = bend(base, 0.9)
    if opening > _LIPS_APART:
        teeth = bend(base + 0.008 + opening, 0.9)
        drawing.draw_area(inner + teeth[::-1], _TEETH)
        drawing.draw_line(teeth, "#7a302a", 0.005)
    drawing.draw_line(inner, "#5f2520", 0.008)
