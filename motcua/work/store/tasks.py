"""Tasks, notes and corrected working hours in the store."""

from typing import Any, cast

from motcua.desk import Reader, Stamps, Unknown
from motcua.work.model import (
    NoteKind,
    PresenceCorrection,
    TaskMessage,
    TaskMessageKind,
    TaskState,
    WorkNote,
    WorkTask,
)


def create_tasks(db: Reader) -> None:
    """Make the tables of tasks, notes and corrected working hours."""
    db.execute(
        "CREATE TABLE tasks (id INTEGER PRIMARY KEY AUTOINCREMENT, officer INTEGER NOT NULL, author INTEGER,"
        " assigned_at TEXT NOT NULL, assigned_on TEXT NOT NULL, due_on TEXT NOT NULL, text TEXT NOT NULL,"
        " state TEXT NOT NULL, reported_on TEXT, closed_on TEXT) STRICT"
    )
    db.execute("CREATE INDEX tasks_of ON tasks (officer, assigned_on)")
    db.execute("CREATE INDEX tasks_days ON tasks (assigned_on)")
    db.execute("CREATE INDEX tasks_in_hand ON tasks (due_on) WHERE state IN ('open', 'reported')")
    db.execute(
        "CREATE TABLE task_messages (id INTEGER PRIMARY KEY AUTOINCREMENT, task INTEGER NOT NULL,"
        " kind TEXT NOT NULL, at TEXT NOT NULL, author INTEGER, text TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX task_messages_of ON task_messages (task, id)")
    db.execute(
        "CREATE TABLE work_notes (id INTEGER PRIMARY KEY AUTOINCREMENT, officer INTEGER NOT NULL, author INTEGER,"
        " kind TEXT NOT NULL, written_at TEXT NOT NULL, text TEXT NOT NULL, answer TEXT, answered_at TEXT) STRICT"
    )
    db.execute("CREATE INDEX work_notes_of ON work_notes (officer, id)")
    db.execute(
        "CREATE TABLE presence_corrections (id INTEGER PRIMARY KEY AUTOINCREMENT, officer INTEGER NOT NULL,"
        " day TEXT NOT NULL, from_min INTEGER NOT NULL, to_min INTEGER NOT NULL, counter INTEGER,"
        " text TEXT NOT NULL, author INTEGER, corrected_at TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX presence_corrections_of ON presence_corrections (officer, day, id)")


def add_reasons(db: Reader) -> None:
    """Give each correction of hours the code of its reason."""
    db.execute("ALTER TABLE presence_corrections ADD COLUMN reason TEXT NOT NULL DEFAULT 'other'")
    db.execute("CREATE INDEX presence_corrections_days ON presence_corrections (day)")


STAMPS = [
    Stamps("tasks", ["assigned_at"], where="assigned_at >= :since"),
    Stamps("task_messages", ["at"], where="at >= :since"),
    Stamps("work_notes", ["written_at", "answered_at"], where="written_at >= :since OR answered_at >= :since"),
    Stamps("presence_corrections", ["corrected_at"], where="corrected_at >= :since"),
]
_TASK = "SELECT id, officer, author, assigned_at, assigned_on, due_on, text, state, reported_on, closed_on FROM tasks"
_NOTE = "SELECT id, officer, author, kind, written_at, text, answer, answered_at FROM work_notes"
_CORRECTION = (
    "SELECT id, officer, day, from_min, to_min, counter, text, author, corrected_at, reason FROM presence_corrections"
)


def _task(row: Any) -> WorkTask:
    values = [*row]
    values[7] = TaskState(row[7])
    return WorkTask(*values)


def _note(row: Any) -> WorkNote:
    values = [*row]
    values[3] = NoteKind(row[3])
    return WorkNote(*values)


def get_task(db: Reader, number: int) -> WorkTask:
    """Return the task with this number. Raises `Unknown("task.unknown")`."""
    row = db.execute(f"{_TASK} WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise Unknown("task.unknown", "There is no such task.")
    return _task(row)


def add_task(db: Reader, task: WorkTask) -> int:
    """Write a new task and return its number."""
    query = (
        "INSERT INTO tasks (officer, author, assigned_at, assigned_on, due_on, text, state, reported_on, closed_on)"
        " VALUES (?,?,?,?,?,?,?,?,?)"
    )
    values = (
        task.officer, task.author, task.assigned_at, task.assigned_on, task.due_on, task.text, task.state.value,
        task.reported_on, task.closed_on,
    )  # fmt: skip
    return cast(int, db.execute(query, values).lastrowid)


def save_task(db: Reader, task: WorkTask) -> None:
    """Write what changes of a task: its last day, its state and when that came."""
    query = "UPDATE tasks SET due_on = ?, state = ?, reported_on = ?, closed_on = ? WHERE id = ?"
    db.execute(query, (task.due_on, task.state.value, task.reported_on, task.closed_on, task.id))


def list_in_hand(db: Reader, limit: int) -> list[WorkTask]:
    """Return the tasks that are not closed, the earliest last day first."""
    query = f"{_TASK} WHERE state IN ('open', 'reported') ORDER BY due_on, id LIMIT ?"
    return [_task(row) for row in db.execute(query, (limit,))]


def list_in_hand_of(db: Reader, officer: int, limit: int) -> list[WorkTask]:
    """Return the tasks of `officer` that are not closed, the earliest last day first."""
    query = f"{_TASK} WHERE state IN ('open', 'reported') AND officer = ? ORDER BY due_on, id LIMIT ?"
    return [_task(row) for row in db.execute(query, (officer, limit))]


def list_assigned(db: Reader, officer: int, first: str, last: str) -> list[WorkTask]:
    """Return the tasks that `officer` got on the days from `first` to `last`, the newest first."""
    query = f"{_TASK} WHERE officer = ? AND assigned_on BETWEEN ? AND ? ORDER BY assigned_on DESC, id DESC"
    return [_task(row) for row in db.execute(query, (officer, first, last))]


def list_all_assigned(db: Reader, first: str, last: str) -> list[WorkTask]:
    """Return the tasks that anybody got on the days from `first` to `last`, the newest first."""
    query = f"{_TASK} WHERE assigned_on BETWEEN ? AND ? ORDER BY assigned_on DESC, id DESC"
    return [_task(row) for row in db.execute(query, (first, last))]


def add_message(db: Reader, task: int, message: TaskMessage) -> None:
    """Write a message about a task."""
    query = "INSERT INTO task_messages (task, kind, at, author, text) VALUES (?,?,?,?,?)"
    db.execute(query, (task, message.kind.value, message.at, message.author, message.text))


def list_messages(db: Reader, task: int) -> list[TaskMessage]:
    """Return the messages about a task in their order."""
    query = "SELECT kind, at, author, text FROM task_messages WHERE task = ? ORDER BY id"
    return [TaskMessage(TaskMessageKind(row[0]), *row[1:]) for row in db.execute(query, (task,))]


def get_note(db: Reader, number: int) -> WorkNote:
    """Return the note with this number. Raises `Unknown("note.unknown")`."""
    row = db.execute(f"{_NOTE} WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise Unknown("note.unknown", "There is no such note.")
    return _note(row)


def add_note(db: Reader, note: WorkNote) -> int:
    """Write a new note and return its number."""
    query = "INSERT INTO work_notes (officer, author, kind, written_at, text) VALUES (?,?,?,?,?)"
    values = (note.officer, note.author, note.kind.value, note.written_at, note.text)
    return cast(int, db.execute(query, values).lastrowid)


def save_answer(db: Reader, note: WorkNote) -> None:
    """Write the officer's answer to a note."""
    query = "UPDATE work_notes SET answer = ?, answered_at = ? WHERE id = ?"
    db.execute(query, (note.answer, note.answered_at, note.id))


def list_notes(db: Reader, officer: int, limit: int) -> list[WorkNote]:
    """Return the notes about `officer`, the newest first."""
    query = f"{_NOTE} WHERE officer = ? ORDER BY id DESC LIMIT ?"
    return [_note(row) for row in db.execute(query, (officer, limit))]


def add_correction(db: Reader, item: PresenceCorrection) -> int:
    """Write a correction of working hours and return its number."""
    query = (
        "INSERT INTO presence_corrections (officer, day, from_min, to_min, counter, text, author, corrected_at, reason)"
        " VALUES (?,?,?,?,?,?,?,?,?)"
    )
    values = (
        item.officer, item.day, item.from_min, item.to_min, item.counter, item.text, item.author, item.corrected_at,
        item.reason,
    )  # fmt: skip
    return cast(int, db.execute(query, values).lastrowid)


def list_corrections(db: Reader, officer: int, first: str, last: str) -> list[PresenceCorrection]:
    """Return the corrections for `officer` on the days from `first` to `last`, by day and in their order."""
    query = f"{_CORRECTION} WHERE officer = ? AND day BETWEEN ? AND ? ORDER BY day, id"
    return [PresenceCorrection(*row) for row in db.execute(query, (officer, first, last))]


def list_all_corrections(db: Reader, first: str, last: str) -> list[PresenceCorrection]:
    """Return the corrections for anybody on the days from `first` to `last`, by day and in their order."""
    query = f"{_CORRECTION} WHERE day BETWEEN ? AND ? ORDER BY day, id"
    return [PresenceCorrection(*row) for row in db.execute(query, (first, last))]
