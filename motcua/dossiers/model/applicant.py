"""Who hands in a dossier, and what an officer enters when it is taken in. None of it is ever journalled."""

from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct

from motcua.dossiers.model.dossier import DossierState, FilingChannel, HandedPaper
from motcua.procedures.model import TimeLimit


class Sex(StrEnum):
    """As identity cards say it."""

    MALE = "male"
    FEMALE = "female"


class Applicant(Struct, frozen=True):
    """A person. `birth` is `YYYY-MM-DD` or the year alone. Everything but the name may be empty."""

    name: str
    number: str = ""
    birth: str = ""
    sex: Sex | None = None
    address: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True)
class IntakeRequest:
    """What an officer enters. `decision` is what the desk does: take it in, ask for more, or refuse it.

    `limit` replaces the procedure's own time limit, and is needed where none is known. `typed` names papers that no
    checklist has, by code. `choices` answer the questions about the citizen's situation; they are not stored.
    `missing` are codes of papers that are asked for, `reason` is a code of the settings, `words` what the officer
    writes to the applicant. `dropoff` is the code of what was handed in at a kiosk, and becomes this dossier.
    """

    procedure: str
    applicant: Applicant
    decision: DossierState = DossierState.RECEIVED
    channel: FilingChannel = FilingChannel.IN_PERSON
    papers: tuple[HandedPaper, ...] = ()
    typed: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[str, str], ...] = ()
    sets: int = 1
    limit: TimeLimit | None = None
    missing: tuple[str, ...] = ()
    reason: str | None = None
    words: str = field(default="", repr=False)
    dropoff: str | None = None
