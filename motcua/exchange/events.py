"""What happens between this desk and other systems: files taken along, files read. Never a name or a number."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.desk.event import Json
from motcua.dossiers.events import AllDossiersEvent


@dataclass(frozen=True)
class DossiersExported(AllDossiersEvent):
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
