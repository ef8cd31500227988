"""A procedure (thủ tục hành chính) as the desk offers it: what it needs, how long it takes, what it costs."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field

from motcua.procedures.values import (
    STRICT,
    Bilingual,
    Condition,
    Copies,
    DayOrNone,
    Days,
    FieldName,
    Flag,
    Heading,
    LongTitle,
    Money,
    OfficialName,
    PageAddress,
    PartCode,
    ProcedureCode,
    Sentence,
    UnitNumber,
)
from motcua.typed.situation import ANSWERS_MAX


class OnlineLevel(StrEnum):
    """How much of a procedure people can do on the national portal: all of it (toàn trình), or part of it (một phần).

    `NONE`: nobody has said that it can be filed there.
    """

    NONE = ""
    PARTIAL = "partial"
    WHOLE = "whole"


class LimitUnit(StrEnum):
    """How a time limit is counted. Civil Code 2015, articles 147 and 148."""

    SAME_DAY = "same_day"
    WORKING_DAYS = "working_days"
    DAYS = "days"


@dataclass(frozen=True)
class TimeLimit:
    """How long settling may take: `count` days (0 on the same day). `case` says when it applies; empty: usually.

    Several limits without a case: the source names no case, so the officer chooses one. `is_added`: it is counted
    from the end of the usual limit, as in "complex, two working days more". `source` names the province whose limit
    it is, empty for the country's.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    unit: LimitUnit
    count: Days = 0
    case: Bilingual = ("", "")
    is_added: Flag = False
    is_verified: Flag = True
    source: Sentence = ""


@dataclass(frozen=True)
class FeeTier:
    """From the unit number `first` on (the third page is 3), each costs `amount`."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    first: UnitNumber
    amount: Money


@dataclass(frozen=True)
class Fee:
    """What it costs: `amount` in VND for each `per` (a copy, a page, a case); `case` says when; empty: usually.

    `amount` 0 is free of charge. `tiers` change the price from a unit on. `maximum` bounds the sum for one
    `maximum_per`, as in "at most 200,000 a copy". Several fees without a case: the source names no case. `source` as
    in `TimeLimit`.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    amount: Money
    per: Bilingual = ("", "")
    case: Bilingual = ("", "")
    tiers: Annotated[tuple[FeeTier, ...], Field(max_length=10)] = ()
    maximum: Money | None = None
    maximum_per: Bilingual = ("", "")
    is_verified: Flag = True
    source: Sentence = ""


class PaperForm(StrEnum):
    """In which form a paper is handed in, or only shown. `UNSTATED`: the source does not say it."""

    FORM = "form"
    ORIGINAL = "original"
    COPY = "copy"
    CERTIFIED_COPY = "certified_copy"
    SHOWN = "shown"
    UNSTATED = "unstated"


@dataclass(frozen=True)
class ChecklistItem:
    """A paper of the checklist (thành phần hồ sơ); names are in Vietnamese and English.

    `from_data`: a look-up in a national database replaces it (Resolution 66.7/2025/NQ-CP). The officer may ask for
    the paper only where the data cannot be read. `when` names the choices (question, choice) under which it is
    needed; empty: always. Choices of one question are alternatives; of each question named one must be chosen.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    code: PartCode
    name: Heading
    form: PaperForm = PaperForm.UNSTATED
    count: Copies = 1
    from_data: Flag = False
    is_required: Flag = True
    when: Annotated[tuple[Condition, ...], Field(max_length=24)] = ()
    note: Bilingual = ("", "")
    is_verified: Flag = True


@dataclass(frozen=True)
class SituationChoice:
    """An answer to a question about the citizen's situation."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    code: PartCode
    text: Heading


@dataclass(frozen=True)
class SituationQuestion:
    """A question about the citizen's situation; `when` as in `ChecklistItem`, of questions before this one."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    code: PartCode
    text: Heading
    choices: Annotated[tuple[SituationChoice, ...], Field(max_length=12)]
    when: Annotated[tuple[Condition, ...], Field(max_length=24)] = ()


@dataclass(frozen=True)
class Checklist:
    """The papers of one procedure. `source` names the text they come from, `checked_on` when it was read."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    items: Annotated[tuple[ChecklistItem, ...], Field(max_length=60)]
    questions: Annotated[tuple[SituationQuestion, ...], Field(max_length=ANSWERS_MAX)] = ()
    source: Sentence = ""
    checked_on: DayOrNone = ""


@dataclass(frozen=True)
class Procedure:
    """An administrative procedure; `level` is `ward` or empty, when unknown.

    `time_limit` and `fee` are sentences for people, `limits` and `fees` the same as values: no deadline and no sum
    is computed from a sentence. `is_immediate`: it is settled on the same day. `checklist` is None where no
    sourced one is known. `since` is the first day (`YYYY-MM-DD`) of this version, empty for the product's own list.
    `online` says whether it can be filed on the portal, `online_page` on which page; empty: the portal's first page.
    """

    __pydantic_config__: ClassVar[ConfigDict] = STRICT

    code: ProcedureCode
    name: LongTitle
    official_name: OfficialName = ""
    field: FieldName = ""
    level: Literal["ward", ""] = ""
    time_limit: Sentence = ""
    fee: Sentence = ""
    limits: Annotated[tuple[TimeLimit, ...], Field(max_length=12)] = ()
    fees: Annotated[tuple[Fee, ...], Field(max_length=20)] = ()
    is_immediate: Flag = False
    checklist: Checklist | None = None
    forms: Annotated[tuple[Sentence, ...], Field(max_length=20)] = ()
    words: Annotated[tuple[Sentence, ...], Field(max_length=60)] = ()
    marks: Annotated[tuple[Sentence, ...], Field(max_length=20)] = ()
    since: DayOrNone = ""
    online: OnlineLevel = OnlineLevel.NONE
    online_page: PageAddress = ""
