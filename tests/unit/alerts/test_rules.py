"""When an alert is raised and cleared: once for each crossing, never a flood."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.alerts import rules
from motcua.alerts.kinds import KINDS
from motcua.alerts.model import Alert, AlertReading, HelpAnswerer, HelpCall
from motcua.desk import Refused, stamp
from motcua.settings.model import AlertReceiver

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CALL = HelpCall(1, "2026-11-23", 3, 7, stamp(AT))


def reading(value: int, key: str = "A") -> AlertReading:
    return AlertReading("queue", key, value, 21, 16)


def alert(number: int = 1, cleared_min_ago: int | None = None, kind: str = "queue", key: str = "A") -> Alert:
    cleared = None if cleared_min_ago is None else stamp(AT - timedelta(minutes=cleared_min_ago))
    return Alert(number, "2026-11-23", kind, key, 25, 21, {}, stamp(AT - timedelta(hours=1)), cleared)


def decide(readings: list[AlertReading], alerts: list[Alert]) -> tuple[list[str], list[tuple[int, int | None]]]:
    changes = rules.decide_changes(["queue"], readings, alerts, stamp(AT), 10)
    return [item.key for item in changes.raised], list(changes.cleared)


def test_a_threshold_that_is_not_crossed_raises_nothing() -> None:
    assert decide([reading(20)], []) == ([], [])
    assert decide([reading(21)], []) == (["A"], [])


def test_an_open_alert_is_not_raised_again_and_stays_until_the_figure_is_well_below() -> None:
    for value in (30, 21, 20, 16):
        assert decide([reading(value)], [alert()]) == ([], []), value
    assert decide([reading(15)], [alert()]) == ([], [(1, 15)])


def test_what_is_gone_is_cleared_and_what_nobody_measured_stays() -> None:
    assert decide([], [alert()]) == ([], [(1, None)])
    assert decide([], [alert(kind="help")]) == ([], [])


def test_the_same_alert_waits_some_minutes_before_it_is_raised_again_and_others_do_not() -> None:
    assert decide([reading(30)], [alert(cleared_min_ago=9)]) == ([], [])
    assert decide([reading(30)], [alert(cleared_min_ago=10)]) == (["A"], [])
    assert decide([reading(30, "B")], [alert(cleared_min_ago=9)]) == (["B"], [])


@pytest.mark.thorough
@given(st.lists(st.integers(0, 60), max_size=60))
def test_whatever_a_figure_does_minute_by_minute_it_is_no_flood(values: list[int]) -> None:
    alerts: list[Alert] = []
    raised_at: list[int] = []
    for minute, value in enumerate(values):
        at = stamp(AT + timedelta(minutes=minute))
        changes = rules.decide_changes(["queue"], [reading(value)], alerts, at, 10)
        cleared = {number for number, _value in changes.cleared}
        alerts = [
            Alert(item.id, item.day, item.kind, item.key, 0, 21, {}, item.raised_at, at) if item.id in cleared else item
            for item in alerts
        ]
        if changes.raised:
            raised_at.append(minute)
            alerts.append(Alert(len(raised_at), "2026-11-23", "queue", "A", value, 21, {}, at))
    assert all(later - earlier > 10 for earlier, later in pairwise(raised_at))
    assert all(values[minute] >= 21 for minute in raised_at)


@pytest.mark.parametrize(
    ("ends", "minute", "expected"),
    [
        ((22 * 60, 6 * 60), 23 * 60, True),
        ((22 * 60, 6 * 60), 22 * 60, True),
        ((22 * 60, 6 * 60), 5 * 60 + 59, True),
        ((22 * 60, 6 * 60), 6 * 60, False),
        ((22 * 60, 6 * 60), 12 * 60, False),
        ((11 * 60, 13 * 60), 12 * 60, True),
        ((11 * 60, 13 * 60), 13 * 60, False),
        ((0, 0), 0, False),
        ((600, 600), 600, False),
    ],
)
def test_quiet_hours_may_pass_midnight(ends: tuple[int, int], minute: int, expected: bool) -> None:
    assert rules.is_quiet(*ends, minute) is expected
    assert rules.is_held_back("queue", *ends, minute) is expected
    assert rules.is_held_back("help", *ends, minute) is False


def test_the_quiet_hours_end_in_so_many_minutes() -> None:
    assert rules.count_minutes_until(6 * 60, 23 * 60) == 7 * 60
    assert rules.count_minutes_until(6 * 60, 5 * 60) == 60


def test_a_receiver_without_kinds_hears_of_all() -> None:
    assert all(rules.is_receiver(AlertReceiver("An", "push"), kind.code) for kind in KINDS)
    chosen = AlertReceiver("An", "email", "an@example.vn", ("help",))
    assert [kind.code for kind in KINDS if rules.is_receiver(chosen, kind.code)] == ["help"]


@pytest.mark.parametrize(
    ("call", "answerer", "code"),
    [
        (CALL, HelpAnswerer(7, 3), "help.own"),
        (CALL, HelpAnswerer(7, None), "help.own"),
        (CALL, HelpAnswerer(None, 3), "help.own"),
        (HelpCall(1, "d", 3, 7, "t", "t", 8), HelpAnswerer(9, 4), "help.answered"),
        (HelpCall(1, "d", 3, 7, "t", None, None, None, "t", "done"), HelpAnswerer(9, 4), "help.ended"),
    ],
)
def test_who_cannot_answer_a_call_for_help_is_told_why(call: HelpCall, answerer: HelpAnswerer, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        rules.require_answerable(call, answerer)
    assert refusal.value.code == code


def test_somebody_from_another_counter_and_a_leader_can_answer() -> None:
    rules.require_answerable(CALL, HelpAnswerer(8, 4))
    rules.require_answerable(CALL, HelpAnswerer(2, None))
    rules.require_answerable(CALL, HelpAnswerer(None, 4))
