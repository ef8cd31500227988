"""The rating pad: five faces after the visit, for half a minute."""

from typing import Any

from flask import Blueprint, request

from motcua.desk import Invalid, Reader
from motcua.feedback import actions
from motcua.feedback.model import RatingPrompt
from motcua.screens.pages import page
from motcua.views.pad import pad_screen
from motcua.web.identity import Caller
from motcua.web.language import in_each, mark
from motcua.web.site import Site, key_digest
from motcua.web.sockets import Namespace, acknowledge, counter_of, event_key


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

    def visit_of(data: object) -> tuple[str, str | None]:
        fields, key = event_key(data)
        visit = fields.get("visit")
        if not isinstance(visit, str):
            raise Invalid("visit.unknown", "There is no such visit here.")
        return visit, key

    def shown(data: object = None, *_more: object) -> dict[str, Any]:
        """`{visit, key}`: the question is on the screen."""

        def work() -> dict[str, Any]:
            visit, key = visit_of(data)
            door = site.door(namespace.caller(), key, key_digest("shown", data))
            _status, body = door.do(actions.record_prompt, int(namespace.key()), visit, answer=_asked)
            return dict(body)

        return acknowledge(work)

    def skip(data: object = None, *_more: object) -> dict[str, Any]:
        """`{visit, key}`: the citizen pressed "skip"."""

        def work() -> dict[str, Any]:
            visit, key = visit_of(data)
            door = site.door(namespace.caller(), key, key_digest("skip", data))
            _status, body = door.do(actions.record_skip, visit, "skipped", int(namespace.key()), answer=_skipped)
            return dict(body)

        return acknowledge(work)

    site.socketio.on_event("shown", shown, namespace="/pad")
    site.socketio.on_event("skip", skip, namespace="/pad")


def _asked(found: RatingPrompt) -> tuple[int, dict[str, Any]]:
    return 200, {"visit": found.visit, "until": found.until}


def _skipped(_nothing: None) -> tuple[int, dict[str, Any]]:
    return 200, {}
