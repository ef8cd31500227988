"""The report of one day: what became of its tickets, how long people waited, which calls were out of order, how busy
counters were.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from motcua.catalogue import store as catalogue_store
from motcua.counters import store as counter_store
from motcua.desk import Invalid, Reader
from motcua.desk.messages import mark
from motcua.queue import store as queue_store
from motcua.reports import day as day_queries
from motcua.reports import day_tables, promises
from motcua.reports import store as report_store
from motcua.reports.model import GroupDay
from motcua.reports.shapes import describe_coverage, describe_pair, describe_rate, list_calls
from motcua.reports.values import Period, Phrase, ReportSheet
from motcua.settings import store as settings_store
from motcua.settings.model import Settings

_COUNTS = ("issued", "served", "cancelled", "absent", "here")
_NO_WAITS = {"n": 0, "mean_s": None, "p50_s": None, "p90_s": None, "longest_s": None}
Facts = dict[str, Any]


def require_tickets(db: Reader, period: Period, today: str) -> None:
    """Raise `Invalid("day.none")` for another day than `today` without tickets."""
    if period.first != today and not day_queries.list_group_days(db, period.first):
        raise Invalid("day.none", "No numbers were given out on %(day)s.", day=period.first)


def build(db: Reader, period: Period) -> ReportSheet:
    """Return what happened on a day. Takes the processor for some ten milliseconds."""
    facts = _facts(db, period.first)
    return ReportSheet(
        heading=Phrase(mark("Report of %(day)s"), {"day": date.fromisoformat(period.first)}),
        period=period,
        tables=day_tables.build_tables(facts),
        notes=day_tables.NOTES,
        caution=None if facts["ended"] else Phrase(mark("The day is not over. These are the figures so far.")),
        facts=facts,
    )


def _facts(db: Reader, day: str) -> Facts:
    """Return the JSON of the report."""
    groups = day_queries.list_group_days(db, day)
    settings = settings_store.get_settings(db)
    before, after = day_queries.find_neighbours(db, day)
    rows = _group_rows(db, groups)
    calls = day_queries.list_out_of_order(db, day)
    ranks = sorted({item.rank for item in settings.priorities})
    return {
        "day": day,
        "ended": queue_store.is_day_closed(db, day),
        "before": before,
        "after": after,
        "totals": {key: sum(row[key] for row in rows) for key in _COUNTS},
        "groups": rows,
        "figures": _figures(db, day, ranks) if groups else None,
        "ranks": _ranks(settings, ranks),
        "counters": _counters(db, day),
        "out_of_order": {"count": len(calls), "items": list_calls(db, calls, settings)},
        "coverage": describe_coverage(promises.measure_promises(db, day, day)),
        "satisfaction": describe_rate(report_store.count_desk_day(db, day).rate),
    }


def _group_rows(db: Reader, groups: list[GroupDay]) -> list[Facts]:
    titles = {group.letter: describe_pair(group.name) for group in catalogue_store.list_groups(db)}
    return [
        {
            "letter": group.letter,
            "name": titles.get(group.letter, describe_pair((group.letter, group.letter))),
            **{key: getattr(group, key) for key in _COUNTS},
        }
        for group in groups
    ]


def _figures(db: Reader, day: str, ranks: list[int]) -> Facts | None:
    """Return the day's waits and utilisation; None where the journal does not tell enough to rebuild it."""
    from motcua.estimates import past

    try:
        figures = day_queries.compute_figures(past.journal_day(db, day))
    except Invalid:
        return None
    by_rank: Mapping[str, Facts] = figures["waits"]
    return {**figures, "waits": {**by_rank, **{str(rank): by_rank.get(str(rank), _NO_WAITS) for rank in ranks}}}


def _ranks(settings: Settings, ranks: list[int]) -> list[Facts]:
    return [
        {"rank": rank, "labels": [describe_pair(item.label) for item in settings.priorities if item.rank == rank]}
        for rank in ranks
    ]


def _counters(db: Reader, day: str) -> list[Facts]:
    """Return what each counter served, and the median time of it."""
    rows = []
    for counter in counter_store.list_all(db):
        served, _asked, _answered, median_s = report_store.count_counter_day(db, day, counter.number)
        rows.append({"number": counter.number, "label": counter.label, "served": served, "median_service_s": median_s})
    return rows
