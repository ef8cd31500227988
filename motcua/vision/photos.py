"""A photo file becomes upright rows of pixels: grey, transparent, 16 bit, four inks, animated, turned or huge."""

import stat
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct
from PIL import Image, ImageOps

from motcua.vision.detector import load_cv2

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "PPM", "AVIF", "JPEG2000")
"""Pictures only. Pillow's other decoders are left out; one of them starts a program."""
SUFFIXES = frozenset(
    {".avif", ".bmp", ".gif", ".jfif", ".jp2", ".jpe", ".jpeg", ".jpg", ".mpo", ".pgm", ".png", ".pnm", ".ppm", ".tif"}
    | {".tiff", ".webp"}
)
PIXELS_MAX = 100_000_000
"""A larger photo is decoded at a fraction of its size if it is a JPEG, else not at all."""
PARTS = (2, 4, 8)
"""A JPEG can be decoded at these parts of its size at once."""
SIDE_MAX_PX = 100_000
TWELVE_BITS, EIGHT_BITS = 4095, 255


class Photo(Struct, frozen=True):
    """Rows of pixels, three bytes each, red first; each is `scale` pixels of the file wide."""

    pixels: Any
    scale: float


def list_photos(path: Path) -> Iterator[Path]:
    """Yield the file itself, or the photos in a folder and below in order of their names; an empty folder itself."""
    if not path.is_dir():
        yield path
        return
    photos = sorted(file for file in path.rglob("*") if file.suffix.lower() in SUFFIXES and file.is_file())
    yield from photos or [path]


def load_photo(path: Path) -> Photo | None:
    """Return the first picture of a file, upright; None where there is none that can be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None  # a pipe would never end
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _decode(path)
    except MemoryError:
        return None
    except Exception:  # a decoder raises whatever broken bytes make it do
        return None


def _decode(path: Path) -> Photo | None:
    Image.init()  # else a format whose decoder nobody asked for yet is an error
    Image.MAX_IMAGE_PIXELS = None  # the bound below is ours
    with Image.open(path, formats=[name for name in FORMATS if name in Image.OPEN]) as picture:
        width, height = picture.size
        if min(width, height) < 1 or max(width, height) > SIDE_MAX_PX:
            return None
        if width * height > PIXELS_MAX:
            part = next((part for part in PARTS if width * height <= PIXELS_MAX * part**2), PARTS[-1])
            picture.draft("RGB", (width // part, height // part))
            if picture.width * picture.height > PIXELS_MAX:
                return None
        scale = max(width / picture.width, height / picture.height)
        return Photo(_flatten(ImageOps.exif_transpose(picture)), scale)


def _flatten(picture: Image.Image) -> Any:
    """Return the picture in three colours, on white where it is transparent."""
    import numpy as np

    if picture.mode.startswith(("I", "F")):
        grey = _to_eight_bits(np.asarray(picture, dtype=np.float64))
        return load_cv2().cvtColor(grey, load_cv2().COLOR_GRAY2RGB)
    if picture.mode in {"RGBA", "LA", "PA", "La", "RGBa"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        picture = Image.new("RGB", clear.size, "white")
        picture.paste(clear, mask=clear.getchannel("A"))
    return np.ascontiguousarray(np.asarray(picture.convert("RGB")))


def _to_eight_bits(grey: Any) -> Any:
    """Return brightness as bytes: what was 16, 12 or 8 bits deep, or a share of 1."""
    import numpy as np

    grey = np.nan_to_num(grey, nan=0.0, posinf=0.0, neginf=0.0)
    top = float(grey.max())
    if top > TWELVE_BITS:
        factor = EIGHT_BITS / max(top, 65_535.0)
    elif top > EIGHT_BITS:
        factor = EIGHT_BITS / TWELVE_BITS
    else:
        factor = EIGHT_BITS if 0 < top <= 1 else 1
    return np.clip(grey * factor, 0, EIGHT_BITS).astype(np.uint8)
