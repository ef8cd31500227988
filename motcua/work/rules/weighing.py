"""What the evidence says for a proposal and against it, in words. Pure: the unit's rules stand in the evidence."""

from collections.abc import Iterator, Mapping

from motcua.work.model import (
    Evidence,
    EvidencePoint,
    FunnelPlace,
    GroupEvidence,
    NoteKind,
    ProposalKind,
    Strength,
    Weighing,
)

HUNDRED = 100
_LOW: Mapping[FunnelPlace, Strength] = {FunnelPlace.FAR_BELOW: Strength.CLEAR, FunnelPlace.BELOW: Strength.HINT}
_HIGH: Mapping[FunnelPlace, Strength] = {FunnelPlace.FAR_ABOVE: Strength.CLEAR, FunnelPlace.ABOVE: Strength.HINT}
_ORDER = list(Strength)


def find_funnel_place(rate: float, inner: tuple[float, float], outer: tuple[float, float]) -> FunnelPlace:
    """Return where a rate is between two pairs of limits, all as fractions; on a limit is within it."""
    if rate < inner[0]:
        return FunnelPlace.FAR_BELOW if rate < outer[0] else FunnelPlace.BELOW
    if rate > inner[1]:
        return FunnelPlace.FAR_ABOVE if rate > outer[1] else FunnelPlace.ABOVE
    return FunnelPlace.WITHIN


def weigh_evidence(kind: ProposalKind, evidence: Evidence) -> Weighing:
    """Return how strong the ratings are for a proposal of this kind, and every point for and against it.

    A group of services counts from the reliability gate on. No number of notes or tasks makes the ratings stronger.
    """
    is_review = kind is ProposalKind.REVIEW
    low, high, doubts = _list_low(evidence), _list_high(evidence), _list_doubts(evidence)
    strength = measure_strength(kind, evidence.ratings.groups)
    if is_review:
        return Weighing(strength, tuple(low), (*high, *doubts))
    return Weighing(strength, tuple(high), (*low, *doubts))


def measure_strength(kind: ProposalKind, groups: tuple[GroupEvidence, ...]) -> Strength:
    """Return what the group says that speaks most for a proposal of this kind, else whether any speaks against it."""
    signals = _LOW if kind is ProposalKind.REVIEW else _HIGH
    each = [_read_place(group.place, signals) for group in groups if group.place is not None]
    return max(each, key=_ORDER.index, default=Strength.NOTHING)


def _read_place(place: FunnelPlace, signals: Mapping[FunnelPlace, Strength]) -> Strength:
    return signals.get(place, Strength.CHANCE if place is FunnelPlace.WITHIN else Strength.CONTRARY)


def _list_low(evidence: Evidence) -> Iterator[EvidencePoint]:
    yield from _list_signals(evidence, _LOW)
    yield from _count("weeks_low", evidence.ratings.weeks_low)
    yield from _count("correction", sum(note.kind is NoteKind.CORRECTION for note in evidence.work.notes))
    yield from _count("tasks_late", evidence.work.tasks.done_late + evidence.work.tasks.overdue)


def _list_high(evidence: Evidence) -> Iterator[EvidencePoint]:
    yield from _list_signals(evidence, _HIGH)
    yield from _count("weeks_high", evidence.ratings.weeks_high)
    yield from _count("praise", sum(note.kind is NoteKind.PRAISE for note in evidence.work.notes))
    yield from _count("tasks_in_time", evidence.work.tasks.done_in_time)


def _list_doubts(evidence: Evidence) -> Iterator[EvidencePoint]:
    """Yield what weakens the ratings, whichever way they point."""
    ratings = evidence.ratings
    if not ratings.n:
        yield EvidencePoint("no_ratings")
    for group in ratings.groups:
        if group.place is FunnelPlace.WITHIN:
            yield EvidencePoint("within", {"letter": group.letter})
        elif group.place is None:
            yield _explain_closed(group)
    if ratings.asked and ratings.answered * HUNDRED < evidence.terms.response_percent * ratings.asked:
        yield EvidencePoint("few_answers", {"percent": ratings.answered * HUNDRED // ratings.asked})
    yield from _count("set_aside", ratings.set_aside)


def _explain_closed(group: GroupEvidence) -> EvidencePoint:
    if group.missing:
        return EvidencePoint("missing", {"letter": group.letter, "count": group.missing})
    code = "few_officers" if group.missing == 0 else "no_difference"
    return EvidencePoint(code, {"letter": group.letter})


def _list_signals(evidence: Evidence, signals: Mapping[FunnelPlace, Strength]) -> Iterator[EvidencePoint]:
    for group in evidence.ratings.groups:
        if group.place is not None and group.place in signals:
            yield EvidencePoint(group.place.value, {"letter": group.letter})


def _count(code: str, count: int) -> Iterator[EvidencePoint]:
    if count:
        yield EvidencePoint(code, {"count": count})
