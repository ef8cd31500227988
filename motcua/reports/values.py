"""What a report is: tables with typed columns, notes on how the figures are computed, and who may read it. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from importlib import import_module
from types import ModuleType
from typing import Any, Literal

from msgspec import Struct, field

from motcua.desk import Reader
from motcua.desk.messages import mark
from motcua.staff.model import Role

EVERYTHING, CAUTION = "*", "caution"
"""What a report may name as not rebuilt from the journal, beside its tables."""
LEADERS = frozenset({Role.ADMIN, Role.LEADER})
PeriodKind = Literal["day", "days"]
SwitchedPart = Literal["", "dossiers", "callbacks"]
"""A part of the program that a ward switches on; empty: none, it is always there."""


class CellType(StrEnum):
    """What the cells of a column hold; a figure is stored in the unit of its type and printed in that of its column."""

    TEXT = "text"
    COUNT = "count"
    """A whole number."""
    DURATION = "duration"
    """Seconds."""
    SHARE = "share"
    """Tenths of a percent."""
    COEFFICIENT = "coefficient"
    """Hundredths: of a coefficient from -1 to 1, or of a number per hour."""
    POINTS = "points"
    """Tenths of a point."""
    FINE_SHARE = "fine_share"
    """Hundredths of a percent."""
    DAY = "day"
    """`YYYY-MM-DD`; printed as day, month and year."""
    TIME = "time"
    """RFC 3339 with the offset of the hall; printed as hour and minute."""


MINUTES, PERCENT = mark("min"), "%"
FIGURES = frozenset(
    {CellType.COUNT, CellType.DURATION, CellType.SHARE, CellType.COEFFICIENT, CellType.POINTS, CellType.FINE_SHARE}
)
"""Types that stand at the right edge of their column."""


class Phrase(Struct, frozen=True):
    """A sentence in English, and what is filled into it; whoever shows it translates it."""

    message: str
    params: Mapping[str, object] = field(default_factory=dict)


Cell = str | int | float | Mapping[str, str] | Phrase | None
"""A text, a text in both languages (`{"vi", "en"}`), a sentence of the program, a figure, or nothing."""


class ReportColumn(Struct, frozen=True):
    """A column: its name for programs, the type of its cells, its label for people, the unit in which they are
    printed.
    """

    name: str
    type: CellType
    label: str
    unit: str = ""


class ReportTable(Struct, frozen=True):
    """A table.

    `total_rows` are the indexes of rows that sum up others; `empty` is what people read where there are no rows.
    The page shades the figures of one that `is_heat`, from its third column on.
    """

    id: str
    title: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[tuple[Cell, ...], ...]
    empty: str
    about: str = ""
    total_rows: tuple[int, ...] = ()
    is_heat: bool = False


class Period(Struct, frozen=True):
    """The days from `first` to `last`, `YYYY-MM-DD`, both included."""

    first: str
    last: str

    @property
    def name(self) -> str:
        """Return the period as it stands in the name of a file."""
        return self.first if self.first == self.last else f"{self.first}_{self.last}"

    def as_params(self) -> dict[str, date]:
        """Return its days for a sentence, `first` and `last`: people read them as they write them."""
        return {"first": date.fromisoformat(self.first), "last": date.fromisoformat(self.last)}

    def count_days(self) -> int:
        """Return how many days it has."""
        return (date.fromisoformat(self.last) - date.fromisoformat(self.first)).days + 1


class ReportSheet(Struct, frozen=True):
    """What a report says of a period. `facts` is its JSON; None: as the tables have it.

    `caution` is what a reader must know before any figure; None for nothing.
    """

    heading: Phrase
    period: Period
    tables: tuple[ReportTable, ...]
    notes: tuple[Phrase, ...]
    caution: Phrase | None = None
    facts: Mapping[str, Any] | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values: seconds, tenths of a percent, hundredths of a coefficient."""
        if self.facts is not None:
            return dict(self.facts)
        return {
            "from": self.period.first,
            "to": self.period.last,
            "caution": _plain(self.caution),
            "tables": [
                {
                    "id": table.id,
                    "columns": [
                        {"name": item.name, "type": item.type.value, "unit": item.unit} for item in table.columns
                    ],
                    "rows": [
                        {column.name: _plain(cell) for column, cell in zip(table.columns, row, strict=True)}
                        for row in table.rows
                    ],
                }
                for table in self.tables
            ],
        }


def _plain(cell: Cell) -> Any:
    return (
        cell.message % cell.params
        if isinstance(cell, Phrase) and cell.params
        else cell.message
        if isinstance(cell, Phrase)
        else cell
    )


class ReportKind(Struct, frozen=True):
    """One report: its id in addresses and commands, who may read it, of what periods it is, and what builds it.

    That is `build(reader, period)` of a module in `motcua.reports`, which is imported when the first is built.
    `requires` names the function of that module which refuses a period, empty where each has a report.
    `page` is the address of a page of its own, where the usual one is not enough.
    One that `needs` a part of the program is not there while that part is off.
    `beside_journal` names what the journal alone cannot rebuild, each with the reason: ids of tables, `CAUTION`, or
    `EVERYTHING`.
    """

    id: str
    title: str
    roles: frozenset[Role]
    period: PeriodKind
    module: str
    requires: str = ""
    page: str = ""
    beside_journal: Mapping[str, str] = field(default_factory=dict)
    needs: SwitchedPart = ""

    def build(self, reader: Reader, period: Period) -> ReportSheet:
        """Return the report. It may take the processor for some ten milliseconds: run it where that holds up nobody."""
        sheet: ReportSheet = self._import().build(reader, period)
        return sheet

    def require(self, reader: Reader, period: Period, today: str) -> None:
        """Raise `Refused` for a period that has no such report."""
        if self.requires:
            getattr(self._import(), self.requires)(reader, period, today)

    def _import(self) -> ModuleType:
        return import_module(f"motcua.reports.{self.module}")


def count_column(name: str, label: str) -> ReportColumn:
    """Return a column of whole numbers."""
    return ReportColumn(name, CellType.COUNT, label)


def wait_columns(labels: Sequence[tuple[str, str]]) -> tuple[ReportColumn, ...]:
    """Return columns of durations in minutes, each from its name and label."""
    return tuple(ReportColumn(name, CellType.DURATION, label, MINUTES) for name, label in labels)
