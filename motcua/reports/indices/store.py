"""What the indices of a period are computed from, read from the store."""

import json
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from msgspec import Struct

from motcua.copies import replace
from motcua.desk import Reader
from motcua.dossiers import store as dossier_store
from motcua.dossiers.model.outcomes import DossierImport, DossierOutcome
from motcua.feedback.model import Level
from motcua.feedback.rules.forms import get_answer
from motcua.reports.indices.model import AnsweredReport, IndexSources, UnitFacts
from motcua.reports.indices.words import RATED_INDICES
from motcua.reports.values import Period
from motcua.settings import store as settings_store
from motcua.settings.model import IndexChoices, IndexRules, Settings
from motcua.settings.sections.index_choices import find_choices
from motcua.suggestions import store as suggestion_store
from motcua.suggestions.rules import list_deadlines

ANSWER_MAX_DAYS = 200
"""No deadline is longer: at most 90 working days."""
_LEVELS = "SELECT level, count(*) FROM ratings WHERE status = ? AND day BETWEEN ? AND ? GROUP BY level"
_VISITS = (
    "SELECT visit, level FROM ratings WHERE status = ? AND day BETWEEN ? AND ? AND visit IS NOT NULL"
    " ORDER BY day, visit"
)
_VISIT_LEVELS = (
    "SELECT visit, min(level) FROM ratings WHERE status = 'counted' AND visit IN (SELECT value FROM json_each(?))"
    " GROUP BY visit"
)
_ANSWERS = (
    "SELECT r.visit, r.day, a.question, a.answer FROM ratings r JOIN rating_answers a ON a.rating = r.id"
    " WHERE r.status = 'counted' AND r.day BETWEEN ? AND ? AND r.visit IS NOT NULL ORDER BY r.day, r.visit"
)


class IndexFacts(Struct, frozen=True):
    """The sources of a period, the rules of their methods, and which files of dossiers cover how many days of it.

    From the day `own_since` on the dossiers that this desk took in count, `own_count` of them, and no file does.
    """

    period: Period
    rules: IndexRules
    sources: IndexSources
    files: tuple[DossierImport, ...]
    covered_days: int
    own_since: str | None = None
    own_count: int = 0


def read_facts(db: Reader, period: Period) -> IndexFacts:
    """Return everything that the indices of `period` need."""
    settings = settings_store.get_settings(db)
    first, last = period.first, period.last
    own_since = find_own_since(db, settings)
    files_last = _find_day_before(own_since) if own_since and own_since <= last else last
    settled_here = _list_own(db, Period(max(first, own_since), last)) if own_since and own_since <= last else None
    files = tuple(item for item in dossier_store.list_imports(db) if item.first <= files_last and first <= item.last)
    covered = sum(Period(max(first, item.first), min(files_last, item.last)).count_days() for item in files)
    imported = dossier_store.list_settled(db, first, files_last) if files else []
    sources = IndexSources(
        dossiers=(*imported, *(settled_here or ())) if files or settled_here is not None else None,
        unit=find_unit_facts(settings.indices, period),
        reports=tuple(_list_reports(db, settings, period)),
        levels=dict(db.execute(_LEVELS, ("counted", first, last)).fetchall()),
        doubtful_levels=dict(db.execute(_LEVELS, ("quarantined", first, last)).fetchall()),
        answers=_map_answers(db, settings.index_choices, period),
        history=settings.index_choices,
        choices=find_choices(settings.index_choices, last),
    )
    if own_since is None or settled_here is None:
        return IndexFacts(period, settings.indices, sources, files, covered)
    covered += Period(max(first, own_since), last).count_days()
    return IndexFacts(period, settings.indices, sources, files, covered, own_since, len(settled_here))


def find_own_since(db: Reader, settings: Settings) -> str | None:
    """Return the first day on which this desk took in a dossier; None while dossiers are switched off."""
    return dossier_store.find_own_since(db) if settings.dossiers.is_on else None


def _find_day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _list_own(db: Reader, period: Period) -> list[DossierOutcome]:
    """Return the own dossiers that were settled, each with how its visit was rated; None for no rating that counts."""
    settled = dossier_store.list_own_settled(db, period.first, period.last)
    visits = json.dumps([visit for _outcome, visit in settled if visit])
    levels: dict[str, int] = dict(db.execute(_VISIT_LEVELS, (visits,)).fetchall())
    return [
        replace(outcome, is_disliked=levels[visit] <= Level.DISSATISFIED) if visit in levels else outcome
        for outcome, visit in settled
    ]


def list_rated_visits(db: Reader, period: Period) -> list[tuple[str, int]]:
    """Return the visits with a rating that counts, each with its level."""
    return [(visit, level) for visit, level in db.execute(_VISITS, ("counted", period.first, period.last))]


def find_unit_facts(rules: IndexRules, period: Period) -> UnitFacts | None:
    """Return what the unit declared for these days; None where nothing holds on their last day, or nobody says why."""
    if not rules.declared_on or not rules.source or rules.declared_on > period.last:
        return None
    return UnitFacts(
        rules.procedures, rules.settled_here, rules.received_here, rules.online, rules.is_posted, rules.is_published
    )


def _map_answers(db: Reader, history: Sequence[IndexChoices], period: Period) -> dict[int, tuple[tuple[str, int], ...]]:
    """Return visit and points of each answer that counts in an index, by the binding on the day of the visit."""
    answers: dict[int, list[tuple[str, int]]] = {}
    for visit, day, question, answer in db.execute(_ANSWERS, (period.first, period.last)):
        points = get_answer(question, answer).points
        choices = find_choices(history, day)
        for index in RATED_INDICES:
            if points is not None and getattr(choices, f"form_{index}") == question:
                answers.setdefault(index, []).append((visit, points))
    return {index: tuple(some) for index, some in answers.items()}


def _list_reports(db: Reader, settings: Settings, period: Period) -> Iterable[AnsweredReport]:
    """Yield the reports and petitions that were answered in time in the period, or became late in it.

    Each belongs to one day: that of its answer, or the day after its deadline, whichever comes first.
    """
    since = (date.fromisoformat(period.first) - timedelta(days=ANSWER_MAX_DAYS)).isoformat()
    for item in suggestion_store.list_reports(db, since, period.last):
        answer_by = list_deadlines(settings, item.received_on).answer_by
        is_on_time = item.closed_on is not None and item.closed_on <= answer_by
        decided_on = item.closed_on if is_on_time else (date.fromisoformat(answer_by) + timedelta(days=1)).isoformat()
        if decided_on is not None and period.first <= decided_on <= period.last:
            yield AnsweredReport(item.id, is_on_time)
