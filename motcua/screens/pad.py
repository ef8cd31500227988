"""The rating pad: five faces after the visit, for half a minute."""

from typing import Any, TypedDict

from flask import Blueprint, Response, request

from motcua.counters import store as counter_store
from motcua.desk import Reader
from motcua.feedback import actions
from motcua.screens.pages import render_page
from motcua.screens.suggestion import answer_photo
from motcua.staff import store as staff_store
from motcua.views.pad import pad_screen
from motcua.views.questions import QuestionAnswer, describe_question
from motcua.web.event_list import KeyedPayload
from motcua.web.identity import Caller
from motcua.web.language import mark, translate_into_each
from motcua.web.site import Site
from motcua.web.socket_events import EventRequest, on
from motcua.web.sockets import Namespace, read_counter


def install(screens: Blueprint, site: Site) -> None:
    """Add the pad's page and stream, and what it says: `shown` and `skip`."""

    @screens.get("/pad", endpoint="pad")
    def pad_page() -> str:
        credential = site.caller.credential
        own_counter = credential.counter if credential else None
        named = request.args.get("counter", type=int)
        first = {
            "title": translate_into_each(mark("The rating pad is starting")),
            "words": translate_into_each(mark("You can also rate later by the code on your ticket.")),
        }
        return render_page(site, "pad.html", first, counter=own_counter if own_counter is not None else named)

    @screens.get("/pad/<int(max=999):number>/photo.jpg", endpoint="pad_photo")
    def pad_photo(number: int) -> Response:
        """The photo of the officer who sits at this pad's counter now, and nobody else's."""
        with site.desk.read() as db:
            officer = counter_store.get(db, read_counter(site.caller, {"counter": number})).officer
            return answer_photo(staff_store.find_photo(db, officer) if officer is not None else None)

    def view(db: Reader, key: str) -> dict[str, Any]:
        day, _behind = site.get_today()
        return pad_screen(db, int(key), site.desk.clock.now(), day)

    def key_of(caller: Caller, auth: dict[str, Any]) -> str:
        return str(read_counter(caller, auth))

    namespace = Namespace(site, "/pad", view, key_of)

    def show_question(request: EventRequest[VisitPayload]) -> QuestionAnswer:
        """The question is on the screen."""
        return request.do(actions.record_prompt, int(request.stream), request.payload.visit, answer=describe_question)

    def skip(request: EventRequest[VisitPayload]) -> SkipAnswer:
        """The citizen pressed "skip"."""
        return request.do(actions.record_skip, request.payload.visit, "skipped", int(request.stream), answer=_skipped)

    on(namespace, "shown", VisitPayload, show_question)
    on(namespace, "skip", VisitPayload, skip)


class VisitPayload(KeyedPayload):
    """The visit whose question the pad shows."""

    visit: str


class SkipAnswer(TypedDict):
    """Nothing beside `ok`."""


def _skipped(_db: Reader, _nothing: None) -> SkipAnswer:
    return SkipAnswer()
