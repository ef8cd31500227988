"""The printed ticket is read by others: every word by tesseract, its number cropped by the layout's own boxes, its
code by zxing.
"""

import difflib
import os
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytesseract
import pytest
import zxingcpp
from PIL import Image, ImageOps

from motcua.devices.paper.bands import Box, Paper
from motcua.devices.paper.layout import DEFAULT, fill, parse
from motcua.devices.paper.render import render
from motcua.devices.paper.ticket import SAMPLE, get_values
from motcua.devices.printer import library
from motcua.devices.printer.codec import encode
from motcua.setup.template import load
from tests.unit.devices.printer.reading import paper

BORDER = 20
WIDE, NARROW = 576, 384


@pytest.fixture(autouse=True)
def _one_thread() -> Iterator[None]:
    before = os.environ.get("OMP_THREAD_LIMIT")
    os.environ["OMP_THREAD_LIMIT"] = "1"
    yield
    if before is None:
        del os.environ["OMP_THREAD_LIMIT"]
    else:
        os.environ["OMP_THREAD_LIMIT"] = before


def ward_ticket(**more: Any) -> dict[str, Any]:
    """Return a payload in the names of the ward template."""
    ward = load("ward")
    ward_fields = {
        "unit": ward.settings.unit.name,
        "centre": ward.settings.unit.centre,
        "service": max((service.name[0] for service in ward.services), key=len),
        "footer": ward.settings.texts.ticket_footer[0],
    }
    return {**SAMPLE, **ward_fields, **more}


def printed(payload: dict[str, Any], dots: int) -> tuple[Paper, Image.Image]:
    """Return what was sent, and what a printer makes of it."""
    rendered = render(fill(parse(DEFAULT), get_values(payload)), dots)
    return rendered, paper(encode(rendered, library.build_pen(), "full"), dots).image(rendered.height).convert("L")


def crop(image: Image.Image, box: Box) -> Image.Image:
    return image.crop((box.left, box.top, box.right, box.bottom))


def words(text: str) -> list[str]:
    plain = unicodedata.normalize("NFC", text).replace("–", "-").replace("—", "-")  # noqa: RUF001 -- dashes of a range
    return re.findall(r"[\w:/-]*\w", plain)


def read(image: Image.Image, mode: int) -> str:
    framed = ImageOps.expand(image, BORDER, 255)
    return str(pytesseract.image_to_string(framed, lang="vie", config=f"--psm {mode} --dpi 203")).strip()


@pytest.mark.thorough
@pytest.mark.parametrize("dots", [WIDE, NARROW])
@pytest.mark.parametrize(
    "more", [{}, {"due_at": "09:00", "seat": "Ghế 7", "reprint": True}], ids=["waiting", "booked-again"]
)
def test_every_word_of_the_wards_ticket_is_read(dots: int, more: dict[str, Any]) -> None:
    rendered, image = printed(ward_ticket(**more), dots)
    lines = [box for box in rendered.boxes if box.text and box.style not in {"number", "qr"}]
    printed_words = [word for box in lines for word in words(box.text)]
    if dots == WIDE:
        body = Image.new("L", image.size, 255)
        for box in lines:
            body.paste(crop(image, box), (box.left, box.top))
        read_words = words(read(body, 6))
    else:  # letters of 18 dots are read better line by line
        read_words = [word for box in lines for word in words(read(crop(image, box), 7))]
    assert read_words == printed_words, list(difflib.unified_diff(printed_words, read_words, lineterm=""))


@pytest.mark.thorough
@pytest.mark.parametrize("number", ["A012", "B999", "K045"])
@pytest.mark.parametrize(("dots", "shrunk"), [(WIDE, 0.4), (NARROW, 0.5)])
def test_the_number_is_read_where_the_layout_says_it_is(number: str, dots: int, shrunk: float) -> None:
    rendered, image = printed(ward_ticket(number=number), dots)
    cut = crop(image, next(box for box in rendered.boxes if box.style == "number"))
    small = cut.resize((round(cut.width * shrunk), round(cut.height * shrunk)), Image.Resampling.LANCZOS)
    assert read(small, 7) == number


@pytest.mark.thorough
@pytest.mark.parametrize("dots", [WIDE, NARROW])
def test_the_code_is_read_and_has_its_quiet_zone(dots: int) -> None:
    rendered, image = printed(ward_ticket(), dots)
    barcode = zxingcpp.read_barcode(image)
    assert barcode is not None
    assert barcode.text == SAMPLE["follow_url"]
    box = next(box for box in rendered.boxes if box.style == "qr")
    quiet = 4 * 6
    assert box.right - box.left >= 21 * 6
    around = image.crop((box.left - quiet, box.top - quiet, box.right + quiet, box.bottom + quiet))
    assert ImageOps.invert(around).getbbox() == (quiet, quiet, around.width - quiet, around.height - quiet)
