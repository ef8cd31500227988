"""Tasks: who may take which step, when one is late, and what they add up to."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from motcua.desk import Invalid, Refused, Unknown
from motcua.settings import rules as calendar
from motcua.wiring.erasing import purge_texts
from motcua.work import actions, rules, store
from motcua.work.events import TaskAssigned, TaskReturned
from motcua.work.model import TaskCounts, TaskMessageKind, TaskState, WorkTask
from tests.conftest import SETTINGS
from tests.unit.work.conftest import DAY_S, Team


def messages(team: Team, task: WorkTask) -> list[tuple[TaskMessageKind, int | None, str | None]]:
    with team.desk.read() as db:
        stored = store.list_messages(db, task.id)
    return [(one.kind, one.author, team.text(one.text)) for one in stored]


def test_a_task_is_reported_returned_reported_again_and_accepted(team: Team) -> None:
    task = team.assign()
    team.desk.do(actions.report_task, team.hoa, task.id, "Đã rà soát 12 hồ sơ")
    team.clock.advance(2 * DAY_S)
    team.desk.do(actions.return_task, team.lan, task.id, "Còn thiếu hộ tịch", "2026-11-27")
    assert team.now(task).reported_on is None
    team.desk.do(actions.report_task, team.hoa, task.id, "Đã bổ sung")
    team.desk.do(actions.accept_task, task.id)
    assert team.kinds == ["task.assigned", "task.reported", "task.returned", "task.reported", "task.accepted"]
    settled = team.now(task)
    assert (settled.state, settled.due_on, settled.reported_on, settled.closed_on) == (
        TaskState.ACCEPTED,
        "2026-11-27",
        "2026-11-25",
        "2026-11-25",
    )
    assert messages(team, task) == [
        (TaskMessageKind.REPORT, team.hoa, "Đã rà soát 12 hồ sơ"),
        (TaskMessageKind.RETURN, team.lan, "Còn thiếu hộ tịch"),
        (TaskMessageKind.REPORT, team.hoa, "Đã bổ sung"),
    ]


def test_the_journal_has_commitments_and_no_words(team: Team) -> None:
    task = team.assign(text="Gọi lại cho bà An")
    team.desk.do(actions.report_task, team.hoa, task.id, "Đã gọi bà An")
    team.desk.do(actions.return_task, team.lan, task.id, "Bà An chưa nghe máy", "")
    first, _reported, returned = team.events
    assert isinstance(first, TaskAssigned)
    assert isinstance(returned, TaskReturned)
    assert (first.officer, first.author, first.due_on) == (team.hoa, team.lan, "2026-11-25")
    assert returned.due_on == "2026-11-25"
    assert "An" not in str([event.to_data() for event in team.events])
    assert team.text(first.text) == "Gọi lại cho bà An"


def test_words_are_erased_after_their_time_and_the_task_stays(team: Team) -> None:
    task = team.assign()
    team.desk.do(purge_texts)
    assert team.text(task.text) == "Rà soát hồ sơ trễ hạn"
    team.clock.advance(1097 * DAY_S)
    team.desk.do(purge_texts)
    assert team.text(task.text) is None
    assert team.now(task).due_on == "2026-11-25"


def test_a_task_taken_back_is_closed_and_counts_nowhere(team: Team) -> None:
    task = team.assign()
    team.desk.do(actions.withdraw_task, team.lan, task.id, "Không còn cần")
    assert team.now(task).state is TaskState.WITHDRAWN
    assert rules.count_tasks([team.now(task)], "2027-01-01") == TaskCounts(0, 0, 0, 0, 0)
    with team.desk.read() as db:
        assert store.list_in_hand(db, 9) == []


def test_nobody_reports_somebody_elses_task(team: Team) -> None:
    task = team.assign()
    with pytest.raises(Unknown, match="There is no such task"):
        team.desk.do(actions.report_task, team.minh, task.id, "Xong")
    assert team.kinds == ["task.assigned"]


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (lambda team, number: team.desk.do(actions.report_task, team.hoa, number, "Xong"), "task.closed"),
        (lambda team, number: team.desk.do(actions.accept_task, number), "task.closed"),
        (lambda team, number: team.desk.do(actions.return_task, team.lan, number, "Thiếu", ""), "task.closed"),
        (lambda team, number: team.desk.do(actions.withdraw_task, team.lan, number, "Thôi"), "task.closed"),
        (lambda team, _number: team.desk.do(actions.accept_task, 998), "task.unknown"),
    ],
)
def test_a_closed_or_unknown_task_takes_no_step(team: Team, step: Callable[[Team, int], object], code: str) -> None:
    task = team.assign()
    team.desk.do(actions.report_task, team.hoa, task.id, "Xong")
    team.desk.do(actions.accept_task, task.id)
    before = team.kinds
    with pytest.raises(Refused) as refusal:
        step(team, task.id)
    assert refusal.value.code == code
    assert team.kinds == before


def test_a_report_waits_for_a_leader_and_a_leader_for_a_report(team: Team) -> None:
    task = team.assign()
    with pytest.raises(Refused, match="has not reported"):
        team.desk.do(actions.accept_task, task.id)
    team.desk.do(actions.report_task, team.hoa, task.id, "Xong")
    with pytest.raises(Refused, match="has been reported"):
        team.desk.do(actions.report_task, team.hoa, task.id, "Xong")


@pytest.mark.parametrize(
    ("due_on", "text", "officer", "code"),
    [
        ("2026-11-25", "  \u200b\n", "hoa", "work.words"),
        ("2026-11-25", "x" * 2001, "hoa", "work.long"),
        ("2026-11-25", "Việc", "lan", "work.officer"),
        ("2026-11-25", "Việc", "cu", "work.officer"),
        ("2026-11-20", "Việc", "hoa", "task.past"),
        ("2026-11-24", "Việc", "hoa", "task.day_off"),
        ("2030-11-25", "Việc", "hoa", "task.ahead"),
        ("25/11/2026", "Việc", "hoa", "day.form"),
        ("", "Việc", "hoa", "day.form"),
        ("9" * 9999, "Việc", "hoa", "day.form"),
    ],
)
def test_a_task_without_words_officer_or_working_day_is_refused(
    team: Team, due_on: str, text: str, officer: str, code: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        team.assign(due_on, text, team.ids[officer])
    assert refusal.value.code == code
    assert team.kinds == []


def test_a_day_off_names_the_next_working_day(team: Team) -> None:
    with pytest.raises(Invalid, match=r"2026-11-24 is not a working day\. The next working day is 2026-11-25"):
        team.assign("2026-11-24")


MONDAY = date(2026, 11, 23)
days = some.integers(0, 60).map(lambda ahead: (MONDAY + timedelta(days=ahead)).isoformat())
states = some.sampled_from(TaskState)


@some.composite
def tasks(draw: some.DrawFn) -> WorkTask:
    state = draw(states)
    reported_on = draw(days) if state in {TaskState.REPORTED, TaskState.ACCEPTED} else None
    return WorkTask(1, 2, None, "", draw(days), draw(days), "", state, reported_on)


@pytest.mark.thorough
@given(some.lists(tasks(), max_size=12), days)
def test_counts_add_up_in_any_order_and_a_leaders_delay_changes_nothing(items: list[WorkTask], today: str) -> None:
    counts = rules.count_tasks(items, today)
    assert counts == rules.count_tasks(reversed(items), today)
    assert counts.assigned == sum(item.state is not TaskState.WITHDRAWN for item in items)
    assert counts.assigned == counts.done_in_time + counts.done_late + counts.overdue + counts.open
    assert counts.done_late + counts.overdue == sum(rules.is_late(item, today) for item in items)
    later = rules.count_tasks([item for item in items if item.state is not TaskState.OPEN], "2028-01-01")
    assert (later.done_in_time, later.done_late) == (counts.done_in_time, counts.done_late)


@pytest.mark.thorough
@given(days, days)
def test_a_due_day_is_a_working_day_and_every_working_day_ahead_is_one(due_on: str, today: str) -> None:
    is_fine = due_on >= today and calendar.is_working_day(SETTINGS, date.fromisoformat(due_on))
    try:
        assert rules.read_due_day(SETTINGS, due_on, today) == due_on
    except Invalid:
        assert not is_fine
    else:
        assert is_fine


def test_counts_by_hand() -> None:
    def task(due_on: str, state: TaskState, reported_on: str | None = None) -> WorkTask:
        return WorkTask(1, 2, None, "", "2026-11-02", due_on, "", state, reported_on)

    items = [
        task("2026-11-10", TaskState.ACCEPTED, "2026-11-10"),
        task("2026-11-10", TaskState.ACCEPTED, "2026-11-11"),
        task("2026-11-10", TaskState.REPORTED, "2026-11-09"),
        task("2026-11-20", TaskState.OPEN),
        task("2026-11-10", TaskState.OPEN),
        task("2026-11-10", TaskState.WITHDRAWN),
    ]
    assert rules.count_tasks(items, "2026-11-20") == TaskCounts(5, done_in_time=2, done_late=1, overdue=1, open=1)
