"""Working hours: what the journal says, what a leader's word changes, and what stays."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from motcua.counters import actions as counter_actions
from motcua.desk import Invalid
from motcua.queue import actions as queue_actions
from motcua.reports.working_hours import WorkingHours, read_working_hours
from motcua.work import actions, rules
from motcua.work.model import PresenceCorrection, PresenceRequest, PresenceSpan
from tests.unit.work.conftest import DAY_S, Team

HOUR_S = 3600


def hours(team: Team, officer: int, day: str = "2026-11-23") -> WorkingHours:
    with team.desk.read() as db:
        return read_working_hours(db, officer, day, team.clock.now())


def test_an_officer_sits_from_opening_to_closing_at_one_counter_after_the_other(team: Team) -> None:
    team.desk.do(counter_actions.open_counter, 1, team.hoa)
    team.clock.advance(HOUR_S)
    team.desk.do(counter_actions.open_counter, 2, team.hoa)
    team.desk.do(counter_actions.open_counter, 1, team.minh)
    team.clock.advance(HOUR_S)
    team.desk.do(counter_actions.close, 2)
    team.clock.advance(HOUR_S)
    recorded = (PresenceSpan(1, 8 * HOUR_S, 9 * HOUR_S), PresenceSpan(2, 9 * HOUR_S, 10 * HOUR_S))
    assert hours(team, team.hoa) == WorkingHours(recorded, (), recorded)
    assert hours(team, team.minh).recorded == (PresenceSpan(1, 9 * HOUR_S, 11 * HOUR_S),)
    assert hours(team, team.hoa, "2026-11-20").recorded == ()


def test_somebody_who_takes_the_counter_over_ends_the_other_ones_time(team: Team) -> None:
    team.desk.do(counter_actions.open_counter, 1, team.hoa)
    team.clock.advance(HOUR_S)
    team.desk.do(counter_actions.close, 1)
    team.desk.do(counter_actions.open_counter, 1, team.minh)
    team.clock.advance(HOUR_S)
    assert hours(team, team.hoa).recorded == (PresenceSpan(1, 8 * HOUR_S, 9 * HOUR_S),)


def test_a_pause_and_what_comes_after_the_last_thing_of_a_past_day_are_no_presence(team: Team) -> None:
    team.desk.do(counter_actions.open_counter, 1, team.hoa)
    team.clock.advance(HOUR_S)
    team.desk.do(counter_actions.pause, 1, "break")
    team.clock.advance(HOUR_S)
    team.desk.do(counter_actions.open_counter, 1, team.hoa)
    team.clock.advance(HOUR_S)
    team.note()
    team.clock.advance(2 * DAY_S)
    recorded = (PresenceSpan(1, 8 * HOUR_S, 9 * HOUR_S), PresenceSpan(1, 10 * HOUR_S, 11 * HOUR_S))
    assert hours(team, team.hoa).recorded == recorded
    team.desk.do(queue_actions.close_day, "2026-11-23")
    assert hours(team, team.hoa).recorded == recorded


def test_a_correction_changes_the_hours_and_not_what_was_recorded(team: Team) -> None:
    team.desk.do(counter_actions.open_counter, 1, team.hoa)
    team.clock.advance(2 * HOUR_S)
    team.desk.do(counter_actions.close, 1)
    team.correct("09:00", "9h30", None)
    team.correct("14:00", "15:00", 2, text="Quên đăng nhập")
    view = hours(team, team.hoa)
    assert view.recorded == (PresenceSpan(1, 8 * HOUR_S, 10 * HOUR_S),)
    assert view.corrected == (
        PresenceSpan(1, 8 * HOUR_S, 9 * HOUR_S),
        PresenceSpan(1, 9 * HOUR_S + 1800, 10 * HOUR_S),
        PresenceSpan(2, 14 * HOUR_S, 15 * HOUR_S),
    )
    assert [team.text(one.text) for one in view.corrections] == ["Đi họp", "Quên đăng nhập"]
    assert team.kinds[-2:] == ["presence.corrected", "presence.corrected"]
    assert "họp" not in str(team.events[-2].to_data())


def test_the_hours_follow_a_clock_that_was_set(team: Team) -> None:
    team.desk.do(counter_actions.open_counter, 1, team.hoa)
    team.clock.advance(HOUR_S)
    team.clock.step(2 * HOUR_S)
    team.desk.do(counter_actions.close, 1)
    (span,) = hours(team, team.hoa).recorded
    assert span.to_s - span.from_s == HOUR_S


@pytest.mark.parametrize(
    ("day", "begin", "end", "counter", "text", "reason", "code"),
    [
        ("2026-11-24", "08:00", "09:00", 1, "Họp", "other", "presence.ahead"),
        ("hôm nay", "08:00", "09:00", 1, "Họp", "other", "day.form"),
        ("2026-11-23", "8 giờ", "09:00", 1, "Họp", "other", "presence.time"),
        ("2026-11-23", "08:00", "24:01", 1, "Họp", "other", "presence.time"),
        ("2026-11-23", "09:00", "09:00", 1, "Họp", "other", "presence.order"),
        ("2026-11-23", "08:00", "09:00", 9, "Họp", "other", "counter.unknown"),
        ("2026-11-23", "08:00", "09:00", 1, "", "other", "work.words"),
        ("2026-11-23", "08:00", "09:00", 1, "Họp", "", "presence.reason"),
        ("2026-11-23", "08:00", "09:00", 1, "Họp", "sick", "presence.reason"),
    ],
)
def test_a_correction_without_sense_is_refused(
    team: Team, day: str, begin: str, end: str, counter: int, text: str, reason: str, code: str
) -> None:
    request = PresenceRequest(team.hoa, day, begin, end, counter, text, team.lan, reason)
    with pytest.raises(Invalid) as refusal:
        team.desk.do(actions.correct_presence, request)
    assert refusal.value.code == code
    assert team.kinds == []


minutes = some.integers(0, 40)
counters = some.integers(1, 3)
corrections = some.lists(
    some.tuples(minutes, some.integers(1, 20), some.none() | counters).map(
        lambda one: PresenceCorrection(1, 2, "", one[0], one[0] + one[1], one[2], "", None, "")
    ),
    max_size=5,
)


@some.composite
def recordings(draw: some.DrawFn) -> list[tuple[int, str, dict[str, Any]]]:
    """Rows as the journal has them: whoever opens a counter has left the other one."""
    rows: list[tuple[int, str, dict[str, Any]]] = []
    for at_s in sorted(draw(some.lists(some.integers(0, 2400), max_size=8))):
        action = draw(some.sampled_from(["counter.opened", "counter.paused", "counter.closed", "day.closed"]))
        data = {} if action == "day.closed" else {"counter": draw(counters), "officer": draw(some.sampled_from([2, 3]))}
        rows.append((at_s, action, data))
    return rows


def counter_at(spans: tuple[PresenceSpan, ...], second: int) -> int | None:
    (*seats,) = (span.counter for span in spans if span.from_s <= second < span.to_s)
    assert len(seats) <= 1
    return seats[0] if seats else None


@pytest.mark.thorough
@given(recordings(), corrections)
def test_the_last_word_on_a_minute_counts_and_the_rest_is_as_recorded(
    rows: list[tuple[int, str, dict[str, Any]]], items: list[PresenceCorrection]
) -> None:
    recorded = rules.collect_presence(rows, 2, 3000)
    corrected = rules.correct_presence(recorded, items)
    assert all(span.from_s < span.to_s <= DAY_S for span in (*recorded, *corrected))
    for second in range(0, 3600, 30):
        words = [one for one in items if one.from_min * 60 <= second < one.to_min * 60]
        expected = words[-1].counter if words else counter_at(recorded, second)
        assert counter_at(corrected, second) == expected


@pytest.mark.thorough
@given(recordings())
def test_without_corrections_the_hours_are_as_recorded(rows: list[tuple[int, str, dict[str, Any]]]) -> None:
    recorded = rules.collect_presence(rows, 2, 3000)
    assert rules.correct_presence(recorded, ()) == recorded
