"""A photo that somebody sent becomes a small JPEG without any data beside the picture. For a helper process.

Untrusted bytes are decoded here and nowhere else: by three decoders, within bounds that the header must keep before
a pixel is read. The process that does it has little memory and little time (`run/planner.py`, `run/child.py`).
"""

import base64
import io
import warnings
from typing import Any

from motcua.desk.errors import Invalid

SIDE_PX, QUALITY = 1600, 82
PORTRAIT_PX, FACE_HEIGHT = 320, 0.25
PIXELS_MAX = 50_000_000
"""A phone's photo has up to 50 million; a picture with more is a bomb, or not worth the time."""
SIDE_MAX_PX = 20_000
BYTES_MAX = 10 * 1024 * 1024
FORMATS = ("JPEG", "PNG", "WEBP")


def task(job: dict[str, Any]) -> dict[str, Any]:
    """Return `{"jpeg": base64}` for `{"photo": base64, "is_portrait": bool}`, which is false where it is missing.

    Raises `Invalid("photo.bad" | "photo.large")`.
    """
    photo = base64.b64decode(job["photo"])
    return {"jpeg": base64.b64encode(clean_photo(photo, is_portrait=bool(job.get("is_portrait")))).decode("ascii")}


def clean_photo(content: bytes, *, is_portrait: bool = False, side_px: int = SIDE_PX) -> bytes:
    """Return the picture upright, at most `side_px` pixels a side, as a JPEG that holds nothing else.

    A portrait is cut to the square in the middle, 320 pixels a side; of a tall picture the upper part stays.

    Raises `Invalid("photo.bad")` for what is no JPEG, PNG or WebP, `Invalid("photo.large")` for too many pixels.
    """
    from PIL import Image, ImageOps

    if len(content) > BYTES_MAX:
        raise make_size_refusal()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            Image.MAX_IMAGE_PIXELS = PIXELS_MAX
            with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
                _require_bounded(picture.size)
                picture.draft("RGB", (side_px, side_px))  # a JPEG is decoded at a fraction of its size at once
                upright = ImageOps.exif_transpose(picture)
                plain = _flatten(upright)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise make_size_refusal() from error
    except Invalid:
        raise
    except Exception as error:  # a decoder raises whatever broken bytes make it do
        raise make_bad_refusal() from error
    if is_portrait:
        plain = ImageOps.fit(plain, (PORTRAIT_PX, PORTRAIT_PX), centering=(0.5, FACE_HEIGHT))
    plain.thumbnail((side_px, side_px))
    out = io.BytesIO()
    plain.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _require_bounded(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > PIXELS_MAX or max(size) > SIDE_MAX_PX:
        raise make_size_refusal()


def _flatten(picture: Any) -> Any:
    """Return a picture in three colours, on white where it was transparent, without what came beside it."""
    from PIL import Image

    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        plain = Image.new("RGB", picture.size, "white")
        plain.paste(picture, mask=picture.getchannel("A"))
        return plain
    plain = picture.convert("RGB")
    plain.info = {}
    return plain


def make_bad_refusal() -> Invalid:
    """Return what is raised for bytes that are no picture."""
    return Invalid("photo.bad", "This file is not a readable photo. Send a JPEG, PNG or WebP picture.")


def make_size_refusal() -> Invalid:
    """Return what is raised for too many bytes or pixels."""
    return Invalid("photo.large", "This photo is too large. Send one with at most 10 MB and 50 megapixels.")
