"""What every body and answer is built from."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, WithJsonSchema

from motcua.api.texts import CODE_MAX, make_cleaner
from motcua.typed.lines import clean_line

Int = Annotated[int, Field(ge=-(2**31), lt=2**31)]
"""A whole number that every store and every program can hold."""
Day = Annotated[
    str,
    StringConstraints(min_length=1, max_length=40),
    make_cleaner(clean_line, CODE_MAX),
    WithJsonSchema({"type": "string", "format": "date", "example": "2026-11-23"}),
]
"""A calendar day at the desk. What is none is refused by the rules, by their own code."""


def describe_choice(*names: str) -> WithJsonSchema:
    """Describe a text as one of `names`; the rules refuse others by their own code, which programs know."""
    return WithJsonSchema({"type": "string", "enum": sorted(names)})


class ApiShape(BaseModel):
    """What a call takes or answers. Its checks are built on their first use, not at each start of a desk."""

    model_config = ConfigDict(defer_build=True)


class Strict(ApiShape):
    """A body: exact types, no unknown fields."""

    model_config = ConfigDict(extra="forbid", strict=True)


class NoBody(Strict):
    """Nothing needs to be said."""


class Both(ApiShape):
    """A text in both languages."""

    vi: str
    en: str


class Done(ApiShape):
    """It is done."""

    ok: Literal[True]


class Problem(ApiShape):
    """RFC 9457 problem details with a stable code."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str
