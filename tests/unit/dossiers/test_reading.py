"""What a file of dossiers says, and what is wrong with it, by row and column."""

import zipfile
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from motcua.desk import Invalid
from motcua.desk.errors import find_refusal
from motcua.dossiers.model.outcomes import AgencyTime, Complaint, DossierOutcome, DossierRow
from motcua.dossiers.rules.columns import COLUMNS
from motcua.dossiers.rules.files import BYTES_MAX, ROWS_MAX, read_rows
from motcua.dossiers.rules.reading import DossierReading, read_dossiers, read_result, task
from motcua.typed.sheet_columns import write_template

FIRST, LAST = "2026-11-01", "2026-11-30"
HEADINGS = [column.vi for column in COLUMNS]
GOOD = ("H29-1", "2.000815", "hoa", "02/11/2026", "5/11/2026", "2026-11-05", "đúng", "3", "1", "1", "sai", "có", "x")
DOSSIER = DossierOutcome(
    "H29-1",
    "2026-11-02",
    "2026-11-05",
    "2026-11-05",
    "2.000815",
    None,
    AgencyTime.ON_TIME,
    2,
    1,
    Complaint.WRONG,
    is_disliked=True,
    is_online=True,
)


def read(content: bytes) -> DossierReading:
    return read_dossiers(read_rows(content), FIRST, LAST)


def write_csv(*rows: tuple[str, ...], delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    lines = [delimiter.join(HEADINGS), *(delimiter.join(row) for row in rows)]
    return "\r\n".join(lines).encode(encoding)


def write_book(*rows: Any, change: Callable[[Any], object] = lambda _sheet: None) -> bytes:
    book, out = Workbook(), BytesIO()
    for row in [HEADINGS, *rows]:
        book.active.append(list(row))  # type: ignore[union-attr]
    change(book.active)
    book.save(out)
    return out.getvalue()


def with_cell(name: str, value: Any) -> list[Any]:
    return [value if column.name == name else cell for column, cell in zip(COLUMNS, GOOD, strict=True)]


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_csv_file_is_read_with_the_separator_it_has(delimiter: str) -> None:
    assert read(write_csv(GOOD, delimiter=delimiter)) == DossierReading((DossierRow(2, DOSSIER, "hoa"),), ())


def test_a_workbook_says_the_same_with_dates_and_numbers_as_cells() -> None:
    row = with_cell("received_on", date(2026, 11, 2))
    row[4], row[5], row[7] = datetime(2026, 11, 5, 16, 30), datetime(2026, 11, 5), 3  # noqa: DTZ001 -- as cells are
    assert read(write_book(row)) == DossierReading((DossierRow(2, DOSSIER, "hoa"),), ())


def test_columns_may_be_few_and_in_any_order_and_language() -> None:
    content = b"due on,DOSSIER CODE,received_on\n2026-11-04,X-1,2026-11-03\n\n2026-11-05,X-2,2026-11-03\n"
    assert read(content).rows == (
        DossierRow(2, DossierOutcome("X-1", "2026-11-03", "2026-11-04")),
        DossierRow(4, DossierOutcome("X-2", "2026-11-03", "2026-11-05")),
    )


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_template_can_be_imported_as_it_is(language: str) -> None:
    reading = read(write_template(COLUMNS, language, has_examples=True))
    assert [row.dossier.code for row in reading.rows] == ["H29.17-261102-0001", "H29.17-261103-0007"]
    assert (reading.rows[0].dossier.contacts, reading.mistakes) == (0, ())
    with pytest.raises(Invalid, match="no dossiers"):
        read(write_template(COLUMNS, language, has_examples=False))


@pytest.mark.parametrize(
    ("column", "value", "sentence"),
    [
        ("code", "", "must be filled in"),
        ("code", "a b", "not a code"),
        ("code", "001099012345", "ID number"),
        ("procedure", "Đăng ký khai sinh", "not a procedure code"),
        ("received_on", "31/02/2026", "not a date"),
        ("received_on", "11/2026", "not a date"),
        ("due_on", "", "must be filled in"),
        ("due_on", "01/11/2026", "before the day of receipt"),
        ("settled_on", "01/11/2026", "before the day of receipt"),
        ("settled_on", "01/12/2026", "not between 01/11/2026 and 30/11/2026"),
        ("agency_time", "nhanh", "sớm, đúng or trễ"),
        ("contacts", "-1", "whole number"),
        ("contacts", "1.5", "whole number"),
        ("contacts", "٣", "whole number"),
        ("applicant_contacts", "4", "cannot have caused more"),
        ("agencies", "101", "from 0 to 100"),
        ("complaint", "?", "không, có or sai"),
        ("is_disliked", "2", "có or không"),
        ("is_online", "=1+1", "formula"),
    ],
)
def test_what_is_wrong_is_named_by_row_and_column(column: str, value: str, sentence: str) -> None:
    row = tuple(with_cell(column, value))
    reading = read(write_csv(GOOD, row))
    mistakes = [item for item in reading.mistakes if item.column == column]
    assert {(item.row, item.column) for item in reading.mistakes} == {(3, column)}
    assert sentence in mistakes[0].message % mistakes[0].params
    assert read(write_book(GOOD, row)).mistakes == reading.mistakes


def test_every_mistake_of_a_file_is_named_at_once() -> None:
    reading = read(write_csv(GOOD, GOOD, tuple(with_cell("due_on", "x")), ("", "a b", *GOOD[2:])))
    assert [(item.row, item.column) for item in reading.mistakes] == [
        (3, "code"),
        (4, "due_on"),
        (5, "code"),
        (5, "procedure"),
    ]
    assert reading.mistakes[0].params == {"earlier": 2}


def test_formulas_and_merged_cells_are_refused_by_their_row() -> None:
    def change(sheet: Any) -> None:
        sheet["H2"] = "=SUM(1;2)"
        sheet.merge_cells("B3:C3")

    mistakes = read(write_book(GOOD, with_cell("code", "H29-2"), change=change)).mistakes
    assert [(item.row, item.column) for item in mistakes] == [(2, "contacts"), (3, "")]


def test_a_workbook_with_two_sheets_is_refused() -> None:
    with pytest.raises(Invalid, match="2 sheets"):
        read(write_book(GOOD, change=lambda sheet: sheet.parent.create_sheet("Hướng dẫn")))


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "dossiers.empty"),
        (b"\n\n;;\n", "dossiers.empty"),
        (";".join(HEADINGS).encode(), "dossiers.empty"),
        ("Mã hồ sơ;Họ tên\nX;Nguyễn Văn A".encode(), "dossiers.column"),
        ("Mã hồ sơ;MÃ HỒ SƠ\nX;X".encode(), "dossiers.column"),
        ("Mã hồ sơ;Ngày tiếp nhận\nX;02/11/2026".encode(), "dossiers.heading"),
        (write_csv(GOOD, encoding="utf-16"), "dossiers.encoding"),
        ("Mã hồ sơ".encode("cp1258", "replace") + b"\xff", "dossiers.encoding"),
        (b'code;"due_on\nX', "dossiers.csv"),
        (b"code\0;", "dossiers.file"),
        (b"PK\x03\x04 no archive", "dossiers.file"),
        (b"x" * (BYTES_MAX + 1), "dossiers.large"),
        (b"code\n" + b"x\n" * (ROWS_MAX + 1), "dossiers.large"),
    ],
)
def test_a_file_that_is_none_is_refused_as_a_whole(content: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(content)
    assert refusal.value.code == code


def rewrite(content: bytes, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook whose sheets were changed as bytes."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            data = old.read(part)
            new.writestr(part.filename, change(data) if part.filename.startswith("xl/worksheets/") else data)
    return out.getvalue()


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda _data: b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]><worksheet/>", "dossiers.file"),
        (lambda _data: b"<worksheet", "dossiers.file"),
        (lambda data: data + b" " * 70 * 1024 * 1024, "dossiers.large"),
        (lambda data: data.replace(b'<row r="2"', b'<row r="1048576"'), "dossiers.large"),
    ],
    ids=["entities", "cut off", "a bomb", "a far row"],
)
def test_a_workbook_that_would_take_long_or_is_broken_is_refused(change: Callable[[bytes], bytes], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        read(rewrite(write_book(GOOD), change))
    assert refusal.value.code == code


@pytest.mark.thorough
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    for data in (content, b"PK" + content, "Mã hồ sơ;Ngày tiếp nhận;Ngày hẹn trả\n".encode() + content):
        refusal = find_refusal(partial(read, data))
        assert refusal is None or refusal.code.startswith("dossiers.")


def test_what_the_helper_process_answers_is_the_reading() -> None:
    import base64

    def ask(content: bytes) -> DossierReading:
        return read_result(task({"file": base64.b64encode(content).decode(), "first": FIRST, "last": LAST}))

    assert ask(write_csv(GOOD)) == read(write_csv(GOOD))
    wrong = read(write_csv(GOOD, ("",)))
    assert ask(write_csv(GOOD, GOOD)).rows == ()
    assert ask(write_csv(GOOD, GOOD)).mistakes == read(write_csv(GOOD, GOOD)).mistakes
    assert wrong.mistakes == ()
