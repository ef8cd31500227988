"""The cash sheet's page, as officers count and leaders sign, and its papers."""

import io
from zipfile import ZipFile

import pytest
from pypdf import PdfReader

from tests.told import require_told
from tests.unit.screens.dossier_pages import DossierPages


def take(pages: DossierPages, amount: str, means: str = "cash") -> None:
    dossier = pages.lodge()
    code = dossier.code
    assert pages.ask(f"/dossiers/{code}/fee/demand", form={"amount": amount}).status_code == 303
    reference = "" if means == "cash" else "4242"
    form = {"means": means, "reference": reference}
    assert pages.ask(f"/dossiers/{code}/fee/pay", form=form).status_code == 303


@pytest.mark.thorough
def test_an_officer_counts_a_leader_signs_and_both_see_the_same_sums(pages: DossierPages) -> None:
    assert "No officer took money" in pages.ask("/cash", "lan").text
    take(pages, "8000")
    take(pages, "15000", "card")
    assert pages.ask("/cash/open", form={"opening": "500.000"}).status_code == 303
    page = pages.ask("/cash").text
    for words in ("508.000 ₫", "8.000 ₫ (1)", "15.000 ₫ (1)", "000002/2026"):
        assert words in page, words
    for step, form, words in (
        ("close", {"counted": "507000"}, "Tick that you have counted"),
        ("close", {"counted": "507000", "is_sure": "1"}, "The drawer differs"),
        ("close", {"counted": "nhiều", "is_sure": "1"}, "Write a whole number."),
        ("sign", {"officer": str(pages.taken.officer)}, "not allowed"),
        ("open", {"opening": "", "day": "2099-01-01"}, "Choose today"),
    ):
        answer = pages.ask(f"/cash/{step}", form=form)
        assert answer.status_code in {403, 422}, (step, form)
        assert words in answer.text, (step, form)
    form = {"counted": "507000", "reason": "Thối nhầm", "is_sure": "1"}
    assert pages.ask("/cash/close", form=form).status_code == 303
    assert "Thối nhầm" in pages.ask("/cash", "lan").text
    assert "Thối nhầm" not in pages.ask("/cash", "minh").text
    signed = {"officer": str(pages.taken.officer)}
    assert pages.ask("/cash/sign", "lan", form=signed).status_code == 303
    assert pages.ask("/cash/sign", "lan", form=signed).status_code == 409
    assert "Signed by Lê Lan" in pages.ask("/cash", "lan").text
    assert pages.ask("/cash/nonsense", form={}).status_code == 404
    require_told(pages.taken.hall.folder)


@pytest.mark.thorough
def test_the_sheet_is_a_paper_with_signatures_and_a_workbook_with_numbers(pages: DossierPages) -> None:
    take(pages, "8000")
    take(pages, "15000", "card")
    pages.ask("/cash/close", form={"counted": "8000", "is_sure": "1"})
    answer = pages.ask("/cash/sheet.pdf", "lan")
    assert answer.content_type == "application/pdf"
    words = " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(answer.data)).pages).split())
    for part in (
        "BẢNG KÊ THU PHÍ, LỆ PHÍ TRONG NGÀY",
        "23.000 đồng",
        "Hai mươi ba nghìn đồng",
        "NGƯỜI THU",
        "LÃNH ĐẠO",
    ):
        assert part in words, part
    assert "Đã ký trên phần mềm" in words
    assert "4242" in words
    with ZipFile(io.BytesIO(pages.ask("/cash/sheet.xlsx").data)) as book:
        sums = book.read("xl/worksheets/sheet1.xml").decode()
    assert ("<v>8000</v>" in sums, "<v>15000</v>" in sums) == (True, True)
    assert pages.ask("/cash/sheet.doc").status_code == 405
    assert pages.ask("/cash/sheet.pdf", "minh").status_code == 200
    assert pages.ask("/cash?day=x").status_code == 422


@pytest.mark.thorough
def test_a_day_without_payments_is_a_paper_too(pages: DossierPages) -> None:
    for who in ("lan", "minh"):
        assert pages.ask("/cash/sheet.pdf", who).status_code == 200
        assert pages.ask("/cash/sheet.xlsx", who).status_code == 200
