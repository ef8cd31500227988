"""Which step a task can take, until when it is due, and what tasks add up to. Days are the desk's."""

from collections.abc import Iterable
from datetime import date, timedelta

from motcua.desk.errors import Invalid, Refused
from motcua.settings import rules as calendar
from motcua.settings.model import Settings
from motcua.staff.model import Account, Role
from motcua.work.model import TaskCounts, TaskState, WorkTask
from motcua.work.rules.reading import read_day

AHEAD_MAX_DAYS = 731
"""A task is due within two years."""


def require_officer(account: Account | None) -> Account:
    """Return an officer who works here. Raises `Invalid("work.officer")`."""
    if account is None or account.role is not Role.OFFICER or account.disabled:
        raise Invalid("work.officer", "Choose an officer who works here.")
    return account


def read_due_day(settings: Settings, text: str, today: str) -> str:
    """Return the last day of a task: a working day, today or later.

    Raises `Invalid("day.form" | "task.past" | "task.ahead" | "task.day_off")`.
    """
    due_on = read_day(text)
    if due_on < today:
        raise Invalid("task.past", "This day has passed. Choose today or a later day.")
    if date.fromisoformat(due_on) > date.fromisoformat(today) + timedelta(days=AHEAD_MAX_DAYS):
        raise Invalid("task.ahead", "This day is too far away. Choose a day within two years.")
    day = date.fromisoformat(due_on)
    if not calendar.is_working_day(settings, day):
        following = calendar.add_working_days(settings, day, 0).isoformat()
        raise Invalid(
            "task.day_off",
            "%(day)s is not a working day. The next working day is %(next)s.",
            day=due_on,
            next=following,
        )
    return due_on


def require_reportable(task: WorkTask) -> None:
    """Raise `Refused("task.reported" | "task.closed")` unless the officer can report it done."""
    if task.state is TaskState.REPORTED:
        raise Refused("task.reported", "This task has been reported. A leader has to check it first.")
    _require_in_hand(task)


def require_decidable(task: WorkTask) -> None:
    """Raise `Refused("task.not_reported" | "task.closed")` unless a leader can accept or return it."""
    if task.state is TaskState.OPEN:
        raise Refused("task.not_reported", "The officer has not reported this task yet.")
    _require_in_hand(task)


def require_withdrawable(task: WorkTask) -> None:
    """Raise `Refused("task.closed")` unless a leader can take it back."""
    _require_in_hand(task)


def _require_in_hand(task: WorkTask) -> None:
    if not task.state.is_in_hand:
        raise Refused("task.closed", "This task is closed.")


def is_late(task: WorkTask, today: str) -> bool:
    """Say whether a task was reported after its last day, or was not reported and that day has passed.

    How long a leader takes to check a report does not count.
    """
    if task.state is TaskState.WITHDRAWN:
        return False
    if task.state is TaskState.OPEN:
        return today > task.due_on
    return (task.reported_on or today) > task.due_on


def count_tasks(tasks: Iterable[WorkTask], today: str) -> TaskCounts:
    """Return what became of tasks, by `today`. One that waits for a leader counts as done, by the day of its report."""
    done_in_time = done_late = overdue = in_hand = 0
    for task in tasks:
        if task.state is TaskState.WITHDRAWN:
            continue
        late = is_late(task, today)
        if task.state is TaskState.OPEN:
            overdue, in_hand = overdue + late, in_hand + (not late)
        else:
            done_late, done_in_time = done_late + late, done_in_time + (not late)
    return TaskCounts(done_in_time + done_late + overdue + in_hand, done_in_time, done_late, overdue, in_hand)
