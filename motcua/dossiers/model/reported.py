"""What a report says of dossiers that this desk took in."""

from msgspec import Struct


class SettledDossier(Struct, frozen=True):
    """One that was settled or withdrawn: `how` is the move. `due_on` was promised before any new day."""

    code: str
    procedure: str
    officer: int | None
    counted_from: str
    due_on: str | None
    settled_on: str
    how: str
    apologised_on: str | None


class WaitingDossier(Struct, frozen=True):
    """One that was not settled at the end of a day; `state` is the one that it had then."""

    code: str
    procedure: str
    officer: int | None
    counted_from: str
    due_on: str | None
    state: str
    apologised_on: str | None


class SupplementAsked(Struct, frozen=True):
    """A request for papers; `is_again`: there was one before."""

    procedure: str
    officer: int | None
    code: str
    is_again: bool


class PaperCounts(Struct, frozen=True):
    """How many papers a dossier has, how many of them come from data, and how many were scanned."""

    code: str
    papers: int
    from_data: int
    scanned: int
