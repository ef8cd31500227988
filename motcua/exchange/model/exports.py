"""Which dossiers somebody takes along as a file."""

from msgspec import Struct

from motcua.dossiers.model.dossier import DossierState


class ExportFilter(Struct, frozen=True):
    """Dossiers that came on the days from `first` to `last`; the states and procedures wanted, none for all."""

    first: str
    last: str
    states: tuple[DossierState, ...] = ()
    procedures: tuple[str, ...] | None = None
