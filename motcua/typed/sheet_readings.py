"""What the rows of a file say by their columns, and its mistakes, also as plain values between processes. Pure."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field, to_builtins

from motcua.typed.sheet_columns import MISTAKES_MAX, SheetMistake


class ValuedRow(Struct, frozen=True):
    """A row: its number in the file, and what it says by its columns, None where it says nothing."""

    number: int
    values: Mapping[str, Any]


class SheetReading(Struct, frozen=True):
    """What a file says, and every mistake. A file with a mistake is not imported.

    `places` says of a file without rows where in it each row is, by the row's number.
    """

    rows: tuple[ValuedRow, ...]
    mistakes: tuple[SheetMistake, ...]
    count: int = 0
    places: Mapping[int, str] = field(default_factory=dict)


def write_reading(reading: SheetReading) -> dict[str, Any]:
    """Return a reading as plain values; of one with mistakes no row, and not more mistakes than are shown."""
    return {
        "rows": [] if reading.mistakes else [to_builtins(row) for row in reading.rows],
        "mistakes": [to_builtins(item) for item in reading.mistakes[:MISTAKES_MAX]],
        "count": len(reading.mistakes),
        "places": [[number, place] for number, place in reading.places.items()],
    }


def read_reading(result: Mapping[str, Any]) -> SheetReading:
    """Return the reading that `write_reading` made plain."""
    rows = tuple(ValuedRow(item["number"], item["values"]) for item in result["rows"])
    mistakes = tuple(SheetMistake(**item) for item in result["mistakes"])
    return SheetReading(rows, mistakes, result["count"], dict(result["places"]))
