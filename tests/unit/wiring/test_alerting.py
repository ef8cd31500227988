"""Each alert on a real hall: its threshold crossed and not crossed, once for each crossing, and what it costs."""

from typing import Any

import pytest

from motcua.alerts import actions as alert_actions
from motcua.alerts import store as alert_store
from motcua.checks.fleet import Fleet
from motcua.copies import replace
from motcua.counters import actions as counter_actions
from motcua.desk import Tx, parse, stamp
from motcua.equipment import actions as equipment_actions
from motcua.feedback import actions as feedback_actions
from motcua.feedback.model import RatingRequest
from motcua.queue import actions as queue
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket
from motcua.settings import store as settings_store
from motcua.settings.model import AlertRules
from motcua.setup import agents
from motcua.staff import actions as staff_actions
from motcua.suggestions import actions as suggestion_actions
from motcua.suggestions import store as suggestion_store
from motcua.suggestions.model import SuggestionRequest, SuggestionSource, SuggestionState
from motcua.wiring.alerting import AlertWatcher
from motcua.wiring.deadlines import DeadlineWatch
from tests.conftest import SETTINGS, Hall
from tests.told import require_told

OFF = AlertRules(wait_min=0, queue_max=0, idle_min=0, low_ratings=0, quarantine=0, device_min=0, deadlines=False)


class Alerted:
    """The small hall with a watcher; `is_raised` says which alerts are open."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.desk, self.clock = hall, hall.desk, hall.clock
        self.fleet = Fleet()
        self.watcher = AlertWatcher(self.desk, self.fleet)

    def set_rules(self, **thresholds: Any) -> None:
        rules = replace(OFF, **thresholds)
        self.desk.do(lambda tx: settings_store.save(tx.db, replace(SETTINGS, alerts=rules)))

    def pass_by(self, seconds: float) -> list[tuple[str, str, int]]:
        """Let time pass and return the open alerts: kind, key and value."""
        self.clock.advance(seconds)
        self.watcher.tick()
        return self.open()

    def open(self) -> list[tuple[str, str, int]]:
        with self.desk.read() as db:
            return sorted((item.kind, item.key, item.value) for item in alert_store.list_open_alerts(db))

    def count(self) -> int:
        with self.desk.read() as db:
            return len(alert_store.list_alerts(db, "2026-11-23", "2026-11-23", 100))

    def issue(self, service: str = "copy") -> Ticket:
        return self.desk.do(queue.issue, service, None).ticket

    def rate(self, level: int, counter: int = 1, *, by_staff: bool = False) -> None:
        """Let a citizen be served and rate the visit at the counter, or a browser of the staff rate it."""
        self.clock.advance(20)
        ticket = self.issue()
        for act in (queue.call_next, queue.start, queue.finish):
            self.desk.do(act, counter)
        channel = "qr" if by_staff else "pad"
        place = None if by_staff else counter
        self.desk.do(feedback_actions.rate, RatingRequest(level, channel, ticket.id, place, by_staff=by_staff))

    def open_counters(self) -> None:
        for number in (1, 2):
            self.desk.do(counter_actions.open_counter, number, 10 + number)


@pytest.fixture
def alerted(hall: Hall) -> Alerted:
    return Alerted(hall)


def test_a_wait_over_the_threshold_is_one_alert_until_the_wait_is_short_again(alerted: Alerted) -> None:
    alerted.set_rules(wait_min=30)
    alerted.issue()
    alerted.issue("birth")
    assert alerted.pass_by(1800) == []
    assert alerted.pass_by(5) == [("wait", "A", 30), ("wait", "H", 30)]
    for _ in range(5):
        assert len(alerted.pass_by(60)) == 2
    alerted.desk.do(counter_actions.open_counter, 1, 11)
    alerted.desk.do(queue.call_next, 1)
    assert alerted.pass_by(5) == [("wait", "H", 30)]
    assert alerted.count() == 2
    require_told(alerted.hall.folder)


def test_nobody_waits_too_long_before_the_booked_time_or_after_the_first_call(alerted: Alerted) -> None:
    alerted.set_rules(wait_min=10)
    booked = alerted.issue()
    later = stamp(parse(booked.issued_at).replace(hour=2))
    alerted.desk.do(lambda tx: queue_store.save(tx.db, queue_store.get(tx.db, booked.id)._replace(due_at=later)))
    sent_on = alerted.issue("birth")
    alerted.desk.do(counter_actions.open_counter, 2, 12)
    alerted.desk.do(queue.call_next, 2)
    alerted.desk.do(queue.start, 2)
    alerted.desk.do(queue.transfer, 2, "business", None)
    assert sent_on.letter == "H"
    assert alerted.pass_by(3600) == []
    assert alerted.pass_by(601) == [("wait", "A", 10)]


def test_a_queue_over_the_threshold_is_one_alert_until_it_is_a_fifth_shorter(alerted: Alerted) -> None:
    alerted.set_rules(queue_max=10)
    for _ in range(10):
        alerted.issue()
    assert alerted.pass_by(5) == []
    alerted.issue("signature")
    assert alerted.pass_by(5) == [("queue", "A", 11)]
    alerted.desk.do(counter_actions.open_counter, 1, 11)
    for _ in range(2):  # 9 wait: still too many to be glad
        alerted.desk.do(queue.call_next, 1)
        alerted.desk.do(queue.start, 1)
    assert alerted.pass_by(5) == [("queue", "A", 11)]
    alerted.issue()
    alerted.issue()  # 11 again: no new crossing
    assert alerted.pass_by(5) == [("queue", "A", 11)]
    for _ in range(3):
        alerted.desk.do(queue.call_next, 1)
        alerted.desk.do(queue.start, 1)
    assert alerted.pass_by(5) == []
    assert alerted.count() == 1


def test_a_counter_is_idle_only_while_somebody_waits_for_it(alerted: Alerted) -> None:
    alerted.set_rules(idle_min=5)
    alerted.desk.do(counter_actions.open_counter, 3, 13)
    assert alerted.pass_by(3600) == []
    alerted.issue()  # counter 3 does not serve it
    assert alerted.pass_by(3600) == []
    alerted.issue("business")
    assert alerted.pass_by(300) == []
    assert alerted.pass_by(5) == [("idle", "3", 5)]
    alerted.desk.do(queue.call_next, 3)
    assert alerted.pass_by(5) == []
    alerted.desk.do(queue.start, 3)
    alerted.issue("business")
    assert alerted.pass_by(3600) == []  # it serves
    alerted.desk.do(queue.finish, 3)
    assert alerted.pass_by(300) == []
    assert alerted.pass_by(5) == [("idle", "3", 5)]
    alerted.desk.do(counter_actions.pause, 3, "break")
    assert alerted.pass_by(5) == []


def test_low_ratings_are_counted_for_each_counter_and_within_their_minutes(alerted: Alerted) -> None:
    alerted.set_rules(low_ratings=3, low_minutes=30)
    alerted.open_counters()
    for level, counter in ((1, 1), (2, 1), (3, 1), (1, 2), (5, 1)):
        alerted.rate(level, counter)
    assert alerted.pass_by(5) == []
    alerted.rate(1)
    assert alerted.pass_by(5) == [("ratings", "1", 3)]
    assert alerted.pass_by(1700) == [("ratings", "1", 3)]
    assert alerted.pass_by(100) == []
    assert alerted.count() == 1


def test_a_rating_that_was_set_aside_is_an_alert_of_its_own_and_no_low_rating(alerted: Alerted) -> None:
    alerted.set_rules(low_ratings=1, quarantine=2)
    alerted.open_counters()
    alerted.rate(1, by_staff=True)
    assert alerted.pass_by(5) == []
    alerted.rate(1, by_staff=True)
    assert alerted.pass_by(5) == [("quarantine", "", 2)]
    assert alerted.pass_by(3600) == []


def declare(tx: Tx) -> int:
    agent = staff_actions.add_token(tx, "agent", None, "may-1", None).credential.id
    setup = agents.Serves(agents.ALL, agents.ALL)
    equipment_actions.declare(tx, agent, [{"name": "may-in", "kind": "printer"}])
    agents.bind(tx, agent, setup)
    return agent


def test_a_device_is_down_for_some_minutes_before_it_is_an_alert(alerted: Alerted) -> None:
    alerted.set_rules(device_min=2)
    alerted.issue()  # somebody is in the hall
    agent = alerted.desk.do(declare)

    def report(state: str) -> None:
        at = stamp(alerted.clock.now())
        alerted.fleet.mark_connected(agent, at)
        alerted.fleet.update_devices(agent, {"may-in": {"state": state}}, at)

    report("down")
    assert alerted.pass_by(5) == []
    assert alerted.pass_by(120) == []
    report("ok")
    assert alerted.pass_by(5) == []
    report("down")
    assert alerted.pass_by(5) == []
    assert alerted.pass_by(121) == [("device", "may-in", 2)]
    alerted.fleet.mark_gone(agent)  # the program's name stands for its devices from now on
    assert alerted.pass_by(5) == []
    assert alerted.pass_by(121) == [("device", "may-1", 2)]
    report("ok")
    assert alerted.pass_by(5) == []


def test_a_device_that_is_switched_off_at_night_is_no_alert(alerted: Alerted) -> None:
    alerted.set_rules(device_min=2)
    alerted.desk.do(declare)
    alerted.issue()
    alerted.pass_by(5)
    assert alerted.pass_by(121) == [("device", "may-1", 2)]
    alerted.clock.advance(10 * 3600)
    alerted.desk.do(queue.close_day, "2026-11-23")
    assert alerted.pass_by(5) == []


def test_a_deadline_of_a_suggestion_is_an_alert_until_somebody_did_what_was_due(alerted: Alerted) -> None:
    alerted.set_rules(deadlines=True)
    received = SuggestionRequest("Cần thêm ghế ngồi chờ.", SuggestionSource.WEB)
    item = alerted.desk.do(suggestion_actions.receive, received)
    deadlines = DeadlineWatch(alerted.desk)
    deadlines.tick()
    assert alerted.pass_by(5) == []
    alerted.clock.advance(5 * 86400)
    deadlines.tick()
    assert alerted.pass_by(5) == [("deadline", f"{item.id}:take:late", 1)]
    with alerted.desk.read() as db:
        (alert,) = alert_store.list_open_alerts(db)
    assert (alert.details["suggestion"], str(alert.details["due"]).count("/")) == (item.id, 2)
    changed = replace(item, escalation="take:late", state=SuggestionState.REFUSED)
    alerted.desk.do(lambda tx: suggestion_store.save(tx.db, changed))
    assert alerted.pass_by(5) == []


def test_what_only_the_head_may_read_is_no_alert(alerted: Alerted) -> None:
    alerted.set_rules(deadlines=True)
    received = SuggestionRequest("Tố cáo cán bộ.", SuggestionSource.WEB, kind="denunciation")
    alerted.desk.do(suggestion_actions.receive, received)
    alerted.clock.advance(5 * 86400)
    DeadlineWatch(alerted.desk).tick()
    assert alerted.pass_by(5) == []


def test_an_alert_that_is_switched_off_is_cleared_and_not_raised(alerted: Alerted) -> None:
    alerted.set_rules(queue_max=1)
    for _ in range(3):
        alerted.issue()
    assert alerted.pass_by(5) == [("queue", "A", 3)]
    alerted.set_rules()
    assert alerted.pass_by(5) == []
    assert alerted.pass_by(3600) == []


def test_the_hall_is_looked_at_every_five_seconds_at_most(alerted: Alerted) -> None:
    alerted.set_rules(queue_max=1)
    alerted.watcher.tick()
    for _ in range(3):
        alerted.issue()
    assert alerted.pass_by(4) == []
    assert alerted.pass_by(1) == [("queue", "A", 3)]


def test_a_call_for_help_that_nobody_ended_ends_with_its_day(alerted: Alerted) -> None:
    alerted.issue()
    alerted.desk.do(alert_actions.call_help, 1)
    alerted.pass_by(5)
    with alerted.desk.read() as db:
        assert len(alert_store.list_open_help(db)) == 1
    alerted.clock.advance(10 * 3600)
    alerted.desk.do(queue.close_day, "2026-11-23")
    alerted.pass_by(5)
    with alerted.desk.read() as db:
        (call,) = alert_store.list_help(db, "2026-11-23", "2026-11-23", 5)
    assert call.how == "day_closed"
    require_told(alerted.hall.folder)


def test_every_question_of_the_watches_is_answered_by_an_index(alerted: Alerted) -> None:
    asked: list[str] = []
    with alerted.desk.read() as db:
        db.conn.set_trace_callback(asked.append)
        queue_store.sum_waiting(db, "2026-11-23", "x")
        queue_store.list_last_served(db, "2026-11-23")
        alert_store.list_open_alerts(db)
        alert_store.list_cleared_since(db, "x")
        db.conn.set_trace_callback(None)
        plans = [row[3] for query in asked for row in db.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert plans
    assert [plan for plan in plans if plan.startswith("SCAN") and "USING INDEX" not in plan] == []
