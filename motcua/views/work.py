"""Tasks, notes and working hours as leaders and the officer read them."""

from datetime import date, datetime

from msgspec import to_builtins

from motcua.desk import Reader, Unknown, texts
from motcua.desk.messages import translate_into_each
from motcua.reports.shapes import OTHER
from motcua.reports.values import Period
from motcua.reports.working_hours import read_working_hours
from motcua.settings import rules as calendar
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.staff import store as staff_store
from motcua.staff.model import Account, Role
from motcua.views.shapes import View, both, format_local
from motcua.work import rules, store
from motcua.work.model import (
    NOTE_LABELS,
    OTHER_REASON,
    STATE_LABELS,
    PresenceCorrection,
    PresenceSpan,
    TaskState,
    WorkNote,
    WorkTask,
)

LISTED_MAX = 200
"""So many tasks or notes are listed; counts are of all."""
CORRECTED_DAYS_MAX = 31
TASK_DAYS = 5
"""After how many working days a new task is due, unless a leader says otherwise."""
MINUTE_S, HOUR_MIN = 60, 60


def list_officers(db: Reader, *, with_gone: bool = False) -> list[Account]:
    """Return the officers by name, who left only if asked for."""
    officers = [
        account
        for account in staff_store.list_accounts(db)
        if account.role is Role.OFFICER and (with_gone or not account.disabled)
    ]
    return sorted(officers, key=lambda account: (account.full_name.casefold(), account.id))


def get_officer(db: Reader, number: int) -> Account:
    """Return an officer, also one who left. Raises `Unknown("officer.unknown")`."""
    for account in list_officers(db, with_gone=True):
        if account.id == number:
            return account
    raise Unknown("officer.unknown", "There is no such officer.")


def describe_tasks(db: Reader, items: list[WorkTask], today: str) -> list[View]:
    """Return tasks with their words and messages."""
    settings, names = settings_store.get_settings(db), staff_store.list_full_names(db)
    return [_describe_task(db, settings, names, item, today) for item in items]


def _describe_task(db: Reader, settings: Settings, names: dict[int, str], task: WorkTask, today: str) -> View:
    left = None
    if task.state is TaskState.OPEN:
        left = calendar.count_working_days(settings, date.fromisoformat(today), date.fromisoformat(task.due_on))
    return {
        "id": task.id,
        "officer": {"id": task.officer, "name": names.get(task.officer, "")},
        "author": names.get(task.author or 0),
        "assigned_on": task.assigned_on,
        "due_on": task.due_on,
        "days_left": left,
        "is_late": rules.is_late(task, today),
        "state": task.state.value,
        "state_label": translate_into_each(STATE_LABELS[task.state]),
        "reported_on": task.reported_on,
        "closed_on": task.closed_on,
        "text": texts.find_text(db, task.text),
        "messages": [
            {
                "kind": one.kind.value,
                "at": format_local(one.at, settings.timezone),
                "author": names.get(one.author or 0),
                "text": texts.find_text(db, one.text),
            }
            for one in store.list_messages(db, task.id)
        ],
    }


def describe_counts(items: list[WorkTask], period: Period, today: str) -> View:
    """Return what became of the tasks of a period."""
    return {"from": period.first, "to": period.last, **to_builtins(rules.count_tasks(items, today))}


def count_officer_tasks(db: Reader, officer: int, period: Period, today: str) -> View:
    """Return what became of the tasks that an officer got in a period."""
    return describe_counts(store.list_assigned(db, officer, period.first, period.last), period, today)


def describe_notes(db: Reader, officer: int) -> list[View]:
    """Return the notes about an officer and the answers, the newest first."""
    settings, names = settings_store.get_settings(db), staff_store.list_full_names(db)
    return [_describe_note(db, settings, names, note) for note in store.list_notes(db, officer, LISTED_MAX)]


def _describe_note(db: Reader, settings: Settings, names: dict[int, str], note: WorkNote) -> View:
    return {
        "id": note.id,
        "author": names.get(note.author or 0),
        "kind": note.kind.value,
        "kind_label": translate_into_each(NOTE_LABELS[note.kind]),
        "written_at": format_local(note.written_at, settings.timezone),
        "text": texts.find_text(db, note.text),
        "is_answered": note.answered_at is not None,
        "answer": texts.find_text(db, note.answer),
        "answered_at": format_local(note.answered_at, settings.timezone),
    }


def describe_hours(db: Reader, officer: int, day: str, now: datetime) -> View:
    """Return an officer's working hours on a day: recorded, what leaders said, and corrected."""
    settings, names = settings_store.get_settings(db), staff_store.list_full_names(db)
    hours = read_working_hours(db, officer, day, now)
    return {
        "day": day,
        "recorded": [_describe_span(span) for span in hours.recorded],
        "recorded_s": _sum_seconds(hours.recorded),
        "corrections": [_describe_correction(db, settings, names, item) for item in hours.corrections],
        "corrected": [_describe_span(span) for span in hours.corrected],
        "corrected_s": _sum_seconds(hours.corrected),
    }


def _describe_span(span: PresenceSpan) -> View:
    return {
        "begin": write_minute(span.from_s // MINUTE_S),
        "end": write_minute(span.to_s // MINUTE_S),
        "counter": span.counter,
    }


def _sum_seconds(spans: tuple[PresenceSpan, ...]) -> int:
    return sum(span.to_s - span.from_s for span in spans)


def _describe_correction(db: Reader, settings: Settings, names: dict[int, str], item: PresenceCorrection) -> View:
    return {
        "id": item.id,
        "begin": write_minute(item.from_min),
        "end": write_minute(item.to_min),
        "counter": item.counter,
        "author": names.get(item.author or 0),
        "at": format_local(item.corrected_at, settings.timezone),
        "reason": texts.find_text(db, item.text),
        "reason_code": item.reason,
        "reason_label": map_reasons(db).get(item.reason, both((item.reason, item.reason))),
    }


def map_reasons(db: Reader) -> dict[str, dict[str, str]]:
    """Return the labels of the reasons of corrected hours by their code, the free one last."""
    choices = settings_store.get_settings(db).work.correction_reasons
    return {**{choice.code: both(choice.label) for choice in choices}, OTHER_REASON: both(OTHER)}


def write_minute(minute: int) -> str:
    """Return a minute of the day as `HH:MM`."""
    return f"{minute // HOUR_MIN:02d}:{minute % HOUR_MIN:02d}"


def show_officer_work(db: Reader, officer: int, period: Period, today: str, now: datetime) -> View:
    """Return everything that leaders and one officer settled: tasks in hand and of `period`, notes, corrected days."""
    of_period = store.list_assigned(db, officer, period.first, period.last)
    in_hand = store.list_in_hand_of(db, officer, LISTED_MAX)
    closed = [task for task in of_period if not task.state.is_in_hand][:LISTED_MAX]
    corrections = store.list_corrections(db, officer, period.first, period.last)
    days = sorted({item.day for item in corrections}, reverse=True)[:CORRECTED_DAYS_MAX]
    return {
        "counts": describe_counts(of_period, period, today),
        "tasks": describe_tasks(db, [*in_hand, *closed], today),
        "notes": describe_notes(db, officer),
        "hours": [describe_hours(db, officer, day, now) for day in days],
    }


def find_due_day(db: Reader, today: str) -> str:
    """Return the last day that a new task has unless a leader says otherwise."""
    settings = settings_store.get_settings(db)
    return calendar.add_working_days(settings, date.fromisoformat(today), TASK_DAYS).isoformat()
