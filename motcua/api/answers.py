"""Turns the answers of the one door into HTTP responses, and tickets into answers."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from flask import Response
from werkzeug.datastructures import Headers

from motcua.desk import Reader
from motcua.desk.keys import Answer, write_answer
from motcua.estimates.waits import WaitEstimates
from motcua.queue import store as queue_store
from motcua.queue.model import CallResult, Ticket
from motcua.settings import store as settings_store
from motcua.views.shapes import count_people_ahead, describe_ticket, find_remaining_wait

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment


class JsonResponse(Response):
    """A body of JSON. Its headers are whole from the start, so that nobody has to copy and complete them."""

    def get_wsgi_headers(self, environ: "WSGIEnvironment") -> Headers:
        """Return the headers as they are."""
        return self.headers

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer with the whole body, unless only its headers are asked for. There is nothing to close afterwards."""
        if environ["REQUEST_METHOD"] == "HEAD" or self._on_close or not isinstance(self.response, list):
            return super().__call__(environ, start_response)
        start_response(self.status, self.headers.to_wsgi_list())
        return self.response


def respond(answer: Answer, **headers: str) -> Response:
    """Return (status, JSON) as a response; 204 has no body."""
    status = answer[0]
    if status == HTTPStatus.NO_CONTENT:
        return Response(status=204)
    response = JsonResponse(write_answer(answer).text, status, content_type="application/json")
    if headers:
        response.headers.update({name.replace("_", "-"): value for name, value in headers.items()})
    return response


class TicketViews:
    """Shows tickets inside the transaction that changed them: whole to counters, to others (`whole=False`) without
    class.

    Never with the address of the ticket's page: whoever has it rates as the citizen.
    """

    def __init__(self, waits: WaitEstimates, *, whole: bool = True) -> None:
        self._waits, self._whole = waits, whole

    def describe(self, db: Reader, shown_ticket: Ticket | None) -> dict[str, Any] | None:
        """Return the ticket as its reader may see it."""
        if shown_ticket is None:
            return None
        zone = settings_store.get_timezone(db)
        wait = find_remaining_wait(self._waits, shown_ticket)
        return describe_ticket(
            shown_ticket, zone, people_ahead=count_people_ahead(db, shown_ticket), wait=wait, priority=self._whole
        )

    def answer_ticket(self, db: Reader, acted_ticket: Ticket) -> Answer:
        """Return the answer of an action on one ticket, with the reason of its last call and its seat."""
        return 200, {
            "ticket": self.describe(db, acted_ticket),
            "why": queue_store.find_last_why(db, acted_ticket.id),
            "seat": queue_store.read_seat(db, acted_ticket),
        }

    def answer_call(self, db: Reader, call_result: CallResult) -> Answer:
        """Return the answer of a call; 204 when nothing changed."""
        if call_result.ticket is None and call_result.finished is None:
            return 204, None
        finished = {"finished": self.describe(db, call_result.finished)} if call_result.finished else {}
        seat = queue_store.read_seat(db, call_result.ticket) if call_result.ticket else None
        return 200, {"ticket": self.describe(db, call_result.ticket), "why": call_result.why, "seat": seat, **finished}
