"""A report as CSV for spreadsheets: UTF-8 with a byte order mark, semicolons, figures with the decimal sign of the
language. Pure.
"""

import csv
from io import StringIO

from motcua.desk import Invalid
from motcua.reports.values import FIGURES, Cell, ReportColumn, ReportSheet, ReportTable
from motcua.reports.wording import Wording

DELIMITER = ";"
"""What a Vietnamese Excel expects: the comma is its decimal sign."""
BYTE_ORDER_MARK = "\ufeff"
"""Without it Excel takes UTF-8 for another character set."""
_FORMULA = frozenset(
    "=+-@\t\r\n|%\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}"
)
"""Signs with which a spreadsheet begins a formula or a command."""


def write_csv(sheet: ReportSheet, wording: Wording, table_id: str | None = None) -> bytes:
    """Return the tables below each other, each with its title, and the notes; or one table alone, from its headings on.

    Raises `Invalid("report.table")` for a table that the report does not have.
    """
    out = StringIO()
    writer = csv.writer(out, delimiter=DELIMITER, lineterminator="\r\n")
    if table_id is not None:
        writer.writerows(_rows(find_table(sheet, table_id), wording))
    else:
        writer.writerows([defuse(wording.write_phrase(phrase))] for phrase in (sheet.heading, sheet.caution) if phrase)
        for table in sheet.tables:
            writer.writerows([[], [defuse(wording.translate(table.title))], *_rows(table, wording)])
        writer.writerows([[], *([defuse(wording.write_phrase(note))] for note in sheet.notes)])
    return (BYTE_ORDER_MARK + out.getvalue()).encode("utf-8", "replace")


def find_table(sheet: ReportSheet, table_id: str) -> ReportTable:
    """Return the table with this id. Raises `Invalid("report.table")`."""
    for table in sheet.tables:
        if table.id == table_id:
            return table
    names = ", ".join(table.id for table in sheet.tables)
    raise Invalid(
        "report.table",
        "This report has no table “%(table)s”. Its tables: %(tables)s.",
        table=table_id[:40],
        tables=names,
    )


def _rows(table: ReportTable, wording: Wording) -> list[list[str]]:
    headings = [defuse(wording.write_heading(column)) for column in table.columns]
    return [headings, *([_cell(wording, *pair) for pair in zip(table.columns, row, strict=True)] for row in table.rows)]


def _cell(wording: Wording, column: ReportColumn, cell: Cell) -> str:
    text = wording.write_cell(column, cell, is_grouped=False)
    return text if column.type in FIGURES and isinstance(cell, (int, float)) else defuse(text)


def defuse(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula: an apostrophe stands before one that begins like it.

    Spaces and quotes before the sign do not hide it. Source: OWASP, CSV Injection.
    """
    first = text.lstrip(" \"'\N{NO-BREAK SPACE}\ufeff\u200b")[:1]
    return f"'{text}" if first in _FORMULA or text[:1] in _FORMULA else text
