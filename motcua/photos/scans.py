"""A photo or scan of a paper becomes a JPEG of one page; one that shows the code of an identity card is refused.

For a helper process, as `cleaning.py`. What a code says never leaves it.
"""

import base64
import io
from datetime import date
from typing import Any

from motcua.desk.errors import Invalid
from motcua.photos.cleaning import clean_photo
from motcua.typed.id_card import NOT_A_CARD, split_card

SIDE_PX = 2000
"""An A4 page has 170 pixels an inch then, enough to read its small print."""


def task(job: dict[str, Any]) -> dict[str, Any]:
    """Return `{"jpeg": base64}` for `{"photo": base64, "today": day}`.

    Raises `Invalid("photo.bad" | "photo.large" | "photo.card")`.
    """
    jpeg = clean_photo(base64.b64decode(job["photo"]), side_px=SIDE_PX)
    require_no_card(jpeg, date.fromisoformat(job["today"]))
    return {"jpeg": base64.b64encode(jpeg).decode("ascii")}


def require_no_card(jpeg: bytes, today: date) -> None:
    """Raise `Invalid("photo.card")` where a picture shows the code of an identity or health insurance card."""
    import zxingcpp
    from PIL import Image

    with Image.open(io.BytesIO(jpeg)) as picture:
        codes = zxingcpp.read_barcodes(picture.convert("L"))
    if any("|" in code.text and split_card(code.text.strip(), today) != NOT_A_CARD for code in codes):
        raise Invalid(
            "photo.card",
            "This picture shows an identity card. Cards are never pictured here. Take the picture without the card.",
        )
