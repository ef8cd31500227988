"""The columns of a file that people import: its headings, its template, and what is wrong in its rows. Pure."""

import csv
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from msgspec import Struct, field

from motcua.typed.sentences import mark
from motcua.typed.sheets import FormulaCell, SheetCell, SheetError, SheetRow

BYTE_ORDER_MARK = "\ufeff"
YES, NO = frozenset({"có", "co", "yes", "x", "1"}), frozenset({"không", "khong", "no", "0"})
"""What says yes and no in a cell, folded."""
MISTAKES_MAX = 200
"""So many are shown; their number is said too."""


class SheetColumn(Struct, frozen=True):
    """A column: its name for programs, its heading in Vietnamese and in English, what stands in it, two examples."""

    name: str
    vi: str
    en: str
    about: str
    examples: tuple[str, str]
    is_required: bool = False


class SheetMistake(Struct, frozen=True):
    """What is wrong in a row of the file; `column` is the name of its column, empty for the whole row."""

    row: int
    column: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


class CellError(ValueError):
    """A cell cannot be read; `message` is the sentence, `params` what is filled in."""

    def __init__(self, message: str, /, **params: object) -> None:
        super().__init__(message, params)
        self.message, self.params = message, params


CellReader = Callable[[SheetCell], Any]
"""Returns what a filled cell says. Raises `CellError`."""


def fold(text: str) -> str:
    """Return a text composed, in small letters, with single spaces."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def read_flag(cell: SheetCell) -> bool:
    """Return whether a cell says yes. Raises `CellError`."""
    word = fold(str(cell))
    if word not in YES | NO:
        raise CellError(mark("Write có or không."))
    return word in YES


def find_column(columns: Iterable[SheetColumn], heading: str) -> SheetColumn | None:
    """Return the column with this heading in either language, or its name, however it is capitalised."""
    plain = fold(heading)
    return next((item for item in columns if plain in {fold(item.vi), fold(item.en), item.name}), None)


def read_headings(columns: Sequence[SheetColumn], row: SheetRow, strange: str) -> dict[str, int]:
    """Return the place of each column that the first row names.

    `strange` is the sentence about a `column` that is not one of `columns`. Raises `SheetError("column" | "heading")`.
    """
    places: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        if cell == "":
            continue
        heading = cell if isinstance(cell, str) else ""
        column = find_column(columns, heading)
        if column is None:
            raise SheetError("column", strange, column=heading[:60])
        if column.name in places:
            raise SheetError("column", mark("Column “%(column)s” stands in the file twice."), column=column.vi)
        places[column.name] = place
    for column in columns:
        if column.is_required and column.name not in places:
            raise SheetError(
                "heading",
                mark("Column “%(column)s” is missing. The first row must have the headings of the template."),
                column=column.vi,
            )
    return places


def read_values(
    columns: Iterable[SheetColumn], places: Mapping[str, int], readers: Mapping[str, CellReader], row: SheetRow
) -> tuple[dict[str, Any], list[SheetMistake]]:
    """Return what a row says by its columns (None where it says nothing), and each mistake in it."""
    if row.is_merged:
        return {}, [SheetMistake(row.number, "", mark("A cell of this row is merged with others. Undo the merging."))]
    values: dict[str, Any] = {}
    mistakes: list[SheetMistake] = []
    for column in columns:
        place = places.get(column.name)
        cell: SheetCell = row.cells[place] if place is not None and place < len(row.cells) else ""
        values[column.name] = None
        try:
            if isinstance(cell, FormulaCell):
                raise CellError(mark("Here stands a formula. Put its value here."))
            if cell == "" and column.is_required:
                raise CellError(mark("This must be filled in."))
            if cell != "":
                values[column.name] = readers[column.name](cell)
        except CellError as error:
            mistakes.append(SheetMistake(row.number, column.name, error.message, error.params))
    return values, mistakes


def write_template(columns: Sequence[SheetColumn], language: str, *, has_examples: bool) -> bytes:
    """Return an empty CSV file with the headings, for spreadsheets; with two examples if asked."""
    rows = [[item.examples[place] for item in columns] for place in (0, 1)] if has_examples else []
    return write_rows([item.en if language == "en" else item.vi for item in columns], rows)


def write_rows(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return a CSV file that spreadsheets open as it is: UTF-8 with its mark, semicolons."""
    out = StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return (BYTE_ORDER_MARK + out.getvalue()).encode()


def split_lines(text: str) -> list[str]:
    """Return the lines of a text that are not empty, without spaces around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def write_book(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Return an XLSX file of one sheet with these texts; none of them is taken for a formula, address or number."""
    from xlsxwriter.workbook import Workbook

    out = BytesIO()
    kinds = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    book = Workbook(out, {"in_memory": True, **kinds})
    sheet = book.add_worksheet()
    bold, wrapped = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"text_wrap": True})
    for place, heading in enumerate(headings):
        sheet.write_string(0, place, heading, bold)
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row):
            if text:
                sheet.write_string(number, place, text, wrapped)
    sheet.set_column(0, len(headings), 22)
    sheet.freeze_panes(1, 1)
    book.close()
    return out.getvalue()
