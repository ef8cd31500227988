"""Alerts and calls for help at a real desk: each step is one row of the journal."""

from typing import Any

import pytest

from motcua.alerts import actions, store
from motcua.alerts.events import AlertCleared, AlertRaised, AlertSeen, HelpAnswered, HelpCalled, HelpEnded
from motcua.alerts.model import AlertReading, HelpAnswerer, PushSubscription
from motcua.counters import actions as counter_actions
from motcua.desk import Desk, Entry, Event, Refused, Unknown
from tests.conftest import Hall

READING = AlertReading("wait", "A", 1900, 1801, 1440, {"group": "A"}, 60)


class Watched:
    """A hall whose events are kept."""

    def __init__(self, hall: Hall) -> None:
        self.desk, self.clock = hall.desk, hall.clock
        self.entries: list[Entry[Event]] = []
        self.desk.on_commit(self.entries.extend)

    @property
    def events(self) -> list[Event]:
        return [entry.event for entry in self.entries]


@pytest.fixture
def watched(hall: Hall) -> Watched:
    return Watched(hall)


def read(desk: Desk, find: Any, *arguments: Any) -> Any:
    with desk.read() as db:
        return find(db, *arguments)


def test_an_alert_is_raised_once_seen_once_and_cleared_once(watched: Watched) -> None:
    desk = watched.desk
    assert [desk.do(actions.raise_alert, READING) for _ in range(2)] == [1, 1]
    desk.do(actions.mark_seen, 1, 5)
    desk.do(actions.mark_seen, 1, 6)
    for _ in range(2):
        desk.do(actions.clear_alert, 1, None)
    assert watched.events == [
        AlertRaised(1, "wait", "A", 31, 30, {"group": "A"}),
        AlertSeen(1, "wait", 5),
        AlertCleared(1, "wait", "A", None),
    ]
    assert read(desk, store.list_open_alerts) == []
    assert desk.do(actions.raise_alert, READING) == 2
    (newest, oldest) = read(desk, store.list_alerts, "2026-11-23", "2026-11-23", 10)
    assert (newest.cleared_at, oldest.seen_by) == (None, 5)


def test_nobody_takes_note_of_an_alert_that_is_not_there(watched: Watched) -> None:
    with pytest.raises(Unknown):
        watched.desk.do(actions.mark_seen, 9, None)
    assert watched.events == []


def test_a_call_for_help_stays_one_call_however_often_the_key_is_pressed(watched: Watched) -> None:
    desk = watched.desk
    desk.do(counter_actions.open_counter, 1, 11)
    first, is_new = desk.do(actions.call_help, 1)
    again, is_new_again = desk.do(actions.call_help, 1)
    assert (first, is_new, is_new_again) == (again, True, False)
    assert (first.counter, first.officer) == (1, 11)
    desk.do(actions.answer_help, first.id, HelpAnswerer(12, 2))
    with pytest.raises(Refused):
        desk.do(actions.answer_help, first.id, HelpAnswerer(13, 3))
    for _ in range(2):
        desk.do(actions.end_help, first.id, "done")
    assert watched.events[1:] == [HelpCalled(1, 1, 11), HelpAnswered(1, 1, 12, 2), HelpEnded(1, 1, "done")]
    assert desk.do(actions.call_help, 1)[1] is True


def test_a_refused_answer_writes_nothing(watched: Watched) -> None:
    desk = watched.desk
    call, _new = desk.do(actions.call_help, 1)
    for answerer, number in ((HelpAnswerer(None, 1), call.id), (HelpAnswerer(5, None), 99)):
        with pytest.raises((Refused, Unknown)):
            desk.do(actions.answer_help, number, answerer)
    with pytest.raises(Unknown):
        desk.do(actions.call_help, 99)
    assert read(desk, store.list_open_help) == [call]
    assert len(watched.events) == 1


def test_a_browser_is_kept_once_and_ten_of_one_account_at_most(watched: Watched) -> None:
    desk = watched.desk

    def browser(number: int, account: int = 1) -> PushSubscription:
        return PushSubscription(0, account, f"https://push.example/{number}", "key", "secret", "vi", "")

    for number in (1, 1, *range(2, 12)):
        watched.clock.advance(1)
        desk.do(actions.save_subscription, browser(number))
    endpoints = [item.endpoint for item in read(desk, store.list_subscriptions)]
    assert endpoints == [f"https://push.example/{number}" for number in range(2, 12)]
    desk.do(actions.save_subscription, browser(2, account=3))
    desk.do(actions.remove_subscription, 1, "https://push.example/2")  # it is somebody else's by now
    assert read(desk, store.count_subscriptions, 3) == 1
    desk.do(actions.remove_subscription, 3, "https://push.example/2")
    assert read(desk, store.count_subscriptions, 3) == 0
    assert watched.events == []
