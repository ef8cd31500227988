"""A past day under its own settings gives the calls that happened, all of them."""

import shutil
import tempfile
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.counters import actions as counters
from motcua.desk import Invalid
from motcua.estimates import past
from motcua.planning.replay import pack, task
from motcua.queue import actions as queue
from tests.conftest import TODAY, Hall, reopen
from tests.run_folder import MEMORY
from tests.unit.planning.past_days import calls, change, read_day, replayed
from tests.unit.planning.random_day import RandomDay
from tests.unit.queue.at_the_desk import Day


@pytest.mark.thorough
@given(st.integers(0, 10**9))
@settings(max_examples=8, deadline=None, database=None)
def test_any_day_replays_exactly_as_it_happened(template: Path, seed: int) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        shutil.copy(template, Path(folder) / "desk.db")
        hall = reopen(Path(folder))
        try:
            RandomDay(hall.desk, hall.clock, Random(seed)).run(160, ends=seed % 4 != 0)
            replay = replayed(hall.desk)
            assert replay["happened"]["calls"] == calls(hall.desk)
        finally:
            hall.desk.stop()
    assert replay["replayed"] == replay["happened"]
    assert (replay["same_calls"], replay["longer"], replay["shorter_count"]) == (True, [], 0)


def test_a_day_with_everything_in_it_replays_exactly(day: Day) -> None:
    for service in ("copy", "copy", "birth", "business", "signature", "copy"):
        day.issue(service)
    day.issue("copy", "elder75")
    assert [day.next(1), day.next(2), day.next(3)] == ["A005", "A001", "H001"]
    day.minutes(1)
    day.absent(2)
    day.undo(2)
    day.absent(2)
    day.desk.do(queue.start, 1)
    day.desk.do(queue.transfer, 1, None, 3)
    day.desk.do(queue.hold, 3, "documents")
    day.minutes(2)
    assert day.next(1) == "A002"  # A005 waits for counter 3
    day.desk.do(counters.pause, 3, "break")
    assert day.next(2) == "A005"  # until that pauses
    day.minutes(9)
    day.desk.do(queue.come_back, "20261123-A001")
    day.desk.do(queue.finish, 2)
    day.desk.do(queue.call_number, 2, "K001", "waiting-inside")
    day.desk.do(queue.start, 2)
    change(day.desk, guard_calls=1, guard_wait_min=5, returned_first=False)
    day.desk.do(counters.open_counter, 3, 13)
    day.desk.do(queue.resume, 3, "20261123-H001")
    assert day.issue("birth", "pregnant") == "H002"
    day.desk.do(queue.cancel, "20261123-A004")
    assert day.next(2) == "H002"  # with the same press K001 is finished
    day.minutes(1)
    day.desk.do(queue.finish, 1)
    assert day.next(1) == "A001"
    day.desk.do(queue.close_day, TODAY)
    replay = replayed(day.desk)
    assert replay["replayed"]["calls"] == replay["happened"]["calls"] == calls(day.desk)
    assert (replay["same_calls"], replay["notes"]) == (True, [])
    assert [replay["replayed"][name] for name in ("tickets", "called", "served", "unserved")] == [8, 6, 3, 5]


def test_a_day_that_is_not_over_is_replayed_up_to_now(day: Day) -> None:
    day.issue()
    day.minutes(3)
    day.next(1)
    replay = replayed(day.desk)
    assert replay["same_calls"]
    assert [note["code"] for note in replay["notes"]] == ["day.open"]


def test_a_day_begins_with_the_settings_before_it_and_may_be_closed_days_later(hall: Hall) -> None:
    change(hall.desk, guard_calls=3)
    change(hall.desk, guard_calls=1)
    hall.clock.advance(86_400)
    day = Day(hall).opened(1)
    day.issue()
    day.minutes(2)
    day.next(1)
    hall.clock.advance(2 * 86_400)
    hall.desk.do(queue.close_day, "2026-11-24")
    change(hall.desk, guard_calls=2)
    with hall.desk.read() as db:
        one = past.journal_day(db, "2026-11-24")
        assert past.list_closed_days(db) == [("2026-11-24", 1)]
        assert past.list_days_between(db, "2026-11-01", "2026-12-01") == ["2026-11-24"]
    assert one["settings"]["queue"]["guard_calls"] == 1
    replay = task({"days": [one]})
    assert (replay["same_calls"], replay["notes"], replay["happened"]["called"], replay["happened"]["served"]) == (
        True,
        [],
        1,
        0,
    )


def test_days_are_replayed_together_and_one_by_one(day: Day) -> None:
    day.issue()
    day.next(1)
    one = read_day(day.desk)
    replay = task({"days": [one, one], "calls": True})
    assert (replay["days"], [each["day"] for each in replay["each"]]) == ([TODAY, TODAY], [TODAY, TODAY])
    assert (replay["happened"]["tickets"], replay["each"][0]["happened"]["tickets"]) == (2, 1)
    assert "calls" not in replay["happened"]
    assert task({"days": [pack(one), pack(one)]}) == replay
    with pytest.raises(Invalid, match="From 1 to 31 days"):
        task({"days": []})
