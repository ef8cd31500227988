"""What happens to dossiers that the desk takes in. Never a name, a number or a text."""

from typing import ClassVar

from msgspec import field

from motcua.desk.event import Event, Json


class DossierEvent(Event, frozen=True):
    """Something that happened to one dossier that this desk took in; `dossier` is its code.

    `sealed` names what was stored encrypted with it: number of the row, kind, SHA-256 of the encrypted bytes.
    """

    dossier: str

    @property
    def subject(self) -> str:
        """Return `dossier:<code>`."""
        return f"dossier:{self.dossier}"


class DossierLodged(DossierEvent, frozen=True):
    """Somebody handed in a dossier, the `serial`-th of the day. `state` is what the desk decided.

    It was taken in (`received`), or more was asked for (`supplement`), or it was `refused`. `papers` are objects with
    `code`, `originals`, `copies` and `from_data`, `limits` objects with `unit` and `count`, `missing` codes. `dropoff`
    is the code of what was handed in at a kiosk and became this dossier. `flow` is the digest of its flow, empty for
    the program's usual one, `dues` are local due moments of its steps. `linked` is the code of the first of several
    dossiers of linked procedures. `same_day` stands only where the result was promised for the same day, because it is
    a no-appointment day.
    """

    procedure: str
    state: str
    channel: str
    serial: int
    visit: str | None
    counter: int | None
    officer: int | None
    papers: list[Json]
    limits: list[Json]
    sets: int
    counted_from: str | None
    due_on: str | None
    due_at: str
    is_immediate: bool
    missing: list[Json]
    reason: str | None
    sealed: list[Json]
    flow: str
    dues: list[Json]
    linked: str | None
    dropoff: str | None = None
    same_day: bool = False
    kind: ClassVar[str] = "dossier.lodged"

    def to_data(self) -> dict[str, Json]:
        """Return the fields; a dossier without such a promise is told as it was before there were any."""
        data = super().to_data()
        if not self.same_day:
            del data["same_day"]
        return data


class DossierSupplementAsked(DossierEvent, frozen=True):
    """More papers were asked for; the time stands still. `is_exception`: for the second time, as the law allows."""

    missing: list[Json]
    is_exception: bool
    sealed: list[Json]
    kind: ClassVar[str] = "dossier.supplement_asked"


class DossierSupplemented(DossierEvent, frozen=True):
    """What was missing was handed in; its time runs (again) until `due_on`."""

    state: str
    papers: list[Json]
    limits: list[Json]
    counted_from: str | None
    due_on: str | None
    due_at: str
    dues: list[Json]
    sealed: list[Json]
    kind: ClassVar[str] = "dossier.supplemented"


class DossierHandedOver(DossierEvent, frozen=True):
    """It went to the step `step` of its flow and to the account `holder` (or null)."""

    state: str
    step: int
    holder: int | None
    kind: ClassVar[str] = "dossier.handed_over"


class DossierReady(DossierEvent, frozen=True):
    """The result can be fetched. `step` is the last one of its flow."""

    step: int
    kind: ClassVar[str] = "dossier.ready"


class DossierReturned(DossierEvent, frozen=True):
    """The result was handed out, as `electronic` or `paper` document (null: nobody said); a number is in `sealed`."""

    result: str | None = None
    sealed: list[Json] = field(default_factory=list)
    kind: ClassVar[str] = "dossier.returned"


class DossierPromiseMissed(DossierEvent, frozen=True):
    """Why the result was not handed out on the same day, as promised; `reason` is a code of the settings."""

    reason: str
    kind: ClassVar[str] = "dossier.promise_missed"


class DossierEnded(DossierEvent, frozen=True):
    """It ended without a result: `state` is `refused`, `stopped` or `withdrawn`; `reason` is a code of the settings."""

    state: str
    reason: str | None
    sealed: list[Json]
    kind: ClassVar[str] = "dossier.ended"


class DossierExtended(DossierEvent, frozen=True):
    """The unit apologised and promised a new day, which it may do once."""

    due_on: str
    due_at: str
    dues: list[Json]
    sealed: list[Json]
    kind: ClassVar[str] = "dossier.extended"


class DossierNumbered(DossierEvent, frozen=True):
    """It has a code in the provincial system, which leads from then on."""

    provincial_code: str
    kind: ClassVar[str] = "dossier.numbered"


class DossierOpened(DossierEvent, frozen=True):
    """Somebody read who the applicant is, or what was written to them."""

    kind: ClassVar[str] = "dossier.opened"


class DossierSlipPrinted(DossierEvent, frozen=True):
    """Its slip was sent to the printer of the hall."""

    kind: ClassVar[str] = "dossier.slip_printed"


class DossierLookedUp(DossierEvent, frozen=True):
    """Somebody with the second factor looked a dossier up."""

    kind: ClassVar[str] = "dossier.looked_up"


class DossierLookupFailed(DossierEvent, frozen=True):
    """A second factor did not fit, the `failures`-th in a row; after too many nobody may try before `locked_until`."""

    failures: int
    locked_until: str | None
    kind: ClassVar[str] = "dossier.lookup_failed"


class DossierErased(DossierEvent, frozen=True):
    """Everything about the applicant was erased on request, `rows` encrypted rows of it."""

    rows: int
    kind: ClassVar[str] = "dossier.erased"


class AllDossiersEvent(Event, frozen=True):
    """Something about all dossiers that this desk takes in."""

    @property
    def subject(self) -> str:
        """Return `dossiers`."""
        return "dossiers"


class DossierKeyReplaced(AllDossiersEvent, frozen=True):
    """The key of the applicants' data was lost, and an administrator began a new one; `key` is its name."""

    key: str
    kind: ClassVar[str] = "dossiers.key_replaced"


class DossierBookRead(AllDossiersEvent, frozen=True):
    """Somebody took the book of the days `first` to `last`, with the names of its `rows` applicants."""

    first: str
    last: str
    rows: int
    kind: ClassVar[str] = "dossiers.book_read"
