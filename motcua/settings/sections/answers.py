"""Lists of words, and the texts with which answers begin."""

from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Strict
from pydantic_core import PydanticCustomError

from motcua.settings.values import Code, Name, OneLine, Written, bound_length
from motcua.typed.lines import SPARE, clean_text

PARAGRAPH_MAX = 1500


@dataclass(frozen=True)
class AnswerTemplate:
    """Words with which an answer begins: stable code, title in the list, the text itself."""

    code: str
    title: str
    text: str


def _paragraph(text: str) -> str:
    """Return a clean text of several lines. Raises `PydanticCustomError("text_long" | "text_blank")`."""
    if len(text) > SPARE * PARAGRAPH_MAX or len(clean := clean_text(text)) > PARAGRAPH_MAX:
        raise PydanticCustomError("text_long", "too long", {"most": PARAGRAPH_MAX})
    if not clean:
        raise PydanticCustomError("text_blank", "empty")
    return clean


Paragraph = Annotated[str, Strict(), AfterValidator(_paragraph)]
Word = Annotated[str, Strict(), AfterValidator(OneLine(1, 40))]
Words = Annotated[tuple[Word, ...], bound_length(0, 300)]
AnswerTemplates = Annotated[
    tuple[
        Annotated[
            AnswerTemplate,
            Written(
                {"code": Code, "title": Name, "text": Paragraph},
                lambda table: AnswerTemplate(table["code"], table["title"], table["text"]),
                lambda template: {"code": template.code, "title": template.title, "text": template.text},
            ),
        ],
        ...,
    ],
    bound_length(0, 40),
]
