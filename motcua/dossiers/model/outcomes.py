"""A dossier as a file of another system describes it, and the file."""

from enum import StrEnum

from msgspec import Struct


class AgencyTime(StrEnum):
    """How long the slowest agency that took part needed, against its own limit."""

    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"


class Complaint(StrEnum):
    """Whether somebody reported harassment. `WRONG`: it was concluded that the report was false."""

    NO = "no"
    YES = "yes"
    WRONG = "wrong"


class DossierOutcome(Struct, frozen=True):
    """One dossier. Days are `YYYY-MM-DD`; `settled_on` is None while it is open. None elsewhere: the file has nothing.

    `officer` is an account. `contacts` are those to complete the dossier that were not caused by the applicant alone.
    `agencies` is how many agencies the applicant had to contact to complete it.
    """

    code: str
    received_on: str
    due_on: str
    settled_on: str | None = None
    procedure: str | None = None
    officer: int | None = None
    agency_time: AgencyTime | None = None
    contacts: int | None = None
    agencies: int | None = None
    complaint: Complaint | None = None
    is_disliked: bool | None = None
    is_online: bool | None = None

    @property
    def is_late(self) -> bool:
        """Say whether it was settled after its due day."""
        return self.settled_on is not None and self.settled_on > self.due_on


class DossierRow(Struct, frozen=True):
    """A row of a file: its number there, the dossier, and the sign-in name of its officer, empty for none."""

    number: int
    dossier: DossierOutcome
    officer: str = ""


class DossierFile(Struct, frozen=True):
    """What a file says of the days from `first` to `last`; `digest` is the SHA-256 of its bytes in hex."""

    first: str
    last: str
    digest: str
    rows: tuple[DossierRow, ...]


class DossierImport(Struct, frozen=True):
    """A file that was imported: by which account and when, with how many dossiers.

    `content` is the SHA-256 in hex of the dossiers as they are stored.
    """

    id: int
    first: str
    last: str
    digest: str
    content: str
    count: int
    imported_at: str
    account: int | None
