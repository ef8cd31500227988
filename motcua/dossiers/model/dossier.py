"""A dossier that this desk took in, from receipt to result."""

from dataclasses import dataclass
from enum import StrEnum


class DossierState(StrEnum):
    """Where a dossier is; the statuses of the national systems that a hall needs."""

    RECEIVED = "received"
    SUPPLEMENT = "supplement"
    PROCESSING = "processing"
    FEE_DUE = "fee_due"
    READY = "ready"
    RETURNED = "returned"
    REFUSED = "refused"
    STOPPED = "stopped"
    WITHDRAWN = "withdrawn"


OPEN_STATES = (DossierState.RECEIVED, DossierState.SUPPLEMENT, DossierState.PROCESSING, DossierState.FEE_DUE)
"""The states in which a deadline runs or waits for the applicant."""


class FilingChannel(StrEnum):
    """How it was handed in."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    POST = "post"


@dataclass(frozen=True)
class HandedPaper:
    """A paper of the checklist as it was handed in. `from_data`: a database look-up replaced it; none was taken."""

    code: str
    name: str
    originals: int = 0
    copies: int = 0
    from_data: bool = False


@dataclass(frozen=True)
class Dossier:
    """One dossier. `code` is `unit-YYMMDD-XXXX`; `provincial_code` leads once it is known.

    Moments are RFC 3339 in UTC, days `YYYY-MM-DD`. `counted_from` is the day on which counting begins, `due_on` the
    last day, `due_at` its local hour (`HH:MM`) that the receipt promises. `first_due_on` is what was promised first.
    `step` is the place in the procedure's flow (0 for the first). Who the applicant is stands in a table that is
    encrypted and can be erased, never here.
    """

    code: str
    procedure: str
    state: DossierState
    channel: FilingChannel
    received_at: str
    counted_from: str
    due_on: str | None
    due_at: str
    first_due_on: str | None
    officer: int | None
    counter: int | None
    visit: str | None = None
    provincial_code: str | None = None
    papers: tuple[HandedPaper, ...] = ()
    sets: int = 1
    step: int = 0
    supplements: int = 0
    extensions: int = 0
    settled_at: str | None = None
    returned_at: str | None = None
    is_immediate: bool = False
