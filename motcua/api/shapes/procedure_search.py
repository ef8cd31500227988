"""Queries and answers of the calls by which people find a procedure and its papers."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from motcua.api.shapes.base import ApiShape, Both, Strict
from motcua.api.texts import Code
from motcua.procedures.model import OnlineLevel
from motcua.typed.situation import ANSWERS_MAX, SITUATION_MAX

LIMIT, LIMIT_MAX = 10, 100
TYPED_MAX = 500
"""Longer texts are cut: nobody needs so many words to say what they want."""


def _cut(value: object) -> object:
    return value[:TYPED_MAX] if isinstance(value, str) else value


class ProcedureQuery(ApiShape):
    """What somebody looks for, as they would say it; the ward's own list when left out."""

    q: Annotated[str, BeforeValidator(_cut)] = ""
    limit: int = Field(default=LIMIT, ge=1, le=LIMIT_MAX)
    ward: bool = Field(default=False, description="only what a ward receives")


class FoundProcedure(ApiShape):
    """A procedure; `name` is the everyday one, `english` what it is in English, where known.

    `level` is `ward`, or empty where nobody knows who receives it. `service` is what a number is taken for.
    `online` says whether it can be filed on the national portal: `whole`, `partial` or empty.
    """

    code: str
    name: str
    field: str
    english: str | None
    level: str
    has_checklist: bool
    service: str | None
    online: OnlineLevel


class FoundProcedures(ApiShape):
    """Procedures, best first."""

    items: list[FoundProcedure]


class ProcedurePath(ApiShape):
    """Which procedure."""

    code: Annotated[str, Field(max_length=40, description="the procedure's code, e.g. 1.001193")]


class SituationQuery(ApiShape):
    """What was answered so far."""

    s: str = Field(
        default="", max_length=SITUATION_MAX, description="answers as `question:choice`, separated by commas"
    )


class SituationBody(Strict):
    """What was answered about the situation: a choice for each question."""

    choices: dict[Code, Code] = Field(default_factory=dict, max_length=ANSWERS_MAX)


class SituationAnswer(ApiShape):
    """An answer that was given."""

    question: str
    text: Both
    choice: str
    answer: Both


class SituationOption(ApiShape):
    """A possible answer."""

    code: str
    text: Both


class OpenQuestion(ApiShape):
    """The next question about the citizen's situation."""

    code: str
    text: Both
    choices: list[SituationOption]


class NeededPaper(ApiShape):
    """A paper that the situation needs. `from_data`: a look-up in a national database replaces it."""

    code: str
    name: Both
    form: Both | None
    count: int
    from_data: bool
    required: bool
    note: Both | None
    verified: bool


class ChecklistAnswer(FoundProcedure):
    """What a citizen reads of a procedure. `papers` is null while a `question` is open, and without a checklist.

    `online_page` is where it is filed online, empty where it is not. `online_help` says where people are helped.
    `same_day`: handed in now, it is settled on the spot.
    """

    names: Both
    official_name: str
    time_limit: str
    fee: str
    forms: list[str]
    immediate: bool
    service_name: Both | None
    group: str | None
    bookable: bool
    online_page: str
    online_help: Both | None
    same_day: bool
    answers: list[SituationAnswer]
    question: OpenQuestion | None
    papers: list[NeededPaper] | None
    source: str
    checked_on: str
