"""What stands on the pages of a printed report, as plain values for its layout. Pure."""

from datetime import datetime
from math import ceil
from typing import Any

from motcua.desk.messages import mark
from motcua.reports.values import FIGURES, Cell, Phrase, ReportColumn, ReportSheet, ReportTable
from motcua.reports.wording import NOTHING, Wording
from motcua.settings.model import Unit

LAYOUT = "report"
NOTES_TITLE = mark("How these figures are computed")
SHADES = 6
SHORT_TEXT = 10
"""A column whose texts have at most so many characters is only as wide as they are."""


def print_values(sheet: ReportSheet, wording: Wording, unit: Unit, at: datetime) -> dict[str, Any]:
    """Return the values of a report that was made at `at`, in the time zone of the hall."""
    heading = wording.write_phrase(sheet.heading)
    return {
        "lang": wording.language,
        "title": f"{heading} – {unit.name}" if unit.name else heading,  # noqa: RUF001 -- a dash between title and name
        "centre": unit.centre,
        "unit": unit.name,
        "heading": heading,
        "made": wording.write_phrase(write_made_at(at)),
        "caution": wording.write_phrase(sheet.caution) if sheet.caution else "",
        "tables": [_table(table, wording) for table in sheet.tables],
        "notes_title": wording.translate(NOTES_TITLE),
        "notes": [wording.write_phrase(note) for note in sheet.notes],
        "page": wording.translate(mark("Page")),
        "at": int(at.timestamp()),
    }


def write_made_at(at: datetime) -> Phrase:
    """Return when a report was made, in the time zone of `at`."""
    return Phrase(mark("Made at %(time)s on %(day)s"), {"time": f"{at:%H:%M}", "day": at.date()})


def _table(table: ReportTable, wording: Wording) -> dict[str, Any]:
    """Return a table without columns of texts in which nothing stands."""
    columns = [
        (place, column)
        for place, column in enumerate(table.columns)
        if column.type in FIGURES or not all(_is_blank(row[place]) for row in table.rows)
    ]
    rows = [
        [wording.write_cell(column, row[place]) or NOTHING * (column.type in FIGURES) for place, column in columns]
        for row in table.rows
    ]
    wide = _find_wide([column for _place, column in columns], rows)
    return {
        "id": table.id,
        "shades": [measure_shades(table, place) for place in range(len(table.rows))] if table.is_heat else [],
        "title": wording.translate(table.title),
        "about": wording.translate(table.about) if table.about else "",
        "empty": wording.translate(table.empty),
        "columns": [
            {"label": wording.write_heading(column), "is_figure": column.type in FIGURES, "is_wide": place in wide}
            for place, (_source, column) in enumerate(columns)
        ],
        "rows": rows,
        "total_rows": list(table.total_rows),
    }


def measure_shades(table: ReportTable, place: int) -> list[int]:
    """Return how dark each cell of a row is, from 0 to `SHADES`, by its part of the largest figure of the table."""
    largest = max((float(cell) for row in table.rows for cell in row[2:] if isinstance(cell, (int, float))), default=0)
    return [
        ceil(cell / largest * SHADES) if column > 1 and isinstance(cell, (int, float)) and largest else 0
        for column, cell in enumerate(table.rows[place])
    ]


def _find_wide(columns: list[ReportColumn], rows: list[list[str]]) -> set[int]:
    """Return which columns share the width that is left: those with long texts, else the first with texts."""
    texts = [place for place, column in enumerate(columns) if column.type not in FIGURES]
    long = {place for place in texts if any(len(row[place]) > SHORT_TEXT for row in rows)}
    return long or set(texts[:1])


def _is_blank(cell: Cell) -> bool:
    return cell is None or cell == ""
