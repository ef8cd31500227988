"""The nine indices by the method of Circular 01/2018/TT-VPCP, art. 13 to 15. Pure. Basis: LEGAL.md#nine-indices."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from motcua.dossiers.model.outcomes import AgencyTime, Complaint, DossierOutcome
from motcua.reports.indices.model import AnsweredReport, IndexScore, IndexSources, IndexTotal, UnitFacts

BEST = 2
OFFICER_INDICES = (1, 2, 3, 4, 7)
UNIT_INDICES = (1, 2, 3, 4, 5, 6, 7, 8, 9)
OFFICER_BANDS = (50, 35)
"""Tenths of a point of 10 from which the two upper bands begin."""
UNIT_BANDS = (150, 120, 90, 60)
"""Tenths of a point of 18 from which the four upper grades begin."""
ANSWERED_PERCENT = 90
ONLINE_PROCEDURES_PERCENT, ONLINE_PERCENT, FEW_ONLINE_PERCENT = 20, 30, 15
HUNDRED = 100


def score_time(dossier: DossierOutcome) -> int | None:
    """Return the points of index 1: settled before, on or after the due day."""
    if dossier.settled_on is None:
        return None
    return _compare(dossier.settled_on, dossier.due_on)


def _compare(settled: str, due: str) -> int:
    return 2 if settled < due else 1 if settled == due else 0


def score_agencies_time(dossier: DossierOutcome) -> int | None:
    """Return the points of index 2: the slowest agency was early, on time or late."""
    points = {AgencyTime.EARLY: 2, AgencyTime.ON_TIME: 1, AgencyTime.LATE: 0}
    return None if dossier.agency_time is None else points[dossier.agency_time]


def score_contacts(dossier: DossierOutcome) -> int | None:
    """Return the points of index 3. Contacts that the applicant alone caused do not count."""
    return None if dossier.contacts is None else max(0, BEST - dossier.contacts)


def score_agencies(dossier: DossierOutcome) -> int | None:
    """Return the points of index 4. Exactly one agency is 1, also where it is not the one-stop desk."""
    return None if dossier.agencies is None else max(0, BEST - dossier.agencies)


def score_attitude(dossier: DossierOutcome) -> int | None:
    """Return the points of index 7. A report concluded to be false does not count; late without a report is 0."""
    if dossier.complaint is None or dossier.settled_on is None:
        return None
    return 0 if dossier.complaint is Complaint.YES else _compare(dossier.settled_on, dossier.due_on)


SCORES: Mapping[int, Callable[[DossierOutcome], int | None]] = {
    1: score_time,
    2: score_agencies_time,
    3: score_contacts,
    4: score_agencies,
    7: score_attitude,
}
"""The indices of single dossiers: points, or None where the dossier has no data for it."""


def measure_dossiers(index: int, dossiers: Iterable[DossierOutcome]) -> IndexScore | None:
    """Return an index over dossiers; None where none has data for it."""
    points = [score for item in dossiers if (score := SCORES[index](item)) is not None]
    if not points:
        return None
    return IndexScore(index, sum(points), len(points), round_to_tenths(sum(points), len(points)))


def round_to_tenths(points: int, n: int) -> int:
    """Return `points` / `n` in tenths, half rounded up; exact, as nothing becomes a fraction in between."""
    return (20 * points + n) // (2 * n)


def measure_officer(dossiers: Sequence[DossierOutcome]) -> list[IndexScore]:
    """Return an officer's indices that have data. Basis: art. 15."""
    scores = (measure_dossiers(index, dossiers) for index in OFFICER_INDICES)
    return [score for score in scores if score is not None]


def measure_unit(sources: IndexSources) -> list[IndexScore]:
    """Return the unit's indices that have data, in their order."""
    dossiers = sources.dossiers or ()
    scores = [measure_dossiers(index, dossiers) for index in SCORES]
    scores += [
        _score_place(sources.unit),
        _score_publicity(sources.unit),
        score_answers(sources.reports),
        _score_online(sources.unit, dossiers),
    ]
    return sorted((score for score in scores if score is not None), key=lambda score: score.index)


def _judge(index: int, points: int, numerator: int, denominator: int) -> IndexScore:
    return IndexScore(index, points, 1, 10 * points, numerator, denominator)


def _score_place(unit: UnitFacts | None) -> IndexScore | None:
    """Index 5: what the one-stop desk does of all procedures."""
    if unit is None or unit.procedures == 0:
        return None
    if unit.settled_here >= unit.procedures:
        return _judge(5, 2, unit.settled_here, unit.procedures)
    return _judge(5, int(unit.received_here >= unit.procedures), unit.received_here, unit.procedures)


def _score_publicity(unit: UnitFacts | None) -> IndexScore | None:
    """Index 6: procedures posted up and published electronically."""
    if unit is None:
        return None
    ways = unit.is_posted + unit.is_published
    return _judge(6, ways, ways, BEST)


def score_answers(reports: Sequence[AnsweredReport]) -> IndexScore:
    """Return index 8: none came, or all were answered in time: 2; at least 90 percent: 1."""
    on_time, n = sum(item.is_on_time for item in reports), len(reports)
    points = 2 if on_time == n else int(HUNDRED * on_time >= ANSWERED_PERCENT * n)
    return _judge(8, points, on_time, n)


def _score_online(unit: UnitFacts | None, dossiers: Sequence[DossierOutcome]) -> IndexScore | None:
    """Index 9: procedures and dossiers online. Between the written cases, the lower score."""
    filed = [item for item in dossiers if item.is_online is not None]
    if unit is None or unit.procedures == 0 or not filed:
        return None
    online = [item for item in filed if item.is_online]
    share = HUNDRED * len(online)
    points = 0
    if not any(item.is_late for item in online) and unit.online:
        is_broad = HUNDRED * unit.online >= ONLINE_PROCEDURES_PERCENT * unit.procedures
        if is_broad and share >= ONLINE_PERCENT * len(filed):
            points = 2
        elif share >= FEW_ONLINE_PERCENT * len(filed):
            points = 1
    return _judge(9, points, len(online), len(filed))


def sum_scores(scores: Sequence[IndexScore], maximum: int, bands: Sequence[int]) -> IndexTotal:
    """Return the total of the indices that have data, against `maximum` points for all of them.

    The band is found by the share of the possible maximum, so that an index left out neither helps nor harms.
    """
    tenths, possible = sum(score.tenths for score in scores), 10 * BEST * len(scores)
    full = 10 * maximum
    if not possible:
        return IndexTotal(0, 0, full, None)
    band = sum(tenths * full < begin * possible for begin in bands)
    return IndexTotal(tenths, possible, full, band)


def sum_officer(scores: Sequence[IndexScore]) -> IndexTotal:
    """Return an officer's total, of 10 points."""
    return sum_scores(scores, BEST * len(OFFICER_INDICES), OFFICER_BANDS)


def sum_unit(scores: Sequence[IndexScore]) -> IndexTotal:
    """Return the unit's total, of 18 points."""
    return sum_scores(scores, BEST * len(UNIT_INDICES), UNIT_BANDS)
