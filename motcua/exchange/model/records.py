"""A dossier as another system has it, what became of it here, and the files and looks in which it came."""

from enum import StrEnum

from msgspec import Struct

from motcua.dossiers.model.dossier import DossierState


class ProvincialRecord(Struct, frozen=True):
    """A dossier of another system. `code` is its code there; days are `YYYY-MM-DD`.

    `changed_there` is when it changed there, a day or a moment of its own clock, empty where it does not say.
    """

    code: str
    state: DossierState
    received_on: str
    procedure: str | None = None
    due_on: str | None = None
    settled_on: str | None = None
    returned_on: str | None = None
    changed_there: str = ""


class StoredRecord(Struct, frozen=True):
    """A record as it stands here: from which system, in which import, and when it came."""

    record: ProvincialRecord
    system: str
    batch: int
    seen_at: str


class RecordRow(Struct, frozen=True):
    """A record with the number of its row in the file."""

    number: int
    record: ProvincialRecord


class RecordOutcome(StrEnum):
    """What becomes of a record that came."""

    ADDED = "added"
    CHANGED = "changed"
    SAME = "same"
    OLDER = "older"
    OWN = "own"


class DifferenceKind(StrEnum):
    """What a person has to look at."""

    OLDER = "older"
    ENDED = "ended"
    OWN_STATE = "own_state"
    OWN_DUE = "own_due"


class RecordDifference(Struct, frozen=True):
    """Two systems say different things of a dossier; `ours` and `theirs` are states or days."""

    code: str
    kind: DifferenceKind
    ours: str
    theirs: str
    system: str = ""
    noted_at: str = ""


class RecordBatch(Struct, frozen=True):
    """An import that changed something. `way` is `file` or `pull`; `digest` is the SHA-256 of what came."""

    id: int
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
    imported_at: str
    account: int | None


class MergePlan(Struct, frozen=True):
    """What an import would do: the rows to write, what differs, how many of each outcome.

    `basis` is the number of the last import when it was computed: another one in between makes it void.
    """

    system: str
    mapping: str
    digest: str
    basis: int
    rows: int
    written: tuple[ProvincialRecord, ...]
    differences: tuple[RecordDifference, ...]
    agreed: tuple[str, ...]
    counts: dict[RecordOutcome, int]
