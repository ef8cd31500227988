"""Guessing slows down, and only guessing."""

from datetime import UTC, datetime

import pytest

from motcua.desk import ManualClock, Throttled
from motcua.web.limits import Attempts


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))


def test_after_so_many_failures_a_name_waits_until_the_first_is_a_minute_old(clock: ManualClock) -> None:
    attempts = Attempts(clock, 2)
    attempts.record_failure("admin")
    clock.advance(20)
    attempts.record_failure("admin")
    with pytest.raises(Throttled) as caught:
        attempts.check("admin")
    assert caught.value.params == {"retry_s": 41}
    attempts.check("somebody else")
    clock.advance(41)
    attempts.check("admin")


def test_success_forgets_a_name_and_forgives_an_address_one_attempt(clock: ManualClock) -> None:
    attempts = Attempts(clock, 2)
    for where in ("name", "address"):
        attempts.record_failure(where)
        attempts.record_failure(where)
    attempts.record_success("name")
    attempts.forgive("address")
    attempts.check("name")
    attempts.check("address")
    attempts.record_failure("address")
    with pytest.raises(Throttled):
        attempts.check("address")
    attempts.forgive("nobody")


def test_the_table_of_names_does_not_grow_for_ever(clock: ManualClock) -> None:
    attempts = Attempts(clock, 1, size=2)
    for name in ("first", "second", "third"):
        attempts.record_failure(name)
    attempts.check("first")
    with pytest.raises(Throttled):
        attempts.check("third")


def test_a_name_is_slowed_down_more_with_each_failure_and_never_for_long(clock: ManualClock) -> None:
    attempts = Attempts(clock, 2)
    delays = []
    for _ in range(30):
        delays.append(attempts.get_delay_ms("admin"))
        attempts.record_failure("admin")
    assert delays[:3] == [0, 0, 0]
    assert delays == sorted(delays)
    assert 0 < delays[3] < delays[-1] <= 3_000
    clock.advance(61)
    assert attempts.get_delay_ms("admin") == 0
