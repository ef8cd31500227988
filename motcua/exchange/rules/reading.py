"""A file of another system as records, by a mapping, with every mistake by its row and column. Pure.

Columns that the mapping does not name are not looked at: who an applicant is never comes in.
"""

import base64
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from typing import Any

from msgspec import to_builtins

from motcua.desk.errors import Invalid
from motcua.desk.messages import mark
from motcua.desk.moment import parse_day
from motcua.dossiers.model.dossier import DossierState
from motcua.dossiers.rules.codes import CODE_MAX
from motcua.exchange.model.mappings import DateOrder, ExchangeMapping, SampleColumn
from motcua.exchange.model.records import ProvincialRecord, RecordRow
from motcua.exchange.rules.names import IMPORT_FIELDS
from motcua.typed.lines import clean_line
from motcua.typed.sheet_columns import MISTAKES_MAX, CellError, CellReader, SheetColumn, SheetMistake, fold, read_values
from motcua.typed.sheets import FormulaCell, SheetBounds, SheetCell, SheetError, SheetRow, read_rows

ROWS_MAX = 50_000
BYTES_MAX, UNPACKED_MAX = 16 * 1024 * 1024, 160 * 1024 * 1024
BOUNDS = SheetBounds(ROWS_MAX, cell=200, bytes=BYTES_MAX, unpacked=UNPACKED_MAX)
VALUES_MAX = 40
"""A column with more different values has no states."""
YEARS = ("2000", "2099")
_CODE = re.compile(r"[A-Z0-9Đ][A-Z0-9Đ._/-]*")
_PERSON = re.compile(r"\d{9}|\d{12}")
_PROCEDURE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
_FIGURES = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})(?:[ T,-]+(.*))?")
_HOUR = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?")
_ORDERS = {DateOrder.DAY_FIRST: (2, 1, 0), DateOrder.MONTH_FIRST: (2, 0, 1), DateOrder.YEAR_FIRST: (0, 1, 2)}
YEAR_DIGITS, HOURS, MINUTES = 4, 24, 60


def task(job: dict[str, Any]) -> dict[str, Any]:
    """Return what is in a file, as plain values: its columns, or with a `mapping` its rows and mistakes.

    Raises `Invalid` with `exchange.` and the code of `SheetError` for a file that cannot be read as a whole.
    """
    try:
        rows = read_rows(base64.b64decode(job["file"]), BOUNDS)
        if job.get("mapping") is None:
            return {"columns": [to_builtins(item) for item in list_columns(rows)]}
        records, mistakes = read_records(rows, read_plain_mapping(job["mapping"]))
    except SheetError as error:
        raise make_refusal(error) from error
    return {
        "rows": [to_builtins(row) for row in records] if not mistakes else [],
        "mistakes": [to_builtins(item) for item in mistakes[:MISTAKES_MAX]],
        "count": len(mistakes),
    }


def make_refusal(error: SheetError) -> Invalid:
    """Return the refusal of a file that cannot be read as a whole."""
    return Invalid(f"exchange.{error.code}", error.message, **error.params)


def read_plain_mapping(values: Mapping[str, Any]) -> ExchangeMapping:
    """Return the mapping that was made plain."""
    states = {word: DossierState(state) for word, state in values["states"].items()}
    return ExchangeMapping(**{**values, "states": states, "date_order": DateOrder(values["date_order"])})


def read_plain_rows(rows: Sequence[Mapping[str, Any]]) -> list[RecordRow]:
    """Return the rows that `task` made plain."""
    return [
        RecordRow(row["number"], ProvincialRecord(**{**row["record"], "state": DossierState(row["record"]["state"])}))
        for row in rows
    ]


def list_columns(rows: Sequence[SheetRow]) -> list[SampleColumn]:
    """Return the columns of a sample, with the values of those that can be states. Raises `SheetError`."""
    if not rows:
        raise SheetError("empty", mark("The file is empty."))
    columns = []
    for place, cell in enumerate(rows[0].cells):
        heading = clean_line(cell) if isinstance(cell, str) else ""
        if not heading:
            continue
        cells = (row.cells[place] for row in rows[1:] if place < len(row.cells))
        values = {clean_line(one) for one in cells if isinstance(one, str) and one}
        columns.append(SampleColumn(heading, tuple(sorted(values)) if len(values) <= VALUES_MAX else ()))
    if not columns:
        raise SheetError("heading", mark("The first row must have the headings of the columns."))
    return columns


def read_records(rows: Sequence[SheetRow], mapping: ExchangeMapping) -> tuple[list[RecordRow], list[SheetMistake]]:
    """Return what the rows of a file say by a mapping, and every mistake. Raises `SheetError`."""
    if not rows:
        raise SheetError("empty", mark("The file is empty."))
    places = _find_places(rows[0], mapping)
    if len(rows) == 1:
        raise SheetError("empty", mark("The file has no dossiers below its headings."))
    records, mistakes = read_each(rows[1:], places, mapping)
    row_of_code: dict[str, int] = {}
    for row in records:
        record = row.record
        earlier = row_of_code.setdefault(record.code, row.number)
        if earlier != row.number:
            sentence = mark("Row %(earlier)s has the same dossier code.")
            mistakes.append(SheetMistake(row.number, "code", sentence, {"earlier": earlier}))
    return records, sorted(mistakes, key=lambda item: item.row)


def read_each(
    rows: Iterable[SheetRow], places: Mapping[str, int], mapping: ExchangeMapping
) -> tuple[list[RecordRow], list[SheetMistake]]:
    """Return the records of the rows that can be read, and each mistake of the others."""
    readers = make_readers(mapping)
    records: list[RecordRow] = []
    mistakes: list[SheetMistake] = []
    for row in rows:
        values, wrong = read_values(_COLUMNS, places, readers, row)
        if not wrong:
            record = ProvincialRecord(**{**values, "changed_there": values["changed_there"] or ""})
            if (message := find_fault(record)) is not None:
                wrong = [SheetMistake(row.number, *message)]
            else:
                records.append(RecordRow(row.number, record))
        mistakes += wrong
    return records, mistakes


def _find_places(row: SheetRow, mapping: ExchangeMapping) -> dict[str, int]:
    headings: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        if isinstance(cell, FormulaCell):
            continue
        heading = fold(clean_line(str(cell)))
        if heading in headings and heading in {fold(column) for column in mapping.columns.values()}:
            raise SheetError("column", mark("Column “%(column)s” stands in the file twice."), column=str(cell))
        headings[heading] = place
    for heading in mapping.columns.values():
        if fold(heading) not in headings:
            raise SheetError(
                "heading",
                mark("The file has no column “%(column)s”. Change the mapping, or choose another one."),
                column=heading,
            )
    return {name: headings[fold(heading)] for name, heading in mapping.columns.items()}


def find_fault(record: ProvincialRecord) -> tuple[str, str] | None:
    """Return the column and the sentence of what does not fit together in a record."""
    if record.due_on is not None and record.due_on < record.received_on:
        return "due_on", mark("The due day comes before the day of receipt.")
    if record.settled_on is not None and record.settled_on < record.received_on:
        return "settled_on", mark("The result comes before the day of receipt.")
    return None


def make_readers(mapping: ExchangeMapping) -> dict[str, CellReader]:
    """Return how each column of a mapping is read."""
    read_day = partial(_read_day, order=mapping.date_order)
    states = {fold(word): state for word, state in mapping.states.items()}
    return {
        "code": _read_code,
        "procedure": _read_procedure,
        "state": partial(_read_state, states=states),
        **dict.fromkeys(("received_on", "due_on", "settled_on", "returned_on"), read_day),
        "changed_there": partial(_read_moment, order=mapping.date_order),
    }


def _read_code(cell: SheetCell) -> str:
    code = re.sub(r"\s", "", str(cell)).removeprefix("'").upper()
    if len(code) > CODE_MAX or not _CODE.fullmatch(code):
        raise CellError(mark("This is not a code: letters, digits, dots, dashes and strokes, at most 60."))
    if _PERSON.fullmatch(code):
        raise CellError(mark("This looks like a person's ID number. Personal data must not be imported."))
    return code


def _read_procedure(cell: SheetCell) -> str:
    text = str(cell).removeprefix("'")
    if not _PROCEDURE.fullmatch(text):
        raise CellError(mark("This is not a procedure code, like 2.000815."))
    return text


def _read_state(cell: SheetCell, states: Mapping[str, DossierState]) -> DossierState:
    state = states.get(fold(clean_line(str(cell))))
    if state is None:
        raise CellError(mark("The mapping does not say what the state “%(state)s” means."), state=str(cell)[:60])
    return state


def _read_day(cell: SheetCell, order: DateOrder) -> str:
    return _split_moment(cell, order)[0]


def _read_moment(cell: SheetCell, order: DateOrder) -> str:
    """Return a day, with its hour where one stands there, as `2026-11-02T08:30:00`."""
    day, rest = _split_moment(cell, order)
    if not rest:
        return day
    match = _HOUR.fullmatch(rest)
    if match is None or int(match[1]) >= HOURS or int(match[2]) >= MINUTES:
        raise CellError(mark("This is not a time of the day, like 08:30."))
    return f"{day}T{int(match[1]):02d}:{match[2]}:{match[3] or '00'}"


def _split_moment(cell: SheetCell, order: DateOrder) -> tuple[str, str]:
    if isinstance(cell, date):
        day, rest = cell.isoformat(), ""
    else:
        match = _FIGURES.fullmatch(str(cell).removeprefix("'"))
        parts = match.group(1, 2, 3) if match else ("", "", "")
        places = _ORDERS[DateOrder.YEAR_FIRST] if len(parts[0]) == YEAR_DIGITS else _ORDERS[order]
        year, month, number = (parts[place] for place in places)
        day = parse_day(f"{year}-{month:0>2}-{number:0>2}") or "" if len(year) == YEAR_DIGITS else ""
        rest = (match[4] or "").strip() if match else ""
    if not YEARS[0] <= day[:YEAR_DIGITS] <= YEARS[1]:
        raise CellError(mark("This is not a date as the mapping has it, like %(example)s."), example=EXAMPLES[order])
    return day, rest


EXAMPLES = {
    DateOrder.DAY_FIRST: "02/11/2026",
    DateOrder.MONTH_FIRST: "11/02/2026",
    DateOrder.YEAR_FIRST: "2026/11/02",
}
_COLUMNS = tuple(
    SheetColumn(item.name, item.name, item.name, "", ("", ""), is_required=item.is_required) for item in IMPORT_FIELDS
)
