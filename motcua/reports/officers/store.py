"""Queries of the figures by officer: each reads the days that are asked for and no others."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from motcua.desk import Reader, get_day_begin, journal, parse
from motcua.desk.moment import to_ms
from motcua.reports.comparing.counts import Answers
from motcua.reports.measures import find_median
from motcua.reports.officers import presence
from motcua.reports.officers.model import SATISFIED_FROM, Presence, Prompts, RatingEntry, ServiceTime
from motcua.reports.values import Period
from motcua.settings import store as settings_store
from motcua.work import store as work_store
from motcua.work.model import PresenceCorrection

_LEGS = (
    "SELECT officer, how, CAST(round((julianday(ended_at) - julianday(started_at)) * 86400000) AS INTEGER),"
    " CAST(round((julianday(started_at) - julianday(called_at)) * 86400000) AS INTEGER)"
    " FROM legs WHERE day BETWEEN ? AND ? AND how IS NOT NULL"
)
_PROMPTS = (
    "SELECT officer, count(*), sum(state = 'answered'), sum(state = 'skipped') FROM askings"
    " WHERE day BETWEEN ? AND ? GROUP BY officer"
)
_STATUSES = (
    "SELECT officer, status, channel, count(*) FROM ratings WHERE day BETWEEN ? AND ? GROUP BY officer, status, channel"
)
_ANSWERS = (
    "SELECT officer, substr(visit, 10, 1), count(*), sum(level >= ?) FROM ratings"
    " WHERE day BETWEEN ? AND ? AND status = 'counted' GROUP BY 1, 2"
)
"""A visit is named by its day and its number, `20261122-A001`: the tenth sign is the letter."""
_WITH_QUARANTINED = (
    "SELECT officer, count(*), sum(level >= ?) FROM (SELECT r.officer, r.level, max(r.id) FROM ratings r"
    " LEFT JOIN quarantines q ON q.rating = r.id WHERE r.day BETWEEN ? AND ? AND (r.status = 'counted'"
    " OR (r.status = 'quarantined' AND q.would_be = 'counted')) GROUP BY r.visit) GROUP BY officer"
)
_DAYS = (
    "SELECT day, count(*), sum(level >= ?) FROM ratings WHERE day BETWEEN ? AND ? AND officer = ?"
    " AND status = 'counted' GROUP BY day ORDER BY day"
)
_REASONS = (
    "SELECT value, count(DISTINCT ratings.id) FROM ratings, json_each(ratings.reasons) WHERE day BETWEEN ? AND ?"
    " AND officer = ? AND status = 'counted' GROUP BY value ORDER BY count(*) DESC, value"
)
_ENTRIES = (
    "SELECT r.id, r.visit, r.day, r.officer, substr(r.visit, 10, 1), r.level, r.channel, r.reasons FROM ratings r"
    " LEFT JOIN quarantines q ON q.rating = r.id AND q.decision = 'released'"
    " WHERE r.day BETWEEN ? AND ? AND r.officer IS NOT NULL AND r.status IN ('counted', 'replaced')"
    " ORDER BY coalesce(q.decided_at, r.at), r.id"
)
_CONCERNING = (
    "SELECT id FROM suggestions WHERE received_on BETWEEN ? AND ? AND concerned = ? ORDER BY received_on DESC, id DESC"
)


def map_service(db: Reader, period: Period) -> dict[int | None, ServiceTime]:
    """Return what each officer served (None: nobody had signed in).

    A visit that the end of the day ended has no service time.
    """
    legs: dict[int | None, list[Any]] = {}
    for officer, *leg in db.execute(_LEGS, (period.first, period.last)):
        legs.setdefault(officer, []).append(leg)
    return {officer: _sum_legs(rows) for officer, rows in legs.items()}


def _sum_legs(rows: list[Any]) -> ServiceTime:
    finished = [service_ms for how, service_ms, _calling in rows if how == "finish" and service_ms is not None]
    middle = find_median(finished)
    return ServiceTime(
        served=sum(how in {"finish", "day_closed"} for how, _service, _calling in rows),
        service_ms=sum(service_ms or 0 for _how, service_ms, _calling in rows),
        calling_ms=sum(calling_ms or 0 for _how, _service, calling_ms in rows),
        median_ms=None if middle is None else round(middle),
    )


def map_presence(db: Reader, period: Period) -> dict[int | None, Presence]:
    """Return how long each officer was at counters (None: nobody had signed in): from the journal, corrected."""
    everybody: dict[int | None, Presence] = {}
    corrections: dict[str, list[PresenceCorrection]] = {}
    for item in work_store.list_all_corrections(db, period.first, period.last):
        corrections.setdefault(item.day, []).append(item)
    day, last = date.fromisoformat(period.first), date.fromisoformat(period.last)
    while day <= last:
        for officer, part in _measure_day(db, day.isoformat(), corrections.get(day.isoformat(), [])).items():
            everybody[officer] = presence.add_presence(everybody.get(officer, Presence()), part)
        day += timedelta(days=1)
    return everybody


def _measure_day(db: Reader, day: str, corrections: list[PresenceCorrection]) -> dict[int | None, Presence]:
    rows = journal.list_day_rows(db, day, presence.KINDS)
    if not rows and not corrections:
        return {}
    stretches = presence.list_stretches(day, rows, journal.find_last_at(db, day) if rows else None)
    measured = presence.measure_day(stretches)
    if corrections:
        begin_ms = to_ms(parse(get_day_begin(day, settings_store.get_timezone(db))))
        for officer in {item.officer for item in corrections}:
            measured[officer] = presence.correct_day(
                measured.get(officer, Presence()),
                [one for one in stretches if one.officer == officer],
                [item for item in corrections if item.officer == officer],
                begin_ms,
            )
    return measured


def map_prompts(db: Reader, period: Period) -> dict[int | None, Prompts]:
    """Return what became of each officer's rating prompts, and their ratings by status and channel."""
    days = (period.first, period.last)
    prompts = {officer: Prompts(*counts) for officer, *counts in db.execute(_PROMPTS, days)}
    channels: dict[int | None, dict[str, int]] = {}
    aside: dict[int | None, dict[str, int]] = {}
    for officer, status, channel, count in db.execute(_STATUSES, days):
        counts = channels if status == "counted" else aside
        name = channel if status == "counted" else status
        by_name = counts.setdefault(officer, {})
        by_name[name] = by_name.get(name, 0) + count
    return {
        officer: replace(
            prompts.get(officer, Prompts()),
            unprompted=aside.get(officer, {}).get("unprompted", 0),
            quarantined=aside.get(officer, {}).get("quarantined", 0),
            channels=channels.get(officer, {}),
        )
        for officer in {*prompts, *channels, *aside}
    }


def map_answers(db: Reader, period: Period) -> dict[int | None, dict[str, Answers]]:
    """Return the ratings that count of each officer, by the letter of the number."""
    everybody: dict[int | None, dict[str, Answers]] = {}
    for officer, letter, n, satisfied in db.execute(_ANSWERS, (SATISFIED_FROM, period.first, period.last)):
        everybody.setdefault(officer, {})[letter] = Answers(satisfied, n)
    return everybody


def map_with_quarantined(db: Reader, period: Period) -> dict[int | None, Answers]:
    """Return the ratings of each officer that count, or would count were they not set aside."""
    rows = db.execute(_WITH_QUARANTINED, (SATISFIED_FROM, period.first, period.last))
    return {officer: Answers(satisfied, n) for officer, n, satisfied in rows}


def list_days(db: Reader, period: Period, officer: int) -> list[tuple[str, Answers]]:
    """Return the ratings that count of one officer, by day; days without any are left out."""
    rows = db.execute(_DAYS, (SATISFIED_FROM, period.first, period.last, officer))
    return [(day, Answers(satisfied, n)) for day, n, satisfied in rows]


def count_reasons(db: Reader, period: Period, officer: int) -> dict[str, int]:
    """Return how many ratings that count of one officer name each reason, the most frequent first."""
    rows = db.execute(_REASONS, (period.first, period.last, officer))
    return dict(rows)


def list_entries(db: Reader, first: str, last: str) -> list[RatingEntry]:
    """Return every rating of visits of these days that counts or counted, in the order in which they began to."""
    rows = db.execute(_ENTRIES, (first, last))
    return [
        RatingEntry(rating, visit, day, officer, letter, level, channel, _read_reasons(reasons))
        for rating, visit, day, officer, letter, level, channel, reasons in rows
    ]


def _read_reasons(text: str) -> tuple[str, ...]:
    """Return the codes of reasons; most ratings have none, and a year has tens of thousands of ratings."""
    return () if text == "[]" else tuple(json.loads(text))


def list_concerning(db: Reader, period: Period, officer: int) -> list[int]:
    """Return the suggestions of these days that concern the visits or the counter of an officer, the newest first."""
    return [row[0] for row in db.execute(_CONCERNING, (period.first, period.last, officer))]
