"""Plain values that several reports and views share: both languages, a share with its interval, calls out of order."""

from datetime import date
from functools import lru_cache
from typing import Any

from motcua.desk import Reader, get_zone, parse
from motcua.reports import measures
from motcua.reports.model import OutOfOrder, PromiseCoverage, Rate
from motcua.settings.model import Settings
from motcua.staff import store as staff_store

OTHER = ("Lý do khác", "Another reason")
"""The label of a free-text reason. The text itself is stored apart and erased later."""


def describe_pair(pair: tuple[str, str]) -> dict[str, str]:
    """Return a text in both languages."""
    return {"vi": pair[0], "en": pair[1] or pair[0]}


@lru_cache(maxsize=1024)
def format_local_time(at: str, timezone: str) -> str:
    """Return a stored time as RFC 3339 with the offset of `timezone`."""
    return parse(at).astimezone(get_zone(timezone)).isoformat(timespec="milliseconds")


def list_calls(db: Reader, calls: list[OutOfOrder], settings: Settings) -> list[dict[str, Any]]:
    """Return calls by number for people, with the officer's name and the reason's label."""
    names = staff_store.list_full_names(db)
    reasons = {choice.code: describe_pair(choice.label) for choice in settings.queue.call_reasons}
    return [
        {
            "ticket": call.ticket,
            "number": call.number,
            "at": format_local_time(call.at, settings.timezone),
            "counter": call.counter,
            "officer": names.get(call.officer) if call.officer is not None else None,
            "reason": call.reason,
            "reason_label": reasons.get(call.reason, describe_pair(OTHER)),
            "waited_s": call.waited_s,
        }
        for call in calls
    ]


def describe_coverage(week: PromiseCoverage) -> dict[str, Any]:
    """Return how many promised waits held in a period, and how many should."""
    low, high = measures.KEPT_TARGET_TENTHS
    year, number, _weekday = date.fromisoformat(week.first).isocalendar()
    return {
        "week": f"{year}-W{number:02d}",
        "from": week.first,
        "to": week.last,
        "rate": describe_rate(week.rate),
        "target": {"low_tenths": low, "high_tenths": high},
    }


def describe_rate(rate: Rate | None) -> dict[str, Any] | None:
    """Return a share with its interval and n."""
    if rate is None:
        return None
    return {
        "percent_tenths": rate.percent_tenths,
        "low_tenths": rate.low_tenths,
        "high_tenths": rate.high_tenths,
        "n": rate.n,
    }
