"""A file of flows: what its rows say, and flows as such rows. CSV and XLSX have headings, JSON has objects. Pure."""

import base64
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from motcua.desk.errors import Invalid
from motcua.desk.messages import mark
from motcua.dossiers.model.flow import FlowScope, FlowVersion
from motcua.dossiers.rules.flow_files.columns import (
    COLUMNS,
    NEEDED_COLUMNS,
    READERS,
    ROLE_WORDS,
    SCOPE_WORDS,
    STEP_COLUMNS,
)
from motcua.dossiers.rules.flow_files.json_rows import is_json, read_json_rows
from motcua.typed.sheet_columns import SheetMistake, read_headings, read_values
from motcua.typed.sheet_readings import SheetReading, ValuedRow, write_reading
from motcua.typed.sheets import SheetBounds, SheetError, SheetRow, read_rows

ROWS_MAX, DAYS_MAX = 5_000, 100
"""Steps of some hundred flows; the journal keeps what a file changes in one row. Each day has its own catalogue."""
_BOUNDS = SheetBounds(ROWS_MAX, cell=400)
_STRANGE = mark("Column “%(column)s” is not in the template. Remove it, or name it as in the template.")
Values = Mapping[str, Any]


def task(job: dict[str, Any]) -> dict[str, Any]:
    """Return what `{"file": base64}` says, as plain values.

    Raises `Invalid` with `flows.` and the code of `SheetError` for a file that cannot be read as a whole.
    """
    try:
        return write_reading(read_flow_file(base64.b64decode(job["file"])))
    except SheetError as error:
        raise make_refusal(error) from error


def make_refusal(error: SheetError) -> Invalid:
    """Return the refusal of a file that cannot be read as a whole."""
    return Invalid(f"flows.{error.code}", error.message, **error.params)


def read_flow_file(content: bytes) -> SheetReading:
    """Return what a file says. Raises `SheetError`."""
    if not is_json(content):
        rows = read_rows(content, _BOUNDS)
        if not rows:
            raise SheetError("empty", mark("The file is empty. Start from the template."))
        return _read_each(rows[1:], read_headings(COLUMNS, rows[0], _STRANGE), {})
    rows, named = read_json_rows(content, _BOUNDS)
    return _read_each(rows, {column.name: place for place, column in enumerate(COLUMNS)}, named)


def _read_each(rows: Sequence[SheetRow], places: Mapping[str, int], named: Mapping[int, str]) -> SheetReading:
    if not rows:
        raise SheetError("empty", mark("There are no flows in the file."))
    valued: list[ValuedRow] = []
    mistakes: list[SheetMistake] = []
    for row in rows:
        values, wrong = read_values(COLUMNS, places, READERS, row)
        wrong = wrong or [SheetMistake(row.number, *fault) for fault in _list_faults(values)]
        mistakes += wrong
        if not wrong:
            valued.append(ValuedRow(row.number, values))
    if len({row.values["since"] for row in valued}) > DAYS_MAX:
        raise SheetError("days", mark("The file names more than %(count)s days. Divide it."), count=DAYS_MAX)
    return SheetReading(tuple(valued), tuple(mistakes), len(mistakes), named)


def _list_faults(values: Values) -> Iterable[tuple[str, str]]:
    """Yield the column and the sentence of what does not fit together in a row."""
    needs_key = values["scope"] in {FlowScope.PROCEDURE, FlowScope.FIELD}
    if needs_key and not values["key"]:
        yield "key", mark("Write which procedure or field.")
    if not needs_key and values["key"]:
        yield "key", mark("This must be empty: the flow is for all such procedures.")
    if not values["is_withdrawn"]:
        yield from ((name, mark("This must be filled in.")) for name in NEEDED_COLUMNS if values[name] is None)
    elif any(values[name] is not None for name in STEP_COLUMNS):
        yield "is_withdrawn", mark("A flow that is withdrawn has no steps. Empty them, or write không.")


def write_cells(version: FlowVersion, names: Mapping[int, str]) -> list[list[str]]:
    """Return a version as rows of a file, a step each; one that is withdrawn is a row without a step.

    `names` are sign-in names by account.
    """
    target = version.target
    start = [SCOPE_WORDS[target.scope], target.key, "/".join(reversed(version.since.split("-")))]
    if version.flow is None:
        return [[*start, "có", *("" for _name in STEP_COLUMNS)]]
    return [
        [
            *start, "", str(number), step.code, *step.name, str(step.share_percent), ROLE_WORDS[step.role],
            names.get(step.account, "") if step.account is not None else "",
        ]
        for number, step in enumerate(version.flow, start=1)
    ]  # fmt: skip
