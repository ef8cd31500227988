"""Queries, bodies and answers of the calls about the ward's catalogue of procedures."""

from typing import Annotated, Literal

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Both, Day, Int, Strict, describe_choice
from motcua.api.texts import CODE_MAX
from motcua.procedures.model import LimitUnit, OnlineLevel, PaperForm

LIST_MAX = 100
PartName = Annotated[str, Field(max_length=CODE_MAX)]
Words = Annotated[str, Field(max_length=2_400)]
LongWords = Annotated[str, Field(max_length=16_000)]
"""Beyond these lengths a text is refused before it is cleaned; how long a clean one may be, say the rules."""


class ProcedureCodePath(ApiShape):
    """Which procedure."""

    code: Annotated[str, Field(min_length=1, max_length=CODE_MAX)]


class ProcedureDayQuery(ApiShape):
    """As it is on which day; today without one."""

    day: Day | None = None


class TextPair(Strict):
    """A text in both languages; the English one may be empty."""

    vi: Words = ""
    en: Words = ""


class LimitBody(Strict):
    """A time limit: `count` days of a unit. `case` says when it applies; empty: usually."""

    unit: Annotated[str, describe_choice(*LimitUnit)]
    count: Int = 0
    case: TextPair = TextPair()
    is_added: bool = False
    is_verified: bool = True
    source: Words = ""


class TierBody(Strict):
    """From unit number `first` on each costs `amount`."""

    first: Int
    amount: Int


class FeeBody(Strict):
    """A fee in VND for each `per`; 0 is free of charge. `maximum` bounds the sum for one `maximum_per`."""

    amount: Int
    per: TextPair = TextPair()
    case: TextPair = TextPair()
    tiers: list[TierBody] = Field(default_factory=list, max_length=LIST_MAX)
    maximum: Int | None = None
    maximum_per: TextPair = TextPair()
    is_verified: bool = True
    source: Words = ""


class ConditionBody(Strict):
    """A question and one of its choices."""

    question: PartName
    choice: PartName


class PaperBody(Strict):
    """A paper; `when` names the choices under which it is needed, nothing: always."""

    code: PartName
    name: TextPair
    form: Annotated[str, describe_choice(*PaperForm)] = PaperForm.UNSTATED.value
    count: Int = 1
    from_data: bool = False
    is_required: bool = True
    when: list[ConditionBody] = Field(default_factory=list, max_length=LIST_MAX)
    note: TextPair = TextPair()
    is_verified: bool = True


class ChoiceBody(Strict):
    """An answer that can be chosen."""

    code: PartName
    text: TextPair


class QuestionBody(Strict):
    """A question about the citizen's situation."""

    code: PartName
    text: TextPair
    choices: Annotated[list[ChoiceBody], Field(max_length=LIST_MAX)]
    when: list[ConditionBody] = Field(default_factory=list, max_length=LIST_MAX)


class ChecklistBody(Strict):
    """Papers and questions, with the text that they come from and the day on which it was read."""

    items: Annotated[list[PaperBody], Field(max_length=LIST_MAX)]
    questions: list[QuestionBody] = Field(default_factory=list, max_length=LIST_MAX)
    source: Words = ""
    checked_on: Annotated[str, Field(max_length=CODE_MAX)] = ""


class ProcedureBody(Strict):
    """All of a procedure from the day `since` on. `basis` is that of what the change was made from."""

    since: Day
    basis: Annotated[str, Field(max_length=CODE_MAX)] | None = None
    name: LongWords
    official_name: LongWords = ""
    field: Words = ""
    level: Annotated[str, describe_choice("ward", "")] = ""
    time_limit: Words = ""
    fee: Words = ""
    limits: list[LimitBody] = Field(default_factory=list, max_length=LIST_MAX)
    fees: list[FeeBody] = Field(default_factory=list, max_length=LIST_MAX)
    is_immediate: bool = False
    online: Annotated[str, describe_choice(*OnlineLevel)] = OnlineLevel.NONE.value
    online_page: Words = ""
    checklist: ChecklistBody | None = None
    forms: list[Words] = Field(default_factory=list, max_length=LIST_MAX)
    words: list[Words] = Field(default_factory=list, max_length=LIST_MAX)
    marks: list[Words] = Field(default_factory=list, max_length=LIST_MAX)


class WithdrawalBody(Strict):
    """The first day on which it is offered no more."""

    since: Day


class LimitShape(ApiShape):
    """A time limit, and the same in words."""

    unit: LimitUnit
    count: int
    case: Both
    is_added: bool
    is_verified: bool
    source: str
    text: Both


class TierShape(ApiShape):
    """From unit number `first` on each costs `amount`."""

    first: int
    amount: int


class FeeShape(ApiShape):
    """A fee in VND, and the same in words."""

    amount: int
    per: Both
    case: Both
    tiers: list[TierShape]
    maximum: int | None
    maximum_per: Both
    is_verified: bool
    source: str
    text: Both


class ProcedureDetail(ApiShape):
    """All of a procedure. `since` is the first day of this version, null for the product's own list.

    `checklist` is null where no sourced one is known: people ask at the counter.
    """

    code: str
    name: str
    official_name: str
    field: str
    level: Literal["ward", ""]
    time_limit: str
    fee: str
    limits: list[LimitShape]
    fees: list[FeeShape]
    is_immediate: bool
    checklist: ChecklistBody | None
    forms: list[str]
    words: list[str]
    marks: list[str]
    online: OnlineLevel
    online_page: str
    since: str | None
    basis: str


class VersionShape(ApiShape):
    """A version: from which day, how it came, when and by whom. `file` is the SHA-256 of its file."""

    since: str | None
    is_withdrawn: bool
    source: Literal["product", "page", "program", "file"]
    source_label: Both
    changed_at: str | None
    by: str | None
    file: str | None


class VersionList(ApiShape):
    """The ward's versions, the newest day first; the product's own one comes last."""

    items: list[VersionShape]


class VersionReceipt(ApiShape):
    """What was put in force."""

    code: str
    since: str
    basis: str
