"""How cells with days and words are read in files about dossiers. Pure."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.desk.messages import mark
from motcua.desk.moment import parse_day
from motcua.typed.sheet_columns import CellError, CellReader, fold
from motcua.typed.sheets import SheetCell

YEARS = ("2000", "2099")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?:[ T].*)?")
_ISO_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T].*)?")


def read_day(cell: SheetCell) -> str:
    """Return the day of a cell, the day before the month where figures are divided by strokes. Raises `CellError`."""
    if isinstance(cell, date):
        day: str | None = cell.isoformat()
    elif match := _DAY.fullmatch(str(cell)):
        day = parse_day(f"{match[3]}-{int(match[2]):02d}-{int(match[1]):02d}")
    else:
        iso = _ISO_DAY.fullmatch(str(cell))
        day = parse_day(iso[1]) if iso else None
    if day is None or not YEARS[0] <= day[:4] <= YEARS[1]:
        raise CellError(mark("This is not a date, like 02/11/2026."))
    return day


def read_word(words: Mapping[str, Any], message: str) -> CellReader:
    """Return what reads one of these words, folded; `message` says which there are."""

    def read(cell: SheetCell) -> Any:
        if (value := words.get(fold(str(cell)))) is None:
            raise CellError(message)
        return value

    return read
