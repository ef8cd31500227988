"""Rows of cells as dossiers, with every mistake by its row and column. Pure."""

import base64
import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, to_builtins

from motcua.desk.errors import Invalid
from motcua.desk.messages import mark
from motcua.dossiers.model.outcomes import AgencyTime, Complaint, DossierOutcome, DossierRow
from motcua.dossiers.rules.cells import read_day, read_word
from motcua.dossiers.rules.columns import COLUMNS
from motcua.dossiers.rules.files import make_refusal, read_rows
from motcua.typed.sheet_columns import (
    MISTAKES_MAX,
    NO,
    YES,
    CellError,
    CellReader,
    SheetMistake,
    fold,
    read_flag,
    read_headings,
    read_values,
)
from motcua.typed.sheets import SheetCell, SheetError, SheetRow

_STRANGE = mark("Column “%(column)s” is not in the template. Remove it: only codes, dates and counts are imported.")
COUNT_MAX = 100
_CODE = re.compile(r"[0-9A-Za-zĐđ][0-9A-Za-zĐđ._/-]{0,59}")
_PROCEDURE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
_PERSON = re.compile(r"\d{9}|\d{12}")
_AGENCY_TIMES = {
    **dict.fromkeys(("sớm", "early"), AgencyTime.EARLY),
    **dict.fromkeys(("đúng", "on time", "on_time"), AgencyTime.ON_TIME),
    **dict.fromkeys(("trễ", "late"), AgencyTime.LATE),
}
_COMPLAINTS = {
    **dict.fromkeys(NO, Complaint.NO),
    **dict.fromkeys(YES, Complaint.YES),
    **dict.fromkeys(("sai", "wrong"), Complaint.WRONG),
}


class DossierReading(Struct, frozen=True):
    """What a file says: its dossiers, and every mistake. One with a mistake is not imported."""

    rows: tuple[DossierRow, ...]
    mistakes: tuple[SheetMistake, ...]


def task(job: dict[str, Any]) -> dict[str, Any]:
    """Return `{"rows", "mistakes", "count"}` for `{"file": base64, "first", "last"}`, as plain values.

    Raises `Invalid` for a file that cannot be read as a whole.
    """
    reading = read_dossiers(read_rows(base64.b64decode(job["file"])), str(job["first"]), str(job["last"]))
    return {
        "rows": [to_builtins(row) for row in reading.rows] if not reading.mistakes else [],
        "mistakes": [to_builtins(item) for item in reading.mistakes[:MISTAKES_MAX]],
        "count": len(reading.mistakes),
    }


def read_result(result: Mapping[str, Any]) -> DossierReading:
    """Return the reading that `task` made plain."""
    rows = tuple(DossierRow(item["number"], _read_plain(item["dossier"]), item["officer"]) for item in result["rows"])
    return DossierReading(rows, tuple(SheetMistake(**item) for item in result["mistakes"]))


def _read_plain(values: Mapping[str, Any]) -> DossierOutcome:
    agency, complaint = values["agency_time"], values["complaint"]
    enums = {
        "agency_time": None if agency is None else AgencyTime(agency),
        "complaint": None if complaint is None else Complaint(complaint),
    }
    return DossierOutcome(**{**values, **enums})


def read_dossiers(rows: Sequence[SheetRow], first: str, last: str) -> DossierReading:
    """Return what the rows of a file say of the days from `first` to `last`.

    The first row has the headings. Raises `Invalid` with `dossiers.empty`, `dossiers.column` or `dossiers.heading`.
    """
    if not rows:
        raise Invalid("dossiers.empty", "The file is empty. Start from the template.")
    try:
        places = read_headings(COLUMNS, rows[0], _STRANGE)
    except SheetError as error:
        raise make_refusal(error) from error
    if len(rows) == 1:
        raise Invalid("dossiers.empty", "The file has no dossiers below its headings.")
    dossiers: list[DossierRow] = []
    mistakes: list[SheetMistake] = []
    row_of_code: dict[str, int] = {}
    for row in rows[1:]:
        reader = _RowReader(row, places)
        dossier = reader.read(first, last)
        mistakes += reader.mistakes
        if dossier is None:
            continue
        earlier = row_of_code.setdefault(dossier.dossier.code, row.number)
        if earlier != row.number:
            mistakes.append(
                SheetMistake(
                    row.number, "code", mark("Row %(earlier)s has the same dossier code."), {"earlier": earlier}
                )
            )
        dossiers.append(dossier)
    return DossierReading(tuple(dossiers), tuple(mistakes))


class _RowReader:
    """Reads one row, and notes each mistake."""

    def __init__(self, row: SheetRow, places: Mapping[str, int]) -> None:
        self._row, self._places = row, places
        self.mistakes: list[SheetMistake] = []

    def read(self, first: str, last: str) -> DossierRow | None:
        """Return the dossier of the row; None where something in it is wrong."""
        values, self.mistakes = read_values(COLUMNS, self._places, _READERS, self._row)
        if not self.mistakes:
            self._check_days(values, first, last)
        if self.mistakes:
            return None
        contacts, by_applicant = values.pop("contacts"), values.pop("applicant_contacts")
        officer = values.pop("officer") or ""
        contacts = None if contacts is None else contacts - (by_applicant or 0)
        return DossierRow(self._row.number, DossierOutcome(**values, contacts=contacts), officer)

    def _note(self, column: str, message: str, **params: Any) -> None:
        self.mistakes.append(SheetMistake(self._row.number, column, message, params))

    def _check_days(self, values: Mapping[str, Any], first: str, last: str) -> None:
        received, due, settled = (values[name] for name in ("received_on", "due_on", "settled_on"))
        days = {"first": _write_day(first), "last": _write_day(last)}
        if due < received:
            self._note("due_on", mark("The due day comes before the day of receipt."))
        if settled is not None and settled < received:
            self._note("settled_on", mark("The result comes before the day of receipt."))
        if settled is not None and not first <= settled <= last:
            self._note("settled_on", mark("This day is not between %(first)s and %(last)s."), **days)
        if received > last:
            self._note("received_on", mark("This day is after %(last)s."), last=days["last"])
        if (values["applicant_contacts"] or 0) > (values["contacts"] or 0):
            self._note("applicant_contacts", mark("The applicant cannot have caused more contacts than there were."))


def _write_day(day: str) -> str:
    return "/".join(reversed(day.split("-")))


def _read_code(cell: SheetCell) -> str:
    text = str(cell)
    if not _CODE.fullmatch(text):
        raise CellError(mark("This is not a code: letters, digits, dots, dashes and strokes, at most 60."))
    if _PERSON.fullmatch(text):
        raise CellError(mark("This looks like a person's ID number. Personal data must not be imported."))
    return text


def _read_procedure(cell: SheetCell) -> str:
    if not _PROCEDURE.fullmatch(str(cell)):
        raise CellError(mark("This is not a procedure code, like 2.000815."))
    return str(cell)


def _read_count(cell: SheetCell) -> int:
    text = str(cell)
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(COUNT_MAX)) and int(text) <= COUNT_MAX):
        raise CellError(mark("This is not a whole number from 0 to %(most)s."), most=COUNT_MAX)
    return int(text)


_READERS: Mapping[str, CellReader] = {
    "code": _read_code,
    "procedure": _read_procedure,
    "officer": lambda cell: fold(str(cell)),
    **dict.fromkeys(("received_on", "due_on", "settled_on"), read_day),
    **dict.fromkeys(("contacts", "applicant_contacts", "agencies"), _read_count),
    **dict.fromkeys(("is_disliked", "is_online"), read_flag),
    "agency_time": read_word(_AGENCY_TIMES, mark("Write sớm, đúng or trễ.")),
    "complaint": read_word(_COMPLAINTS, mark("Write không, có or sai.")),
}
