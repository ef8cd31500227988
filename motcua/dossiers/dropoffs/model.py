"""What a citizen hands in at a kiosk outside opening hours. Who they are and their scans are encrypted, never here."""

from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct

from motcua.desk.messages import mark
from motcua.dossiers.model.applicant import Applicant

OTHER_PAPER = "other"
"""The code of scans that belong to no paper of the checklist."""


class DropOffState(StrEnum):
    """Where a drop-off is."""

    WAITING = "waiting"
    TAKEN_IN = "taken_in"
    SENT_BACK = "sent_back"
    LAPSED = "lapsed"


DROPOFF_STATE_LABELS = {
    DropOffState.WAITING: mark("Handed in at the kiosk, an officer will look at it"),
    DropOffState.TAKEN_IN: mark("Taken in as a dossier"),
    DropOffState.SENT_BACK: mark("Not taken in"),
    DropOffState.LAPSED: mark("Erased"),
}


class DroppedPaper(Struct, frozen=True):
    """A paper of the checklist, or `other`, and how many pages of it were scanned."""

    code: str
    pages: int


@dataclass(frozen=True)
class ScannedPage:
    """One page as a JPEG, and which paper it belongs to."""

    paper: str
    jpeg: bytes = field(repr=False)


@dataclass(frozen=True)
class DropOffRequest:
    """What a citizen hands in. `choices` describe the situation, `language` is the one in which it was done."""

    procedure: str
    applicant: Applicant = field(repr=False)
    pages: tuple[ScannedPage, ...]
    choices: tuple[tuple[str, str], ...] = ()
    language: str = "vi"


class DropOff(Struct, frozen=True):
    """One drop-off. `code` is random, `token` the end of its address.

    `dropped_at` is in UTC. `counts_from` is the local moment at which it counts as received (`YYYY-MM-DDTHH:MM`), the
    next opening. `dossier` is what became of it. What is encrypted is erased after the day `erase_on`.
    """

    code: str
    token: str
    procedure: str
    state: DropOffState
    language: str
    dropped_at: str
    dropped_on: str
    counts_from: str
    choices: tuple[tuple[str, str], ...]
    papers: tuple[DroppedPaper, ...]
    erase_on: str
    dossier: str | None = None
    decided_at: str | None = None

    @property
    def pages(self) -> int:
        """Return how many pages were scanned."""
        return sum(paper.pages for paper in self.papers)


@dataclass(frozen=True)
class DropOffContent:
    """A drop-off with who handed it in; None when that was erased or its key is lost."""

    dropoff: DropOff
    applicant: Applicant | None = field(repr=False)
    words: str = field(default="", repr=False)
