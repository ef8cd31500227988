"""A procedure (thủ tục hành chính) as the desk offers it: what it needs, how long it takes, what it costs."""

from dataclasses import dataclass
from enum import StrEnum


class LimitUnit(StrEnum):
    """How a time limit is counted. Civil Code 2015, articles 147 and 148."""

    SAME_DAY = "same_day"
    WORKING_DAYS = "working_days"
    DAYS = "days"


@dataclass(frozen=True)
class TimeLimit:
    """How long settling may take: `count` days (0 on the same day). `case` says when it applies; empty: usually.

    `is_added`: it is counted from the end of the usual limit, as in "complex, two working days more".
    """

    unit: LimitUnit
    count: int = 0
    case: tuple[str, str] = ("", "")
    is_added: bool = False
    is_verified: bool = True


@dataclass(frozen=True)
class Fee:
    """What it costs: `amount` in VND for each `per` (a copy, a page, a case); `case` says when; empty: usually."""

    amount: int
    per: tuple[str, str] = ("", "")
    case: tuple[str, str] = ("", "")
    is_verified: bool = True


class PaperForm(StrEnum):
    """In which form a paper is handed in, or only shown."""

    FORM = "form"
    ORIGINAL = "original"
    COPY = "copy"
    CERTIFIED_COPY = "certified_copy"
    SHOWN = "shown"


@dataclass(frozen=True)
class ChecklistItem:
    """A paper of the checklist (thành phần hồ sơ); names are in Vietnamese and English.

    `from_data`: a look-up in a national database replaces it (Resolution 66.7/2025/NQ-CP). The officer may ask for
    the paper only where the data cannot be read. `when` names the choices (question, choice) under which it is
    needed; empty: always.
    """

    code: str
    name: tuple[str, str]
    form: PaperForm = PaperForm.ORIGINAL
    count: int = 1
    from_data: bool = False
    is_required: bool = True
    when: tuple[tuple[str, str], ...] = ()
    note: tuple[str, str] = ("", "")
    is_verified: bool = True


@dataclass(frozen=True)
class SituationChoice:
    """An answer to a question about the citizen's situation."""

    code: str
    text: tuple[str, str]


@dataclass(frozen=True)
class SituationQuestion:
    """A question about the citizen's situation; `when` as in `ChecklistItem`."""

    code: str
    text: tuple[str, str]
    choices: tuple[SituationChoice, ...]
    when: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Checklist:
    """The papers of one procedure. `source` names the text they come from, `checked_on` when it was read."""

    items: tuple[ChecklistItem, ...]
    questions: tuple[SituationQuestion, ...] = ()
    source: str = ""
    checked_on: str = ""


@dataclass(frozen=True)
class Procedure:
    """An administrative procedure; `level` is `ward` or empty, when unknown.

    `time_limit` and `fee` are sentences for people, `limits` and `fees` the same as values: no deadline and no sum
    is computed from a sentence. `is_immediate`: it is settled while the citizen waits. `checklist` is None where no
    sourced one is known. `since` is the first day (`YYYY-MM-DD`) of this version, empty for the product's own list.
    """

    code: str
    name: str
    official_name: str
    field: str
    level: str
    time_limit: str = ""
    fee: str = ""
    limits: tuple[TimeLimit, ...] = ()
    fees: tuple[Fee, ...] = ()
    is_immediate: bool = False
    checklist: Checklist | None = None
    forms: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    since: str = ""
