"""The wall: who is called where, for the whole hall to see and hear."""

from collections.abc import Sequence
from typing import Any, TypedDict

from flask import Blueprint

from motcua.calls import sentences, sounds
from motcua.desk import Entry, Event, Reader, stamp
from motcua.queue import store as queue_store
from motcua.queue.events import TicketCalled, TicketRecalled
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.views.hall import add_refusal
from motcua.views.wall import show_wall as wall_view
from motcua.web.identity import Caller
from motcua.web.language import mark, translate_into_each
from motcua.web.site import Site
from motcua.web.socket_events import sends
from motcua.web.sockets import Namespace


class CallMessage(TypedDict):
    """A number is called, with the revision of the change that shows it."""

    number: str
    counter: int
    seat: str | None
    sentence: str
    sentence_en: str
    audio_url: str | None
    repeat: int
    chime: bool
    volume: float
    recall: bool
    revision: int
    epoch: str
    at: str


def install(screens: Blueprint, site: Site) -> None:
    """Add the wall's page and stream."""

    @screens.get("/wall", endpoint="wall")
    def wall_page() -> str:
        with site.desk.read() as db:
            now = view(db, "")["now"]
        words = translate_into_each(
            mark("This screen is starting. Please listen for your number, or ask at the counters.")
        )
        return render_page(site, "wall.html", {"now": now, "words": words})

    def view(db: Reader, _key: str) -> dict[str, Any]:
        day, behind = site.get_today(db)
        return add_refusal(
            wall_view(db, site.desk.clock.now(), day, site.waits, clock_behind=behind), site.desk.refusal
        )

    def key_of(_caller: Caller, _auth: dict[str, Any]) -> str:
        return ""

    stage = Namespace(site, "/wall", view, key_of).stage
    call_sender = sends(site, "/wall", "call", CallMessage)

    def called(batch: Sequence[Entry[Event]]) -> None:
        """Say each call of the batch, with the revision of the change that shows it."""
        calls = [entry for entry in batch if isinstance(entry.event, TicketCalled | TicketRecalled)]
        stream = stage.get_stream()
        if not calls or not stream.listeners:
            return
        with site.desk.read() as db:
            settings = settings_store.get_settings(db)
            for entry in calls:
                event = entry.event
                if not isinstance(event, TicketCalled | TicketRecalled):
                    continue
                ticket = queue_store.get(db, event.ticket)
                is_recall = isinstance(event, TicketRecalled)
                spoken_call = sentences.compose_ticket_call(db, settings, ticket, event.counter, recall=is_recall)
                message = CallMessage(
                    number=event.number,
                    counter=event.counter,
                    seat=queue_store.read_seat(db, ticket),
                    sentence=spoken_call.sentence.text,
                    sentence_en=spoken_call.english,
                    audio_url=spoken_call.path if sounds.is_audible(settings, site.voice, spoken_call) else None,
                    repeat=settings.voice.repeat,
                    chime=settings.voice.chime,
                    volume=settings.voice.volume / 100,
                    recall=is_recall,
                    revision=stream.revision,
                    epoch=site.desk.epoch,
                    at=stamp(site.desk.clock.now()),
                )
                call_sender.emit_with_changes(message, stage.get_room(""))

    site.stages.on_commit(called, "/wall")
