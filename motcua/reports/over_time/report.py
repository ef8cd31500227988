"""The report on the desk over days, weeks and months: numbers, waits, services, counters, ratings, suggestions."""

from collections.abc import Iterator, Sequence
from datetime import date

from motcua.catalogue import store as catalogue_store
from motcua.counters import store as counter_store
from motcua.desk import Reader, get_local_day, get_zone, parse
from motcua.desk.messages import mark
from motcua.reports.measures import measure_rate
from motcua.reports.model import Rate
from motcua.reports.notes import HALL_NOTES
from motcua.reports.over_time import feedback_tables, store, sums, tables
from motcua.reports.over_time.feedback_tables import LevelCount, QuotaUse
from motcua.reports.over_time.model import DayFacts
from motcua.reports.over_time.tables import HallFacts, HallNames
from motcua.reports.shapes import describe_pair
from motcua.reports.values import Period, Phrase, ReportSheet
from motcua.settings import rules as calendar
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.suggestions.rules import deadlines

MINUTE_MS = 60_000
SATISFIED = mark("Satisfied (4–5)")  # noqa: RUF001 -- from level 4 to 5
NOTES = (
    *HALL_NOTES,
    Phrase(
        mark(
            "Absent, share: of all visits that came to a counter's call and ended there, those in which nobody came."
            " Services are counted as the number was taken, times as they were served."
        )
    ),
    Phrase(
        mark(
            "Idle while somebody waited: the counter was open, had nobody called, and somebody waited whom it could"
            " have called. A pause is no part of the open time."
        )
    ),
    Phrase(
        mark(
            "Satisfaction by week is a p-chart: limits of chance at three standard deviations around the mean of the"
            " period, taken exactly. A week beyond them, or the last of nine on one side of the mean, is a signal."
            " A week that the period cuts counts only its days in the period."
        )
    ),
    Phrase(
        mark(
            "Suggestions in time: of those received in the period whose deadline has passed or that were taken or"
            " answered, by the deadlines in the settings now."
        )
    ),
    Phrase(
        mark(
            "Quotas are those in the settings now. A device counts as down from the moment at which it stopped; only"
            " what raised an alert is counted, and what is still down has no length yet."
        )
    ),
    Phrase(
        mark(
            "Waits, services and counters come from the journal alone. When the computer's clock was set during a day,"
            " the times before it are put right."
        )
    ),
)
"""How the figures are computed."""


def build(db: Reader, period: Period) -> ReportSheet:
    """Return how the desk did over the days of `period`.

    A day that is not remembered takes the processor for some ten milliseconds.
    """
    settings = settings_store.get_settings(db)
    days = store.list_days(db, period.first, period.last)
    silent = [day.day for day in days if day.record is None]
    target_min = settings.waits.target_min
    facts = HallFacts(
        period,
        [count for day in days for count in day.counts],
        [day.record for day in days if day.record is not None],
        target_min * MINUTE_MS,
        _name(db, settings),
    )
    ratings = store.count_levels(db, period.first, period.last)
    levels = [
        LevelCount(day, status == "quarantined", level, count)
        for day, status, level, count in ratings
        if status in {"counted", "quarantined"}
    ]
    statuses: dict[str, int] = {}
    for _day, status, _level, count in ratings:
        statuses[status] = statuses.get(status, 0) + count
    prompts = store.count_prompts(db, period.first, period.last)
    volumes, *others = tables.build_tables(facts)
    return ReportSheet(
        heading=Phrase(
            mark("The desk from %(first)s to %(last)s"),
            {"first": date.fromisoformat(period.first), "last": date.fromisoformat(period.last)},
        ),
        period=period,
        tables=(
            volumes,
            feedback_tables.build_share_table(
                [
                    *_list_hall_shares(facts, days),
                    *_list_rating_shares(prompts, levels),
                    *_list_suggestion_shares(db, settings, period),
                ]
            ),
            *others,
            tables.build_delay_table(facts),
            feedback_tables.build_week_table(levels, sums.split_weeks(period.first, period.last)),
            feedback_tables.build_rating_table(prompts, statuses),
            feedback_tables.build_quota_table(list(_list_quotas(db, period, settings))),
            feedback_tables.build_device_table(_sum_downtimes(db, period)),
        ),
        notes=(Phrase(mark("The target for waits is %(n)s minutes (in the settings)."), {"n": target_min}), *NOTES),
        caution=_write_caution(silent),
    )


def _write_caution(silent: Sequence[str]) -> Phrase | None:
    if not silent:
        return None
    days = ", ".join(f"{date.fromisoformat(day):%d/%m/%Y}" for day in silent[:5])
    return Phrase(
        mark("The journal does not tell enough about %(n)s days: %(days)s. Their waits and times are left out."),
        {"n": len(silent), "days": days + (" …" if len(silent) > 5 else "")},  # noqa: PLR2004
    )


def _name(db: Reader, settings: Settings) -> HallNames:
    labels: dict[int, list[tuple[str, str]]] = {}
    for item in settings.priorities:
        labels.setdefault(item.rank, []).append(item.label)
    return HallNames(
        {group.letter: describe_pair(group.name) for group in catalogue_store.list_groups(db)},
        {item.code: describe_pair(item.name) for item in catalogue_store.list_services(db)},
        {
            rank: {"vi": "; ".join(pair[0] for pair in pairs), "en": "; ".join(pair[1] or pair[0] for pair in pairs)}
            for rank, pairs in labels.items()
        },
        {counter.number: counter.label for counter in counter_store.list_all(db)},
    )


NamedShare = tuple[str, Rate | None]


def _list_hall_shares(facts: HallFacts, days: Sequence[DayFacts]) -> list[NamedShare]:
    return [
        (mark("Waits within the target"), facts.all_waits.under),
        (mark("Promised waits held"), _sum_promises(days)),
        (mark("Called and absent"), sums.measure_no_shows(facts.counts)),
    ]


def _list_rating_shares(prompts: tuple[int, int, int], levels: Sequence[LevelCount]) -> list[NamedShare]:
    asked, answered, _skipped = prompts
    counted = feedback_tables.count_answers(levels)
    with_quarantined = feedback_tables.count_answers(levels, with_quarantined=True)
    return [
        (mark("Asked visits that were rated"), measure_rate(answered, asked) if asked else None),
        (SATISFIED, feedback_tables.measure_answers(counted)),
        (
            mark("Satisfied, with the ratings that were set aside"),
            feedback_tables.measure_answers(with_quarantined),
        ),
    ]


def _sum_promises(days: Sequence[DayFacts]) -> Rate | None:
    """Return the share of promised waits that held."""
    total = sum(day.promised[1] for day in days)
    return measure_rate(sum(day.promised[0] for day in days), total) if total else None


def _list_suggestion_shares(db: Reader, settings: Settings, period: Period) -> list[NamedShare]:
    """Return which share of the suggestions of a period was taken, and answered, by its deadline."""
    counts = {"take": [0, 0], "answer": [0, 0]}
    for received_on, taken_at, closed_on in store.list_suggestions(db, period.first, period.last):
        due = deadlines.list_deadlines(settings, received_on, closed_on)
        taken_on = get_local_day(parse(taken_at), settings.timezone) if taken_at else None
        for name, done_on, last in (("take", taken_on, due.take_by), ("answer", closed_on, due.answer_by)):
            if done_on is not None or last < period.last:
                counts[name][0] += done_on is not None and done_on <= last
                counts[name][1] += 1
    taken, answered = (measure_rate(*pair) if pair[1] else None for pair in counts.values())
    return [(mark("Suggestions taken in time"), taken), (mark("Suggestions answered in time"), answered)]


def _list_quotas(db: Reader, period: Period, settings: Settings) -> Iterator[QuotaUse]:
    zone = get_zone(settings.timezone)
    for service in catalogue_store.list_services(db):
        if service.quota == (None, None):
            continue
        taken: dict[tuple[str, int], int] = {}
        for day, issued_at in store.list_quota_tickets(db, period.first, period.last, service.code):
            half, _begin, _end = calendar.get_half_day(parse(issued_at).astimezone(zone).replace(tzinfo=None))
            taken[day, half] = taken.get((day, half), 0) + 1
        for half, quota in enumerate(service.quota):
            if quota is not None:
                used = [count for (_day, where), count in taken.items() if where == half]
                full = sum(count >= quota for count in used)
                yield QuotaUse(describe_pair(service.name), half == 0, quota, len(used), sum(used), full)


def _sum_downtimes(db: Reader, period: Period) -> list[tuple[str, int, int, int]]:
    devices: dict[str, list[int]] = {}
    for name, begin, end, threshold_s in store.list_downtimes(db, period.first, period.last):
        total = devices.setdefault(name, [0, 0, 0])
        total[0] += 1
        total[2] += end is None
        if end is not None:
            total[1] += round((parse(end) - parse(begin)).total_seconds() * 1000) + threshold_s * 1000
    return [(name, times, spent, still) for name, (times, spent, still) in sorted(devices.items())]
