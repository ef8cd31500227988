"""How sentences and figures of a report read in a language. Pure."""

from collections.abc import Callable, Mapping
from datetime import date
from math import floor

from msgspec import Struct

from motcua.reports.values import Cell, CellType, Phrase, ReportColumn

NOTHING = "—"
"""Stands where there is no figure."""
_MINUS = "\N{MINUS SIGN}"
_TENTHS = frozenset({CellType.SHARE, CellType.POINTS})


class Wording(Struct, frozen=True):
    """A language. `translate` returns an English sentence in it, with its places not filled in."""

    language: str
    translate: Callable[[str], str]

    def write_phrase(self, phrase: Phrase) -> str:
        """Return a sentence, filled in; a date in it is written as people write it."""
        sentence = self.translate(phrase.message)
        if not phrase.params:
            return sentence
        return sentence % {name: self._write_param(value) for name, value in phrase.params.items()}

    def _write_param(self, value: object) -> object:
        if isinstance(value, Phrase):
            return self.write_phrase(value)
        return self.write_day(value) if isinstance(value, date) else value

    def write_day(self, day: date) -> str:
        """Return a date as `23/11/2026`."""
        return f"{day:%d/%m/%Y}"

    def write_heading(self, column: ReportColumn) -> str:
        """Return the label of a column with the unit of its figures."""
        label = self.translate(column.label)
        return f"{label} ({self.translate(column.unit)})" if column.unit else label

    def write_cell(self, column: ReportColumn, cell: Cell, *, is_grouped: bool = True) -> str:
        """Return a cell as people read it, empty where there is nothing.

        Figures have no unit: it stands in the heading.

        `is_grouped` writes thousands apart, which spreadsheets do not read.
        """
        if cell is None:
            return ""
        if isinstance(cell, Phrase):
            return self.write_phrase(cell)
        if isinstance(cell, Mapping):
            return cell.get(self.language) or cell["vi"]
        return self._text(column, cell) if isinstance(cell, str) else self._figure(column, cell, is_grouped)

    def _text(self, column: ReportColumn, text: str) -> str:
        if column.type is CellType.DAY:
            return self.write_day(date.fromisoformat(text))
        return text[11:16] if column.type is CellType.TIME else text

    def _figure(self, column: ReportColumn, figure: float, is_grouped: bool) -> str:
        if column.type in {CellType.COEFFICIENT, CellType.FINE_SHARE}:
            return self.write_coefficient(int(figure), is_grouped=is_grouped)
        if column.type is CellType.DURATION:
            return self.write_number(floor(figure / 6 + 0.5), is_tenths=True, is_grouped=is_grouped)
        return self.write_number(int(figure), is_tenths=column.type in _TENTHS, is_grouped=is_grouped)

    def write_number(self, value: int, *, is_tenths: bool = False, is_grouped: bool = True) -> str:
        """Return a whole number, or tenths as a number with one decimal: `1.234,5` in Vietnamese, `1,234.5` in
        English.
        """
        group, point = (",", ".") if self.language == "en" else (".", ",")
        whole, tenth = divmod(abs(value), 10) if is_tenths else (abs(value), 0)
        digits = f"{whole:,}".replace(",", group) if is_grouped else str(whole)
        sign = "" if value >= 0 else _MINUS if is_grouped else "-"

        return f"{sign}{digits}{point}{tenth}" if is_tenths else f"{sign}{digits}"

    def write_coefficient(self, hundredths: int, *, is_grouped: bool = True) -> str:
        """Return hundredths as a number with two decimals: `0,45` in Vietnamese, `0.45` in English."""
        whole, rest = divmod(abs(hundredths), 100)
        sign = "" if hundredths >= 0 else _MINUS if is_grouped else "-"
        return f"{sign}{whole}{'.' if self.language == 'en' else ','}{rest:02d}"
