"""The form of questions after a visit: one question a page, on a phone by the ticket's code and on the pad.

Each answer stands in the page's address, so that going back works and nothing changes before the last step. No
script is needed.
"""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers.response import Response

from motcua.catalogue import store as catalogue_store
from motcua.desk import Invalid, Reader, Refused, Unknown
from motcua.feedback.channels import Channel
from motcua.feedback.model import Level
from motcua.feedback.rules import QUESTIONS, find_next, get_answer
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState
from motcua.screens.forms import require_own_form
from motcua.screens.pages import render_page
from motcua.screens.rate import open_ticket
from motcua.settings import store as settings_store
from motcua.staff.model import Role
from motcua.typed.codes import clean_number
from motcua.views.shapes import describe_service
from motcua.web.codes import throttle_codes
from motcua.web.language import translate
from motcua.web.problems import get_status
from motcua.web.raters import RatingWish, name_browser, take
from motcua.web.site import Site

NAMES = [question.code for question in QUESTIONS]


def install(screens: Blueprint, site: Site) -> None:
    """Add the pages."""

    def render(ticket: Ticket, path: str, back: str, values: Mapping[str, str], *, is_pad: bool = False) -> Response:
        with site.desk.read() as db:
            rules = settings_store.get_settings(db).rating_form
            service = describe_service(catalogue_store.find_service(db, ticket.service), ticket.service)
        answers = _read(values)
        question = find_next(answers, rules.questions)
        fields: dict[str, Any] = {
            "path": path,
            "back": back,
            "is_pad": is_pad,
            "service": service["name"],
            "answers": answers,
            "question": question
            and {"code": question.code, "text": question.text, "answers": _choices(question.answers)},
            "place": len(answers) + 1,
            "most": rules.questions,
            "chosen": [[_find_text(name), get_answer(name, answer).label] for name, answer in answers.items()],
            "is_unchosen": question is not None and "next" in values,
        }
        return name_browser(
            site, make_response(render_page(site, "question_form.html", done=False, error="", **fields))
        )

    def finish(ticket: Ticket, wish: RatingWish, path: str, back: str, *, is_pad: bool) -> Response:
        more: dict[str, Any] = {"path": path, "back": back, "is_pad": is_pad, "number": ticket.number}
        try:
            take(site, wish)
        except Refused as refusal:
            error = translate(refusal.message, refusal.params)
            body = render_page(site, "question_form.html", done=False, error=error, answers={}, question=None, **more)
            return make_response(body, get_status(refusal))
        return redirect(f"{path}?done=1", 303)

    def thank(path: str, back: str, *, is_pad: bool = False) -> Response:
        more: dict[str, Any] = {"path": path, "back": back, "is_pad": is_pad}
        return make_response(
            render_page(site, "question_form.html", done=True, error="", answers={}, question=None, **more)
        )

    @screens.get("/t/<code>/form", endpoint="question_form")
    def question_form(code: str) -> Response:
        ticket = _open_form(site, code)
        path, back = f"/t/{ticket.code}/form", f"/t/{ticket.code}"
        return thank(path, back) if request.args.get("done") else render(ticket, path, back, request.args)

    @screens.post("/t/<code>/form", endpoint="question_form_submit")
    def question_form_submit(code: str) -> Response:
        require_own_form(site)
        ticket = _open_form(site, code)
        answers, comment = _read(request.form), request.form.get("comment")
        wish = RatingWish(Level.NEUTRAL, Channel.FORM, token=ticket.code, answers=answers, comment=comment)
        return finish(ticket, wish, f"/t/{ticket.code}/form", f"/t/{ticket.code}", is_pad=False)

    @screens.get("/pad/form/<visit>", endpoint="pad_form")
    def pad_form(visit: str) -> Response:
        ticket = _find_visit(site, visit)
        path, back = f"/pad/form/{ticket.id}", _pad_path(site, ticket)
        is_done = bool(request.args.get("done"))
        return thank(path, back, is_pad=True) if is_done else render(ticket, path, back, request.args, is_pad=True)

    @screens.post("/pad/form/<visit>", endpoint="pad_form_submit")
    def pad_form_submit(visit: str) -> Response:
        ticket = _find_visit(site, visit)
        answers = _read(request.form)
        wish = RatingWish(Level.NEUTRAL, Channel.FORM, visit=ticket.id, counter=ticket.counter, answers=answers)
        return finish(ticket, wish, f"/pad/form/{ticket.id}", _pad_path(site, ticket), is_pad=True)


def is_offered(db: Reader, ticket: Ticket) -> bool:
    """Say whether the form is offered after a visit for this ticket's service."""
    return ticket.state is TicketState.SERVED and ticket.service in settings_store.get_settings(db).rating_form.services


def _read(values: Mapping[str, str]) -> dict[str, str]:
    """Return the answers that an address or a form names, in the form's order. Raises `Invalid("form.answer")`."""
    answers = {name: values[name] for name in NAMES if name in values}
    for name, answer in answers.items():
        get_answer(name, answer)
    return answers


def _choices(answers: tuple[Any, ...]) -> list[dict[str, str]]:
    return [{"code": answer.code, "label": answer.label} for answer in answers]


def _find_text(name: str) -> str:
    return next(question.text for question in QUESTIONS if question.code == name)


def _open_form(site: Site, code: str) -> Ticket:
    with throttle_codes(site, long=True), site.desk.read() as db:
        return _require_offered(db, open_ticket(site, db, code))


def _find_visit(site: Site, visit: str) -> Ticket:
    """Return the visit of the pad's own counter. Raises `Unknown`."""
    credential = site.caller.credential
    with site.desk.read() as db:
        ticket = queue_store.find(db, clean_number(visit))
        own_counter = credential.counter if credential is not None else None
        is_elsewhere = ticket is not None and own_counter is not None and ticket.counter != own_counter
        if ticket is None or is_elsewhere:
            raise Invalid("visit.unknown", "There is no such visit here.")
        return _require_offered(db, ticket)


def _require_offered(db: Reader, ticket: Ticket) -> Ticket:
    if not is_offered(db, ticket):
        raise Unknown("form.none", "There is no form of questions for this visit.")
    return ticket


def _pad_path(site: Site, ticket: Ticket) -> str:
    return f"/pad?counter={ticket.counter}" if site.caller.role is Role.ADMIN else "/pad"
