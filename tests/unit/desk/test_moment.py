"""Stamps and local days, and chance that is the same for a seed."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.desk import SeededEntropy, get_local_day, parse, stamp

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 -- hypothesis wants them bare


@pytest.mark.thorough
@given(MOMENTS, MOMENTS)
@settings(max_examples=50, deadline=None)
def test_stamps_sort_like_the_moments_they_name(one: datetime, other: datetime) -> None:
    assert len(stamp(one)) == 24
    assert timedelta(0) <= one - parse(stamp(one)) < timedelta(milliseconds=1)
    assert (stamp(one) <= stamp(other)) == (parse(stamp(one)) <= parse(stamp(other)))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-22T16:59:59.999Z", "2026-11-22"),
        ("2026-11-22T17:00:00.000Z", "2026-11-23"),
        ("2026-12-31T17:00:00.000Z", "2027-01-01"),
    ],
)
def test_a_day_begins_at_the_desks_midnight(moment: str, day: str) -> None:
    assert get_local_day(parse(moment), "Asia/Ho_Chi_Minh") == day


def test_a_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    one, same, other = SeededEntropy(7), SeededEntropy(7), SeededEntropy(8)
    drawn = [one(size) for size in (1, 9, 33)]
    assert drawn == [same(size) for size in (1, 9, 33)]
    assert drawn != [other(size) for size in (1, 9, 33)]
    assert [len(part) for part in drawn] == [1, 9, 33]
