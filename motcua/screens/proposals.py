"""The pages of proposals: a leader's list, one proposal with its evidence, and the officer's own. Plain forms."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Refused, Unknown
from motcua.screens.forms import describe_user
from motcua.screens.pages import render_page
from motcua.views import proposals as views
from motcua.views.work import get_officer
from motcua.web.language import translate
from motcua.web.own import find_own_account, get_own_account
from motcua.web.problems import get_status
from motcua.web.proposal_papers import (
    collect_now,
    look_at_proposal,
    make_step,
    print_paper,
    sign_with_password,
)
from motcua.web.site import Site
from motcua.work import actions, rules
from motcua.work.model import ProposalRequest

LEADERS_PATH, OWN_PATH = "/leaders/proposals", "/my/work/proposals"
SEE_OTHER = 303


def install(screens: Blueprint, site: Site) -> None:
    """Add the pages and what their forms do."""
    _add_leaders_pages(screens, site)
    _add_own_pages(screens, site)


def _add_leaders_pages(screens: Blueprint, site: Site) -> None:
    def render_list(refusal: Refused | None = None) -> Response:
        today, _behind = site.get_today()
        with site.desk.read() as db:
            items = views.list_proposals(db, today)
        return _answer(site, "leaders_proposals.html", refusal, tab="proposals", items=items)

    def render(number: int, refusal: Refused | None = None, about: str = "") -> Response:
        proposal = look_at_proposal(site, number)
        return _answer(site, "leaders_proposal.html", refusal, about, tab="proposals", proposal=proposal, is_own=False)

    @screens.get(LEADERS_PATH, endpoint="leaders_proposals")
    def leaders_proposals() -> Response:
        return render_list()

    @screens.get(f"{LEADERS_PATH}/<int:number>", endpoint="leaders_proposal")
    def leaders_proposal(number: int) -> Response:
        return render(number)

    @screens.get(f"{LEADERS_PATH}/<int:number>/paper", endpoint="proposal_paper")
    def proposal_paper(number: int) -> Response:
        return print_paper(site, number)

    @screens.post("/leaders/officers/<int:officer>/proposals", endpoint="propose")
    def propose(officer: int) -> AnyResponse:
        with site.desk.read() as db:
            get_officer(db, officer)
        begun = ProposalRequest(officer, _text("kind"), _text("from"), _text("to"), find_own_account(site))
        try:
            number = site.open_door().do(actions.propose, begun).id
        except Refused as refusal:
            return render_list(refusal)
        return redirect(f"{LEADERS_PATH}/{number}", SEE_OTHER)

    def act(number: int, about: str, work: Callable[[], Any]) -> AnyResponse:
        try:
            work()
        except Unknown:
            raise
        except Refused as refusal:
            return render(number, refusal, about)
        return redirect(f"{LEADERS_PATH}/{number}", SEE_OTHER)

    @screens.post(f"{LEADERS_PATH}/<int:number>/grounds", endpoint="write_grounds")
    def write_grounds(number: int) -> AnyResponse:
        author, words = find_own_account(site), _text("text")
        return act(number, "grounds", lambda: site.open_door().do(actions.write_grounds, author, number, words))

    @screens.post(f"{LEADERS_PATH}/<int:number>/question", endpoint="ask_officer")
    def ask_officer(number: int) -> AnyResponse:
        step = make_step(site, number, _text("seen"))

        def ask() -> None:
            site.open_door().do(actions.ask_officer, step, collect_now(site, number))

        return act(number, "question", ask)

    @screens.post(f"{LEADERS_PATH}/<int:number>/signature", endpoint="sign_proposal")
    def sign_proposal(number: int) -> AnyResponse:
        seen, password = _text("seen"), _text("password")
        return act(number, "signature", lambda: sign_with_password(site, number, seen, password))

    @screens.post(f"{LEADERS_PATH}/<int:number>/withdrawal", endpoint="withdraw_proposal")
    def withdraw_proposal(number: int) -> AnyResponse:
        author, words = find_own_account(site), _text("text")
        return act(number, "withdrawal", lambda: site.open_door().do(actions.withdraw_proposal, author, number, words))


def _add_own_pages(screens: Blueprint, site: Site) -> None:
    def render(number: int, refusal: Refused | None = None, about: str = "") -> Response:
        proposal = look_at_proposal(site, number, get_own_account(site))
        return _answer(site, "own_proposal.html", refusal, about, proposal=proposal, is_own=True)

    def act(number: int, about: str, work: Callable[[], Any]) -> AnyResponse:
        try:
            work()
        except Unknown:
            raise
        except Refused as refusal:
            return render(number, refusal, about)
        return redirect(f"{OWN_PATH}/{number}", SEE_OTHER)

    @screens.get(f"{OWN_PATH}/<int:number>", endpoint="own_proposal")
    def own_proposal(number: int) -> Response:
        return render(number)

    @screens.get(f"{OWN_PATH}/<int:number>/paper", endpoint="own_paper")
    def own_paper(number: int) -> Response:
        return print_paper(site, number, get_own_account(site))

    @screens.post(f"{OWN_PATH}/<int:number>/answer", endpoint="answer_proposal")
    def answer_proposal(number: int) -> AnyResponse:
        officer, words = get_own_account(site), _text("text")
        return act(number, "answer", lambda: site.open_door().do(actions.answer_proposal, officer, number, words))

    @screens.post(f"{OWN_PATH}/<int:number>/decline", endpoint="refuse_answer")
    def refuse_answer(number: int) -> AnyResponse:
        officer = get_own_account(site)
        return act(number, "decline", lambda: site.open_door().do(actions.refuse_answer, officer, number))


def _answer(site: Site, template: str, refusal: Refused | None, about: str = "", **fields: Any) -> Response:
    page = render_page(
        site,
        template,
        me=describe_user(site),
        mistake=translate(refusal.message, refusal.params) if refusal else "",
        about=about,
        typed={"text": _text("text")} if refusal else {},
        words_max=rules.WORDS_MAX,
        **fields,
    )
    return make_response(page, get_status(refusal) if refusal else 200)


def _text(name: str) -> str:
    return request.form.get(name, "")
