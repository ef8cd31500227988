"""How another system calls its columns and states: data that a ward writes down once and uses for each file."""

from enum import StrEnum

from msgspec import Struct, field

from motcua.dossiers.model.dossier import DossierState


class DateOrder(StrEnum):
    """How the other system writes days in figures. `2026-11-02` is read in any case."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"
    YEAR_FIRST = "ymd"


class ExchangeMapping(Struct, frozen=True):
    """One way in which dossiers come. `system` is shown as their source.

    `columns` are headings (or JSON keys) of the other system by our names. `states` are our states by its names or
    codes; of several names for one state the first is sent to it. What neither names is not read.
    """

    id: int
    name: str
    system: str
    columns: dict[str, str]
    states: dict[str, DossierState] = field(default_factory=dict)
    date_order: DateOrder = DateOrder.DAY_FIRST
    saved_at: str = ""
    account: int | None = None


class SampleColumn(Struct, frozen=True):
    """A column of a file: its heading, and the different values in it, at most so many that they can be states."""

    heading: str
    values: tuple[str, ...] = ()
