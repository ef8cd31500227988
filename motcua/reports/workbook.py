"""A report as an XLSX workbook: one worksheet a table, real numbers, durations and dates, and the notes on the last
sheet. The same values give the same bytes.
"""

import re
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from motcua.desk.messages import mark
from motcua.reports.printing import NOTES_TITLE, write_made_at
from motcua.reports.sheet import find_table
from motcua.reports.values import FIGURES, Cell, CellType, Phrase, ReportColumn, ReportSheet, ReportTable
from motcua.reports.wording import Wording
from motcua.settings.model import Unit

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

NUMBER_FORMATS = {
    CellType.COUNT: "#,##0",
    CellType.DURATION: "[h]:mm:ss",
    CellType.SHARE: "0.0%",
    CellType.FINE_SHARE: "0.00%",
    CellType.POINTS: "0.0",
    CellType.COEFFICIENT: "0.00",
    CellType.DAY: "dd/mm/yyyy",
    CellType.TIME: "hh:mm",
}
"""How a spreadsheet shows what it holds. Thousands and decimals follow the language of the computer that opens it."""
DAY_S = 86_400
PARTS = {CellType.SHARE: 1000, CellType.FINE_SHARE: 10_000, CellType.COEFFICIENT: 100, CellType.POINTS: 10}
"""How many of the units in which a figure is stored are one."""
TITLE_MAX, TEXT_MAX, HEADER_MAX = 31, 32_000, 120
"""The most characters that Excel takes as the name of a worksheet, in a cell and in a printed header; a little less."""
WIDTH_MIN, WIDTH_MAX, NOTES_WIDTH = 9, 50, 110
_NO_TITLE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
"""Characters that no name of a worksheet has."""
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that no XML file can hold."""


def write_xlsx(sheet: ReportSheet, wording: Wording, unit: Unit, at: datetime, table_id: str | None = None) -> bytes:
    """Return the report as a workbook, made `at` in the time zone of the hall; or one table alone.

    Texts are never taken for formulas, addresses or numbers. Raises `Invalid("report.table")`.
    """
    from xlsxwriter.workbook import Workbook

    tables = sheet.tables if table_id is None else (find_table(sheet, table_id),)
    out = BytesIO()
    kinds = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers", "nan_inf_to_errors"), False)
    book = Workbook(out, {"in_memory": True, **kinds})
    heading = clean_text(wording.write_phrase(sheet.heading))
    created = at.replace(tzinfo=None, microsecond=0)
    book.set_properties({"title": heading, "company": clean_text(unit.name), "author": "", "created": created})
    writer = _BookWriter(book, wording, heading, clean_text(unit.name))
    for table in tables:
        writer.add_table(table)
    writer.add_notes(sheet, at)
    book.close()
    return out.getvalue()


class _BookWriter:
    """Fills a workbook, sheet by sheet; each cell format stands in it once."""

    def __init__(self, book: "Workbook", wording: Wording, heading: str, unit_name: str) -> None:
        self._book, self._wording = book, wording
        self._heading, self._unit_name = heading, unit_name
        self._titles: set[str] = set()
        self._formats: dict[tuple[CellType, bool], Format] = {}
        line = {"bottom": 1, "bottom_color": "#857d6d"}
        self._head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#f1ece2", **line})
        self._bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def add_table(self, table: ReportTable) -> None:
        """Add a worksheet with the headings, which stay in sight, and the rows of a table."""
        page = self._add_page(self._wording.translate(table.title))
        for place, column in enumerate(table.columns):
            page.write_string(0, place, clean_text(write_heading(self._wording, column)), self._head)
            page.set_column(place, place, self._measure_width(table, place))
        for number, row in enumerate(table.rows, start=1):
            for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                self._write_cell(page, (number, place), column, cell, number - 1 in table.total_rows)
        if not table.rows:
            page.write_string(1, 0, clean_text(self._wording.translate(table.empty)))
        page.freeze_panes(1, 0)
        page.repeat_rows(0)

    def add_notes(self, sheet: ReportSheet, at: datetime) -> None:
        """Add the worksheet that says of what and of which days the report is, and how its figures are computed."""
        wording = self._wording
        page = self._add_page(wording.translate(mark("Notes")))
        lines = [self._heading, self._unit_name, wording.write_phrase(write_made_at(at))]
        lines += [wording.write_phrase(sheet.caution)] if sheet.caution else []
        lines += ["", wording.translate(NOTES_TITLE)]
        lines += [wording.write_phrase(note) for note in sheet.notes]
        page.set_column(0, 0, NOTES_WIDTH)
        for number, line in enumerate(lines):
            is_title = number == 0 or number == len(lines) - len(sheet.notes) - 1
            page.write_string(number, 0, clean_text(line), self._bold if is_title else self._wrapped)

    def _add_page(self, title: str) -> "Worksheet":
        page = self._book.add_worksheet(self._choose_title(title))
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        heading, unit_name = (text[:HEADER_MAX].replace("&", "&&") for text in (self._heading, self._unit_name))
        page.set_header(f"&L{heading}&R{unit_name}")
        page.set_footer("&R&P/&N")
        return page

    def _choose_title(self, title: str) -> str:
        """Return a name that Excel takes and that no other worksheet of the book has."""
        base = _NO_TITLE.sub(" ", clean_text(title)).strip(" '") or "-"
        name, number = _cut(base, TITLE_MAX), 1
        while name.casefold() in self._titles or name.casefold() == "history":
            number += 1
            name = f"{_cut(base, TITLE_MAX - 5)} ({number})"
        self._titles.add(name.casefold())
        return name

    def _write_cell(
        self, page: "Worksheet", at: tuple[int, int], column: ReportColumn, cell: Cell, is_total: bool
    ) -> None:
        style = self._get_format(column.type, is_total)
        if cell is None or cell == "":
            page.write_blank(*at, None, style)
        elif isinstance(cell, Phrase) or not isinstance(cell, (str, int, float)):
            page.write_string(*at, clean_text(self._wording.write_cell(column, cell)), style)
        elif isinstance(cell, str):
            self._write_text(page, at, column.type, cell, style)
        else:
            page.write_number(*at, to_number(column.type, cell), style)

    def _write_text(self, page: "Worksheet", at: tuple[int, int], kind: CellType, text: str, style: "Format") -> None:
        if kind is CellType.DAY:
            page.write_datetime(*at, date.fromisoformat(text), style)
        elif kind is CellType.TIME:
            page.write_datetime(*at, datetime.fromisoformat(text).replace(tzinfo=None), style)
        else:
            page.write_string(*at, clean_text(text), style)

    def _get_format(self, kind: CellType, is_total: bool) -> "Format":
        if (kind, is_total) not in self._formats:
            wish: dict[str, object] = {"bold": is_total, "valign": "top"}
            wish |= {"num_format": NUMBER_FORMATS[kind]} if kind in NUMBER_FORMATS else {"text_wrap": True}
            self._formats[kind, is_total] = self._book.add_format(wish)
        return self._formats[kind, is_total]

    def _measure_width(self, table: ReportTable, place: int) -> int:
        """Return the width of a column in characters: long enough for its longest word and most of its texts."""
        column = table.columns[place]
        words = write_heading(self._wording, column).split()
        longest = max((len(word) for word in words), default=0)
        texts = (self._wording.write_cell(column, row[place]) for row in table.rows)
        longest = max(longest, *(len(text) for text in texts), 0)
        return min(WIDTH_MAX, max(WIDTH_MIN, longest + 2))


def write_heading(wording: Wording, column: ReportColumn) -> str:
    """Return the heading of a column; durations and shares say their unit in each cell."""
    is_shown = column.type in FIGURES - {CellType.DURATION, CellType.SHARE, CellType.FINE_SHARE}
    return wording.write_heading(column) if is_shown else wording.translate(column.label)


def to_number(kind: CellType, figure: float) -> float:
    """Return a figure as a spreadsheet counts it: days for a duration, parts of one for a share."""
    if kind is CellType.DURATION:
        return figure / DAY_S
    return figure / PARTS[kind] if kind in PARTS else figure


def clean_text(text: str) -> str:
    """Return a text that a workbook can hold: no half characters, no control signs, not longer than a cell."""
    return _NO_TEXT.sub("", text.encode("utf-8", "replace").decode("utf-8"))[:TEXT_MAX]


def _cut(text: str, units: int) -> str:
    """Return a text of at most so many units of UTF-16, in which Excel counts."""
    return text.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore").rstrip(" '")
