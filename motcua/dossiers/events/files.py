"""What happens to files of dossiers that are imported."""

from typing import ClassVar

from motcua.desk.event import Event


class DossierFileEvent(Event, frozen=True):
    """Something about one file of dossiers; `file` is its number."""

    file: int

    @property
    def subject(self) -> str:
        """Return `dossiers:<number>`."""
        return f"dossiers:{self.file}"


class DossiersImported(DossierFileEvent, frozen=True):
    """A file of dossiers of the days `first` to `last` was imported, in the place of the file `replaces` (or null).

    `digest` is the SHA-256 of the file, `content` that of its `rows` dossiers as they are stored.
    """

    first: str
    last: str
    digest: str
    content: str
    rows: int
    replaces: int | None
    account: int | None
    kind: ClassVar[str] = "dossiers.imported"


class DossiersRemoved(DossierFileEvent, frozen=True):
    """A file of dossiers was removed with all that came from it."""

    kind: ClassVar[str] = "dossiers.removed"
