"""A past day under its own settings gives the calls that happened, all of them; under others, what would have been."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.counters import actions as counters
from motcua.desk import Desk, Invalid
from motcua.desk.journal import rows
from motcua.planning.replay import packed, task
from motcua.queue import actions as queue
from motcua.reports import past
from motcua.setup import actions as setup
from motcua.setup.document import Document
from motcua.setup.mistakes import Mistakes
from tests.conftest import MEMORY, TODAY, Hall, reopen
from tests.unit.planning.random_day import RandomDay
from tests.unit.queue.at_the_desk import Day

Found = dict[str, Any]


def change(desk: Desk, **rules: Any) -> None:
    """Put queue rules in force; without any, write the settings in force into the journal for the first time."""
    with desk.read() as db:
        now = setup.current(db)
    desk.do(setup.apply, replace(now, settings=replace(now.settings, days_off=(), queue=replace(now.settings.queue, **rules))))


def told(desk: Desk) -> Found:
    with desk.read() as db:
        return past.told(db, TODAY)


def calls(desk: Desk) -> list[Found]:
    """Return the calls as the journal tells them."""
    with desk.read() as db:
        found: Any = [(row["data"], row["at"]) for row in rows(db) if row["action"] == "ticket.called"]
    return [{"ticket": data["ticket"], "counter": data["counter"], "at": at} for data, at in found]


def replayed(desk: Desk, **more: Any) -> Found:
    return task({"days": [told(desk)], **more})


@pytest.fixture
def day(hall: Hall) -> Day:
    """Lend a hall whose settings are in the journal, counters 1 to 3 open."""
    change(hall.desk)
    return Day(hall).opened(1, 2, 3)


@given(st.integers(0, 10**9))
@settings(max_examples=8, deadline=None, database=None)
def test_any_day_replays_exactly_as_it_happened(template: Path, seed: int) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        shutil.copy(template, Path(folder) / "desk.db")
        hall = reopen(Path(folder))
        try:
            RandomDay(hall.desk, hall.clock, Random(seed)).run(160, ends=seed % 4 != 0)
            found = replayed(hall.desk)
            assert found["happened"]["calls"] == calls(hall.desk)
        finally:
            hall.desk.stop()
    assert found["replayed"] == found["happened"]
    assert (found["same_calls"], found["longer"], found["shorter_count"]) == (True, [], 0)


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
    found = replayed(day.desk)
    assert found["replayed"]["calls"] == found["happened"]["calls"] == calls(day.desk)
    assert (found["same_calls"], found["notes"]) == (True, [])
    assert [found["replayed"][name] for name in ("tickets", "called", "served", "unserved")] == [8, 6, 3, 5]


def test_a_day_that_is_not_over_is_replayed_up_to_now(day: Day) -> None:
    day.issue()
    day.minutes(3)
    day.next(1)
    found = replayed(day.desk)
    assert found["same_calls"]
    assert [note["code"] for note in found["notes"]] == ["day.open"]


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
        one = past.told(db, "2026-11-24")
        assert past.closed_days(db) == [("2026-11-24", 1)]
        assert past.between(db, "2026-11-01", "2026-12-01") == ["2026-11-24"]
    assert one["settings"]["queue"]["guard_calls"] == 1
    found = task({"days": [one]})
    assert (found["same_calls"], found["notes"], found["happened"]["called"], found["happened"]["served"]) == (True, [], 1, 0)


def busy_morning(day: Day) -> None:
    """Let twelve people come at once to one counter that takes five minutes for each."""
    day.desk.do(counters.close, 2)
    day.desk.do(counters.close, 3)
    for _person in range(12):
        day.issue("copy")
    for _person in range(12):
        day.next(1)
        day.desk.do(queue.start, 1)
        day.minutes(5)
    day.desk.do(queue.finish, 1)
    day.desk.do(queue.close_day, TODAY)


def test_one_counter_more_for_an_hour_shortens_the_waits(day: Day) -> None:
    busy_morning(day)
    more = {"extra_counters": [{"from": "08:00", "to": "08:20", "services": ["copy"]}]}
    found = replayed(day.desk, changes=more)
    assert found["happened"]["waits"]["all"] == {"n": 12, "mean_s": 1650.0, "p50_s": 1500.0, "p90_s": 3000.0, "longest_s": 3300.0}
    # eight people in the first twenty minutes, as the two counters call at once; the other four after each other
    assert found["replayed"]["waits"]["all"] == {"n": 12, "mean_s": 850.0, "p50_s": 600.0, "p90_s": 1800.0, "longest_s": 2100.0}
    assert found["replayed"]["utilisation"] == {"1": 0.6667, "4": 1.0}
    assert (found["longer_count"], found["shorter_count"], found["same_calls"]) == (0, 11, False)


def test_an_officer_who_is_away_without_pausing_is_away_at_the_same_time_in_the_replay(day: Day) -> None:
    for number in (2, 3):
        day.desk.do(counters.close, number)
    for _person in range(5):
        day.issue("copy")
    for minutes_away in (0, 0, 40, 0, 0):  # the third person waits for an officer who went out from 8:10 to 8:50
        day.minutes(minutes_away)
        day.next(1)
        day.minutes(5)
        day.desk.do(queue.finish, 1)
    day.desk.do(queue.close_day, TODAY)
    found = replayed(day.desk, changes={"extra_counters": [{"from": "08:00", "to": "08:04"}]})
    waits = [(call["ticket"][-4:], call["counter"], call["at"][11:16]) for call in found["replayed"]["calls"]]
    assert waits == [("A001", 1, "01:00"), ("A002", 4, "01:00"), ("A003", 1, "01:05"), ("A004", 1, "01:50"), ("A005", 1, "01:55")]


def test_without_its_counter_a_service_has_nobody(day: Day) -> None:
    busy_morning(day)
    with pytest.raises(Invalid, match="no counter serves “copy”"):
        replayed(day.desk, changes={"counters": [{"number": 1, "services": ["birth"]}, {"number": 2, "services": ["birth"]}]})
    found = replayed(day.desk, changes={"without_counters": [1]})
    assert (found["replayed"]["called"], found["replayed"]["unserved"]) == (0, 12)
    assert found["longer"][0] == {"ticket": "20261123-A001", "rank": 4, "happened_s": 0.0, "replayed_s": None}
    assert found["longer_count"] == 12


def test_the_guard_can_be_tried(day: Day) -> None:
    day.desk.do(counters.close, 2)
    day.issue("copy")
    day.minutes(21)
    for _person in range(6):
        day.issue("copy", "elder75")
    for _person in range(7):
        day.next(1)
        day.desk.do(queue.start, 1)
        day.minutes(2)
    day.desk.do(queue.finish, 1)
    order = [call["ticket"][-4:] for call in replayed(day.desk, changes={"guard_calls": 0})["replayed"]["calls"]]
    assert order == ["A002", "A003", "A004", "A005", "A006", "A007", "A001"]
    found = replayed(day.desk, changes={"guard_calls": 1})
    assert [call["ticket"][-4:] for call in found["happened"]["calls"]].index("A001") == 2
    assert [call["ticket"][-4:] for call in found["replayed"]["calls"]].index("A001") == 1
    assert [item["ticket"][-4:] for item in found["longer"]] == ["A003"]


def test_who_was_held_is_resumed_though_the_counter_is_not_there_any_more(day: Day) -> None:
    day.desk.do(counters.close, 3)
    for service in ("birth", "copy", "copy"):
        day.issue(service)
    day.next(2)
    day.desk.do(queue.hold, 2, None)
    day.next(2)
    day.minutes(5)
    day.desk.do(queue.finish, 2)
    day.desk.do(queue.resume, 2, "20261123-H001")
    day.minutes(5)
    day.desk.do(queue.finish, 2)
    day.desk.do(queue.close_day, TODAY)
    found = replayed(day.desk, changes={"without_counters": [1, 2], "extra_counters": [{"from": "08:00", "to": "09:00"}]})
    assert [(call["ticket"][-4:], call["counter"]) for call in found["replayed"]["calls"]] == [
        ("H001", 4),
        ("A001", 4),
        ("H001", 4),
    ]


def other(desk: Desk, **parts: Any) -> Found:
    """Return the hall's operational settings with other parts."""
    with desk.read() as db:
        now = setup.current(db)
    return setup.operational(Document(**{**vars(now), **parts}))


def test_other_settings_that_lack_a_service_of_the_day_are_refused_naming_it(day: Day) -> None:
    busy_morning(day)
    with day.desk.read() as db:
        services = [service for service in setup.current(db).services if service.code != "copy"]
    with pytest.raises(Mistakes) as refused:
        replayed(day.desk, settings=other(day.desk, services=services))
    assert str(refused.value) == "services: The service copy is missing; people with numbers for it came on 2026-11-23."


def test_ranks_are_matched_by_their_classes(day: Day) -> None:
    day.desk.do(counters.close, 2)
    for priority in (None, "merit", "elder75"):
        day.issue("copy", priority)
    for _person in range(3):
        day.next(1)
        day.desk.do(queue.start, 1)
        day.minutes(1)
    with day.desk.read() as db:
        chosen = setup.current(db).settings
    ranks = {"merit": 1, "disabled": 1, "pregnant": 2, "elder75": 2, "elder60": 3, "ordinary": 3}
    changed = replace(chosen, priorities=tuple(replace(item, rank=ranks[item.code]) for item in chosen.priorities))
    found = replayed(day.desk, settings=other(day.desk, settings=changed))
    assert [call["ticket"][-4:] for call in found["replayed"]["calls"]] == ["A002", "A003", "A001"]
    assert [note for note in found["notes"] if note["code"] == "rank.unclear"] == [
        {
            "code": "rank.unclear",
            "text": "The journal keeps ranks only: who had rank %(rank)s that day was tried with rank %(other)s.",
            "params": {"rank": 1, "other": 2},
        }
    ]
    assert set(found["replayed"]["waits"]) == {"all", "1", "2", "4"}  # classes are those of the numbers


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"guard": 1}, "guard: There is no such setting: guard."),
        ({"guard_calls": 21}, "guard_calls: The largest number allowed here is 20."),
        ({"guard_calls": "2"}, "guard_calls: A whole number without quotation marks is needed."),
        ([], ": A group of settings is needed here, not a single value."),
        ({"extra_counters": [{"from": "8", "to": "10:00"}]}, 'extra_counters[0].from: A time is written like "23:55"; not “8”.'),
        (
            {"extra_counters": [{"from": "10:00", "to": "08:00"}]},
            "A counter more needs hours that end after they begin; not 10:00 to 08:00.",
        ),
        ({"extra_counters": [{"from": "08:00", "to": "10:00", "services": ["tax"]}]}, "There is no service tax."),
        ({"counters": [{"number": 9}]}, "There is no counter 9."),
        ({"counters": [{"number": 1, "prefer": ["Z"]}]}, "“Z” is neither a service nor a group."),
        ({"without_counters": [9]}, "There is no counter 9."),
    ],
)
def test_changes_that_cannot_be_tried_are_named(day: Day, changes: Any, said: str) -> None:
    day.issue()
    with pytest.raises(Invalid) as refused:
        replayed(day.desk, changes=changes)
    assert str(refused.value).removeprefix(":").strip() == said.removeprefix(":").strip()


def test_days_are_replayed_together_and_one_by_one(day: Day) -> None:
    day.issue()
    day.next(1)
    one = told(day.desk)
    found = task({"days": [one, one], "calls": True})
    assert (found["days"], [each["day"] for each in found["each"]]) == ([TODAY, TODAY], [TODAY, TODAY])
    assert (found["happened"]["tickets"], found["each"][0]["happened"]["tickets"]) == (2, 1)
    assert "calls" not in found["happened"]
    assert task({"days": [packed(one), packed(one)]}) == found
    with pytest.raises(Invalid, match="From 1 to 31 days"):
        task({"days": []})
