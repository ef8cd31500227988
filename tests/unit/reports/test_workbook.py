"""A report as a workbook, read back by another program: its numbers are those of the report, its texts stay texts."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from motcua.copies import replace
from motcua.desk import Invalid, get_zone
from motcua.reports.kinds import DAY, REPORTS
from motcua.reports.values import Cell, CellType, Period, Phrase, ReportColumn, ReportSheet, ReportTable
from motcua.reports.workbook import PARTS, write_xlsx
from motcua.settings.model import Unit
from tests.conftest import TODAY
from tests.unit.queue.at_the_desk import Day
from tests.unit.reports.test_reports import EN, VI

AT = datetime(2026, 11, 24, 7, 5, tzinfo=get_zone("Asia/Ho_Chi_Minh"))
UNIT = Unit("Phường Bến Nghé & Đa Kao", "Trung tâm Phục vụ hành chính công")
TYPES: dict[CellType, Cell] = {
    CellType.TEXT: "=1+1",
    CellType.COUNT: 1234,
    CellType.DURATION: 3725,
    CellType.SHARE: 875,
    CellType.COEFFICIENT: -45,
    CellType.POINTS: 17,
    CellType.FINE_SHARE: 8667,
    CellType.DAY: "2026-11-03",
    CellType.TIME: "2026-11-23T08:02:00.000+07:00",
}


def open_book(content: bytes) -> Workbook:
    return load_workbook(BytesIO(content))


def sheet_of(*tables: ReportTable) -> ReportSheet:
    return ReportSheet(Phrase("Report"), Period(TODAY, TODAY), tables, (Phrase("A note."),))


def table_of(cells: tuple[Cell, ...], title: str = "Figures", kind: CellType = CellType.TEXT) -> ReportTable:
    columns = tuple(ReportColumn(f"c{place}", kind, "Column") for place in range(len(cells)))
    return ReportTable("figures", title, columns, (cells,), "nothing")


def read_back(kind: CellType, value: Any) -> Any:
    """Return what a cell of a workbook is in the unit of the report."""
    if kind is CellType.DURATION:
        return value.total_seconds() if isinstance(value, timedelta) else _seconds(value)
    return value


def _seconds(value: time | datetime) -> float:
    return value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6


@pytest.mark.thorough
def test_each_type_of_cell_is_a_real_value_with_its_format() -> None:
    columns = tuple(ReportColumn(kind.value, kind, kind.value.title(), "min") for kind in TYPES)
    table = ReportTable("all", "All", columns, (tuple(TYPES.values()), (None,) * len(columns)), "", total_rows=(1,))
    page = open_book(write_xlsx(sheet_of(table), EN, UNIT, AT))["All"]
    assert [cell.value for cell in page[2]] == [
        "=1+1",
        1234,
        timedelta(hours=1, minutes=2, seconds=5),
        0.875,
        -0.45,
        1.7,
        0.8667,
        datetime(2026, 11, 3, 0, 0),  # noqa: DTZ001 -- a workbook knows no zone
        datetime(2026, 11, 23, 8, 2),  # noqa: DTZ001
    ]
    assert page["A2"].data_type == "s"
    assert [cell.number_format for cell in page[2]] == [
        "General",
        "#,##0",
        "[h]:mm:ss",
        "0.0%",
        "0.00",
        "0.0",
        "0.00%",
        "dd/mm/yyyy",
        "hh:mm",
    ]
    assert [cell.value for cell in page[3]] == [None] * len(columns)
    assert page.freeze_panes == "A2"
    assert [cell.font.b for cell in page[1]] == [True] * len(columns)
    assert [cell.value for cell in page[1]][2:4] == ["Duration", "Share"]


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.id)
def test_every_report_is_a_worksheet_a_table_with_the_figures_of_its_tables(day: Day, report: Any) -> None:
    day.opened(1, 2)
    for _ in range(4):
        day.issue("copy")
    day.serve(1)
    with day.desk.read() as db:
        sheet = report.build(db, Period(TODAY, TODAY))
    book = open_book(write_xlsx(sheet, VI, UNIT, AT))
    assert len(book.sheetnames) == len(sheet.tables) + 1
    for table, page in zip(sheet.tables, book.worksheets, strict=False):
        for number, row in enumerate(table.rows, start=2):
            for column, cell, stored in zip(table.columns, row, page[number], strict=False):
                if isinstance(cell, (int, float)):
                    scale = PARTS.get(column.type, 1)
                    assert read_back(column.type, stored.value) * scale == pytest.approx(cell), column.name
    assert book.worksheets[-1]["A2"].value == UNIT.name
    assert book.worksheets[-1]["A3"].value == "Lập lúc 07:05 ngày 24/11/2026"


def test_the_day_reports_counts_equal_its_json(day: Day) -> None:
    day.opened(1, 2)
    for _ in range(3):
        day.issue("copy")
    day.serve(1)
    with day.desk.read() as db:
        sheet = DAY.build(db, Period(TODAY, TODAY))
    page = open_book(write_xlsx(sheet, VI, UNIT, AT, "groups")).worksheets[0]
    total = [cell.value for cell in page[page.max_row]][2:]
    assert total == list(sheet.as_json()["totals"].values())


def test_the_same_values_give_the_same_bytes() -> None:
    sheet = sheet_of(table_of(("Hồ sơ", "Ứớ")))
    assert write_xlsx(sheet, VI, UNIT, AT) == write_xlsx(sheet, VI, UNIT, AT)


@pytest.mark.parametrize("title", ["Quầy: [1/2]?*\\", "x" * 60, "'", "History", "", "Lịch sử & khác"])
def test_any_title_becomes_the_name_of_a_worksheet_and_twins_differ(title: str) -> None:
    tables = (table_of(("a",), title), replace(table_of(("b",), title), id="other"))
    book = open_book(write_xlsx(sheet_of(*tables), EN, UNIT, AT))
    assert [page["A2"].value for page in book.worksheets[:2]] == ["a", "b"]
    assert len({name.casefold() for name in book.sheetnames}) == 3


@pytest.mark.thorough
@given(st.text(max_size=60))
def test_any_text_is_kept_as_a_text(text: str) -> None:
    page = open_book(write_xlsx(sheet_of(table_of((f"x{text}",))), EN, UNIT, AT)).worksheets[0]
    assert page["A2"].data_type == "s"
    clean = "".join(char for char in text if char.isprintable() or char in "\n\t")
    stored = str(page["A2"].value)
    assert [char for char in clean if not char.isspace() and char not in stored] == []


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "{=1}", "http://a.vn", "0123", "+84901", "@a", "-1", "#REF!"])
def test_no_text_becomes_a_formula_a_link_or_a_number(text: str) -> None:
    page = open_book(write_xlsx(sheet_of(table_of((text,))), EN, UNIT, AT)).worksheets[0]
    cell = page["A2"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_days_are_days() -> None:
    page = open_book(write_xlsx(sheet_of(table_of((TODAY,), kind=CellType.DAY)), EN, UNIT, AT)).worksheets[0]
    assert page["A2"].value.date() == date.fromisoformat(TODAY)


def test_one_table_alone_and_a_table_that_is_none() -> None:
    sheet = sheet_of(table_of(("a",)), replace(table_of(("b",), "Other"), id="other"))
    assert open_book(write_xlsx(sheet, EN, UNIT, AT, "other")).sheetnames == ["Other", "Notes"]
    with pytest.raises(Invalid):
        write_xlsx(sheet, EN, UNIT, AT, "moon")
