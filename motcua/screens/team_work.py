"""The leaders' pages of tasks, notes and working hours: plain forms that work without scripts."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.counters import store as counter_store
from motcua.desk import Invalid, Refused, Tx, Unknown
from motcua.reports.periods import choose_period
from motcua.screens.forms import describe_user
from motcua.screens.own_work import add_own_page
from motcua.screens.pages import render_page
from motcua.views import work as views
from motcua.views.proposals import list_officer_proposals
from motcua.web.language import get_language, translate
from motcua.web.own import find_own_account
from motcua.web.problems import get_status
from motcua.web.report_files import PeriodWords
from motcua.web.site import Site
from motcua.work import actions, rules, store
from motcua.work.model import NOTE_LABELS, NoteRequest, PresenceRequest, TaskRequest, WorkTask

PATH = "/leaders/work"
SEE_OTHER, DIGITS_MAX = 303, 9


def install(screens: Blueprint, site: Site) -> None:
    """Add the pages and what their forms do, and the officer's own page."""
    add_own_page(screens, site)

    def render(refusal: Refused | None = None, about: str = "", status: int = 200) -> Response:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            fields: dict[str, Any] = {
                "officers": [(account.id, account.full_name) for account in views.list_officers(db)],
                "everybody": [(one.id, one.full_name, one.disabled) for one in views.list_officers(db, with_gone=True)],
                "tasks": views.describe_tasks(db, store.list_in_hand(db, views.LISTED_MAX), today),
                "due_on": views.find_due_day(db, today),
            }
        return answer("leaders_work.html", refusal, about, status, officer=None, today=today, **fields)

    def render_officer(number: int, refusal: Refused | None = None, about: str = "") -> Response:
        today, _behind = site.get_today()
        now = site.desk.clock.now()
        mistake = None
        try:
            words = PeriodWords.of_query(request.args)
            period = choose_period("days", today, None, words.first, words.last)
            day = rules.read_past_day(request.args.get("day") or today, today)
        except Invalid as error:
            period, day, mistake = choose_period("days", today), today, error
        with site.desk.read() as db:
            officer = views.get_officer(db, number)
            fields: dict[str, Any] = {
                "work": views.show_officer_work(db, number, period, today, now),
                "day": views.describe_hours(db, number, day, now),
                "counters": [("", translate("At no counter"))]
                + [(one.number, one.label or str(one.number)) for one in counter_store.list_lanes(db)],
                "due_on": views.find_due_day(db, today),
                "correction_reasons": [(code, label[get_language()]) for code, label in views.map_reasons(db).items()],
                "proposals": list_officer_proposals(db, number, today, is_own=False),
            }
        return answer(
            "officer_work.html",
            refusal or mistake,
            about,
            officer={"id": officer.id, "name": officer.full_name, "has_left": officer.disabled},
            today=today,
            days=period,
            note_kinds=[(kind.value, translate(label)) for kind, label in NOTE_LABELS.items()],
            **fields,
        )

    def answer(template: str, refusal: Refused | None, about: str, status: int = 200, **fields: Any) -> Response:
        mistake = translate(refusal.message, refusal.params) if refusal else ""
        page = render_page(
            site,
            template,
            me=describe_user(site),
            tab="work",
            mistake=mistake,
            about=about,
            typed=request.form.to_dict() if refusal else {},
            words_max=rules.WORDS_MAX,
            is_leading=True,
            **fields,
        )
        return make_response(page, get_status(refusal) if refusal else status)

    @screens.get(PATH, endpoint="leaders_work")
    def leaders_work() -> Response:
        return render()

    @screens.get(f"{PATH}/<int:officer>", endpoint="officer_work")
    def officer_work(officer: int) -> Response:
        return render_officer(officer)

    def act(work: Callable[[Tx], Any], officer: int, about: str) -> AnyResponse:
        """Do what a form of a page asks for: the page of `officer`, or where that is 0 the page of all."""
        try:
            site.open_door().do(work)
        except Unknown:
            raise
        except Refused as refusal:
            return render_officer(officer, refusal, about) if officer else render(refusal, about)
        return redirect(f"{PATH}/{officer}" if officer else PATH, SEE_OTHER)

    @screens.post(f"{PATH}/tasks", endpoint="new_task")
    def new_task() -> AnyResponse:
        task = TaskRequest(_read("officer"), _text("due_on"), _text("text"), find_own_account(site))
        return act(lambda tx: actions.assign_task(tx, task), _read("page"), "task")

    @screens.post(f"{PATH}/tasks/<int:number>/<step>", endpoint="task_step")
    def task_step(number: int, step: str) -> AnyResponse:
        work = _find_step(step, number, find_own_account(site))
        return act(work, _read("page"), f"task-{number}-{step}")

    @screens.post(f"{PATH}/<int:officer>/notes", endpoint="new_note")
    def new_note(officer: int) -> AnyResponse:
        with site.desk.read() as db:
            views.get_officer(db, officer)
        note = NoteRequest(officer, _text("kind"), _text("text"), find_own_account(site))
        return act(lambda tx: actions.write_note(tx, note), officer, "note")

    @screens.post(f"{PATH}/<int:officer>/hours", endpoint="correct_hours")
    def correct_hours(officer: int) -> AnyResponse:
        with site.desk.read() as db:
            views.get_officer(db, officer)
        counter = _read("counter") if _text("counter") else None
        author = find_own_account(site)
        wish = PresenceRequest(
            officer, _text("day"), _text("begin"), _text("end"), counter, _text("text"), author, _text("reason")
        )
        return act(lambda tx: actions.correct_presence(tx, wish), officer, "hours")


def _find_step(name: str, number: int, author: int | None) -> Callable[[Tx], WorkTask]:
    """Return what a form of a task does. Raises `Unknown("page.unknown")`."""
    words, due_on = _text("text"), _text("due_on")
    steps: dict[str, Callable[[Tx], WorkTask]] = {  # they run in the writer's thread, which knows no request
        "accept": lambda tx: actions.accept_task(tx, number),
        "return": lambda tx: actions.return_task(tx, author, number, words, due_on),
        "withdraw": lambda tx: actions.withdraw_task(tx, author, number, words),
    }
    if name not in steps:
        raise Unknown("page.unknown", "There is nothing at this address.")
    return steps[name]


def _text(name: str) -> str:
    return request.form.get(name, "")


def _read(name: str) -> int:
    """Return a small whole number of the form, 0 for anything else."""
    word = _text(name)
    return int(word) if word.isascii() and word.isdigit() and len(word) <= DIGITS_MAX else 0
