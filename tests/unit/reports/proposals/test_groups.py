"""Where an officer is in a group of services: open from the gate on, with enough officers, and placed by the funnel."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.reports.comparing.counts import Answers, sum_answers
from motcua.reports.comparing.funnel import is_signal
from motcua.reports.proposals.groups import describe_group
from motcua.work.model import FunnelPlace, GroupEvidence
from tests.unit.work.arguments import TERMS

OTHERS = {2: Answers(950, 1000), 3: Answers(900, 1000), 4: Answers(880, 1000)}
counts = st.integers(5, 400).flatmap(lambda n: st.integers(0, n).map(lambda satisfied: Answers(satisfied, n)))


def describe(answers: Answers, others: dict[int, Answers] | None = None, least: int = 3) -> GroupEvidence:
    everybody = {1: answers, **(OTHERS if others is None else others)}
    return describe_group("A", ("Chứng thực", "Certification"), 1, everybody, replace(TERMS, officers_least=least))


@pytest.mark.parametrize(
    ("answers", "place"),
    [
        (Answers(780, 1000), FunnelPlace.FAR_BELOW),
        (Answers(875, 1000), FunnelPlace.BELOW),
        (Answers(885, 1000), FunnelPlace.WITHIN),
        (Answers(993, 1000), FunnelPlace.FAR_ABOVE),
    ],
)
def test_a_rate_has_its_place_where_the_comparison_is_open(answers: Answers, place: FunnelPlace) -> None:
    group = describe(answers)
    assert (group.place, group.missing, group.officers) == (place, 0, 4)
    assert group.mean is not None


@pytest.mark.parametrize(
    ("answers", "others", "least"),
    [
        (Answers(0, 5), None, 3),
        (Answers(780, 1000), {2: Answers(950, 1000)}, 3),
        (Answers(780, 1000), None, 5),
        (Answers(780, 1000), {2: Answers(5, 5), 3: Answers(4, 5)}, 3),
        (Answers(5, 5), {}, 3),
    ],
)
def test_a_closed_comparison_shows_no_mean_and_no_place(
    answers: Answers, others: dict[int, Answers] | None, least: int
) -> None:
    group = describe(answers, others, least)
    assert (group.place, group.mean, group.inner, group.outer) == (None, None, None, None)
    assert (group.n, group.satisfied) == (answers.n, answers.satisfied)
    assert (group.shrunk is not None) == (group.officers >= least)


def test_only_the_best_level_everywhere_is_within_the_limits() -> None:
    group = describe(Answers(500, 500), {2: Answers(500, 500), 3: Answers(500, 500)})
    assert (group.place, group.mean, group.outer) == (FunnelPlace.WITHIN, 1000, (1000, 1000))


@pytest.mark.thorough
@given(counts, st.lists(counts, max_size=4))
def test_far_beyond_is_the_signal_of_the_funnel_and_needs_an_open_gate(answers: Answers, others: list[Answers]) -> None:
    everybody = dict(enumerate(others, 2))
    group = describe(answers, everybody)
    together = sum_answers([answers, *others])
    if group.place is None:
        return
    assert group.missing == 0
    assert len(others) >= 2
    assert (group.place in {FunnelPlace.FAR_BELOW, FunnelPlace.FAR_ABOVE}) == is_signal(answers, together)
    is_low = answers.satisfied / answers.n < together.satisfied / together.n
    assert group.place not in ({FunnelPlace.ABOVE, FunnelPlace.FAR_ABOVE} if is_low else {FunnelPlace.FAR_BELOW})
