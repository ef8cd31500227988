"""An officer's own page: tasks, notes from leaders, corrected working hours. Nobody else's can be reached here."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Invalid, Refused, Tx, Unknown
from motcua.reports.periods import choose_period
from motcua.screens.forms import describe_user
from motcua.screens.pages import render_page
from motcua.views import work as views
from motcua.views.proposals import list_officer_proposals
from motcua.web.language import translate
from motcua.web.own import get_own_account
from motcua.web.problems import get_status
from motcua.web.report_files import PeriodWords
from motcua.web.site import Site
from motcua.work import actions, rules

PATH = "/my/work"
SEE_OTHER = 303


def add_own_page(screens: Blueprint, site: Site) -> None:
    """Add the page and what its forms do."""

    def render(refusal: Refused | None = None, about: str = "") -> Response:
        officer = get_own_account(site)
        today, _behind = site.get_today()
        try:
            words = PeriodWords.of_query(request.args)
            period = choose_period("days", today, None, words.first, words.last)
        except Invalid as error:
            period, refusal = choose_period("days", today), refusal or error
        with site.desk.read() as db:
            work = views.show_officer_work(db, officer, period, today, site.desk.clock.now())
            proposals = list_officer_proposals(db, officer, today, is_own=True)
        fields: dict[str, Any] = {
            "mistake": translate(refusal.message, refusal.params) if refusal else "",
            "about": about,
            "typed": request.form.to_dict() if refusal else {},
            "words_max": rules.WORDS_MAX,
            "is_leading": False,
            "proposals": proposals,
        }
        page = render_page(site, "own_work.html", me=describe_user(site), work=work, today=today, days=period, **fields)
        return make_response(page, get_status(refusal) if refusal else 200)

    @screens.get(PATH, endpoint="own_work")
    def own_work() -> Response:
        return render()

    def act(work: Callable[[Tx], Any], about: str) -> AnyResponse:
        try:
            site.open_door().do(work)
        except Unknown:
            raise
        except Refused as refusal:
            return render(refusal, about)
        return redirect(PATH, SEE_OTHER)

    @screens.post(f"{PATH}/tasks/<int:number>/report", endpoint="report_task")
    def report_task(number: int) -> AnyResponse:
        officer, words = get_own_account(site), request.form.get("text", "")
        return act(lambda tx: actions.report_task(tx, officer, number, words), f"task-{number}-report")

    @screens.post(f"{PATH}/notes/<int:number>/answer", endpoint="answer_note")
    def answer_note(number: int) -> AnyResponse:
        officer, words = get_own_account(site), request.form.get("text", "")
        return act(lambda tx: actions.answer_note(tx, officer, number, words), f"note-{number}")
