"""The rating pad: five faces after the visit, for half a minute."""

from typing import Any, TypedDict

from flask import Blueprint, Response, request
from pydantic import Field

from motcua.counters import store as counter_store
from motcua.desk import Reader
from motcua.feedback import actions
from motcua.feedback.model import ConsentAnswer
from motcua.screens.pages import render_page
from motcua.screens.suggestion import answer_photo
from motcua.staff import store as staff_store
from motcua.views.camera import read_conditions
from motcua.views.pad import pad_screen
from motcua.views.questions import QuestionAnswer, describe_question
from motcua.web.event_list import KeyedPayload
from motcua.web.identity import Caller
from motcua.web.language import mark, translate_into_each
from motcua.web.site import Site
from motcua.web.socket_events import EventRequest, on
from motcua.web.sockets import Namespace, read_counter
from motcua.wiring import cameras


def install(screens: Blueprint, site: Site) -> None:
    """Add the pad's page and stream, and what it says of its two questions."""

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
        day, _behind = site.get_today(db)
        clock = site.desk.clock
        return pad_screen(db, int(key), clock.now(), day, read_conditions(site.fleet, clock.speed))

    def key_of(caller: Caller, auth: dict[str, Any]) -> str:
        return str(read_counter(caller, auth))

    namespace = Namespace(site, "/pad", view, key_of)

    def show_question(request: EventRequest[VisitPayload]) -> QuestionAnswer:
        """The question is on the screen."""
        return request.do(actions.record_prompt, int(request.stream), request.payload.visit, answer=describe_question)

    def skip(request: EventRequest[VisitPayload]) -> SkipAnswer:
        """The citizen pressed "skip"."""
        return request.do(actions.record_skip, request.payload.visit, "skipped", int(request.stream), answer=_skipped)

    def show_notice(request: EventRequest[VisitPayload]) -> ConsentState:
        """The camera question is on the screen. While nobody answers, the answer is `none`, which means no."""
        return request.do(cameras.show_notice, int(request.stream), request.payload.visit, answer=_consented)

    def answer_camera(request: EventRequest[ConsentPayload]) -> ConsentState:
        """The citizen answered the camera question, or took a yes back."""
        payload = request.payload
        return request.do(cameras.answer_consent, int(request.stream), payload.visit, payload.answer, answer=_consented)

    on(namespace, "shown", VisitPayload, show_question)
    on(namespace, "skip", VisitPayload, skip)
    on(namespace, "consent_shown", VisitPayload, show_notice)
    on(namespace, "consent", ConsentPayload, answer_camera)


class VisitPayload(KeyedPayload):
    """The visit whose question the pad shows."""

    visit: str


class ConsentPayload(KeyedPayload):
    """What a citizen answered to the camera question of a visit."""

    visit: str
    answer: str = Field(description="`yes` or `no`; a no after a yes takes it back, and erases the score")


class ConsentState(TypedDict):
    """The answer that counts now: `none`, `yes`, `no`, `withdrawn` or `child`."""

    answer: str


class SkipAnswer(TypedDict):
    """Nothing beside `ok`."""


def _skipped(_db: Reader, _nothing: None) -> SkipAnswer:
    return SkipAnswer()


def _consented(_db: Reader, answer: ConsentAnswer) -> ConsentState:
    return ConsentState(answer=answer.value)
