"""The pictures that the emulated camera shows beside drawn people: black, or somebody's own files."""

import io
from pathlib import Path

from PIL import Image

SIZE = (640, 480)
JPEG_QUALITY = 80
SUFFIXES = frozenset({".jpg", ".jpeg", ".png"})
FILES_MAX = 500
PIXELS_MAX = 40_000_000


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
