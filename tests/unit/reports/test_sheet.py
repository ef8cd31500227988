"""A report as CSV: what a Vietnamese Excel reads, what a program reads, and what no spreadsheet takes for a formula."""

import csv
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.desk import Invalid
from motcua.reports.sheet import defuse, write_csv
from motcua.reports.values import Cell, CellType, Period, Phrase, ReportColumn, ReportSheet, ReportTable
from motcua.reports.wording import Wording

VI, EN = Wording("vi", lambda message: message), Wording("en", lambda message: message)
COLUMNS = (
    ReportColumn("name", CellType.TEXT, "Officer"),
    ReportColumn("at", CellType.TIME, "Time"),
    ReportColumn("n", CellType.COUNT, "n"),
    ReportColumn("wait_s", CellType.DURATION, "Wait", "min"),
    ReportColumn("percent_tenths", CellType.SHARE, "Share", "%"),
)
BOTH = {"vi": "Quầy; số \"1\"", "en": "Counter 1"}  # fmt: skip


def sheet(*rows: tuple[Cell, ...], notes: tuple[Phrase, ...] = ()) -> ReportSheet:
    table = ReportTable("work", "Work", COLUMNS, rows, "nothing")
    return ReportSheet(
        Phrase("Report of %(day)s", {"day": "23/11"}), Period("2026-11-23", "2026-11-23"), (table,), notes
    )


def rows_of(content: bytes) -> list[list[str]]:
    """Return what a program reads that knows the delimiter."""
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_file_has_the_mark_semicolons_and_the_signs_of_its_language() -> None:
    row = ("Đỗ Mạnh Hùng", "2026-11-23T08:05:59.999+07:00", 12_345, 1_234_567.8, 7_954)
    content = write_csv(sheet(row), VI, "work")
    assert content == (
        "\ufeffOfficer;Time;n;Wait (min);Share (%)\r\n"
        "Đỗ Mạnh Hùng;08:05;12345;20576,1;795,4\r\n"
    ).encode()  # fmt: skip
    assert rows_of(write_csv(sheet(row), EN, "work"))[1][2:] == ["12345", "20576.1", "795.4"]


def test_all_tables_stand_below_each_other_with_heading_and_notes() -> None:
    assert rows_of(write_csv(sheet((BOTH, None, 0, None, 0), notes=(Phrase("How"),)), VI)) == [
        ["Report of 23/11"],
        [],
        ["Work"],
        ["Officer", "Time", "n", "Wait (min)", "Share (%)"],
        ['Quầy; số "1"', "", "0", "", "0,0"],
        [],
        ["How"],
    ]


def test_a_table_that_is_not_there_is_refused_and_the_others_are_named() -> None:
    with pytest.raises(Invalid) as refusal:
        write_csv(sheet(), VI, "nothing")
    assert (refusal.value.code, refusal.value.params) == ("report.table", {"table": "nothing", "tables": "work"})


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+84912345678", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1+1", '"=1+1', "'=1+1", "\u00a0=1",
        "\ufeff=1", "\u200b@x",
        "\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20x", "|calc", "%x", "=HYPERLINK(\"http://x\")", "=cmd|' /C calc'!A0",
        " \t=1", "  -1",
    ],
)  # fmt: skip
def test_a_text_that_begins_like_a_formula_is_defused(text: str) -> None:
    assert defuse(text) == f"'{text}"
    assert rows_of(write_csv(sheet((text, text, 1, 1, 1)), VI, "work"))[1][0] == f"'{text}"
    assert rows_of(write_csv(sheet(({"vi": text, "en": ""}, None, 1, 1, 1)), VI, "work"))[1][0] == f"'{text}"


@pytest.mark.parametrize("text", ["", "A001", "Nguyễn Thị Hạnh", "3 = 3", "a@b.vn", "1+1", "“=”"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert defuse(text) == text


def test_a_figure_below_nothing_stays_a_figure() -> None:
    assert rows_of(write_csv(sheet(("x", None, -5, -600, -15)), VI, "work"))[1][2:] == ["-5", "-10,0", "-1,5"]


@pytest.mark.thorough
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=12), min_size=1, max_size=5))
def test_every_text_is_read_back_and_none_begins_like_a_formula(texts: list[str]) -> None:
    rows = rows_of(write_csv(sheet(*((text, None, 1, None, None) for text in texts)), VI, "work"))[1:]
    cells = [row[0] for row in rows]
    assert [
        cell.removeprefix("'") if defuse(text) != text else cell for cell, text in zip(cells, texts, strict=True)
    ] == texts
    assert [
        cell for cell in cells if cell.lstrip(" \"'")[:1] in set("=+-@\t\r\n") - {""} and not cell.startswith("'")
    ] == []
