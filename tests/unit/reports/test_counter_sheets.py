"""The poster and the stickers of a counter: one page each, and every code on them opens the counter's page."""

from io import BytesIO
from typing import Any

import pytest
import zxingcpp
from pypdf import PdfReader

from motcua.reports import pdf
from motcua.reports.counter_sheets import SHEETS, make_sheet_values
from motcua.settings.model import Unit

ADDRESS = "http://192.168.100.200:8080/c/3"
UNIT = Unit("Phường Bến Nghé", "Trung tâm Phục vụ hành chính công")


def values(unit: Unit = UNIT, label: str = "Chứng thực") -> dict[str, Any]:
    return make_sheet_values(unit, 3, label, ADDRESS, lambda _language, message: message, 1_795_849_500)


@pytest.mark.thorough
@pytest.mark.parametrize(("kind", "codes"), [("poster", 1), ("stickers", 8)])
def test_a_sheet_is_one_page_whose_code_opens_the_counters_page(kind: str, codes: int) -> None:
    reader = PdfReader(BytesIO(pdf.make_pdf(SHEETS[kind], values(), 1_795_849_500)))
    (page,) = reader.pages
    pictures = [image.image.convert("L") for image in page.images if image.image is not None]
    decoded = {barcode.text for picture in pictures for barcode in zxingcpp.read_barcodes(picture)}
    assert decoded == {ADDRESS}
    assert page.get_contents() is not None
    drawn = page.get_contents().get_data().count(b" Do")  # type: ignore[union-attr]
    assert drawn == codes
    assert "Phường Bến Nghé" in page.extract_text()


@pytest.mark.thorough
@pytest.mark.parametrize("kind", SHEETS)
def test_long_names_and_marks_of_the_layout_stay_on_the_page_as_they_are(kind: str) -> None:
    name = "Ủy ban nhân dân phường #Nguyễn *Ưu* Đàm, thành phố Hồ Chí Minh"
    unit = Unit(name, "Trung tâm [phục] vụ $hành$ chính công")
    reader = PdfReader(BytesIO(pdf.make_pdf(SHEETS[kind], values(unit, "Chứng thực, Hộ tịch " * 3), 1_795_849_500)))
    assert len(reader.pages) == 1
    assert "*Ưu*" in reader.pages[0].extract_text()
