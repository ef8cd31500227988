"""What somebody without an account sends to look a dossier up, and reads of it."""

from typing import Annotated

from pydantic import Field

from motcua.api.shapes.alerts import ENDPOINT_MAX, PushKeys
from motcua.api.shapes.base import ApiShape, Both, Int, Strict
from motcua.api.shapes.dropoffs import Promise
from motcua.api.texts import Line


class LookupBody(Strict):
    """Either the code or the end of the receipt's address, and the second factor: four digits."""

    code: Annotated[Line | None, Field(description="the code; of this desk's own its day and number are enough")] = None
    token: Annotated[Line | None, Field(description="the end of the address in the receipt's QR code")] = None
    factor: Annotated[Line, Field(description="the last four digits of the phone number, or the year of birth")]


class LookedUpDossier(ApiShape):
    """Where a dossier is and what comes next, and nobody's name. Days are `2026-11-23`."""

    code: str
    procedure: str
    state: str
    state_label: Both
    received_at: str
    due_on: str | None
    due_at: str | None
    first_due_on: str | None
    reckoning: list[Both]
    is_extended: bool
    step: Both | None
    missing: list[str]
    fee: int | None
    settled_at: str | None
    returned_at: str | None
    reason: Both | None
    results_until: str
    place: str
    phone: str


class LookedUpPaper(ApiShape):
    """A paper that was handed in at a kiosk, and how many pages of it."""

    name: Both
    pages: Int


class LookedUpDropOff(ApiShape):
    """What was handed in at a kiosk and is no dossier yet. `words` are an officer's, where it was sent back."""

    code: str
    procedure: str
    state: str
    state_label: Both
    dropped_at: str
    counts_from: str
    due: Promise | None
    papers: list[LookedUpPaper]
    words: str
    place: str
    phone: str


class LookupAnswer(ApiShape):
    """The dossier, or what was handed in at a kiosk and is none yet; the other is null."""

    dossier: LookedUpDossier | None
    dropoff: LookedUpDropOff | None


class DossierPushEnd(Strict):
    """A browser by its endpoint, and the pass from the page that showed the dossier."""

    lookup_pass: Annotated[str, Field(min_length=1, max_length=60)]
    endpoint: Annotated[str, Field(min_length=1, max_length=ENDPOINT_MAX)]


class DossierPushBody(DossierPushEnd):
    """A browser that asks to be told, as `PushSubscription.toJSON()` gives it, and the pass."""

    keys: PushKeys


class DossierPushState(ApiShape):
    """Whether this browser is told."""

    is_on: bool
