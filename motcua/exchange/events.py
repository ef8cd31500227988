"""What happens between this desk and other systems: files taken along, files read. Never a name or a number."""

from typing import ClassVar

from motcua.desk.event import Event, Json
from motcua.dossiers.events import AllDossiersEvent


class DossiersExported(AllDossiersEvent, frozen=True):
    """Somebody took `rows` dossiers that came from `first` to `last` as a file, `form` being csv, xlsx or json.

    `states` and `field` (or empty) are how they were chosen. `is_whole`: the file names the applicants, not masked.
    """

    first: str
    last: str
    states: list[Json]
    field: str
    form: str
    is_whole: bool
    rows: int
    kind: ClassVar[str] = "dossiers.exported"


class ProvincialEvent(Event, frozen=True):
    """Something about dossiers of another system; `batch` is the number of the import."""

    batch: int

    @property
    def subject(self) -> str:
        """Return `exchange:<number>`."""
        return f"exchange:{self.batch}"


class ProvincialDossiersImported(ProvincialEvent, frozen=True):
    """What another system says of dossiers came, by `way` (`file` or `pull`), and something of it was new.

    `digest` is the SHA-256 of what came. The counts say what became of the `rows`. `older` ones were left aside, `own`
    ones are dossiers that this desk took in, which no import changes.
    """

    way: str
    system: str
    mapping: str
    digest: str
    rows: int
    added: int
    changed: int
    same: int
    older: int
    own: int
    account: int | None
    kind: ClassVar[str] = "exchange.imported"


class MappingEvent(Event, frozen=True):
    """Something about one mapping of another system's names; `mapping` is its number."""

    mapping: int

    @property
    def subject(self) -> str:
        """Return `mapping:<number>`."""
        return f"mapping:{self.mapping}"


class MappingSaved(MappingEvent, frozen=True):
    """A mapping was written or changed; `digest` is the SHA-256 of what it says."""

    digest: str
    account: int | None
    kind: ClassVar[str] = "mapping.saved"


class MappingRemoved(MappingEvent, frozen=True):
    """A mapping was removed; what came by it stays."""

    kind: ClassVar[str] = "mapping.removed"


class DifferenceSettled(AllDossiersEvent, frozen=True):
    """Somebody has seen that another system says something else of the dossier `code`; `of` is in what it differs."""

    code: str
    of: str
    account: int | None
    kind: ClassVar[str] = "exchange.difference_settled"
