"""Shares with their intervals, by hand and by property."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.reports import measures
from motcua.reports.model import Rate


def test_a_share_of_promised_waits_has_the_interval_of_wilson() -> None:
    waits: list[tuple[int | None, int]] = [(100, 100)] * 248 + [(101, 100)] * 60 + [(None, 100)] * 4
    assert measures.measure_kept(waits) == Rate(795, 747, 836, 312)


def test_without_a_promised_wait_there_is_no_share() -> None:
    assert measures.measure_kept([]) is None


def test_who_was_never_called_waited_longer_than_any_promise() -> None:
    assert measures.measure_kept([(None, 10**9)]) == Rate(0, 0, 793, 1)


@pytest.mark.thorough
@given(st.lists(st.tuples(st.none() | st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=40))
@settings(max_examples=50)
def test_the_share_lies_in_its_interval_and_longer_promises_hold_more_often(
    waits: list[tuple[int | None, int]],
) -> None:
    found = measures.measure_kept(waits)
    longer = measures.measure_kept([(wait, promised + 1) for wait, promised in waits])
    assert found is not None
    assert longer is not None
    assert 0 <= found.low_tenths <= found.percent_tenths <= found.high_tenths <= 1000
    assert (found.n, longer.n) == (len(waits), len(waits))
    assert longer.percent_tenths >= found.percent_tenths
