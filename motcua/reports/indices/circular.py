"""The nine indices by the method of Circular 01/2018/TT-VPCP, art. 13 to 15. Pure. Basis: LEGAL.md#nine-indices."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from motcua.dossiers.model.outcomes import AgencyTime, Complaint, DossierOutcome
from motcua.reports.indices.model import AnsweredReport, IndexScore, IndexSources, IndexTotal, UnitFacts
from motcua.settings.sections.index_choices import USUAL, IndexChoices, find_choices

BEST = 2
OFFICER_INDICES = (1, 2, 3, 4, 7)
UNIT_INDICES = (1, 2, 3, 4, 5, 6, 7, 8, 9)
ANSWERED_PERCENT = 90
ONLINE_PROCEDURES_PERCENT, ONLINE_PERCENT, FEW_ONLINE_PERCENT = 20, 30, 15
HUNDRED = 100


def score_time(dossier: DossierOutcome, _choices: IndexChoices = USUAL) -> int | None:
    """Return the points of index 1: settled before, on or after the due day."""
    if dossier.settled_on is None:
        return None
    return _compare(dossier.settled_on, dossier.due_on)


def _compare(settled: str, due: str) -> int:
    return 2 if settled < due else 1 if settled == due else 0


def score_agencies_time(dossier: DossierOutcome, _choices: IndexChoices = USUAL) -> int | None:
    """Return the points of index 2: the slowest agency was early, on time or late."""
    points = {AgencyTime.EARLY: 2, AgencyTime.ON_TIME: 1, AgencyTime.LATE: 0}
    return None if dossier.agency_time is None else points[dossier.agency_time]


def score_contacts(dossier: DossierOutcome, _choices: IndexChoices = USUAL) -> int | None:
    """Return the points of index 3. Contacts that the applicant alone caused do not count."""
    return None if dossier.contacts is None else max(0, BEST - dossier.contacts)


def score_agencies(dossier: DossierOutcome, choices: IndexChoices = USUAL) -> int | None:
    """Return the points of index 4. By the usual choice exactly one agency is 1, whichever it is."""
    if dossier.agencies is None:
        return None
    return 0 if dossier.agencies and choices.one_agency == "zero" else max(0, BEST - dossier.agencies)


def score_attitude(dossier: DossierOutcome, choices: IndexChoices = USUAL) -> int | None:
    """Return the points of index 7. A report concluded to be false does not count.

    By the usual choice, late without a report is 0.
    """
    if dossier.complaint is None or dossier.settled_on is None:
        return None
    if dossier.complaint is Complaint.YES:
        return 0
    return (
        None
        if dossier.is_late and choices.late_attitude == "left_out"
        else _compare(dossier.settled_on, dossier.due_on)
    )


SCORES: Mapping[int, Callable[[DossierOutcome, IndexChoices], int | None]] = {
    1: score_time,
    2: score_agencies_time,
    3: score_contacts,
    4: score_agencies,
    7: score_attitude,
}
"""The indices of single dossiers: points, or None where the dossier has no data for it."""


def score_dossier(index: int, dossier: DossierOutcome, history: Sequence[IndexChoices] = (USUAL,)) -> int | None:
    """Return the points of a dossier by the choices that held when it was settled; None where it has no data."""
    choices = history[0] if len(history) == 1 else find_choices(history, dossier.settled_on or dossier.received_on)
    return SCORES[index](dossier, choices)


def measure_dossiers(
    index: int,
    dossiers: Iterable[DossierOutcome],
    history: Sequence[IndexChoices] = (USUAL,),
    answers: Sequence[int] = (),
) -> IndexScore | None:
    """Return an index over dossiers, and over what citizens answered (`answers`: points); None without any data.

    Where the choices say so, a dossier without data counts with no points.
    """
    points, n = sum(answers), len(answers)
    missing = 0
    for item in dossiers:
        score = score_dossier(index, item, history)
        if score is not None:
            points, n = points + score, n + 1
        elif find_choices(history, item.settled_on or item.received_on).denominator == "all":
            missing += 1
    if not n:
        return None
    return IndexScore(index, points, n + missing, round_to_tenths(points, n + missing))


def round_to_tenths(points: int, n: int) -> int:
    """Return `points` / `n` in tenths, half rounded up; exact, as nothing becomes a fraction in between."""
    return (20 * points + n) // (2 * n)


def measure_officer(dossiers: Sequence[DossierOutcome], history: Sequence[IndexChoices] = (USUAL,)) -> list[IndexScore]:
    """Return an officer's indices that have data. Basis: art. 15."""
    scores = (measure_dossiers(index, dossiers, history) for index in OFFICER_INDICES)
    return [score for score in scores if score is not None]


def measure_unit(sources: IndexSources) -> list[IndexScore]:
    """Return the unit's indices that have data, in their order."""
    dossiers = sources.dossiers or ()
    history, answers = sources.history, sources.answers
    scores = [
        measure_dossiers(index, dossiers, history, [points for _visit, points in answers.get(index, ())])
        for index in SCORES
    ]
    scores += [
        _score_place(sources.unit),
        _score_publicity(sources.unit),
        score_answers(sources.reports),
        _score_online(sources.unit, dossiers, sources.choices),
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


def _score_online(
    unit: UnitFacts | None, dossiers: Sequence[DossierOutcome], choices: IndexChoices
) -> IndexScore | None:
    """Index 9: procedures and dossiers online. Between the written cases, usually the lower score.

    Enough dossiers with too few procedures lie between 2 and 1; too few dossiers with enough procedures between 1
    and 0.
    """
    filed = [item for item in dossiers if item.is_online is not None]
    if unit is None or unit.procedures == 0 or not filed:
        return None
    online = [item for item in filed if item.is_online]
    share = HUNDRED * len(online)
    points = 0
    if not any(item.is_late for item in online) and unit.online:
        is_broad = HUNDRED * unit.online >= ONLINE_PROCEDURES_PERCENT * unit.procedures
        is_much, is_some = share >= ONLINE_PERCENT * len(filed), share >= FEW_ONLINE_PERCENT * len(filed)
        is_generous = choices.online_between == "higher"
        if is_much and (is_broad or is_generous):
            points = 2
        elif is_some or (is_broad and is_generous):
            points = 1
    return _judge(9, points, len(online), len(filed))


def sum_scores(
    scores: Sequence[IndexScore], maximum: int, bands: Sequence[int], choices: IndexChoices = USUAL
) -> IndexTotal:
    """Return the total of the indices that have data, against `maximum` points for all of them.

    By the usual choice the band is found by the share of the possible maximum, so that an index left out neither
    helps nor harms. Where less than the least part of the maximum has data, there is none: what is missing could
    decide.
    """
    tenths, possible = sum(score.tenths for score in scores), 10 * BEST * len(scores)
    full = 10 * maximum
    if choices.rounding == "total":
        exact = sum((Fraction(10 * score.points, score.n) for score in scores), Fraction())
        tenths = int(exact + Fraction(1, 2))
    if not possible:
        return IndexTotal(0, 0, full, None)
    if HUNDRED * possible < choices.least_percent * full:
        return IndexTotal(tenths, possible, full, None, choices.least_percent)
    against = possible if choices.left_out == "share" else full
    band = sum(tenths * full < begin * against for begin in bands)
    return IndexTotal(tenths, possible, full, band)


def sum_officer(scores: Sequence[IndexScore], choices: IndexChoices = USUAL) -> IndexTotal:
    """Return an officer's total, of 10 points."""
    return sum_scores(scores, BEST * len(OFFICER_INDICES), choices.officer_bands, choices)


def sum_unit(scores: Sequence[IndexScore], choices: IndexChoices = USUAL) -> IndexTotal:
    """Return the unit's total, of 18 points."""
    return sum_scores(scores, BEST * len(UNIT_INDICES), choices.unit_bands, choices)
