"""What evidence says in words: by the funnel alone, and everything that speaks against it is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.work.model import (
    POINTS,
    EvidencePoint,
    FunnelPlace,
    GroupEvidence,
    NoteKind,
    ProposalKind,
    Strength,
    TaskCounts,
)
from motcua.work.rules import find_funnel_place, weigh_evidence
from tests.unit.work.arguments import make_evidence, make_group

REWARD, REVIEW = ProposalKind.REWARD, ProposalKind.REVIEW
places = st.sampled_from([None, *FunnelPlace])
groups = st.lists(
    st.builds(make_group, places, st.sampled_from("ABH"), st.sampled_from([0, 35, None]), st.just(200)), max_size=3
)


@pytest.mark.parametrize(
    ("kind", "place", "strength"),
    [
        (REVIEW, FunnelPlace.FAR_BELOW, Strength.CLEAR),
        (REVIEW, FunnelPlace.BELOW, Strength.HINT),
        (REVIEW, FunnelPlace.WITHIN, Strength.CHANCE),
        (REVIEW, FunnelPlace.ABOVE, Strength.CONTRARY),
        (REVIEW, FunnelPlace.FAR_ABOVE, Strength.CONTRARY),
        (REVIEW, None, Strength.NOTHING),
        (REWARD, FunnelPlace.FAR_BELOW, Strength.CONTRARY),
        (REWARD, FunnelPlace.BELOW, Strength.CONTRARY),
        (REWARD, FunnelPlace.WITHIN, Strength.CHANCE),
        (REWARD, FunnelPlace.ABOVE, Strength.HINT),
        (REWARD, FunnelPlace.FAR_ABOVE, Strength.CLEAR),
        (REWARD, None, Strength.NOTHING),
    ],
)
def test_the_place_on_the_funnel_says_how_strong_the_ratings_are(
    kind: ProposalKind, place: FunnelPlace | None, strength: Strength
) -> None:
    assert (
        weigh_evidence(kind, make_evidence(make_group(place, missing=35 if place is None else 0))).strength is strength
    )


@pytest.mark.thorough
@given(groups, st.integers(0, 9), st.integers(0, 9), st.permutations(list(NoteKind)))
def test_notes_and_tasks_make_no_rating_stronger_and_order_does_not_count(
    several: list[GroupEvidence], late: int, in_time: int, notes: list[NoteKind]
) -> None:
    for kind in ProposalKind:
        bare = weigh_evidence(kind, make_evidence(*several))
        tasks = TaskCounts(late + in_time, in_time, late, 0, 0)
        full = weigh_evidence(kind, make_evidence(*reversed(several), tasks=tasks, notes=tuple(notes)))
        assert full.strength is bare.strength


@pytest.mark.thorough
@given(groups)
def test_what_speaks_for_one_kind_speaks_against_the_other(several: list[GroupEvidence]) -> None:
    evidence = make_evidence(*several, weeks=(1, 2), notes=(NoteKind.PRAISE, NoteKind.CORRECTION), set_aside=5)
    reward, review = weigh_evidence(REWARD, evidence), weigh_evidence(REVIEW, evidence)
    assert set(map(str, reward.points_for)) <= set(map(str, review.points_against))
    assert set(map(str, review.points_for)) <= set(map(str, reward.points_against))
    for point in (*reward.points_for, *reward.points_against, *review.points_for, *review.points_against):
        assert POINTS[point.code] % point.params
    assert {Strength.CLEAR, Strength.HINT} & {reward.strength} <= {
        Strength.CLEAR if point.code == "far_above" else Strength.HINT
        for point in reward.points_for
        if point.code in {"above", "far_above"}
    }


def test_everything_that_speaks_against_a_review_is_named() -> None:
    evidence = make_evidence(
        make_group(FunnelPlace.FAR_BELOW),
        make_group(FunnelPlace.WITHIN, "B"),
        make_group(None, "C", 35),
        make_group(None, "D", None),
        make_group(None, "E", 0),
        make_group(FunnelPlace.FAR_ABOVE, "H"),
        tasks=TaskCounts(3, 2, 1, 0, 0),
        notes=(NoteKind.PRAISE, NoteKind.TRAINING),
        answered=40,
        set_aside=5,
        weeks=(1, 2),
    )
    weighing = weigh_evidence(REVIEW, evidence)
    assert weighing.strength is Strength.CLEAR
    assert weighing.points_for == (
        EvidencePoint("far_below", {"letter": "A"}),
        EvidencePoint("weeks_low", {"count": 1}),
        EvidencePoint("tasks_late", {"count": 1}),
    )
    assert weighing.points_against == (
        EvidencePoint("far_above", {"letter": "H"}),
        EvidencePoint("weeks_high", {"count": 2}),
        EvidencePoint("praise", {"count": 1}),
        EvidencePoint("tasks_in_time", {"count": 2}),
        EvidencePoint("within", {"letter": "B"}),
        EvidencePoint("missing", {"letter": "C", "count": 35}),
        EvidencePoint("no_difference", {"letter": "D"}),
        EvidencePoint("few_officers", {"letter": "E"}),
        EvidencePoint("few_answers", {"percent": 10}),
        EvidencePoint("set_aside", {"count": 5}),
    )


@pytest.mark.thorough
def test_without_ratings_there_is_nothing_to_weigh() -> None:
    weighing = weigh_evidence(REWARD, make_evidence(asked=0, answered=0))
    assert (weighing.strength, weighing.points_against) == (Strength.NOTHING, (EvidencePoint("no_ratings"),))


@pytest.mark.thorough
@given(st.floats(0, 1), st.tuples(*[st.floats(0, 1)] * 4).map(sorted))
def test_a_place_is_beyond_the_limits_or_within(rate: float, ends: list[float]) -> None:
    inner, outer = (ends[1], ends[2]), (ends[0], ends[3])
    place = find_funnel_place(rate, inner, outer)
    assert (place is FunnelPlace.WITHIN) == (inner[0] <= rate <= inner[1])
    assert (place in {FunnelPlace.FAR_BELOW, FunnelPlace.FAR_ABOVE}) == (not outer[0] <= rate <= outer[1])
