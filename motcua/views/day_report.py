"""A day as leaders read it, and how well promised waits held. The API and the pages show the same."""

from datetime import date
from typing import Any

from motcua.catalogue import store as catalogue_store
from motcua.counters import store as counter_store
from motcua.desk import Desk, Invalid, Reader
from motcua.estimates import past
from motcua.planning.history import require_date
from motcua.queue import store as queue_store
from motcua.reports import day as day_reports
from motcua.reports import measures, promises
from motcua.reports import store as report_store
from motcua.reports.model import Kept, OutOfOrder, Rate
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.staff import store as staff_store
from motcua.views.shapes import View, both, local

OTHER = ("Lý do khác", "Another reason")
"""How a reason in own words is shown: the words themselves are kept apart and are erased some day."""


def chosen(db: Reader, text: str | None, today: str) -> str:
    """Return the day that `text` names, today for none. Raises `Invalid("day.form")`, `Invalid("day.none")` for a day without numbers."""
    day = require_date(text) if text else today
    if day != today and not day_reports.groups(db, day):
        raise Invalid("day.none", "No numbers were given out on %(day)s.", day=day)
    return day


def day_report(desk: Desk, day: str) -> View:
    """Return what happened on `day`. Takes the processor for some ten milliseconds: run it where that holds up nobody."""
    with desk.read() as db:
        return _report(db, day)


def _report(db: Reader, day: str) -> View:
    groups = day_reports.groups(db, day)
    settings = settings_store.current(db)
    titles = {group.letter: both(group.name) for group in catalogue_store.list_groups(db)}
    ranks = sorted({item.rank for item in settings.priorities})
    before, after = day_reports.around(db, day)
    keys = ("issued", "served", "cancelled", "absent", "here")
    rows = [{key: getattr(group, key) for key in keys} for group in groups]
    calls = day_reports.out_of_order(db, day)
    desk = report_store.desk_day(db, day)
    return {
        "day": day,
        "ended": queue_store.is_day_closed(db, day),
        "before": before,
        "after": after,
        "totals": {key: sum(row[key] for row in rows) for key in keys},
        "groups": [
            {"letter": group.letter, "name": titles.get(group.letter, both((group.letter, group.letter))), **row}
            for group, row in zip(groups, rows, strict=True)
        ],
        "figures": _figures(db, day, ranks) if groups else None,
        "ranks": [{"rank": rank, "labels": [both(item.label) for item in settings.priorities if item.rank == rank]} for rank in ranks],
        "counters": _counters(db, day),
        "out_of_order": {"count": len(calls), "items": shown_calls(db, calls, settings)},
        "coverage": coverage(promises.kept(db, day, day)),
        "satisfaction": rate(desk.rate),
    }


def _figures(db: Reader, day: str, ranks: list[int]) -> View | None:
    """Return the day's waits and utilisation; None where the journal does not tell enough to rebuild it."""
    try:
        found = day_reports.figures(past.told(db, day))
    except Invalid:
        return None
    nothing = {"n": 0, "mean_s": None, "p50_s": None, "p90_s": None, "longest_s": None}
    return {**found, "waits": {**found["waits"], **{str(rank): found["waits"].get(str(rank), nothing) for rank in ranks}}}


def _counters(db: Reader, day: str) -> list[View]:
    """Return what each counter served, and the median time of it."""
    found = []
    for counter in counter_store.list_all(db):
        served, _asked, _answered, median_s = report_store.counter_day(db, day, counter.number)
        found.append({"number": counter.number, "label": counter.label, "served": served, "median_service_s": median_s})
    return found


def shown_calls(db: Reader, calls: list[OutOfOrder], settings: Settings) -> list[View]:
    """Return calls by number as people read them: the officer's name, the reason's words."""
    names = staff_store.list_full_names(db)
    reasons = {choice.code: both(choice.label) for choice in settings.queue.call_reasons}
    return [
        {
            "ticket": call.ticket,
            "number": call.number,
            "at": local(call.at, settings.timezone),
            "counter": call.counter,
            "officer": names.get(call.officer) if call.officer is not None else None,
            "reason": call.reason,
            "reason_label": reasons.get(call.reason, both(OTHER)),
            "waited_s": call.waited_s,
        }
        for call in calls
    ]


def coverage(found: Kept) -> View:
    """Return how many promised waits held in some days, and how many should."""
    low, high = measures.KEPT_TARGET_TENTHS
    year, week, _weekday = date.fromisoformat(found.first).isocalendar()
    return {
        "week": f"{year}-W{week:02d}",
        "from": found.first,
        "to": found.last,
        "rate": rate(found.rate),
        "target": {"low_tenths": low, "high_tenths": high},
    }


def rate(found: Rate | None) -> dict[str, Any] | None:
    """Return a share with its interval and n."""
    if found is None:
        return None
    return {"percent_tenths": found.percent_tenths, "low_tenths": found.low_tenths, "high_tenths": found.high_tenths, "n": found.n}
