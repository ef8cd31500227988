"""How often the posters of the neighbourhoods were used, as leaders read it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from motcua.desk import Reader
from motcua.posters import store
from motcua.posters.model import PosterPage, PosterUses
from motcua.settings import store as settings_store
from motcua.views.shapes import View

WEEK_DAYS, MONTH_DAYS = 7, 30
LEAST_USES = 10
"""Fewer uses in a month say little about a neighbourhood."""


def describe_posters(db: Reader, today: str) -> View:
    """Return the uses of each poster in the last 7 and 30 days, by page, and of each day that had any.

    A poster that left the settings stays in the list while it was used within these days.
    """
    settings = settings_store.get_settings(db)
    pages = [page for page in PosterPage if page is not PosterPage.DOSSIERS or settings.dossiers.is_on]
    names = {place.code: place.name for place in settings.posters.neighbourhoods}
    uses = [item for item in store.list_uses(db, _go_back(today, MONTH_DAYS), today) if item.page in pages]
    week = _go_back(today, WEEK_DAYS)
    gone = sorted({item.poster for item in uses} - names.keys())
    return {
        "pages": [page.value for page in pages],
        "items": [
            _describe_poster(code, names.get(code), [item for item in uses if item.poster == code], week, pages)
            for code in (*names, *gone)
        ],
        "days": _list_days(uses, names, pages),
        "total": sum(item.uses for item in uses),
        "least": LEAST_USES,
    }


def _describe_poster(
    code: str, name: str | None, uses: Iterable[PosterUses], week: str, pages: list[PosterPage]
) -> View:
    month_counts, week_counts = Counter[PosterPage](), Counter[PosterPage]()
    for item in uses:
        month_counts[item.page] += item.uses
        if item.day >= week:
            week_counts[item.page] += item.uses
    return {
        "code": code,
        "name": name,
        "week": [week_counts[page] for page in pages],
        "month": [month_counts[page] for page in pages],
        "is_few": month_counts.total() < LEAST_USES,
    }


def _list_days(uses: Iterable[PosterUses], names: dict[str, str], pages: list[PosterPage]) -> list[View]:
    counts: dict[tuple[str, str], Counter[PosterPage]] = {}
    for item in uses:
        counts.setdefault((item.day, item.poster), Counter())[item.page] += item.uses
    return [
        {"day": day, "name": names.get(poster, poster), "uses": [by_page[page] for page in pages]}
        for (day, poster), by_page in counts.items()
    ]


def _go_back(day: str, days: int) -> str:
    """Return the first of the last `days` days."""
    return (date.fromisoformat(day) - timedelta(days=days - 1)).isoformat()
