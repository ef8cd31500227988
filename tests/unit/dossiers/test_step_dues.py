"""Until when each step is to be done: within working time, in order, up to the promised moment, over pauses."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.dossiers.model.flow import DEFAULT_FLOW, Flow, FlowStep
from motcua.dossiers.rules.step_dues import (
    extend_step_dues,
    measure_working_min,
    plan_step_dues,
    resume_step_dues,
)
from motcua.settings.rules import is_working_day, list_sessions
from tests.unit.dossiers.test_due import CALENDAR

at = datetime.fromisoformat
MONDAY = at("2026-11-09T07:30")


def flow_of(*shares: int) -> Flow:
    return tuple(FlowStep(f"step-{n}", ("x", ""), share) for n, share in enumerate(shares, start=1))


def write(dues: tuple[datetime, ...]) -> list[str]:
    return [f"{due:%d/%m %H:%M}" for due in dues]


@st.composite
def flows(draw: st.DrawFn) -> Flow:
    cuts = sorted(draw(st.lists(st.integers(0, 100), max_size=11)))
    return flow_of(*(after - before for before, after in zip([0, *cuts], [*cuts, 100], strict=True)))


moments = st.integers(0, 60 * 24 * 60).map(lambda minutes: at("2026-01-20T00:00") + timedelta(minutes=minutes))


def test_each_step_gets_its_share_of_the_opening_hours() -> None:
    dues = plan_step_dues(CALENDAR, MONDAY, at("2026-11-10T17:00"), DEFAULT_FLOW)
    assert write(dues) == ["09/11 09:06", "09/11 13:48", "10/11 11:30", "10/11 15:24", "10/11 17:00"]


def test_days_off_and_nights_are_no_time() -> None:
    friday = at("2026-11-20T16:00")
    dues = plan_step_dues(CALENDAR, friday, at("2026-11-25T17:00"), flow_of(10, 50, 40))
    assert write(dues) == ["23/11 08:12", "25/11 08:42", "25/11 17:00"]
    assert not is_working_day(CALENDAR, at("2026-11-24").date())


def test_after_a_pause_what_was_due_before_stays_and_the_rest_keeps_the_time_that_was_left() -> None:
    promised = at("2026-11-11T17:00")
    dues = plan_step_dues(CALENDAR, MONDAY, promised, DEFAULT_FLOW)
    paused, resumed, new = at("2026-11-10T07:30"), at("2026-11-16T07:30"), at("2026-11-17T17:00")
    after = resume_step_dues(CALENDAR, dues, paused, resumed, new)
    assert after == (*dues[:2], *(due + timedelta(days=6) for due in dues[2:]))


def test_a_new_day_leaves_done_steps_and_gives_the_others_all_the_time_from_now_on() -> None:
    promised = at("2026-11-10T17:00")
    dues = plan_step_dues(CALENDAR, MONDAY, promised, DEFAULT_FLOW)
    after = extend_step_dues(CALENDAR, dues, 3, at("2026-11-11T07:30"), at("2026-11-12T17:00"), DEFAULT_FLOW)
    assert after[:3] == dues[:3]
    assert write(after[3:]) == ["12/11 09:06", "12/11 17:00"]


def test_a_calendar_without_opening_hours_has_the_usual_ones() -> None:
    hours = replace(CALENDAR.hours, monday=(), tuesday=())
    dues = plan_step_dues(replace(CALENDAR, hours=hours), MONDAY, at("2026-11-10T17:00"), flow_of(50, 50))
    assert write(dues) == ["09/11 17:00", "10/11 17:00"]


@pytest.mark.thorough
@given(moments, moments, flows())
def test_moments_rise_lie_in_working_time_and_end_with_the_promise(
    start: datetime, promised: datetime, flow: Flow
) -> None:
    start, promised = sorted((start, promised))
    dues = plan_step_dues(CALENDAR, start, promised, flow)
    assert len(dues) == len(flow)
    assert list(dues) == sorted(dues)
    assert dues[-1] == promised
    for due in dues:
        minute = due.hour * 60 + due.minute
        sessions = list_sessions(CALENDAR, due.date())
        assert due == promised or (
            is_working_day(CALENDAR, due.date()) and any(one.start_min <= minute <= one.end_min for one in sessions)
        )
    total = measure_working_min(CALENDAR, start, promised)
    done = 0
    for step, due in zip(flow[:-1], dues[:-1], strict=True):
        done += step.share_percent
        assert total == 0 or measure_working_min(CALENDAR, start, due) == -(-total * done // 100)


@pytest.mark.thorough
@given(moments, st.lists(st.integers(0, 20_000), min_size=4, max_size=4), flows(), st.integers(0, 11))
def test_pauses_and_new_days_keep_the_order_and_the_end(
    start: datetime, gaps: list[int], flow: Flow, step: int
) -> None:
    paused, promised = start + timedelta(minutes=gaps[0]), start + timedelta(minutes=gaps[0] + gaps[1])
    resumed = paused + timedelta(minutes=gaps[2])
    new = max(resumed, promised) + timedelta(minutes=gaps[3])
    dues = plan_step_dues(CALENDAR, start, promised, flow)
    after = resume_step_dues(CALENDAR, dues, paused, resumed, new)
    assert list(after) == sorted(after)
    assert after[-1] == new
    assert [due for due in after[:-1] if due < paused] == [due for due in dues[:-1] if due < paused]
    later = new + timedelta(days=3)
    extended = extend_step_dues(CALENDAR, after, min(step, len(flow) - 1), resumed, later, flow)
    assert list(extended) == sorted(extended)
    assert extended[-1] == later
    assert extended[: min(step, len(flow) - 1)] == after[: min(step, len(flow) - 1)]
