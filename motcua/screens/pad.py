"""The rating pad: five faces after the visit, for half a minute."""

from typing import Any, TypedDict

from flask import Blueprint, request

from motcua.desk import Reader
from motcua.feedback import actions
from motcua.screens.pages import page
from motcua.views.pad import pad_screen
from motcua.views.questions import QuestionAnswer, question
from motcua.web.event_list import KeyedPayload
from motcua.web.identity import Caller
from motcua.web.language import in_each, mark
from motcua.web.site import Site
from motcua.web.socket_events import EventRequest, on
from motcua.web.sockets import Namespace, counter_of


def install(screens: Blueprint, site: Site) -> None:
    """Add the pad's page and stream, and what it says: `shown` and `skip`."""

    @screens.get("/pad", endpoint="pad")
    def pad_page() -> str:
        found = site.caller.credential
        own = found.counter if found else None
        named = request.args.get("counter", type=int)
        first = {
            "title": in_each(mark("The rating pad is starting")),
            "words": in_each(mark("You can also rate later by the code on your ticket.")),
        }
        return page(site, "pad.html", first, counter=own if own is not None else named)

    def view(db: Reader, key: str) -> dict[str, Any]:
        day, _behind = site.today()
        return pad_screen(db, int(key), site.desk.clock.now(), day)

    def key_of(caller: Caller, auth: dict[str, Any]) -> str:
        return str(counter_of(caller, auth))

    namespace = Namespace(site, "/pad", view, key_of)

    def show_question(request: EventRequest[VisitPayload]) -> QuestionAnswer:
        """The question is on the screen."""
        return request.do(actions.record_prompt, int(request.stream), request.payload.visit, answer=question)

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
