"""The columns of a file of flows, a row for each step, and how their cells are read. Pure."""

from collections.abc import Mapping
from datetime import date

from motcua.desk.messages import mark
from motcua.dossiers.model.flow import STEPS_MAX, WHOLE_PERCENT, FlowScope, StepRole
from motcua.dossiers.rules.cells import read_day, read_word
from motcua.dossiers.rules.flows import NAME_MAX, has_person_number
from motcua.procedures.values import is_part_code
from motcua.typed.lines import clean_line, has_breaks
from motcua.typed.sheet_columns import CellError, CellReader, SheetColumn, read_flag
from motcua.typed.sheets import SheetCell

SCOPE_WORDS = {
    FlowScope.PROCEDURE: "thủ tục",
    FlowScope.IMMEDIATE: "trong ngày",
    FlowScope.FIELD: "lĩnh vực",
    FlowScope.USUAL: "còn lại",
}
ROLE_WORDS = {
    StepRole.ONE_STOP: "một cửa",
    StepRole.SPECIALIST: "chuyên môn",
    StepRole.LEADER: "lãnh đạo",
    StepRole.RECORDS: "văn thư",
}
COLUMNS = (
    SheetColumn(
        "scope",
        "Áp dụng cho",
        "Holds for",
        mark("thủ tục, trong ngày, lĩnh vực or còn lại."),
        ("thủ tục", "thủ tục"),
        is_required=True,
    ),
    SheetColumn(
        "key",
        "Mã thủ tục hoặc lĩnh vực",
        "Procedure code or field",
        mark("Like 2.000815 or Hộ tịch; empty for trong ngày and còn lại."),
        ("1.000656", "1.000656"),
    ),
    SheetColumn(
        "since",
        "Áp dụng từ ngày",
        "Holds from",
        mark("Like 02/11/2026. The same in all rows of a flow."),
        ("04/01/2027", "04/01/2027"),
        is_required=True,
    ),
    SheetColumn(
        "is_withdrawn",
        "Bãi bỏ",
        "Withdrawn",
        mark("có: from this day on it has no flow of its own. The row then has no step."),
        ("", ""),
    ),
    SheetColumn("step", "Bước", "Step", mark("1, 2, 3 … in each flow."), ("1", "2")),
    SheetColumn("code", "Mã bước", "Step code", mark("Leave it as it is; empty for a new step."), ("", "")),
    SheetColumn("name", "Tên bước", "Name", mark("Like Thẩm tra."), ("Tiếp nhận", "Trả kết quả")),
    SheetColumn("name_en", "Tên bước (tiếng Anh)", "Name in English", mark("May be empty."), ("Receive", "Hand out")),
    SheetColumn(
        "share_percent",
        "Tỷ lệ thời gian (%)",
        "Share of the time (%)",
        mark("The shares of a flow add up to 100."),
        ("40", "60"),
    ),
    SheetColumn(
        "role",
        "Người thực hiện",
        "Whose step it is",
        mark("một cửa, chuyên môn, lãnh đạo or văn thư."),
        ("một cửa", "một cửa"),
    ),
    SheetColumn(
        "account",
        "Tên đăng nhập",
        "Sign-in name",
        mark("Who usually does it; empty where it may be anybody."),
        ("", ""),
    ),
)
STEP_COLUMNS = ("step", "code", "name", "name_en", "share_percent", "role", "account")
NEEDED_COLUMNS = ("step", "name", "share_percent", "role")
"""What every step must have."""
_SCOPES = {
    **{word: scope.value for scope, word in SCOPE_WORDS.items()},
    **{scope.value: scope.value for scope in FlowScope},
    **dict.fromkeys(("same day", "giải quyết trong ngày"), FlowScope.IMMEDIATE.value),
    **dict.fromkeys(("all other procedures", "các thủ tục còn lại"), FlowScope.USUAL.value),
}
_ROLES = {
    **{word: role.value for role, word in ROLE_WORDS.items()},
    **{role.value: role.value for role in StepRole},
    **dict.fromkeys(("one-stop officer", "công chức một cửa", "cán bộ một cửa"), StepRole.ONE_STOP.value),
    **dict.fromkeys(("specialist officer", "công chức chuyên môn", "cán bộ chuyên môn"), StepRole.SPECIALIST.value),
    **dict.fromkeys(("records officer", "công chức văn thư", "cán bộ văn thư"), StepRole.RECORDS.value),
}
KEY_MAX, SIGN_IN_MAX = 80, 32


def _read_line(cell: SheetCell, most: int) -> str:
    if isinstance(cell, date):
        raise CellError(mark("Here stands a date. Write a text."))
    text = str(cell).removeprefix("'")
    if has_breaks(text):
        raise CellError(mark("Write this on one line."))
    line = clean_line(text)
    if len(line) > most:
        raise CellError(mark("This text has more than %(most)s characters."), most=most)
    return line


def _read_name(cell: SheetCell) -> str:
    name = _read_line(cell, NAME_MAX)
    if has_person_number(name):
        raise CellError(mark("The name of a step must not hold a person's number."))
    return name


def _read_code(cell: SheetCell) -> str:
    text = str(cell)
    if not is_part_code(text):
        raise CellError(mark("This is not the code of a step. Empty the cell to get a new one."))
    return text


def _make_number_reader(least: int, most: int) -> CellReader:
    def read(cell: SheetCell) -> int:
        text = str(cell).removesuffix("%").strip()
        number = int(text) if text.isascii() and text.isdigit() and len(text) <= len(str(most)) else most + 1
        if not least <= number <= most:
            raise CellError(mark("This is not a whole number from %(least)s to %(most)s."), least=least, most=most)
        return number

    return read


READERS: Mapping[str, CellReader] = {
    "scope": read_word(_SCOPES, mark("Write thủ tục, trong ngày, lĩnh vực or còn lại.")),
    "key": lambda cell: _read_line(cell, KEY_MAX),
    "since": read_day,
    "is_withdrawn": read_flag,
    "step": _make_number_reader(1, STEPS_MAX),
    "code": _read_code,
    **dict.fromkeys(("name", "name_en"), _read_name),
    "share_percent": _make_number_reader(0, WHOLE_PERCENT),
    "role": read_word(_ROLES, mark("Write một cửa, chuyên môn, lãnh đạo or văn thư.")),
    "account": lambda cell: _read_line(cell, SIGN_IN_MAX),
}
