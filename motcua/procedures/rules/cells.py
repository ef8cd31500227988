"""How the cells of a file of procedures are read. Pure."""

import re
from collections.abc import Mapping
from datetime import date

from motcua.desk.messages import mark
from motcua.procedures.model import LimitUnit, OnlineLevel
from motcua.procedures.values import DAYS_MAX, MONEY_MAX, is_page_address, is_procedure_code
from motcua.typed.lines import clean_line
from motcua.typed.sheet_columns import CellError, CellReader, fold, read_flag, split_lines
from motcua.typed.sheets import SheetCell

_PERSON = re.compile(r"\d{9}|\d{12}")
_NUMBER = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+|\d{1,12}")
_UNITS = {
    **dict.fromkeys(("trong ngày", "same day", "same_day", "on the same day"), LimitUnit.SAME_DAY),
    **dict.fromkeys(("ngày làm việc", "working days", "working_days", "working day"), LimitUnit.WORKING_DAYS),
    **dict.fromkeys(("ngày", "days", "day", "calendar days"), LimitUnit.DAYS),
}
_LEVELS = {
    **dict.fromkeys(("toàn trình", "whole", "all"), OnlineLevel.WHOLE),
    **dict.fromkeys(("một phần", "partial", "part"), OnlineLevel.PARTIAL),
    **dict.fromkeys(("không", "no"), OnlineLevel.NONE),
}
LINES_MAX = 60


def _read_text(cell: SheetCell, most: int) -> str:
    if isinstance(cell, date):
        raise CellError(mark("Here stands a date. Write a text."))
    text = clean_line(str(cell).removeprefix("'"))
    if len(text) > most:
        raise CellError(mark("This text has more than %(most)s characters."), most=most)
    return text


def _read_lines(cell: SheetCell) -> list[str]:
    if isinstance(cell, date):
        raise CellError(mark("Here stands a date. Write a text."))
    lines = [_read_text(line, 300) for line in split_lines(str(cell).removeprefix("'"))]
    if len(lines) > LINES_MAX:
        raise CellError(mark("This cell has more than %(most)s lines."), most=LINES_MAX)
    if len(set(lines)) < len(lines):
        raise CellError(mark("A line stands in this cell twice."))
    return lines


def _make_text_reader(most: int) -> CellReader:
    return lambda cell: _read_text(cell, most)


def _read_code(cell: SheetCell) -> str:
    text = str(cell)
    if not is_procedure_code(text):
        raise CellError(mark("This is not a procedure code, like 2.000815."))
    if _PERSON.fullmatch(text):
        raise CellError(mark("This looks like a person's ID number. Personal data must not be imported."))
    return text


def _make_number_reader(most: int) -> CellReader:
    def read(cell: SheetCell) -> int:
        text = str(cell)
        number = int(re.sub(r"\D", "", text)) if text.isascii() and _NUMBER.fullmatch(text) else most + 1
        if number > most:
            raise CellError(mark("This is not a whole number from 0 to %(most)s."), most=most)
        return number

    return read


def _read_level(cell: SheetCell) -> str:
    return "ward" if read_flag(cell) else ""


def _read_unit(cell: SheetCell) -> str:
    if (unit := _UNITS.get(fold(str(cell)))) is None:
        raise CellError(mark("Write trong ngày, ngày làm việc or ngày."))
    return unit.value


def _read_online(cell: SheetCell) -> str:
    if (level := _LEVELS.get(fold(str(cell)))) is None:
        raise CellError(mark("Write toàn trình, một phần or không."))
    return level.value


def _read_page(cell: SheetCell) -> str:
    text = _read_text(cell, 300)
    if not is_page_address(text):
        raise CellError(mark("This is not the address of a page, like https://dichvucong.gov.vn."))
    return text


READERS: Mapping[str, CellReader] = {
    "code": _read_code,
    **dict.fromkeys(("name", "official_name"), _make_text_reader(2000)),
    "field": _make_text_reader(80),
    **dict.fromkeys(("time_limit", "fee", "fee_per", "source"), _make_text_reader(300)),
    "level": _read_level,
    "limit_count": _make_number_reader(DAYS_MAX),
    "limit_unit": _read_unit,
    "fee_amount": _make_number_reader(MONEY_MAX),
    "is_immediate": read_flag,
    "online": _read_online,
    "online_page": _read_page,
    **dict.fromkeys(("papers", "words"), _read_lines),
}
