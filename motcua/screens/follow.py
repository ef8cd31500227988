"""The ticket's page on a phone, behind the QR; its code alone opens it."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from flask import Blueprint, make_response
from werkzeug.wrappers.response import Response

from motcua.catalogue import store as catalogue_store
from motcua.desk import Entry, Event, Reader, stamp
from motcua.feedback.events import RatingGiven
from motcua.queue import store as queue_store
from motcua.queue.events import TicketCalled
from motcua.screens.pages import render_page
from motcua.screens.rate import open_ticket
from motcua.settings import store as settings_store
from motcua.views.follow import follow_screen
from motcua.web.codes import throttle_codes
from motcua.web.identity import Caller
from motcua.web.raters import name_browser
from motcua.web.site import Site
from motcua.web.sockets import Namespace
from motcua.wiring.paper import write_time


def install(screens: Blueprint, site: Site) -> None:
    """Add the ticket's page and stream."""

    opened = partial(open_ticket, site)

    @screens.get("/t/<code>", endpoint="follow")
    def follow_page(code: str) -> Response:
        with throttle_codes(site, long=True), site.desk.read() as db:
            ticket = opened(db, code)
            ticket_view = view(db, ticket.code)
            timezone = settings_store.get_settings(db).timezone
        is_ahead = ticket.due_at is not None and ticket.due_at > stamp(site.desk.clock.now())
        due = write_time(ticket.due_at, timezone) if is_ahead else None
        first = {**ticket_view, "due": due, "code": ticket.code}
        body = render_page(site, "follow.html", first, code=ticket.code, number=ticket.number)
        return name_browser(site, make_response(body))

    def view(db: Reader, key: str) -> dict[str, Any]:
        ticket = opened(db, key)
        day, _behind = site.get_today(db)
        return follow_screen(
            db, ticket, day, {item.code: item for item in catalogue_store.list_services(db)}, site.waits
        )

    def key_of(_caller: Caller, auth: dict[str, Any]) -> str:
        code = auth.get("token")
        with throttle_codes(site, long=True), site.desk.read() as db:
            return opened(db, code).code

    def beside() -> object:
        """Return what a page shows that the journal does not say: the waits, and the day."""
        return site.waits.looked_at, id(site.waits.tickets), site.get_today()

    stage = Namespace(site, "/follow", view, key_of, beside=beside).stage

    def look_at_changed(batch: Sequence[Entry[Event]]) -> None:
        """A ticket's own page hears at once; how many are ahead of the others follows within a second."""
        listening = set(stage.list_listening())
        if not listening:
            return
        with site.desk.read() as db:
            codes = [ticket.code for name in sorted(_tickets(batch)) if (ticket := queue_store.find(db, name))]
        for code in codes:
            if code in listening:
                stage.look(code)

    site.stages.on_commit(look_at_changed, "/follow")


def _tickets(batch: Sequence[Entry[Event]]) -> set[str]:
    """Return the tickets that something happened to."""
    named = {
        entry.event.subject.removeprefix("ticket:") for entry in batch if entry.event.subject.startswith("ticket:")
    }
    events = [entry.event for entry in batch]
    ended = {event.finished for event in events if isinstance(event, TicketCalled) and event.finished}
    rated = {event.visit for event in events if isinstance(event, RatingGiven) and event.visit}
    return named | ended | rated
