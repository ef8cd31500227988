"""What texts the API takes: each is cleaned at the door, and its length is counted afterwards.

OpenAPI shows plain strings. No description can say what cleaning leaves, so it gives the length beyond which a text
is refused uncleaned; one of fewer characters can still be too long.
"""

from collections.abc import Callable
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from motcua.typed.codes import clean_name, clean_number, clean_token
from motcua.typed.lines import SPARE, clean_line, clean_text

CODE_MAX, REASON_MAX, LINE_MAX, COMMENT_MAX, PASSWORD_MAX = 64, 500, 200, 4000, 1000


def make_cleaner(clean: Callable[[str], str], most: int) -> BeforeValidator:
    """Return what cleans a text before its length is counted; what is no text, or far too long, goes on as it is.

    It stands behind the bounds of the length: then pydantic counts by itself, and asks no function for it.
    """

    def by_it(value: Any) -> Any:
        return clean(value) if isinstance(value, str) and len(value) <= SPARE * most else value

    return BeforeValidator(by_it)


def describe_length(most: int) -> Any:
    """Return what the description says of the length of a text that has at most `most` characters once it is clean."""
    words = f"at most {most} characters, counted without marks that nobody sees"
    return Field(json_schema_extra={"maxLength": SPARE * most, "description": words})


Code = Annotated[
    str, StringConstraints(min_length=1, max_length=CODE_MAX), make_cleaner(clean_line, CODE_MAX),
    describe_length(CODE_MAX),
]  # fmt: skip
SignInName = Annotated[
    str, StringConstraints(min_length=1, max_length=CODE_MAX), make_cleaner(clean_name, CODE_MAX),
    describe_length(CODE_MAX),
]  # fmt: skip
TicketRef = Annotated[
    str, StringConstraints(min_length=1, max_length=CODE_MAX), make_cleaner(clean_number, CODE_MAX),
    describe_length(CODE_MAX),
]  # fmt: skip
"""A ticket's id or today's number, however it was typed: `a 001` is `A001`."""
Token = Annotated[
    str, StringConstraints(max_length=CODE_MAX), make_cleaner(clean_token, CODE_MAX), describe_length(CODE_MAX)
]
Text = Annotated[
    str, StringConstraints(min_length=1, max_length=REASON_MAX), make_cleaner(clean_text, REASON_MAX),
    describe_length(REASON_MAX),
]  # fmt: skip
Comment = Annotated[
    str, StringConstraints(max_length=COMMENT_MAX), make_cleaner(clean_text, COMMENT_MAX), describe_length(COMMENT_MAX)
]
Line = Annotated[
    str, StringConstraints(max_length=LINE_MAX), make_cleaner(clean_line, LINE_MAX), describe_length(LINE_MAX)
]
Password = Annotated[str, StringConstraints(max_length=PASSWORD_MAX)]
"""A password is cleaned where it is compared and where it is set, as one typed into a form or a pipe."""
