"""A dossier that this desk took in, from receipt to result."""

from enum import StrEnum

from msgspec import Struct

from motcua.desk.messages import mark
from motcua.procedures.model import TimeLimit

DOSSIERS_A_VISIT = 5
"""How many dossiers one visit may hold."""


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

    @property
    def is_over(self) -> bool:
        """Say whether nothing more can happen to such a dossier."""
        return self in OVER_STATES


RUNNING_STATES = (DossierState.RECEIVED, DossierState.PROCESSING)
"""The states in which the desk works on it and its time runs."""
OPEN_STATES = (*RUNNING_STATES, DossierState.SUPPLEMENT, DossierState.FEE_DUE)
"""The states in which a deadline runs or waits for the applicant."""
OVER_STATES = (DossierState.RETURNED, DossierState.REFUSED, DossierState.STOPPED, DossierState.WITHDRAWN)
DOSSIER_STATE_LABELS = {
    DossierState.RECEIVED: mark("Taken in"),
    DossierState.SUPPLEMENT: mark("Waiting for a supplement"),
    DossierState.PROCESSING: mark("Being settled"),
    DossierState.FEE_DUE: mark("Waiting for payment"),
    DossierState.READY: mark("Result ready"),
    DossierState.RETURNED: mark("Result handed out"),
    DossierState.REFUSED: mark("Dossier refused"),
    DossierState.STOPPED: mark("Settling stopped"),
    DossierState.WITHDRAWN: mark("Withdrawn by the applicant"),
}


class FilingChannel(StrEnum):
    """How it was handed in."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    POST = "post"
    DROP_OFF = "drop_off"


class HandedPaper(Struct, frozen=True):
    """A paper as it was handed in. `from_data`: a database look-up replaced it; none was taken.

    `is_scanned`: the desk has made an electronic copy for the file of the case; the copy itself is not kept here.
    `code` is that of the checklist. The name of a paper that no checklist has is encrypted beside the applicant.
    """

    code: str
    originals: int = 0
    copies: int = 0
    from_data: bool = False
    is_scanned: bool = False


class Dossier(Struct, frozen=True):
    """One dossier. `code` is `series.unit-YYMMDD-XXXX`; `provincial_code` leads once it is known.

    Moments are RFC 3339 in UTC, days `YYYY-MM-DD`. `received_on` is the desk's day of the first contact, `serial` its
    place in that day. `counted_from` is the day on which counting begins, None before it is complete. `due_on` is the
    last day, `due_at` its local hour (`HH:MM`); `first_due_on` is what was promised first.
    `paused_on` is the day since which its time stands still. `step` is the place in the flow (0 for the first),
    `holder` the account that has it. `missing` are codes of papers that were asked for. `reason` is the code by which
    it ended or was extended. `is_electronic` says whether the result was issued as an electronic document; None: not
    known. `flow` is the digest of the flow with which it came, empty for the program's usual one. `dues` has the due
    moment of each step (local, `YYYY-MM-DDTHH:MM`), nothing while no day is promised. `linked` is the code of the first
    dossier of those that came together as linked procedures. Who the applicant is stands in a table that is encrypted
    and can be erased, never here.
    """

    code: str
    procedure: str
    state: DossierState
    channel: FilingChannel
    received_at: str
    received_on: str
    serial: int
    counted_from: str | None
    due_on: str | None
    due_at: str
    first_due_on: str | None
    officer: int | None
    counter: int | None
    visit: str | None = None
    provincial_code: str | None = None
    papers: tuple[HandedPaper, ...] = ()
    limits: tuple[TimeLimit, ...] = ()
    sets: int = 1
    step: int = 0
    holder: int | None = None
    supplements: int = 0
    extensions: int = 0
    missing: tuple[str, ...] = ()
    paused_on: str | None = None
    fee: int | None = None
    reason: str | None = None
    settled_at: str | None = None
    returned_at: str | None = None
    is_immediate: bool = False
    is_electronic: bool | None = None
    flow: str = ""
    dues: tuple[str, ...] = ()
    linked: str | None = None


class DossierMove(Struct, frozen=True):
    """A line of a dossier's history: what happened, and where it was afterwards."""

    at: str
    day: str
    move: str
    state: DossierState
    step: int
    holder: int | None
    due_on: str | None
    reason: str | None = None
