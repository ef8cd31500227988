"""A file of procedures: what it says, what is wrong with it by row and column, and what becomes of the catalogue."""

import base64
from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from motcua.copies import replace
from motcua.desk import Invalid
from motcua.desk.errors import find_refusal
from motcua.procedures.model import Checklist, ChecklistItem, Fee, LimitUnit, OnlineLevel, Procedure, TimeLimit
from motcua.procedures.rules.columns import COLUMNS
from motcua.procedures.rules.importing import ROWS_MAX, apply_rows, refresh_sentences, task, write_cells
from motcua.procedures.store import load_procedures
from motcua.typed.sheet_columns import SheetMistake, write_book, write_rows
from motcua.typed.sheet_readings import SheetReading, read_reading

HEADINGS = [column.vi for column in COLUMNS]
NEW = {"code": "P.01", "name": "Xác nhận tạm trú", "limit_count": "2", "limit_unit": "ngày làm việc"}


def ask(content: bytes) -> SheetReading:
    return read_reading(task({"file": base64.b64encode(content).decode()}))


def make_row(**cells: str) -> list[str]:
    return [cells.get(column.name, "") for column in COLUMNS]


def write(*rows: list[str]) -> bytes:
    return write_rows(HEADINGS, rows)


def merge(*rows: list[str], offered: dict[str, Procedure] | None = None) -> tuple[list[Procedure], list[SheetMistake]]:
    reading = ask(write(*rows))
    assert reading.mistakes == ()
    return apply_rows(reading.rows, load_procedures() if offered is None else offered)


def fill(book: Any, change: Callable[[Any], object]) -> bytes:
    out = BytesIO()
    change(book.active)
    book.save(out)
    return out.getvalue()


def make_book(*rows: list[Any], change: Callable[[Any], object] = lambda _sheet: None) -> bytes:
    book = Workbook()
    for row in [HEADINGS, *rows]:
        book.active.append(row)  # type: ignore[union-attr]
    return fill(book, change)


def test_a_new_procedure_has_what_its_row_says() -> None:
    cells = {
        "official_name": "Thủ tục xác nhận", "field": "Cư trú", "level": "Có", "fee_amount": "8.000", "fee_per": "bản",
        "is_immediate": "không", "papers": "Tờ khai\n Giấy xác nhận ", "source": "Quyết định 1", "words": "ở trọ",
        "online": "Một phần", "online_page": "https://dichvucong.gov.vn/1",
    }  # fmt: skip
    expected = Procedure(
        "P.01",
        "Xác nhận tạm trú",
        "Thủ tục xác nhận",
        "Cư trú",
        "ward",
        limits=(TimeLimit(LimitUnit.WORKING_DAYS, 2),),
        fees=(Fee(8000, ("bản", "")),),
        checklist=Checklist(
            (ChecklistItem("paper-1", ("Tờ khai", "")), ChecklistItem("paper-2", ("Giấy xác nhận", ""))),
            source="Quyết định 1",
        ),
        words=("ở trọ",),
        online=OnlineLevel.PARTIAL,
        online_page="https://dichvucong.gov.vn/1",
    )
    assert merge(make_row(**NEW, **cells)) == ([expected], [])


@pytest.mark.parametrize("make", [write_rows, write_book])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_what_was_exported_changes_nothing_when_it_comes_back(make: Any, language: str) -> None:
    ward = [item for item in load_procedures().values() if item.level == "ward"]
    content = make([getattr(column, language) for column in COLUMNS], [write_cells(item) for item in ward])
    reading = ask(content)
    assert reading.mistakes == ()
    assert apply_rows(reading.rows, load_procedures()) == (ward, [])


def test_an_empty_cell_leaves_what_is_there_and_a_stale_sentence_goes() -> None:
    before = load_procedures()["1.004873"]
    (changed,), mistakes = merge(make_row(code="1.004873", limit_count="2"))
    assert mistakes == []
    assert changed == replace(before, limits=(TimeLimit(LimitUnit.WORKING_DAYS, 2), before.limits[1]), time_limit="")
    (with_words,), _mistakes = merge(make_row(code="1.004873", limit_count="2", time_limit="2 ngày"))
    assert with_words.time_limit == "2 ngày"
    assert refresh_sentences(before, replace(before, name="Khác")) == replace(before, name="Khác")


def test_papers_that_were_there_keep_what_the_file_cannot_say() -> None:
    copies = load_procedures()["2.000815"]
    assert copies.checklist is not None
    original, copy = copies.checklist.items
    (changed,), mistakes = merge(make_row(code="2.000815", papers=f"{copy.name[0]}\nHóa đơn"))
    assert mistakes == []
    assert changed.checklist == Checklist(
        (copy, ChecklistItem("paper-1", ("Hóa đơn", ""))), source=copies.checklist.source
    )
    assert original not in changed.checklist.items


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"code": "P.02"}, "name", "not in the catalogue"),
        ({"code": "1.001193", "papers": "Tờ khai"}, "papers", "Change it on its page"),
        ({"code": "2.000815", "fee_amount": "3000"}, "fee_amount", "Change it on its page"),
        ({"code": "1.013226", "limit_count": "10"}, "limit_count", "Change it on its page"),
        ({"code": "1.001776", "limit_count": "10"}, "limit_count", "how the days are counted"),
        ({"code": "1.001776", "limit_unit": "ngày"}, "", "how many days"),
        ({"code": "1.002755", "fee_per": "bản"}, "fee_amount", "Write the sum"),
        ({"code": "1.001776", "name": "Hồ sơ 001090123456"}, "", "ID number"),
    ],
)
def test_what_the_catalogue_does_not_allow_is_named(cells: dict[str, str], column: str, sentence: str) -> None:
    _procedures, (mistake,) = merge(make_row(**cells))
    assert (mistake.row, mistake.column) == (2, column)
    assert sentence in mistake.message % mistake.params


@pytest.mark.parametrize(
    ("cells", "column", "sentence"),
    [
        ({"code": ""}, "code", "must be filled in"),
        ({"code": "a b"}, "code", "not a procedure code"),
        ({"code": "001090123456"}, "code", "ID number"),
        ({"name": "x" * 2001}, "name", "more than 2000"),
        ({"limit_count": "731"}, "limit_count", "from 0 to 730"),
        ({"limit_count": "hai"}, "limit_count", "whole number"),
        ({"limit_unit": "tuần"}, "limit_unit", "trong ngày, ngày làm việc"),
        ({"fee_amount": "1.00"}, "fee_amount", "whole number"),
        ({"level": "?"}, "level", "có or không"),
        ({"online": "nửa"}, "online", "toàn trình, một phần"),
        ({"online_page": "javascript:alert(1)"}, "online_page", "address of a page"),
        ({"papers": "\n".join(map(str, range(61)))}, "papers", "more than 60 lines"),
        ({"papers": "Tờ khai\nTờ khai"}, "papers", "twice"),
        ({"fee": "=1+1"}, "fee", "formula"),
    ],
)
def test_what_is_wrong_is_named_by_row_and_column(cells: dict[str, str], column: str, sentence: str) -> None:
    good, row = make_row(**NEW), make_row(**{**NEW, "code": "P.02", **cells})
    mistakes = ask(write(good, row)).mistakes
    assert [(item.row, item.column) for item in mistakes] == [(3, column)]
    assert sentence in mistakes[0].message % mistakes[0].params
    assert ask(write(good, row)).rows == (), "nothing is half read"


def test_the_same_code_twice_dates_and_merged_cells_are_named() -> None:
    from datetime import date

    def change(sheet: Any) -> None:
        sheet.merge_cells("B3:C3")
        sheet["B4"] = date(2026, 11, 2)

    content = make_book(make_row(**NEW), make_row(code="P.02"), make_row(code="P.03"), change=change)
    assert [(item.row, item.column) for item in ask(content).mistakes] == [(3, ""), (4, "name")]
    (mistake,) = ask(write(make_row(**NEW), make_row(**NEW))).mistakes
    assert (mistake.row, mistake.column, mistake.params) == (3, "code", {"earlier": 2})


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("content", "code", "sentence"),
    [
        (b"", "procedures.empty", "Start from the template"),
        (write(), "procedures.empty", "no procedures"),
        ("Mã thủ tục;Điện thoại\nX;1".encode(), "procedures.column", "Điện thoại"),
        ("Tên thường gọi\nX".encode(), "procedures.heading", "Mã thủ tục"),
        (write(make_row(**NEW)).decode("utf-8-sig").encode("utf-16"), "procedures.encoding", "UTF-16"),
        ("đơn;mã\nX;".encode("cp1258", "replace"), "procedures.encoding", "Windows-1258"),
        (b"PK\x03\x04", "procedures.file", "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(content: bytes, code: str, sentence: str) -> None:
    with pytest.raises(Invalid) as refusal:
        ask(content)
    assert refusal.value.code == code
    assert sentence in str(refusal.value)


@pytest.mark.thorough
@pytest.mark.parametrize("make", [write, lambda *rows: write_book(HEADINGS, list(rows))], ids=["csv", "xlsx"])
def test_a_file_with_too_many_rows_is_refused_as_a_whole(make: Callable[..., bytes]) -> None:
    with pytest.raises(Invalid) as refusal:
        ask(make(*[make_row(code=f"P.{number}") for number in range(50_000)]))
    assert (refusal.value.code, f"{ROWS_MAX} rows" in str(refusal.value)) == ("procedures.large", True)


@pytest.mark.thorough
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for data in (content, b"PK" + content, "Mã thủ tục;Tên thường gọi\n".encode() + content):
        refusal = find_refusal(partial(ask, data))
        assert refusal is None or refusal.code.startswith("procedures.")
