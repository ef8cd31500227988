"""Poster and stickers with a counter's code, as plain values for their layouts. Pure.

They hang in a Vietnamese hall: Vietnamese first, English below it.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from motcua.desk.messages import mark
from motcua.settings.model import Unit

POSTER, STICKERS = "counter_poster", "counter_stickers"
SHEETS = {"poster": POSTER, "stickers": STICKERS}
"""The layout of each kind of sheet."""
SCALE = 12
SENTENCES = {
    "title": mark("Please rate how you were served"),
    "scan": mark("Scan this code with the camera or with Zalo."),
    "choose": mark("Choose one of five faces. You need no app and no sign-in."),
    "ticket": mark("Type the number and the four digits of your ticket: then it counts for your visit."),
    "secret": mark("The officer cannot see who rated how."),
    "short": mark("Scan to rate this counter"),
}
Translate = Callable[[str, str], str]
"""Returns an English sentence in a language (`vi` or `en`)."""


def make_sheet_values(
    unit: Unit, counter: int, label: str, address: str, translate: Translate, at: int
) -> dict[str, Any]:
    """Return what stands on a sheet of `counter` whose code opens `address`; `at` is in seconds since 1970."""
    return {
        "unit": unit.name,
        "centre": unit.centre,
        "label": label,
        "counter": {
            language: translate(language, mark("Counter %(number)s")) % {"number": counter} for language in ("vi", "en")
        },
        "texts": {
            name: {language: translate(language, sentence) for language in ("vi", "en")}
            for name, sentence in SENTENCES.items()
        },
        "address": address,
        "code": list(make_code(address)),
        "at": at,
    }


def make_code(address: str) -> bytes:
    """Return the QR code of `address` as a PNG picture, at error level M with a quiet zone of four modules."""
    import segno

    out = BytesIO()
    segno.make(address, error="m", micro=False).save(out, kind="png", scale=SCALE, border=4)
    return out.getvalue()
