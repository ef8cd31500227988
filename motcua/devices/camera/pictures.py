"""The pictures that the emulated camera shows: a test card with something that moves, black, or somebody's own
files.
"""

import io
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = (640, 480)
JPEG_QUALITY = 80
SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})
PERIOD = 60
"""Frames after which the moving mark is back where it began."""
FILES_MAX = 500
PIXELS_MAX = 40_000_000
_BARS = ("#f2b632", "#dff1ea", "#0f6b52", "#e4ebf6", "#23406e", "#9b1c1c", "#4a5463")


def draw_test_card(number: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """Return frame `number` of the test card: bars, a mark that walks, and the number, so that a frozen or doubled
    frame can be seen.
    """
    width, height = size
    image = Image.new("RGB", size, "#14263d")
    draw = ImageDraw.Draw(image)
    each = width / len(_BARS)
    for place, colour in enumerate(_BARS):
        draw.rectangle((round(place * each), 0, round((place + 1) * each) - 1, height * 2 // 3), fill=colour)
    at, radius = round((number % PERIOD) / PERIOD * width), height // 12
    middle = height * 5 // 6
    draw.ellipse((at - radius, middle - radius, at + radius, middle + radius), fill="#f5f8fc")
    draw.rectangle((0, 0, width // 3, height // 8), fill="#0d1a2b")
    draw.text((width // 60, height // 80), f"{number:06d}", fill="#f5f8fc", font=ImageFont.load_default(height // 11))
    return image


def draw_dark(size: tuple[int, int] = SIZE) -> Image.Image:
    """Return what a covered lens sees."""
    return Image.new("RGB", size, "#000000")


def load_folder(folder: Path) -> list[Image.Image]:
    """Return the pictures in `folder` by name, or the one that `folder` is; each shrunk to the camera's size.

    Raises `OSError` that names the file for one that cannot be read, or where there is none.
    """
    paths = (
        [folder] if folder.is_file() else sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES)
    )
    if not paths or len(paths) > FILES_MAX:
        raise OSError(f"{folder}: 1 to {FILES_MAX} .jpg or .png pictures are wanted here, there are {len(paths)}")
    return [_read(path) for path in paths]


def _read(path: Path) -> Image.Image:
    with Image.open(path) as opened:
        if opened.width * opened.height > PIXELS_MAX:
            raise OSError(f"{path}: this picture is too large")
        picture = opened.convert("RGB")
    picture.thumbnail(SIZE)
    return picture


def encode_jpeg(picture: Image.Image, kind: str) -> bytes:
    """Return a picture as `JPEG` or `PNG`."""
    out = io.BytesIO()
    picture.save(out, kind, **({"quality": JPEG_QUALITY} if kind == "JPEG" else {}))
    return out.getvalue()
