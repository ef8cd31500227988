"""Turns the answers of the one door into HTTP responses, and tickets into answers."""

import json
from http import HTTPStatus
from typing import Any

from flask import Response

from motcua.desk import Reader
from motcua.desk.keys import Answer
from motcua.estimates.waits import WaitEstimates
from motcua.queue import store as queue_store
from motcua.queue.model import CallResult, Ticket
from motcua.settings import store as settings_store
from motcua.views.shapes import count_people_ahead, describe_ticket, find_remaining_wait


def respond(answer: Answer, **headers: str) -> Response:
    """Return (status, JSON) as a response; 204 has no body."""
    status, body = answer
    if status == HTTPStatus.NO_CONTENT:
        return Response(status=204)
    response = Response(json.dumps(body, ensure_ascii=False), status, content_type="application/json")
    response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return response


class TicketViews:
    """Shows tickets inside the transaction that changed them: whole to counters, to others (`whole=False`) without class.

    Never with the address of the ticket's page: whoever has it rates as the citizen.
    """

    def __init__(self, waits: WaitEstimates, *, whole: bool = True) -> None:
        self._waits, self._whole = waits, whole

    def shape(self, db: Reader, found: Ticket | None) -> dict[str, Any] | None:
        """Return the ticket as its reader may see it."""
        if found is None:
            return None
        zone = settings_store.timezone(db)
        wait = find_remaining_wait(self._waits, found)
        return describe_ticket(found, zone, people_ahead=count_people_ahead(db, found), wait=wait, priority=self._whole)

    def one(self, db: Reader, found: Ticket) -> Answer:
        """Return the answer of an action on one ticket, with the reason of its last call and its seat."""
        return 200, {
            "ticket": self.shape(db, found),
            "why": queue_store.find_last_why(db, found.id),
            "seat": queue_store.seat_of(db, found),
        }

    def called(self, db: Reader, found: CallResult) -> Answer:
        """Return the answer of a call; 204 when nothing changed."""
        if found.ticket is None and found.finished is None:
            return 204, None
        finished = {"finished": self.shape(db, found.finished)} if found.finished else {}
        seat = queue_store.seat_of(db, found.ticket) if found.ticket else None
        return 200, {"ticket": self.shape(db, found.ticket), "why": found.why, "seat": seat, **finished}
