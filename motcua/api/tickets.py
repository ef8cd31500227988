"""Taking, reading, cancelling and bringing back tickets; saying where one sits."""

from typing import Any

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import TicketViews, respond
from motcua.api.shapes.base import NoBody
from motcua.api.shapes.tickets import (
    CameraAnswer,
    CounterAnswer,
    NewMatter,
    NewSeat,
    NewTicket,
    SeatAnswer,
    TicketPath,
    TicketShape,
    TicketToken,
    TicketWithHistory,
)
from motcua.desk import Invalid, Reader
from motcua.desk.keys import Answer
from motcua.feedback import actions as feedback_actions
from motcua.feedback.model import ConsentAnswer
from motcua.queue import actions, store
from motcua.queue.model import IssuedTicket, Ticket, TicketMatter, TicketRequest
from motcua.settings import store as settings_store
from motcua.staff.model import Role
from motcua.views import reasons
from motcua.views.shapes import count_people_ahead, describe_ticket, find_remaining_wait, format_local
from motcua.web.codes import throttle_codes
from motcua.web.language import get_language
from motcua.web.site import Site

SEES_CLASS = frozenset({Role.COUNTER, Role.OFFICER})


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls about tickets."""

    def views() -> TicketViews:
        return TicketViews(site.waits, whole=site.caller.role in SEES_CLASS)

    @api.post("/tickets", endpoint="issue", summary="Take a number", responses={201: TicketShape})
    def issue(body: NewTicket) -> Response:
        follow_base = site.addresses.make_follow_base() if site.caller.role is Role.KIOSK else None

        def view(db: Reader, issued: IssuedTicket) -> Answer:
            settings, item = settings_store.get_settings(db), issued.ticket
            address = None if follow_base is None else follow_base(settings.web.base_url) + item.code
            return 201, describe_ticket(
                item,
                settings.timezone,
                people_ahead=issued.people_ahead,
                wait=item.wait,
                priority=True,
                follow_url=address,
            )

        wish = TicketRequest(body.service, body.priority, body.appointment, body.seat, _read_matter(body.matter))
        return respond(site.request_door().do(actions.take_number, wish, site.waits.estimate_new, answer=view))

    @api.post("/tickets/seat", endpoint="sit", summary="Say where one sits", responses={200: SeatAnswer})
    def sit(body: NewSeat) -> Response:
        with throttle_codes(site, long=True), site.desk.read() as db:
            opened = store.find_by_code(db, body.token)
            if opened is None:
                raise Invalid("token.unknown", "This ticket's page is no longer open.")

        def view(_db: Reader, seated_ticket: Ticket) -> Answer:
            return 200, {"seat": seated_ticket.seat}

        return respond(site.request_door(opened.code).do(actions.sit_at, opened.id, body.seat, answer=view))

    @api.post(
        "/tickets/smile/erase",
        endpoint="erase_smile",
        summary="Erase the smile score of one's own visit",
        responses={200: CameraAnswer},
    )
    def erase_smile(body: TicketToken) -> Response:
        with throttle_codes(site, long=True), site.desk.read() as db:
            opened = store.find_by_code(db, body.token)
            if opened is None or opened.counter is None:
                raise Invalid("token.unknown", "This ticket's page is no longer open.")

        def view(_db: Reader, answer: ConsentAnswer) -> Answer:
            return 200, {"camera": answer.value}

        door = site.request_door(opened.code)
        return respond(door.do(feedback_actions.withdraw_consent, opened.counter, opened.id, answer=view))

    @api.get(
        "/tickets/<id>",
        endpoint="ticket",
        summary="A ticket, its history and the reasons",
        responses={200: TicketWithHistory},
    )
    def read(path: TicketPath) -> Response:
        with site.desk.read() as db:
            item = store.get(db, path.id)
            settings = settings_store.get_settings(db)
            sees = site.caller.role in SEES_CLASS
            shape = describe_ticket(
                item,
                settings.timezone,
                people_ahead=count_people_ahead(db, item),
                wait=find_remaining_wait(site.waits, item),
                priority=sees,
            )
            history = []
            for move in store.list_moves(db, item.id):
                why_texts = reasons.explain_call(db, item, move.why, settings, at=move.at, shows_class=sees)
                step: dict[str, Any] = {
                    "at": format_local(move.at, settings.timezone),
                    "move": move.move,
                    "counter": move.counter,
                }
                history.append(
                    {
                        **step,
                        "reason": move.reason,
                        "why": move.why,
                        "why_text": why_texts[get_language()] if why_texts else None,
                    }
                )
        return respond((200, {**shape, "history": history}))

    @api.post("/tickets/<id>/cancel", endpoint="cancel", summary="Give up a number", responses={200: CounterAnswer})
    def cancel(path: TicketPath, body: NoBody) -> Response:
        return respond(site.request_door().do(actions.cancel, path.id, answer=views().answer_ticket))

    @api.post(
        "/tickets/<id>/print", endpoint="reprint", summary="Print the paper once more", responses={200: CounterAnswer}
    )
    def reprint(path: TicketPath, body: NoBody) -> Response:
        return respond(site.request_door().do(actions.reprint, path.id, answer=views().answer_ticket))

    @api.post(
        "/tickets/<id>/return",
        endpoint="come_back",
        summary="Come back after being absent",
        responses={200: CounterAnswer},
    )
    def come_back(path: TicketPath, body: NoBody) -> Response:
        return respond(site.request_door().do(actions.come_back, path.id, answer=views().answer_ticket))


def _read_matter(body: NewMatter | None) -> TicketMatter | None:
    return None if body is None else TicketMatter(body.procedure, tuple(body.choices.items()), tuple(body.papers))
