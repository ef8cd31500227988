"""What a document scanner wrote becomes pages: a PDF, a TIFF of several pages, or one picture.

For a helper process, as `scans.py`: a stranger's bytes are read there and nowhere else.
"""

import base64
import io
import warnings
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any

from motcua.desk.errors import Invalid
from motcua.photos.cleaning import BYTES_MAX, PIXELS_MAX, QUALITY, SIDE_MAX_PX, clean_photo
from motcua.photos.scans import SIDE_PX, require_no_card

PDF_MARK, PDF_MARK_WITHIN = b"%PDF-", 1024
TIFF_MARKS = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
MEGABYTE = 1024 * 1024


def task(job: dict[str, Any]) -> dict[str, Any]:
    """Return `{"pages": [base64]}`, JPEGs, for `{"file": base64, "today": day, "most": n}`.

    Raises `Invalid("scan.bad" | "scan.large" | "scan.pages" | "scan.card")`.
    """
    pages = []
    for page in read_pages(base64.b64decode(job["file"]), job["most"]):
        try:
            require_no_card(page, date.fromisoformat(job["today"]))
        except Invalid as error:
            raise Invalid(
                "scan.card",
                "A scanned page shows an identity card. Cards are never scanned here. Scan without the card.",
            ) from error
        pages.append(base64.b64encode(page).decode("ascii"))
    return {"pages": pages}


def read_pages(content: bytes, most: int) -> list[bytes]:
    """Return the pages of a file as JPEGs, at most `most`.

    Raises `Invalid("scan.bad" | "scan.large" | "scan.pages")`.
    """
    from PIL import Image

    if len(content) > BYTES_MAX:
        raise make_size_refusal()
    try:
        if PDF_MARK in content[:PDF_MARK_WITHIN]:
            return [_shrink(page) for page in _render_pdf(content, most)]
        if content.startswith(TIFF_MARKS):
            return [_shrink(page) for page in _open_tiff(content, most)]
        return [clean_photo(content, side_px=SIDE_PX)]
    except (MemoryError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise make_size_refusal() from error
    except Invalid as error:
        if error.code == "photo.large":
            raise make_size_refusal() from error
        raise error if error.code.startswith("scan.") else _make_bad_refusal() from error
    except Exception as error:  # a decoder raises whatever broken bytes make it do
        raise _make_bad_refusal() from error


def _render_pdf(content: bytes, most: int) -> Iterator[Any]:
    """Yield the pages of a PDF as pictures of 2,000 pixels. One with a password is not read."""
    import pypdfium2

    with closing(pypdfium2.PdfDocument(content)) as document:
        _require_few(len(document), most)
        for place in range(len(document)):
            with closing(document[place]) as page:
                longest = max(page.get_size())
                with closing(page.render(scale=SIDE_PX / max(longest, 1), may_draw_forms=False)) as bitmap:
                    yield bitmap.to_pil().convert("RGB")


def _open_tiff(content: bytes, most: int) -> Iterator[Any]:
    """Yield the pages of a TIFF."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        Image.MAX_IMAGE_PIXELS = PIXELS_MAX
        with Image.open(io.BytesIO(content), formats=("TIFF",)) as picture:
            count = int(getattr(picture, "n_frames", 1))
            _require_few(count, most)
            for place in range(count):
                picture.seek(place)
                width, height = picture.size
                if width * height > PIXELS_MAX or max(width, height) > SIDE_MAX_PX:
                    raise make_size_refusal()
                yield picture.convert("RGB")


def _shrink(page: Any) -> bytes:
    page.thumbnail((SIDE_PX, SIDE_PX))
    page.info = {}
    out = io.BytesIO()
    page.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _require_few(count: int, most: int) -> None:
    if count < 1:
        raise _make_bad_refusal()
    if count > most:
        raise Invalid(
            "scan.pages",
            "The scan has %(count)s pages, and only %(most)s more can be handed in here. Bring the others.",
            count=count,
            most=most,
        )


def make_size_refusal() -> Invalid:
    """Return what is raised for too many bytes or pixels."""
    return Invalid(
        "scan.large",
        "The scan is too large: at most %(most)s MB. Scan fewer pages at once, at 300 dots per inch.",
        most=BYTES_MAX // MEGABYTE,
    )


def _make_bad_refusal() -> Invalid:
    return Invalid("scan.bad", "The scanner's file cannot be read: it must be a PDF, a TIFF or a JPEG. Scan once more.")
