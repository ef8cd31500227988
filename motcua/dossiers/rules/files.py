"""The bytes of a CSV or XLSX file as rows of cells, within bounds. For a helper process: the bytes are a stranger's.

Raises `Invalid` with a sentence for whoever chose the file.
"""

import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO

from motcua.desk.errors import Invalid

BYTES_MAX, UNPACKED_MAX, PARTS_MAX = 5 * 1024 * 1024, 60 * 1024 * 1024, 200
ROWS_MAX, COLUMNS_MAX, CELL_MAX = 20_000, 40, 200
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']\$?[A-Z]{1,3}\$?(\d{1,7})")
_BOMB = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


@dataclass(frozen=True)
class FormulaCell:
    """Stands where the file has a formula, or the error that one left."""


SheetCell = str | date | FormulaCell
"""A text, also for numbers; a day; a formula. Empty is the empty text."""


@dataclass(frozen=True)
class SheetRow:
    """A row by its number in the file, from 1; `is_merged` where a merged cell begins in it."""

    number: int
    cells: tuple[SheetCell, ...]
    is_merged: bool = False


def read_rows(content: bytes) -> list[SheetRow]:
    """Return the rows of a CSV or XLSX file, empty ones left out.

    Raises `Invalid` with `dossiers.large`, `dossiers.file`, `dossiers.sheets` or `dossiers.encoding`.
    """
    if len(content) > BYTES_MAX:
        raise make_size_refusal()
    rows = _read_workbook(content) if content.startswith(b"PK") else _read_csv(content)
    filled: list[SheetRow] = []
    for row in rows:
        if any(row.cells):
            filled.append(row)
        if row.number > ROWS_MAX + 1:
            raise Invalid(
                "dossiers.large",
                "The file has more than %(count)s rows. Divide it into shorter periods.",
                count=ROWS_MAX,
            )
    return filled


def make_size_refusal() -> Invalid:
    """Return the refusal of a file with too many bytes."""
    return Invalid("dossiers.large", "The file is larger than %(count)s MB.", count=BYTES_MAX // 1024 // 1024)


def _read_csv(content: bytes) -> Iterator[SheetRow]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(
            "dossiers.encoding", "This file is not XLSX and not UTF-8 text. Save it as “CSV UTF-8” or as XLSX."
        ) from None
    if "\0" in text:
        raise _make_file_refusal()
    heading = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=heading.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield SheetRow(number, tuple(_read_text(cell) for cell in cells[:COLUMNS_MAX]))
    except csv.Error:
        raise Invalid(
            "dossiers.csv", "Row %(row)s of the CSV file cannot be read: check its quotes.", row=reader.line_num
        ) from None


def _read_workbook(content: bytes) -> Iterator[SheetRow]:
    merged = _look_into(content)
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets = book.worksheets
    except Exception as error:  # the library raises whatever broken parts make it do
        raise _make_file_refusal() from error
    if len(sheets) != 1:
        raise Invalid(
            "dossiers.sheets",
            "The workbook has %(count)s sheets. Keep only the one with the dossiers.",
            count=len(sheets),
        )
    try:
        sheets[0].reset_dimensions()
        for number, cells in enumerate(sheets[0].iter_rows(max_col=COLUMNS_MAX), start=1):
            yield SheetRow(
                number, tuple(_read_cell(cell.value, cell.data_type) for cell in cells), is_merged=number in merged
            )
    except Exception as error:
        raise _make_file_refusal() from error
    finally:
        book.close()


def _look_into(content: bytes) -> frozenset[int]:
    """Return the rows in which merged cells begin, once the archive is within bounds and has no entities."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > UNPACKED_MAX:
                raise make_size_refusal()
            merged: set[int] = set()
            for part in parts:
                data = archive.read(part)
                if _BOMB.search(data):
                    raise _make_file_refusal()
                if _SHEET.fullmatch(part.filename):
                    merged.update(int(number) for number in _MERGED.findall(data))
            return frozenset(merged)
    except Invalid:
        raise
    except Exception as error:
        raise _make_file_refusal() from error


def _read_cell(value: object, data_type: str) -> SheetCell:
    if data_type in {"f", "e"}:
        return FormulaCell()
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return "có" if value else "không"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return _read_text("" if value is None else str(value))


def _read_text(text: str) -> SheetCell:
    plain = text.strip()
    return FormulaCell() if plain.startswith("=") else plain[:CELL_MAX]


def _make_file_refusal() -> Invalid:
    return Invalid("dossiers.file", "This file cannot be read. Send a CSV or XLSX file made from the template.")
