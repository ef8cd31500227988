"""The result of a month for everybody to read: satisfaction with its n, and what was changed after suggestions."""

from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct

from motcua.desk import Invalid, Reader, texts
from motcua.planning.history import require_date
from motcua.reports import store
from motcua.reports.measures import measure_satisfaction
from motcua.reports.model import Rate
from motcua.suggestions import store as suggestion_store

CHANGES_MAX = 8
LEAST_ANSWERS = 30
"""A share of fewer answers says little; the poster says so."""


class MonthResult(Struct, frozen=True):
    """A month: its days, visits served, visits whose citizen was asked, the rate (None without answers), changes."""

    first: str
    last: str
    served: int
    asked: int
    rate: Rate | None
    changes: Sequence[str]


def find_last_month(today: str) -> tuple[str, str]:
    """Return the first and the last day of the month before that of `today`."""
    last = date.fromisoformat(today).replace(day=1) - timedelta(days=1)
    return last.replace(day=1).isoformat(), last.isoformat()


def find_month(month: str, today: str) -> tuple[str, str]:
    """Return the first and the last day of `month`, like 2026-10.

    Raises `Invalid("day.form")`, `Invalid("result.month")` for a month that is not over.
    """
    first = date.fromisoformat(require_date(f"{month}-01"))
    if month >= today[: len(month)]:
        raise Invalid("result.month", "This month is not over. Name an earlier one, like 2026-10.")
    following = (first + timedelta(days=31)).replace(day=1)
    return first.isoformat(), (following - timedelta(days=1)).isoformat()


def read_month(db: Reader, first: str, last: str) -> MonthResult:
    """Return the result of the days `first` to `last`. Basis: LEGAL.md#use-of-results."""
    served, asked, levels = store.count_period(db, first, last)
    changed = suggestion_store.list_changed(db, first, last)
    words = [text for item in changed if (text := texts.find_text(db, item.change)) is not None]
    return MonthResult(first, last, served, asked, measure_satisfaction(levels), words[-CHANGES_MAX:])
