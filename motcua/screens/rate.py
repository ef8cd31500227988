"""Rating without scripts: the page behind a counter's code, and the one behind a ticket's.

Plain forms, for any camera app and any phone. A counter's code carries no right but to rate the counter; the visit
is named by the ticket's number and its four digits.
"""

from typing import Any

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers.response import Response

from motcua.counters import store as counter_store
from motcua.desk import Reader, Refused, Unknown
from motcua.feedback import rules as feedback_rules
from motcua.feedback import store as feedback_store
from motcua.feedback.channels import Channel
from motcua.feedback.model import Status
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState
from motcua.screens.forms import require_own_form
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.typed.codes import clean_token
from motcua.views.shapes import list_choices
from motcua.web.codes import throttle_codes
from motcua.web.language import translate
from motcua.web.problems import get_status
from motcua.web.raters import RatingWish, name_browser, take
from motcua.web.site import Site

VISIT, EARLY, COUNTER = "visit", "early", "counter"
"""What a rating was taken for: the visit; a visit that has not ended; the counter alone."""
CONTENT = 4
"""From this level on nobody is asked for reasons."""
NO_FORM = {"level": 0, "reasons": [], "comment": "", "number": "", "short_code": ""}


def install(screens: Blueprint, site: Site) -> None:
    """Add the pages and what their forms do."""

    def render(subject: dict[str, Any], status: int = 200, error: str = "", **fields: Any) -> Response:
        with site.desk.read() as db:
            reasons = list_choices(settings_store.get_settings(db).rating.reasons)
        done = request.args.get("done", "")
        answer = make_response(
            render_page(
                site, "rate.html", subject=subject, reasons=reasons, form={**NO_FORM, **fields}, error=error, done=done
            ),
            status,
        )
        return name_browser(site, answer)

    def answer(subject: dict[str, Any], wish: RatingWish) -> Response:
        """Take `wish`, or show its form again with what is wrong."""
        require_own_form(site)
        if not wish.level:
            return render(subject, 422, translate("Please choose one of the five faces."), **read_fields())
        try:
            _status, body = take(site, wish)
        except Refused as refusal:
            return render(subject, get_status(refusal), translate(refusal.message, refusal.params), **read_fields())
        return redirect(f"{subject['action']}?done={_name_result(wish, body['status'])}", 303)

    @screens.get("/c/<int(max=999):number>", endpoint="rate_counter")
    def rate_counter(number: int) -> Response:
        return render(_counter(site, number))

    @screens.post("/c/<int(max=999):number>", endpoint="rate_counter_submit")
    def rate_counter_submit(number: int) -> Response:
        return answer(_counter(site, number), _read_wish(Channel.COUNTER_QR, counter=number))

    @screens.get("/t/<code>/rating", endpoint="rate_ticket")
    def rate_ticket(code: str) -> Response:
        subject = _ticket(site, code)
        return render(subject, level=_read_level(request.args.get("level")) or subject["level"] or 0)

    @screens.post("/t/<code>/rating", endpoint="rate_ticket_submit")
    def rate_ticket_submit(code: str) -> Response:
        subject = _ticket(site, code)
        return answer(subject, _read_wish(Channel.QR, token=subject["code"]))


def read_fields() -> dict[str, Any]:
    """Return what the form of this request says, as the page shows it again when something is wrong.

    Reasons belong to the three lower levels: a form without scripts sends what was ticked before a better face was
    chosen.
    """
    form = request.form
    level = _read_level(form.get("level"))
    return {
        "level": level,
        "reasons": form.getlist("reason") if 0 < level < CONTENT else [],
        "comment": form.get("comment", ""),
        "number": form.get("number", "").strip(),
        "short_code": form.get("short_code", "").strip(),
    }


def _read_wish(channel: Channel, *, token: str | None = None, counter: int | None = None) -> RatingWish:
    """Return what the form of this request wants to rate; a visit by its number only at a `counter`'s page."""
    fields = read_fields()
    number, digits = (fields["number"], fields["short_code"]) if counter is not None else ("", "")
    return RatingWish(
        fields["level"], channel, token=token, counter=counter, number=number or None, short_code=digits or None,
        reasons=tuple(fields["reasons"]), comment=fields["comment"],
    )  # fmt: skip


def _read_level(value: str | None) -> int:
    return int(value) if value in {"1", "2", "3", "4", "5"} else 0


def _name_result(wish: RatingWish, status: str) -> str:
    """Return what the rating was taken for. Of a rating that is set aside the page says nothing else."""
    if wish.token is None and wish.number is None:
        return COUNTER
    return EARLY if status == Status.UNPROMPTED.value else VISIT


def _counter(site: Site, number: int) -> dict[str, Any]:
    """Return the counter that a page is about. Raises `Unknown("counter.unknown")`."""
    with site.desk.read() as db:
        counter = counter_store.get(db, number)
    return {"kind": "counter", "counter": counter.number, "label": counter.label, "action": f"/c/{counter.number}"}


def _ticket(site: Site, code: str) -> dict[str, Any]:
    """Return the ticket that a page is about. Raises `Unknown("token.unknown")`."""
    with throttle_codes(site, long=True), site.desk.read() as db:
        ticket = open_ticket(site, db, code)
        rating = feedback_store.find_counted(db, ticket.id)
        has_form = ticket.service in settings_store.get_settings(db).rating_form.services
    return {
        "kind": "ticket",
        "code": ticket.code,
        "number": ticket.number,
        "counter": ticket.counter,
        "has_form": has_form,
        "is_open": ticket.state is TicketState.SERVED,
        "level": int(rating.level) if rating else 0,
        "action": f"/t/{ticket.code}/rating",
    }


def open_ticket(site: Site, db: Reader, code: object) -> Ticket:
    """Return the ticket whose page `code` opens. Raises `Unknown("token.unknown")`."""
    ticket = queue_store.find_by_code(db, clean_token(code)) if isinstance(code, str) else None
    day, _behind = site.get_today(db)
    if ticket is None or not feedback_rules.is_qr_open(settings_store.get_settings(db).rating, ticket.day, day):
        raise Unknown("token.unknown", "This ticket's page is no longer open.")
    return ticket
