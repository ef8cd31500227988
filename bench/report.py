"""Figures of a run, beside what they are compared with."""

import json
from dataclasses import dataclass
from pathlib import Path

_KEYS = ("name", "value", "unit", "reference", "ratio", "limit", "ok")
_HEADINGS = ("figure", "value", "unit", "reference", "ratio", "must", "aim", "")
_LEFT = (0, 2, 7)


@dataclass(frozen=True)
class Figure:
    """One measured value. `reference`, `limit` and `aim` are in the value's own `unit`; None where there is none.

    `ok` holds when the value is on the right side of the limit, `reached` of the aim (None without one). `goals` are
    limit and aim as the table writes them: `≤ 1.4 times` means of the reference.
    """

    name: str
    value: float
    unit: str
    reference: float | None = None
    limit: float | None = None
    aim: float | None = None
    ok: bool = True
    reached: bool | None = None
    goals: tuple[str, str] = ("-", "-")

    @property
    def ratio(self) -> float | None:
        """The value as a multiple of its reference; None without one."""
        return self.value / self.reference if self.reference else None


class Report:
    """Collects figures in the order in which they are measured."""

    def __init__(self) -> None:
        self.figures: list[Figure] = []

    def add(self, name: str, value: float, unit: str, reference: float | None = None) -> None:
        """Add a figure that has no limit."""
        self.put(Figure(name, value, unit, reference))

    def put(self, figure: Figure) -> None:
        """Add a figure, usually one that a `bench.limits.Limit` has judged."""
        self.figures.append(figure)

    @property
    def ok(self) -> bool:
        """Whether every figure keeps its limit."""
        return all(figure.ok for figure in self.figures)

    def table(self) -> str:
        """Return all figures as an aligned table."""
        rows = [_HEADINGS, *(_row(figure) for figure in self.figures)]
        widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
        return "\n".join(
            "  ".join(
                cell.ljust(width) if place in _LEFT else cell.rjust(width)
                for place, (cell, width) in enumerate(zip(row, widths, strict=True))
            ).rstrip()
            for row in rows
        )

    def markdown(self) -> str:
        """Return all figures as a table for a page."""
        rows = [_HEADINGS, ("---",) * len(_HEADINGS), *(_row(figure) for figure in self.figures)]
        return "\n".join(f"| {' | '.join(cell.strip() for cell in row)} |" for row in rows)

    def write(self, file: Path) -> None:
        """Write a JSON list of objects with name, value, unit, reference, ratio, limit and ok."""
        listed = [{key: _rounded(getattr(figure, key)) for key in _KEYS} for figure in self.figures]
        file.write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _row(figure: Figure) -> tuple[str, ...]:
    numbers = (_text(figure.reference), _text(figure.ratio))
    return (figure.name, _text(figure.value), figure.unit, *numbers, *figure.goals, _verdict(figure))


def _verdict(figure: Figure) -> str:
    if figure.limit is None:
        return ""
    if not figure.ok:
        return "MISSED"
    return "aim reached" if figure.reached else "reached"


def _text(number: float | None) -> str:
    return "-" if number is None else f"{number:,.3g}" if abs(number) < 100 else f"{number:,.0f}"  # noqa: PLR2004


def _rounded(value: object) -> object:
    return round(value, 4) if isinstance(value, float) else value
