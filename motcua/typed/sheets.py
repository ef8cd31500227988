"""The bytes of a CSV or XLSX file as rows of cells, within bounds. For a helper process: the bytes are a stranger's.

Raises `SheetError` with a sentence for whoever chose the file. Pure.
"""

import csv
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO, StringIO

from msgspec import Struct

from motcua.typed.files import NotTextError, decode_input
from motcua.typed.sentences import SentenceError, mark

BYTES_MAX, UNPACKED_MAX, PARTS_MAX = 5 * 1024 * 1024, 60 * 1024 * 1024, 200
COLUMNS_MAX = 40
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']\$?[A-Z]{1,3}\$?(\d{1,7})")
_BOMB = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)


class SheetError(SentenceError):
    """The file cannot be read as a whole; `code` is `large`, `file`, `sheets`, `encoding`, `csv` or one of a layout."""

    def __init__(self, code: str, message: str, /, **params: object) -> None:
        super().__init__(message, **params)
        self.code = code


class SheetBounds(Struct, frozen=True):
    """How many rows a file may have below its headings, and how many characters of a cell are read.

    `bytes` is its size, `unpacked` that of what a workbook packs.
    """

    rows: int
    cell: int
    bytes: int = BYTES_MAX
    unpacked: int = UNPACKED_MAX


class FormulaCell(Struct, frozen=True):
    """Stands where the file has a formula, or the error that one left."""


SheetCell = str | date | FormulaCell
"""A text, also for numbers; a day; a formula. Empty is the empty text."""


class SheetRow(Struct, frozen=True):
    """A row by its number in the file, from 1; `is_merged` where a merged cell begins in it."""

    number: int
    cells: tuple[SheetCell, ...]
    is_merged: bool = False


def read_rows(content: bytes, bounds: SheetBounds) -> list[SheetRow]:
    """Return the rows of a CSV or XLSX file, empty ones left out. Raises `SheetError`."""
    if len(content) > bounds.bytes:
        raise make_size_error(bounds.bytes)
    rows = _read_workbook(content, bounds) if content.startswith(b"PK") else _read_csv(content, bounds)
    filled: list[SheetRow] = []
    for row in rows:
        if any(row.cells):
            filled.append(row)
        if row.number > bounds.rows + 1:
            raise SheetError(
                "large",
                mark("The file has more than %(count)s rows. Divide it into smaller files."),
                count=bounds.rows,
            )
    return filled


def make_size_error(most: int = BYTES_MAX) -> SheetError:
    """Return the refusal of a file with more than `most` bytes."""
    return SheetError("large", mark("The file is larger than %(count)s MB."), count=most // 1024 // 1024)


def _read_csv(content: bytes, bounds: SheetBounds) -> Iterator[SheetRow]:
    text = _decode(content)
    heading = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=heading.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, cells in enumerate(reader, start=1):
            yield SheetRow(number, tuple(_read_text(cell, bounds) for cell in cells[:COLUMNS_MAX]))
    except csv.Error:
        raise SheetError(
            "csv", mark("Row %(row)s of the CSV file cannot be read: check its quotes."), row=reader.line_num
        ) from None


def _decode(content: bytes) -> str:
    try:
        text = decode_input(content)
    except NotTextError as error:
        if error.encoding:
            raise SheetError(
                "encoding",
                mark("This file is in %(encoding)s, not in UTF-8. Save it as “CSV UTF-8” or as XLSX."),
                encoding=error.encoding,
            ) from None
        raise SheetError(
            "encoding", mark("This file is not XLSX and not UTF-8 text. Save it as “CSV UTF-8” or as XLSX.")
        ) from None
    if "\0" in text:
        raise _make_file_error()
    return text


def _read_workbook(content: bytes, bounds: SheetBounds) -> Iterator[SheetRow]:
    merged = _look_into(content, bounds)
    from openpyxl import load_workbook

    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=False, keep_links=False)
        sheets = book.worksheets
    except Exception as error:  # the library raises whatever broken parts make it do
        raise _make_file_error() from error
    if len(sheets) != 1:
        raise SheetError(
            "sheets",
            mark("The workbook has %(count)s sheets. Keep only the one with the data."),
            count=len(sheets),
        )
    try:
        sheets[0].reset_dimensions()
        for number, cells in enumerate(sheets[0].iter_rows(max_col=COLUMNS_MAX), start=1):
            yield SheetRow(
                number,
                tuple(_read_cell(cell.value, cell.data_type, bounds) for cell in cells),
                is_merged=number in merged,
            )
    except Exception as error:
        raise _make_file_error() from error
    finally:
        book.close()


def _look_into(content: bytes, bounds: SheetBounds) -> frozenset[int]:
    """Return the rows in which merged cells begin, once the archive is within bounds and has no entities."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
            if len(parts) > PARTS_MAX or sum(part.file_size for part in parts) > bounds.unpacked:
                raise make_size_error(bounds.bytes)
            merged: set[int] = set()
            for part in parts:
                data = archive.read(part)
                if _BOMB.search(data):
                    raise _make_file_error()
                if _SHEET.fullmatch(part.filename):
                    merged.update(int(number) for number in _MERGED.findall(data))
            return frozenset(merged)
    except SheetError:
        raise
    except Exception as error:
        raise _make_file_error() from error


def _read_cell(value: object, data_type: str, bounds: SheetBounds) -> SheetCell:
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
    return _read_text("" if value is None else str(value), bounds)


def _read_text(text: str, bounds: SheetBounds) -> SheetCell:
    plain = text.strip()
    return FormulaCell() if plain.startswith("=") else plain[: bounds.cell]


def _make_file_error() -> SheetError:
    return SheetError("file", mark("This file cannot be read. Send a CSV or XLSX file made from the template."))
