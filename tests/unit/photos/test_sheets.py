"""What a document scanner wrote becomes pages, or is refused as a whole."""

import base64
import io
from typing import Any

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from motcua.desk import Invalid
from motcua.photos import cleaning
from motcua.photos.sheets import read_pages, task

pytestmark = pytest.mark.thorough
CARD = "001090012345|012345678|Nguyễn Văn An|04051990|Nam|Số 5 phố Huế, Hà Nội|01012022||||"
RED, GREEN, WHITE = (200, 30, 30), (30, 160, 60), (255, 255, 255)


def draw(colour: tuple[int, int, int] = RED, size: tuple[int, int] = (600, 800), code: str = "") -> Image.Image:
    sheet = Image.new("RGB", size, colour)
    if code:
        out = io.BytesIO()
        segno.make(code, error="m", micro=False).save(out, kind="png", scale=5, border=4)
        sheet.paste(Image.open(out).convert("RGB"), (20, 20))
    return sheet


def save(*sheets: Image.Image, kind: str, **more: Any) -> bytes:
    out = io.BytesIO()
    sheets[0].save(out, kind, **({"save_all": True, "append_images": sheets[1:]} if len(sheets) > 1 else {}), **more)
    return out.getvalue()


def colours(content: bytes, most: int = 5) -> list[str]:
    """Return which of the two colours each page has; each is a JPEG of at most 2,000 pixels."""
    names = []
    for page in read_pages(content, most):
        with Image.open(io.BytesIO(page), formats=["JPEG"]) as picture:
            assert max(picture.size) <= 2000
            red, green, _blue = picture.convert("RGB").resize((1, 1)).tobytes()
            names.append("red" if red > green else "green")
    return names


@pytest.mark.parametrize(
    ("kind", "more"),
    [("PDF", {}), ("TIFF", {}), ("TIFF", {"compression": "tiff_lzw"}), ("TIFF", {"compression": "jpeg"})],
    ids=["PDF", "TIFF", "TIFF with LZW", "TIFF with JPEG"],
)
def test_each_page_of_a_file_is_a_page(kind: str, more: dict[str, Any]) -> None:
    assert colours(save(draw(RED), draw(GREEN), draw(RED), kind=kind, **more)) == ["red", "green", "red"]


def test_a_black_and_white_fax_and_a_single_picture_are_read() -> None:
    fax = draw(WHITE).convert("1")
    assert len(read_pages(save(fax, kind="TIFF", compression="group4"), 5)) == 1
    assert colours(save(draw(GREEN), kind="JPEG")) == ["green"]
    assert colours(save(draw(GREEN, (4000, 100)), kind="PNG")) == ["green"]


PDF = save(draw(RED), draw(GREEN), kind="PDF")
TIFF = save(draw(RED), draw(GREEN), kind="TIFF")
BAD = {
    "empty": b"",
    "workbook": b"PK\x03\x04 a workbook",
    "PDF mark": b"%PDF-1.7",
    "half a PDF": PDF[: len(PDF) // 3],
    "half a TIFF": TIFF[:60],
    "half a JPEG": save(draw(), kind="JPEG")[:300],
}
LARGE = {
    "bytes": PDF + bytes(cleaning.BYTES_MAX),
    "wide": save(Image.new("1", (30_000, 100)), kind="TIFF", compression="group4"),
    "bomb": save(Image.new("1", (9_000, 9_000)), kind="TIFF", compression="group4"),
    "JPEG bomb": save(Image.new("L", (9_000, 9_000)), kind="PNG"),
}
LONG = {kind: save(draw(), draw(), draw(), kind=kind) for kind in ("PDF", "TIFF")}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        pytest.param(content, code, id=name)
        for code, contents in (("scan.bad", BAD), ("scan.large", LARGE), ("scan.pages", LONG))
        for name, content in contents.items()
    ],
)
def test_what_is_no_scan_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read_pages(content, 2)
    assert refusal.value.code == code


@pytest.mark.parametrize("kind", ["PDF", "TIFF", "JPEG"])
def test_a_file_with_a_card_is_refused_as_a_whole(kind: str) -> None:
    card = draw(WHITE, (900, 1200), CARD)
    sheets = [card] if kind == "JPEG" else [draw(), card]
    content = base64.b64encode(save(*sheets, kind=kind)).decode()
    with pytest.raises(Invalid) as refusal:
        task({"file": content, "today": "2026-11-29", "most": 5})
    assert refusal.value.code == "scan.card"


@given(st.binary(max_size=400), st.sampled_from([b"", b"%PDF-1.4\n", b"II*\x00", b"MM\x00*\x00\x00\x00\x08"]))
def test_garbage_is_refused_and_nothing_else_happens(garbage: bytes, mark: bytes) -> None:
    with pytest.raises(Invalid):
        read_pages(mark + garbage, 3)
