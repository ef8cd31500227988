"""Queries of the figures by officer: each reads the days that are asked for and no others."""

import json
from collections import OrderedDict
from collections.abc import Hashable, Mapping
from datetime import date, timedelta
from operator import itemgetter
from threading import Lock

from motcua.copies import replace
from motcua.desk import Reader, get_day_begin, journal, parse
from motcua.desk.journal_days import find_last_at
from motcua.desk.moment import to_ms
from motcua.reports.comparing.counts import Answers
from motcua.reports.form import FORM
from motcua.reports.measures import find_median
from motcua.reports.officers import presence
from motcua.reports.officers.keeping import OfficerWork, read_officers
from motcua.reports.officers.model import SATISFIED_FROM, Presence, Prompts, RatingEntry, ServiceTime
from motcua.reports.officers.own import RatingBlock, cut_blocks
from motcua.reports.values import Period
from motcua.settings import store as settings_store
from motcua.summaries import store as summary_store
from motcua.work import store as work_store
from motcua.work.model import PresenceCorrection

YEARS_REMEMBERED = 3
"""A period of a year lies in two; one takes about ten megabytes."""
_LEGS = (
    "SELECT officer, how, CAST(round((julianday(ended_at) - julianday(started_at)) * 86400000) AS INTEGER),"
    " CAST(round((julianday(started_at) - julianday(called_at)) * 86400000) AS INTEGER)"
    " FROM legs WHERE day = ? AND how IS NOT NULL"
)
_PROMPTS = (
    "SELECT officer, count(*), sum(state = 'answered'), sum(state = 'skipped') FROM askings"
    " WHERE day BETWEEN :first AND :last AND (:only IS NULL OR officer = :only) GROUP BY officer"
)
_STATUSES = (
    "SELECT r.officer, CASE WHEN q.decision = 'confirmed' THEN 'confirmed' ELSE r.status END, r.channel, count(*)"
    " FROM ratings r LEFT JOIN quarantines q ON r.status = 'quarantined' AND q.rating = r.id"
    " WHERE r.day BETWEEN :first AND :last AND (:only IS NULL OR r.officer = :only) GROUP BY 1, 2, 3"
)
_ANSWERS = (
    "SELECT officer, substr(visit, 10, 1), count(*), sum(level >= ?) FROM ratings"
    " WHERE day BETWEEN ? AND ? AND status = 'counted' GROUP BY 1, 2"
)
"""A visit is named by its day and its number, `20261122-A001`: the tenth sign is the letter."""
_WITH_QUARANTINED = (
    "SELECT officer, count(*), sum(level >= :good) FROM (SELECT r.officer, r.level, max(r.id) FROM ratings r"
    " LEFT JOIN quarantines q ON q.rating = r.id WHERE r.day BETWEEN :first AND :last"
    " AND (:only IS NULL OR r.officer = :only) AND (r.status = 'counted'"
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
    "SELECT coalesce(q.decided_at, r.at) AS since, r.id, r.visit, r.day, r.officer, substr(r.visit, 10, 1), r.level,"
    " r.channel, r.reasons FROM ratings r"
    " LEFT JOIN quarantines q ON q.rating = r.id AND q.decision = 'released'"
    " WHERE r.day BETWEEN ? AND ? AND r.officer IS NOT NULL AND r.status IN ('counted', 'replaced')"
)
_ENTRIES_MARK = (
    "SELECT count(*), sum(r.id), sum(r.id * r.level), sum(r.id * r.officer), max(r.visit), (SELECT max(decided_at)"
    " FROM quarantines WHERE decision = 'released') FROM ratings r WHERE r.day BETWEEN ? AND ?"
    " AND r.officer IS NOT NULL AND r.status IN ('counted', 'replaced')"
)
"""Another one as soon as the entries of a year are others."""
_CONCERNING = (
    "SELECT id FROM suggestions WHERE received_on BETWEEN ? AND ? AND concerned = ? ORDER BY received_on DESC, id DESC"
)


class BlockMemory:
    """Remembers the blocks of some years of a store, by what its entries were then."""

    def __init__(self, most: int) -> None:
        self._most, self._lock = most, Lock()
        self._years: OrderedDict[Hashable, list[RatingBlock]] = OrderedDict()

    def find(self, key: Hashable) -> list[RatingBlock] | None:
        """Return what was remembered, None where nothing was."""
        return self._years.get(key)

    def put(self, key: Hashable, blocks: list[RatingBlock]) -> None:
        """Remember the blocks of a year; those that were added first are forgotten when there are many."""
        with self._lock:
            self._years[key] = blocks
            while len(self._years) > self._most:
                self._years.popitem(last=False)


BLOCKS = BlockMemory(YEARS_REMEMBERED)


def map_work(db: Reader, period: Period, only: int | None = None) -> dict[int | None, tuple[ServiceTime, Presence]]:
    """Return what each officer served (None: nobody had signed in), and how long they were at counters.

    A visit that the end of the day ended has no service time. Hours are those of the journal, with the corrections.
    """
    summed = dict(summary_store.list_officers(db, period.first, period.last, FORM))
    corrections: dict[str, list[PresenceCorrection]] = {}
    for item in work_store.list_all_corrections(db, period.first, period.last):
        corrections.setdefault(item.day, []).append(item)
    everybody: dict[int | None, OfficerWork] = {}
    day, last = date.fromisoformat(period.first), date.fromisoformat(period.last)
    while day <= last:
        name = day.isoformat()
        officers = read_officers(summed[name]) if name in summed else measure_officers(db, name)
        if name in corrections:
            for number, corrected in _correct_day(db, name, corrections[name], officers).items():
                officers.setdefault(number, OfficerWork()).presence = corrected
        for officer, one in officers.items() if only is None else _pick(officers, only):
            _add_day(everybody.setdefault(officer, OfficerWork()), one)
        day += timedelta(days=1)
    return {officer: (_sum_work(total), total.presence) for officer, total in everybody.items()}


def _pick(officers: Mapping[int | None, OfficerWork], only: int) -> list[tuple[int | None, OfficerWork]]:
    return [(only, officers[only])] if only in officers else []


def _add_day(total: OfficerWork, one: OfficerWork) -> None:
    total.served += one.served
    total.service_ms += one.service_ms
    total.calling_ms += one.calling_ms
    total.finished.extend(one.finished)
    total.presence = presence.add_presence(total.presence, one.presence)


def _sum_work(total: OfficerWork) -> ServiceTime:
    middle = find_median(total.finished)
    return ServiceTime(total.served, total.service_ms, total.calling_ms, None if middle is None else round(middle))


def measure_officers(db: Reader, day: str) -> dict[int | None, OfficerWork]:
    """Return what each officer did on one day, from its legs and its journal; hours as they were recorded."""
    officers: dict[int | None, OfficerWork] = {}
    for officer, how, service_ms, calling_ms in db.execute(_LEGS, (day,)):
        one = officers.setdefault(officer, OfficerWork())
        if how in {"finish", "day_closed"}:
            one.served += 1
        one.service_ms += service_ms or 0
        one.calling_ms += calling_ms or 0
        if how == "finish" and service_ms is not None:
            one.finished.append(service_ms)
    for number, hours in presence.measure_day(_list_stretches(db, day)).items():
        officers.setdefault(number, OfficerWork()).presence = hours
    return officers


def _list_stretches(db: Reader, day: str) -> list[presence.Stretch]:
    rows = journal.list_day_rows(db, day, presence.KINDS)
    return presence.list_stretches(day, rows, find_last_at(db, day)) if rows else []


def _correct_day(
    db: Reader, day: str, corrections: list[PresenceCorrection], officers: Mapping[int | None, OfficerWork]
) -> dict[int, Presence]:
    """Return the hours of those whom somebody corrected on one day."""
    stretches = _list_stretches(db, day)
    begin_ms = to_ms(parse(get_day_begin(day, settings_store.get_timezone(db))))
    return {
        officer: presence.correct_day(
            officers[officer].presence if officer in officers else Presence(),
            [one for one in stretches if one.officer == officer],
            [item for item in corrections if item.officer == officer],
            begin_ms,
        )
        for officer in {item.officer for item in corrections}
    }


def map_prompts(db: Reader, period: Period, only: int | None = None) -> dict[int | None, Prompts]:
    """Return what became of each officer's rating prompts, and their ratings by status and channel."""
    days = {"first": period.first, "last": period.last, "only": only}
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
            confirmed=aside.get(officer, {}).get("confirmed", 0),
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


def map_with_quarantined(db: Reader, period: Period, only: int | None = None) -> dict[int | None, Answers]:
    """Return the ratings of each officer that count, or would count were they not set aside."""
    days = {"first": period.first, "last": period.last, "only": only, "good": SATISFIED_FROM}
    rows = db.execute(_WITH_QUARANTINED, days)
    return {officer: Answers(satisfied, n) for officer, n, satisfied in rows}


def list_days(db: Reader, period: Period, officer: int) -> list[tuple[str, Answers]]:
    """Return the ratings that count of one officer, by day; days without any are left out."""
    rows = db.execute(_DAYS, (SATISFIED_FROM, period.first, period.last, officer))
    return [(day, Answers(satisfied, n)) for day, n, satisfied in rows]


def count_reasons(db: Reader, period: Period, officer: int) -> dict[str, int]:
    """Return how many ratings that count of one officer name each reason, the most frequent first."""
    rows = db.execute(_REASONS, (period.first, period.last, officer))
    return dict(rows)


def list_blocks(db: Reader, first_year: int, last_year: int) -> list[RatingBlock]:
    """Return everybody's full blocks of five of these years. A year in which nothing changed is not cut again."""
    (path,) = (row[2] for row in db.execute("PRAGMA database_list") if row[1] == "main")
    blocks: list[RatingBlock] = []
    for year in range(first_year, last_year + 1):
        days = (f"{year}-01-01", f"{year}-12-31")
        key = (path, year, tuple(db.execute(_ENTRIES_MARK, days).fetchone()))
        cut = BLOCKS.find(key)
        if cut is None:
            cut = cut_blocks(list_entries(db, *days))
            BLOCKS.put(key, cut)
        blocks += cut
    return blocks


def list_entries(db: Reader, first: str, last: str) -> list[RatingEntry]:
    """Return every rating of visits of these days that counts or counted, in the order in which they began to."""
    rows = db.execute(_ENTRIES, (first, last)).fetchall()
    rows.sort(key=itemgetter(0, 1))  # hardly out of order, so sooner than by the store
    return [
        RatingEntry(rating, visit, day, officer, letter, level, channel, _read_reasons(reasons))
        for _since, rating, visit, day, officer, letter, level, channel, reasons in rows
    ]


def _read_reasons(text: str) -> tuple[str, ...]:
    """Return the codes of reasons; most ratings have none, and a year has tens of thousands of ratings."""
    return () if text == "[]" else tuple(json.loads(text))


def list_concerning(db: Reader, period: Period, officer: int) -> list[int]:
    """Return the suggestions of these days that concern the visits or the counter of an officer, the newest first."""
    return [row[0] for row in db.execute(_CONCERNING, (period.first, period.last, officer))]
