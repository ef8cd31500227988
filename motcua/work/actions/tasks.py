"""What leaders and officers do with tasks, notes and working hours."""

from motcua.copies import replace
from motcua.counters import store as counter_store
from motcua.desk import Refused, Tx, Unknown
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.staff.model import Account
from motcua.work import rules, store
from motcua.work.events import (
    NoteAnswered,
    NoteWritten,
    PresenceCorrected,
    TaskAccepted,
    TaskAssigned,
    TaskReported,
    TaskReturned,
    TaskWithdrawn,
)
from motcua.work.model import (
    NoteRequest,
    PresenceCorrection,
    PresenceRequest,
    TaskMessage,
    TaskMessageKind,
    TaskRequest,
    TaskState,
    WorkNote,
    WorkTask,
)


def assign_task(tx: Tx, request: TaskRequest) -> WorkTask:
    """Give an officer a task.

    Raises `Invalid("work.officer" | "work.words" | "work.long" | "day.form" | "task.past" | "task.ahead" |
    "task.day_off")`.
    """
    officer = rules.require_officer(_find_account(tx, request.officer))
    due_on = rules.read_due_day(settings_store.get_settings(tx.db), request.due_on, tx.day)
    words = _keep(tx, request.text)
    new_task = WorkTask(0, officer.id, request.author, tx.at, tx.day, due_on, words)
    task = replace(new_task, id=store.add_task(tx.db, new_task))
    tx.emit(TaskAssigned(task.id, officer.id, request.author, due_on, words))
    return task


def report_task(tx: Tx, officer: int, number: int, text: str) -> WorkTask:
    """Report a task of `officer` as done; one of somebody else looks as if it were not there.

    Raises `Unknown("task.unknown")`, `Refused("task.reported" | "task.closed")`, `Invalid("work.words" | "work.long")`.
    """
    task = store.get_task(tx.db, number)
    if task.officer != officer:
        raise Unknown("task.unknown", "There is no such task.")
    rules.require_reportable(task)
    words = _note_message(tx, task, TaskMessageKind.REPORT, officer, text)
    reported = replace(task, state=TaskState.REPORTED, reported_on=tx.day)
    store.save_task(tx.db, reported)
    tx.emit(TaskReported(task.id, officer, words))
    return reported


def accept_task(tx: Tx, number: int) -> WorkTask:
    """Accept the report of a task. Raises `Unknown("task.unknown")`, `Refused("task.not_reported" | "task.closed")`."""
    task = store.get_task(tx.db, number)
    rules.require_decidable(task)
    accepted = replace(task, state=TaskState.ACCEPTED, closed_on=tx.day)
    store.save_task(tx.db, accepted)
    tx.emit(TaskAccepted(task.id))
    return accepted


def return_task(tx: Tx, author: int | None, number: int, text: str, due_on: str) -> WorkTask:
    """Give the report of a task back with words; an empty `due_on` leaves its last day as it is.

    Raises `Unknown("task.unknown")`, `Refused("task.not_reported" | "task.closed")`, and `Invalid` as `assign_task`.
    """
    task = store.get_task(tx.db, number)
    rules.require_decidable(task)
    day = rules.read_due_day(settings_store.get_settings(tx.db), due_on, tx.day) if due_on.strip() else task.due_on
    words = _note_message(tx, task, TaskMessageKind.RETURN, author, text)
    returned = replace(task, state=TaskState.OPEN, due_on=day, reported_on=None)
    store.save_task(tx.db, returned)
    tx.emit(TaskReturned(task.id, author, day, words))
    return returned


def withdraw_task(tx: Tx, author: int | None, number: int, text: str) -> WorkTask:
    """Take a task back with a reason. Raises `Unknown`, `Refused("task.closed")`, `Invalid("work.words")`."""
    task = store.get_task(tx.db, number)
    rules.require_withdrawable(task)
    words = _note_message(tx, task, TaskMessageKind.WITHDRAWAL, author, text)
    withdrawn = replace(task, state=TaskState.WITHDRAWN, closed_on=tx.day)
    store.save_task(tx.db, withdrawn)
    tx.emit(TaskWithdrawn(task.id, author, words))
    return withdrawn


def write_note(tx: Tx, request: NoteRequest) -> WorkNote:
    """Write a note about an officer. Raises `Invalid("work.officer" | "note.kind" | "work.words" | "work.long")`."""
    officer = rules.require_officer(_find_account(tx, request.officer))
    kind = rules.read_note_kind(request.kind)
    words = _keep(tx, request.text)
    new_note = WorkNote(0, officer.id, request.author, kind, tx.at, words)
    note = replace(new_note, id=store.add_note(tx.db, new_note))
    tx.emit(NoteWritten(note.id, officer.id, request.author, kind.value, words))
    return note


def answer_note(tx: Tx, officer: int, number: int, text: str) -> WorkNote:
    """Answer a note about `officer`, once; one about somebody else looks as if it were not there.

    Raises `Unknown("note.unknown")`, `Refused("note.answered")`, `Invalid("work.words" | "work.long")`.
    """
    note = store.get_note(tx.db, number)
    if note.officer != officer:
        raise Unknown("note.unknown", "There is no such note.")
    if note.answer is not None:
        raise Refused("note.answered", "This note has been answered.")
    answered = replace(note, answer=_keep(tx, text), answered_at=tx.at)
    store.save_answer(tx.db, answered)
    tx.emit(NoteAnswered(note.id, officer, str(answered.answer)))
    return answered


def correct_presence(tx: Tx, request: PresenceRequest) -> PresenceCorrection:
    """Say where an officer was for a part of a day; what was recorded stays, and so do earlier corrections.

    Raises `Invalid("work.officer" | "day.form" | "presence.ahead" | "presence.time" | "presence.order" |
    "counter.unknown" | "presence.reason" | "work.words" | "work.long")`.
    """
    officer = rules.require_officer(_find_account(tx, request.officer))
    day = rules.read_past_day(request.day, tx.day)
    from_min, to_min = rules.read_minutes(request.begin, request.end)
    counter = rules.read_counter(request.counter, {one.number for one in counter_store.list_lanes(tx.db)})
    reasons = settings_store.get_settings(tx.db).work.correction_reasons
    reason = rules.read_correction_reason(request.reason, {choice.code for choice in reasons})
    words = _keep(tx, request.text)
    new_item = PresenceCorrection(0, officer.id, day, from_min, to_min, counter, words, request.author, tx.at, reason)
    item = replace(new_item, id=store.add_correction(tx.db, new_item))
    tx.emit(PresenceCorrected(item.id, officer.id, request.author, day, from_min, to_min, counter, words, reason))
    return item


def _find_account(tx: Tx, number: int) -> Account | None:
    return next((account for account in staff_store.list_accounts(tx.db) if account.id == number), None)


def _keep(tx: Tx, text: str) -> str:
    return tx.keep_text(rules.read_words(text), settings_store.get_settings(tx.db).retention.work_days)


def _note_message(tx: Tx, task: WorkTask, kind: TaskMessageKind, author: int | None, text: str) -> str:
    words = _keep(tx, text)
    store.add_message(tx.db, task.id, TaskMessage(kind, tx.at, author, words))
    return words
