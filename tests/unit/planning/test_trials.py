"""What would have been: a past day with a counter more, another guard, other settings; and what cannot be tried."""

from typing import Any

import pytest

from motcua.copies import replace
from motcua.counters import actions as counters
from motcua.desk import Desk, Invalid
from motcua.queue import actions as queue
from motcua.setup import actions as setup
from motcua.setup.mistakes import Mistakes
from tests.conftest import TODAY
from tests.unit.planning.past_days import Found, replayed
from tests.unit.queue.at_the_desk import Day


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
    replay = replayed(day.desk, changes=more)
    assert replay["happened"]["waits"]["all"] == {
        "n": 12,
        "mean_s": 1650.0,
        "p50_s": 1500.0,
        "p90_s": 3000.0,
        "longest_s": 3300.0,
    }
    # eight people in the first twenty minutes, as the two counters call at once; the other four after each other
    assert replay["replayed"]["waits"]["all"] == {
        "n": 12,
        "mean_s": 850.0,
        "p50_s": 600.0,
        "p90_s": 1800.0,
        "longest_s": 2100.0,
    }
    assert replay["replayed"]["utilisation"] == {"1": 0.6667, "4": 1.0}
    assert (replay["longer_count"], replay["shorter_count"], replay["same_calls"]) == (0, 11, False)


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
    replay = replayed(day.desk, changes={"extra_counters": [{"from": "08:00", "to": "08:04"}]})
    waits = [(call["ticket"][-4:], call["counter"], call["at"][11:16]) for call in replay["replayed"]["calls"]]
    assert waits == [
        ("A001", 1, "01:00"),
        ("A002", 4, "01:00"),
        ("A003", 1, "01:05"),
        ("A004", 1, "01:50"),
        ("A005", 1, "01:55"),
    ]


def test_without_its_counter_a_service_has_nobody(day: Day) -> None:
    busy_morning(day)
    with pytest.raises(Invalid, match="no counter serves “copy”"):
        replayed(
            day.desk, changes={"counters": [{"number": 1, "services": ["birth"]}, {"number": 2, "services": ["birth"]}]}
        )
    replay = replayed(day.desk, changes={"without_counters": [1]})
    assert (replay["replayed"]["called"], replay["replayed"]["unserved"]) == (0, 12)
    assert replay["longer"][0] == {"ticket": "20261123-A001", "rank": 4, "happened_s": 0.0, "replayed_s": None}
    assert replay["longer_count"] == 12


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
    replay = replayed(day.desk, changes={"guard_calls": 1})
    assert [call["ticket"][-4:] for call in replay["happened"]["calls"]].index("A001") == 2
    assert [call["ticket"][-4:] for call in replay["replayed"]["calls"]].index("A001") == 1
    assert [item["ticket"][-4:] for item in replay["longer"]] == ["A003"]


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
    replay = replayed(
        day.desk, changes={"without_counters": [1, 2], "extra_counters": [{"from": "08:00", "to": "09:00"}]}
    )
    assert [(call["ticket"][-4:], call["counter"]) for call in replay["replayed"]["calls"]] == [
        ("H001", 4),
        ("A001", 4),
        ("H001", 4),
    ]


def other(desk: Desk, **parts: Any) -> Found:
    """Return the hall's operational settings with other parts."""
    with desk.read() as db:
        now = setup.get_document(db)
    return setup.make_operational(replace(now, **parts))


def test_other_settings_that_lack_a_service_of_the_day_are_refused_naming_it(day: Day) -> None:
    busy_morning(day)
    with day.desk.read() as db:
        services = [service for service in setup.get_document(db).services if service.code != "copy"]
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
        chosen = setup.get_document(db).settings
    ranks = {"merit": 1, "disabled": 1, "pregnant": 2, "elder75": 2, "elder60": 3, "ordinary": 3}
    changed = replace(chosen, priorities=tuple(replace(item, rank=ranks[item.code]) for item in chosen.priorities))
    replay = replayed(day.desk, settings=other(day.desk, settings=changed))
    assert [call["ticket"][-4:] for call in replay["replayed"]["calls"]] == ["A002", "A003", "A001"]
    assert [note for note in replay["notes"] if note["code"] == "rank.unclear"] == [
        {
            "code": "rank.unclear",
            "text": "The journal keeps ranks only: who had rank %(rank)s that day was tried with rank %(other)s.",
            "params": {"rank": 1, "other": 2},
        }
    ]
    assert set(replay["replayed"]["waits"]) == {"all", "1", "2", "4"}  # classes are those of the numbers


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"guard": 1}, "guard: There is no such setting: guard."),
        ({"guard_calls": 21}, "guard_calls: The largest number allowed here is 20."),
        ({"guard_calls": "2"}, "guard_calls: A whole number without quotation marks is needed."),
        ([], ": A group of settings is needed here, not a single value."),
        (
            {"extra_counters": [{"from": "8", "to": "10:00"}]},
            'extra_counters[0].from: A time is written like "23:55"; not “8”.',
        ),
        (
            {"extra_counters": [{"from": "10:00", "to": "08:00"}]},
            "An extra counter needs hours that end after they begin, not 10:00 to 08:00.",
        ),
        ({"extra_counters": [{"from": "08:00", "to": "10:00", "services": ["tax"]}]}, "There is no service tax."),
        ({"counters": [{"number": 9}]}, "There is no counter 9."),
        ({"counters": [{"number": 1, "prefer": ["Z"]}]}, "“Z” is neither a service nor a group."),
        ({"without_counters": [9]}, "There is no counter 9."),
    ],
)
def test_changes_that_cannot_be_tried_are_named(day: Day, changes: Any, message: str) -> None:
    day.issue()
    with pytest.raises(Invalid) as refused:
        replayed(day.desk, changes=changes)
    assert str(refused.value).removeprefix(":").strip() == message.removeprefix(":").strip()
