"""The forms of a dossier: what stands on them, and which text holds on which day."""

from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from motcua.copies import replace
from motcua.reports import pdf
from motcua.reports.forms import texts
from motcua.reports.forms.model import BookEntry, FormApplicant, FormFacts, FormKind, FormPaper, FormStep
from motcua.reports.forms.printing import BOOK_LAYOUT, DOTS, FORM_LAYOUT, print_book, print_form
from motcua.reports.forms.texts import FormTextError, choose_text, load_texts, read_texts
from motcua.settings.model import Unit

UNIT = Unit("Phường Mẫu", "Trung tâm Phục vụ hành chính công phường Mẫu", phone="0236 123 4567")
AT = datetime.fromisoformat("2026-11-26T09:05")
FACTS = FormFacts(
    unit=UNIT,
    code="H17.12.34-261126-0007",
    procedure="Đăng ký khai sinh",
    applicant=FormApplicant("Nguyễn Thị Hoa", "Tổ 5", "0905 123 456"),
    at=AT,
    officer="Trần Văn Bình",
    papers=(FormPaper("Giấy chứng sinh", 1), FormPaper("Giấy tờ cư trú", from_data=True)),
    limit="trong ngày",
    received_at=AT,
    due_at=datetime.fromisoformat("2026-11-26T17:00"),
    new_due_at=datetime.fromisoformat("2026-11-27T17:00"),
    missing=("Văn bản ủy quyền", "Giấy chứng sinh"),
    reason="Thiếu giấy tờ",
    legal="Luật Hộ tịch, điều 16",
    steps=(
        FormStep("Tiếp nhận", "Trần Văn Bình", AT, AT, AT),
        FormStep("Thẩm định", "Lê Thị Lan", AT, AT, datetime.fromisoformat("2026-11-27T08:00")),
    ),
    follow_url="https://mot.vn/d/AbCdEfGh1234",
)


def read_pdf(content: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(text.split())


@pytest.mark.parametrize(
    ("form", "title", "sentences"),
    [
        (
            FormKind.RECEIPT,
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            ["Nguyễn Thị Hoa", "09 giờ 05 phút, ngày 26 tháng 11 năm 2026", "17 giờ 00 phút", "01 (bộ)", "Bản chính"],
        ),
        (
            FormKind.SUPPLEMENT,
            "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
            ["1. Văn bản ủy quyền", "2. Giấy chứng sinh", "0236 123 4567", "Thiếu giấy tờ"],
        ),
        (FormKind.REFUSAL, "PHIẾU TỪ CHỐI TIẾP NHẬN, GIẢI QUYẾT HỒ SƠ", ["Thiếu giấy tờ", "Luật Hộ tịch, điều 16"]),
        (
            FormKind.EXTENSION,
            "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT",
            ["xin lỗi", "17 giờ 00 phút, ngày 27 tháng 11 năm 2026", "một lần"],
        ),
        (FormKind.STOP, "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", ["Thiếu giấy tờ", "ĐẠI DIỆN CƠ QUAN"]),
        (FormKind.CONTROL, "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ", ["Tiếp nhận", "Đúng hạn", "Quá hạn"]),
    ],
)
def test_a_form_says_what_its_text_has_places_for(form: FormKind, title: str, sentences: list[str]) -> None:
    words = read_pdf(pdf.make_pdf(FORM_LAYOUT, print_form(form, FACTS), 0))
    for sentence in [title, FACTS.code, "Độc lập - Tự do - Hạnh phúc", "PHƯỜNG MẪU", "Thông tư số 03/2025/TT-VPCP"]:
        assert all(word in words for word in sentence.split())
    assert [sentence for sentence in sentences if sentence not in words] == []


def test_a_paper_from_data_is_not_counted() -> None:
    table = next(part for part in print_form(FormKind.RECEIPT, FACTS)["parts"] if part["kind"] == "table")
    assert table["rows"] == [
        ["1", "Giấy chứng sinh", "1", "", ""],
        ["2", "Giấy tờ cư trú", "", "", "khai thác từ cơ sở dữ liệu, không thu giấy"],
    ]


def test_what_is_not_known_is_left_to_be_written() -> None:
    blank = replace(FACTS, applicant=FormApplicant(""), papers=(), due_at=None, missing=(), follow_url="")
    values = print_form(FormKind.RECEIPT, blank)
    lines = {part["label"]: part["value"] for part in values["parts"] if part["kind"] == "line"}
    assert lines["Tiếp nhận hồ sơ của"] == lines["Thời gian trả kết quả giải quyết hồ sơ"] == DOTS
    assert values["qr"] == []
    assert print_form(FormKind.SUPPLEMENT, blank)["parts"][6] == {"kind": "list", "items": [DOTS]}


def test_words_in_a_value_are_no_places() -> None:
    odd = replace(FACTS, reason="{code} #panic() {none}")
    parts = print_form(FormKind.REFUSAL, odd)["parts"]
    assert {"kind": "text", "label": "", "value": "{code} #panic() {none}"} in parts


def test_nobody_is_named_under_the_signature_of_the_unit() -> None:
    assert [one["name"] for one in print_form(FormKind.EXTENSION, FACTS)["signatures"]] == ["", ""]
    assert [one["name"] for one in print_form(FormKind.RECEIPT, FACTS)["signatures"]] == [
        "Nguyễn Thị Hoa",
        "Trần Văn Bình",
    ]


def test_the_book_has_a_row_for_each_dossier() -> None:
    entry = BookEntry(1, FACTS.code, FACTS.procedure, 1, "Nguyễn Thị Hoa", "0905 123 456", AT, AT, None, "Đang xử lý")
    words = read_pdf(pdf.make_pdf(BOOK_LAYOUT, print_book(UNIT, [entry], "2026-11-01", "2026-11-30"), 0))
    for word in ("SỔ THEO DÕI HỒ SƠ", "Từ ngày 01/11/2026 đến ngày 30/11/2026", "Nguyễn Thị Hoa", "26/11/2026"):
        assert word in words
    none = read_pdf(pdf.make_pdf(BOOK_LAYOUT, print_book(UNIT, [], "2026-11-01", "2026-11-30"), 0))
    assert "Không có hồ sơ nào" in none


def test_a_text_holds_from_its_day_on() -> None:
    old = choose_text(load_texts(), "receipt", "2026-01-01")
    new = replace(old, since="2027-01-01", number="01a")
    assert [choose_text((old, new), "receipt", day).number for day in ("2020-01-01", "2026-12-31", "2027-01-01")] == [
        "01",
        "01",
        "01a",
    ]


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("{applicant}", "{citizen}", "citizen"),
        ('block = "papers"', 'block = "pictures"', "pictures"),
        ('form = "stop"', 'form = "halt"', "halt"),
    ],
)
def test_a_text_with_a_mistake_is_refused(before: str, after: str, place: str) -> None:
    source = (Path(texts.__file__).parent / "texts.toml").read_text(encoding="utf-8")
    with pytest.raises(FormTextError, match=place):
        read_texts(source.replace(before, after, 1))


def test_a_form_without_a_text_is_refused() -> None:
    with pytest.raises(FormTextError, match="no text for"):
        read_texts("")
