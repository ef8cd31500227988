"""What a single value of a procedure may be: a line of text, a code, a day, a sum."""

import re
from typing import Annotated

from msgspec import Struct
from pydantic import AfterValidator, ConfigDict, Field, Strict
from pydantic_core import PydanticCustomError

from motcua.desk.moment import parse_day
from motcua.typed.lines import SPARE, clean_line, has_breaks

STRICT = ConfigDict(extra="forbid", defer_build=True)
DAYS_MAX, COPIES_MAX, MONEY_MAX = 730, 50, 1_000_000_000
FIRST_DAY, LAST_DAY = "2000-01-01", "2099-12-31"
_PROCEDURE_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
_PART_CODE = re.compile(r"[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*")
_PART_MAX = 40
_PAGE = re.compile(r"https?://[^\s/]+(/\S*)?")


class CleanLine(Struct, frozen=True):
    """Brings a text to one line, and refuses one that is too short or too long."""

    least: int
    most: int

    def __call__(self, text: str) -> str:
        """Return the line. Raises `PydanticCustomError("text_long" | "text_control" | "text_blank")`."""
        if len(text) > SPARE * self.most:
            raise PydanticCustomError("text_long", "too long", {"most": self.most})
        if has_breaks(text):
            raise PydanticCustomError("text_control", "control characters")
        line = clean_line(text)
        if len(line) < self.least:
            raise PydanticCustomError("text_blank", "empty")
        if len(line) > self.most:
            raise PydanticCustomError("text_long", "too long", {"most": self.most})
        return line


def is_procedure_code(text: str) -> bool:
    """Say whether `text` can be the code of a procedure, like 2.000815."""
    return _PROCEDURE_CODE.fullmatch(text) is not None


def _check_procedure_code(text: str) -> str:
    if not is_procedure_code(text):
        raise PydanticCustomError("procedure_code", "no procedure code")
    return text


def is_page_address(text: str) -> bool:
    """Say whether `text` can be the address of a page on the web."""
    return _PAGE.fullmatch(text) is not None


def _check_page(text: str) -> str:
    if text and not is_page_address(text):
        raise PydanticCustomError("web", "no web address")
    return text


def is_part_code(text: str) -> bool:
    """Say whether `text` can be the code of a part: small letters, digits, single dashes."""
    return len(text) <= _PART_MAX and _PART_CODE.fullmatch(text) is not None


def _check_part_code(text: str) -> str:
    if not is_part_code(text):
        raise PydanticCustomError("code", "no code")
    return text


def _check_day(text: str) -> str:
    if text and (parse_day(text) is None or not FIRST_DAY <= text <= LAST_DAY):
        raise PydanticCustomError("date", "no date")
    return text


ProcedureCode = Annotated[str, Strict(), AfterValidator(_check_procedure_code)]
PartCode = Annotated[str, Strict(), AfterValidator(_check_part_code)]
"""The code of a paper, a question or a choice."""
DayOrNone = Annotated[str, Strict(), AfterValidator(_check_day)]
Title = Annotated[str, Strict(), AfterValidator(CleanLine(1, 300))]
Sentence = Annotated[str, Strict(), AfterValidator(CleanLine(0, 300))]
LongTitle = Annotated[str, Strict(), AfterValidator(CleanLine(1, 2000))]
OfficialName = Annotated[str, Strict(), AfterValidator(CleanLine(0, 2000))]
PageAddress = Annotated[str, Strict(), AfterValidator(CleanLine(0, 300)), AfterValidator(_check_page)]
"""The address of a page on the web, or nothing."""
FieldName = Annotated[str, Strict(), AfterValidator(CleanLine(0, 80))]
Bilingual = tuple[Sentence, Sentence]
"""A text in Vietnamese and in English; the English one may be empty."""
Heading = tuple[Title, Sentence]
"""The same, where the Vietnamese one must be there."""
Days = Annotated[int, Strict(), Field(ge=0, le=DAYS_MAX)]
Copies = Annotated[int, Strict(), Field(ge=1, le=COPIES_MAX)]
Money = Annotated[int, Strict(), Field(ge=0, le=MONEY_MAX)]
"""A sum in VND."""
UnitNumber = Annotated[int, Strict(), Field(ge=2, le=10_000)]
Flag = Annotated[bool, Strict()]
Condition = tuple[PartCode, PartCode]
"""A question and one of its choices."""
