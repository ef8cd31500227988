"""What stands on the forms of a dossier, and the dated texts of these forms."""

from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from motcua.settings.model import Unit


class FormKind(StrEnum):
    """The forms of Circular 03/2025/TT-VPCP but the book, in the order of their numbers."""

    RECEIPT = "receipt"
    SUPPLEMENT = "supplement"
    REFUSAL = "refusal"
    EXTENSION = "extension"
    STOP = "stop"
    CONTROL = "control"


class FormPaper(Struct, frozen=True):
    """A paper as it was handed in; `from_data`: a look-up in a database replaced it."""

    name: str
    originals: int = 0
    copies: int = 0
    from_data: bool = False


class FormStep(Struct, frozen=True):
    """A row of the control slip: one stay at a step. Moments are local times of the desk.

    A step is late from its due moment on; with `is_judged_by_day` from the day after it. `judged_at` is what counts
    where that is not `done_at`: the result is in time when it is ready, whenever somebody fetches it.
    """

    name: str
    officer: str = ""
    begun_at: datetime | None = None
    due_at: datetime | None = None
    done_at: datetime | None = None
    note: str = ""
    is_judged_by_day: bool = False
    judged_at: datetime | None = None


class FormApplicant(Struct, frozen=True):
    """Who handed the dossier in, as it is written on paper."""

    name: str
    address: str = ""
    phone: str = ""
    email: str = ""


class FormFacts(Struct, frozen=True):
    """All that a form may name. Moments are local times of the desk; what is empty is left to be written by hand.

    `limit` is the time limit as a sentence, `follow_url` the address of the look-up behind the printed code.
    `missing` are the papers that are asked for, `new_due_at` is the day of an extension, `number` that of the paper.
    """

    unit: Unit
    code: str
    procedure: str
    applicant: FormApplicant
    at: datetime
    officer: str = ""
    papers: tuple[FormPaper, ...] = ()
    sets: int = 1
    limit: str = ""
    received_at: datetime | None = None
    due_at: datetime | None = None
    new_due_at: datetime | None = None
    missing: tuple[str, ...] = ()
    reason: str = ""
    legal: str = ""
    book: str = ""
    book_number: str = ""
    results_at: str = ""
    steps: tuple[FormStep, ...] = ()
    follow_url: str = ""
    number: str = ""


class BookEntry(Struct, frozen=True):
    """A row of the book (sổ theo dõi hồ sơ). Days are local days of the desk."""

    number: int
    code: str
    procedure: str
    sets: int
    applicant: str
    contact: str
    received_at: datetime | None
    due_at: datetime | None
    returned_at: datetime | None
    state: str = ""
    note: str = ""


class FormText(Struct, frozen=True):
    """The text of a form from the day `since` on. `parts` are pairs of kind (`line`, `text`, `block`) and text."""

    form: str
    since: str
    number: str
    basis: str
    title: str
    parts: tuple[tuple[str, str], ...]
    signatures: tuple[str, ...]
