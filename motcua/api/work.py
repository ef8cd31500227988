"""Tasks, notes and working hours: what leaders write, and what an officer reads and answers of their own."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.alerts import NumberPath
from motcua.api.shapes.base import NoBody
from motcua.api.shapes.work import (
    HoursQuery,
    HoursShape,
    NewCorrection,
    NewNote,
    NewTask,
    NoteList,
    OwnWork,
    TaskAnswer,
    TaskReceipt,
    TaskReturn,
    WorkQuery,
    WorkReceipt,
    WorkWords,
)
from motcua.desk import Reader
from motcua.desk.keys import Answer
from motcua.reports.periods import choose_period
from motcua.reports.values import Period
from motcua.views import work as views
from motcua.web.own import find_own_account, get_own_account
from motcua.web.site import Site
from motcua.work import actions, rules, store
from motcua.work.model import (
    OTHER_REASON,
    NoteRequest,
    PresenceCorrection,
    PresenceRequest,
    TaskRequest,
    WorkNote,
    WorkTask,
)

NOBODY = 0
"""A program without an account has no tasks, notes or hours of its own."""


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""
    _add_task_calls(api, site)
    _add_note_calls(api, site)
    _add_own_calls(api, site)


def _add_task_calls(api: APIBlueprint, site: Site) -> None:
    @api.get("/work/tasks", endpoint="tasks", summary="Officers' tasks", responses={200: TaskAnswer})
    def tasks(query: WorkQuery) -> Response:
        today, period = _choose_period(site, query)
        with site.desk.read() as db:
            items = store.list_all_assigned(db, period.first, period.last)
            described = views.describe_tasks(db, items[: views.LISTED_MAX], today)
        return respond((200, {"items": described, "counts": views.describe_counts(items, period, today)}))

    @api.post("/work/tasks", endpoint="assign_task", summary="Give an officer a task", responses={201: TaskReceipt})
    def assign_task(body: NewTask) -> Response:
        task = TaskRequest(body.officer, body.due_on, body.text, find_own_account(site))
        return respond(site.request_door().do(actions.assign_task, task, answer=_show_new_task))

    @api.post(
        "/work/tasks/<int:id>/accept",
        endpoint="accept_task",
        summary="Accept an officer's report",
        responses={200: TaskReceipt},
    )
    def accept_task(path: NumberPath, body: NoBody) -> Response:
        return respond(site.request_door().do(actions.accept_task, path.id, answer=_show_task))

    @api.post(
        "/work/tasks/<int:id>/return",
        endpoint="return_task",
        summary="Give an officer's report back",
        responses={200: TaskReceipt},
    )
    def return_task(path: NumberPath, body: TaskReturn) -> Response:
        author, due_on = find_own_account(site), body.due_on or ""
        door = site.request_door()
        return respond(door.do(actions.return_task, author, path.id, body.text, due_on, answer=_show_task))

    @api.post(
        "/work/tasks/<int:id>/withdraw",
        endpoint="withdraw_task",
        summary="Take a task back",
        responses={200: TaskReceipt},
    )
    def withdraw_task(path: NumberPath, body: WorkWords) -> Response:
        author = find_own_account(site)
        return respond(site.request_door().do(actions.withdraw_task, author, path.id, body.text, answer=_show_task))


def _add_note_calls(api: APIBlueprint, site: Site) -> None:
    @api.get(
        "/work/officers/<int:id>/tasks",
        endpoint="officer_tasks",
        summary="One officer's tasks",
        responses={200: TaskAnswer},
    )
    def officer_tasks(path: NumberPath, query: WorkQuery) -> Response:
        today, period = _choose_period(site, query)
        with site.desk.read() as db:
            officer = views.get_officer(db, path.id)
            items = store.list_assigned(db, officer.id, period.first, period.last)
            described = views.describe_tasks(db, items[: views.LISTED_MAX], today)
        return respond((200, {"items": described, "counts": views.describe_counts(items, period, today)}))

    @api.get(
        "/work/officers/<int:id>/notes", endpoint="notes", summary="Notes about an officer", responses={200: NoteList}
    )
    def notes(path: NumberPath) -> Response:
        with site.desk.read() as db:
            officer = views.get_officer(db, path.id)
            return respond((200, {"items": views.describe_notes(db, officer.id)}))

    @api.post(
        "/work/officers/<int:id>/notes",
        endpoint="write_note",
        summary="Write a note about an officer",
        responses={201: WorkReceipt},
    )
    def write_note(path: NumberPath, body: NewNote) -> Response:
        _require_officer(site, path.id)
        note = NoteRequest(path.id, body.kind, body.text, find_own_account(site))
        return respond(site.request_door().do(actions.write_note, note, answer=_show_new_number))

    @api.get(
        "/work/officers/<int:id>/hours",
        endpoint="working_hours",
        summary="An officer's working hours",
        responses={200: HoursShape},
    )
    def working_hours(path: NumberPath, query: HoursQuery) -> Response:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            officer = views.get_officer(db, path.id)
            day = rules.read_past_day(query.day or today, today)
            return respond((200, views.describe_hours(db, officer.id, day, site.desk.clock.now())))

    @api.post(
        "/work/officers/<int:id>/hours",
        endpoint="correct_hours",
        summary="Correct an officer's working hours; what was recorded stays",
        responses={201: WorkReceipt},
    )
    def correct_hours(path: NumberPath, body: NewCorrection) -> Response:
        _require_officer(site, path.id)
        author = find_own_account(site)
        wish = PresenceRequest(
            path.id, body.day, body.begin, body.end, body.counter, body.reason, author, body.reason_code or OTHER_REASON
        )
        return respond(site.request_door().do(actions.correct_presence, wish, answer=_show_new_number))


def _add_own_calls(api: APIBlueprint, site: Site) -> None:
    @api.get("/me/work", endpoint="own_work", summary="One's own tasks, notes and hours", responses={200: OwnWork})
    def own_work(query: WorkQuery) -> Response:
        today, period = _choose_period(site, query)
        officer = find_own_account(site) or NOBODY
        with site.desk.read() as db:
            return respond((200, views.show_officer_work(db, officer, period, today, site.desk.clock.now())))

    @api.post(
        "/me/tasks/<int:id>/report",
        endpoint="report_task",
        summary="Report one's own task done",
        responses={200: TaskReceipt},
    )
    def report_task(path: NumberPath, body: WorkWords) -> Response:
        officer = get_own_account(site)
        return respond(site.request_door().do(actions.report_task, officer, path.id, body.text, answer=_show_task))

    @api.post(
        "/me/notes/<int:id>/answer",
        endpoint="answer_note",
        summary="Answer a note about oneself",
        responses={200: WorkReceipt},
    )
    def answer_note(path: NumberPath, body: WorkWords) -> Response:
        officer = get_own_account(site)
        return respond(site.request_door().do(actions.answer_note, officer, path.id, body.text, answer=_show_number))


def _require_officer(site: Site, number: int) -> None:
    """Raise `Unknown("officer.unknown")` unless the path names an officer, who may have left."""
    with site.desk.read() as db:
        views.get_officer(db, number)


def _choose_period(site: Site, query: WorkQuery) -> tuple[str, Period]:
    today, _behind = site.get_today()
    return today, choose_period("days", today, None, query.begin, query.end)


def _show_task(_db: Reader, task: WorkTask) -> Answer:
    return 200, {"id": task.id, "state": task.state.value, "due_on": task.due_on}


def _show_new_task(db: Reader, task: WorkTask) -> Answer:
    return 201, _show_task(db, task)[1]


def _show_number(_db: Reader, item: WorkNote) -> Answer:
    return 200, {"id": item.id}


def _show_new_number(_db: Reader, item: WorkNote | PresenceCorrection) -> Answer:
    return 201, {"id": item.id}
