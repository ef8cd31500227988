"""Officers side by side: only where the answers carry it, by name, with what is missing elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.reports.comparing.counts import Answers, sum_answers
from motcua.reports.officers.comparison import compare_group, compare_mixed

APART = {1: Answers(950, 1000), 2: Answers(800, 1000), 3: Answers(900, 1000), 4: Answers(4, 5)}
answers = st.integers(0, 400).flatmap(lambda n: st.integers(0, n).map(lambda satisfied: Answers(satisfied, n)))


def test_who_reaches_the_gate_has_a_rate_and_who_does_not_is_told_how_many_answers_are_missing() -> None:
    group = compare_group("A", APART)
    assert group.is_open
    assert [one.officer for one in group.officers] == [1, 2, 3, 4]
    assert [one.shrunk is not None for one in group.officers] == [True, True, True, False]
    assert [one.is_outside for one in group.officers] == [True, True, False, False]
    assert group.officers[3].reliability.missing
    sizes = [inner.n for inner, _outer in group.funnel]
    assert {1000} <= set(sizes)
    assert sizes == sorted(set(sizes))
    assert all(outer.low <= inner.low <= inner.high <= outer.high for inner, outer in group.funnel)


def test_one_officer_alone_and_officers_without_a_difference_are_not_compared() -> None:
    for everybody in (
        {1: Answers(900, 1000)},
        {1: Answers(900, 1000), 2: Answers(1, 1)},
        {1: Answers(1, 1), 2: Answers(1, 1)},
        {},
    ):
        group = compare_group("A", everybody)
        assert not group.is_open
        assert [one.shrunk for one in group.officers] == [None] * len(everybody)


def test_only_the_best_level_everywhere_is_a_limit_and_no_error() -> None:
    group = compare_group("A", {1: Answers(500, 500), 2: Answers(500, 500)})
    assert not any(one.is_outside for one in group.officers)


@pytest.mark.thorough
@given(st.lists(answers, max_size=6))
def test_a_rate_stands_there_only_above_the_gate_and_is_drawn_to_the_mean(
    counts: list[Answers],
) -> None:
    everybody = dict(enumerate(counts, start=1))
    group = compare_group("A", everybody)
    together = sum_answers(counts)
    for one in group.officers:
        assert (one.shrunk is not None) == (group.is_open and one.reliability.is_open)
        if one.shrunk is not None:
            rate, mean = one.answers.satisfied / one.answers.n, together.satisfied / together.n
            assert one.shrunk.low <= one.shrunk.rate <= one.shrunk.high
            assert min(rate, mean) - 0.05 <= one.shrunk.rate <= max(rate, mean) + 0.05


def test_a_different_mix_of_services_is_put_right() -> None:
    """Both satisfy the same share within each group; the second serves the easy group more often."""
    everybody = {
        1: {"A": Answers(190, 200), "H": Answers(480, 800)},
        2: {"A": Answers(760, 800), "H": Answers(120, 200)},
        3: {"A": Answers(300, 500), "H": Answers(450, 500)},
    }
    first, second, third = compare_mixed(everybody)
    assert first.rate is not None
    assert second.rate is not None
    assert round(first.rate.rate, 6) == round(second.rate.rate, 6)
    assert (first.letters, first.answers, third.officer) == (("A", "H"), Answers(670, 1000), 3)
    assert compare_mixed({1: {"A": Answers(9, 10)}, 2: {"A": Answers(8, 10)}}) == []
