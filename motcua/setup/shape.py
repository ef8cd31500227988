"""The shape of the parts of the settings file that are no sections: groups, services, counters.

How values fit together is in `checks`.
"""

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from pydantic_core import PydanticCustomError

from motcua.catalogue.model import LETTERS
from motcua.settings.values import Code, Hours, Line, Name, OneLine


class Shape(BaseModel):
    """A part of the file: exact types, no unknown keys."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, defer_build=True)


def _letter(text: str) -> str:
    if len(text) != 1 or text not in LETTERS:
        raise PydanticCustomError("letter", "no letter", {"letters": " ".join(LETTERS)})
    return text


Letter = Annotated[str, AfterValidator(_letter)]
Label = Annotated[str, AfterValidator(OneLine(0, 80))]


class Names(Shape):
    """A name in both languages."""

    vi: Name
    en: Name


class Hint(Shape):
    """A small line in both languages, which may be empty."""

    vi: Line = ""
    en: Line = ""


class GroupShape(Shape):
    """One of `[[groups]]`."""

    letter: Letter
    name: Names
    hint: Hint = Hint()


Quota = Annotated[int, Field(ge=0, le=9999)]


class QuotaShape(Shape):
    """How many numbers a service has in a half-day; what is left out has no limit."""

    morning: Quota | None = None
    afternoon: Quota | None = None


class ServiceShape(Shape):
    """One of `[[services]]`."""

    code: Code
    group: str
    name: Names
    procedures: Annotated[list[str], Field(max_length=200)] = []
    quota: QuotaShape = QuotaShape()
    at_seat: bool = False
    bookable: bool = False


class CounterShape(Shape):
    """One of `[[counters]]`."""

    number: Annotated[int, Field(ge=1, le=99)]
    label: Label = ""
    services: list[str]
    prefer: Annotated[list[str], Field(max_length=100)] = []
    must: Annotated[list[str], Field(max_length=100)] = []
    hours: Annotated[list[Hours], Field(max_length=6)] = []


class HallShape(Shape):
    """The parts of the file that become services and counters."""

    groups: Annotated[list[GroupShape], Field(min_length=1)]
    services: Annotated[list[ServiceShape], Field(min_length=1, max_length=100)]
    counters: Annotated[list[CounterShape], Field(min_length=1)]
