"""What is done at a counter: open, call, serve, hold, transfer, pause, close."""

from collections.abc import Callable

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.types import ResponseDict

from motcua.api.answers import TicketViews, respond
from motcua.api.shapes.base import NoBody
from motcua.api.shapes.tickets import (
    CallNumber,
    CameraAnswer,
    CounterAnswer,
    CounterPath,
    Hold,
    OpenCounter,
    Pause,
    Resume,
    Transfer,
)
from motcua.counters import actions as counter_actions
from motcua.counters.model import Counter
from motcua.desk import Forbidden, Invalid, Reader, Tx
from motcua.desk.keys import Answer
from motcua.feedback import actions as feedback_actions
from motcua.feedback import store as feedback_store
from motcua.feedback.model import ConsentAnswer
from motcua.queue import actions
from motcua.queue.model import Ticket
from motcua.staff import store as staff_store
from motcua.staff.model import PEOPLE
from motcua.views.counter import describe_counter
from motcua.web.site import Site

ANSWER: ResponseDict = {200: CounterAnswer}
CALLED: ResponseDict = {**ANSWER, 204: {"description": "Nobody waits for this counter; nothing changed."}}
PLACE = "/counters/<int(max=999):n>"


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls about counters."""

    def views() -> TicketViews:
        return TicketViews(site.waits)

    def step(number: int, action: Callable[[Tx, int], Ticket]) -> Response:
        site.require_counter(number)
        return respond(site.request_door().do(action, number, answer=views().answer_ticket))

    @api.post(f"{PLACE}/call-next", endpoint="call_next", summary="Call who is next", responses=CALLED)
    def call_next(path: CounterPath, body: NoBody) -> Response:
        site.require_counter(path.n)
        return respond(site.request_door().do(actions.call_next, path.n, answer=views().answer_call))

    @api.post(f"{PLACE}/call", endpoint="call_number", summary="Call a number out of its order", responses=ANSWER)
    def call_number(path: CounterPath, body: CallNumber) -> Response:
        site.require_counter(path.n)
        return respond(
            site.request_door().do(actions.call_number, path.n, body.ticket, body.reason, answer=views().answer_call)
        )

    @api.post(f"{PLACE}/recall", endpoint="recall", summary="Call once more", responses=ANSWER)
    def recall(path: CounterPath, body: NoBody) -> Response:
        return step(path.n, actions.recall)

    @api.post(f"{PLACE}/start", endpoint="start", summary="Begin to serve", responses=ANSWER)
    def start(path: CounterPath, body: NoBody) -> Response:
        return step(path.n, actions.start)

    @api.post(f"{PLACE}/finish", endpoint="finish", summary="End the visit", responses=ANSWER)
    def finish(path: CounterPath, body: NoBody) -> Response:
        return step(path.n, actions.finish)

    @api.post(f"{PLACE}/absent", endpoint="absent", summary="Nobody came", responses=ANSWER)
    def absent(path: CounterPath, body: NoBody) -> Response:
        return step(path.n, actions.mark_absent)

    @api.post(f"{PLACE}/hold", endpoint="hold", summary="Set the ticket aside", responses=ANSWER)
    def hold(path: CounterPath, body: Hold) -> Response:
        site.require_counter(path.n)
        return respond(site.request_door().do(actions.hold, path.n, body.reason, answer=views().answer_ticket))

    @api.post(f"{PLACE}/resume", endpoint="resume", summary="Call a held ticket", responses=ANSWER)
    def resume(path: CounterPath, body: Resume) -> Response:
        site.require_counter(path.n)
        return respond(site.request_door().do(actions.resume, path.n, body.ticket, answer=views().answer_call))

    @api.post(f"{PLACE}/transfer", endpoint="transfer", summary="Send the ticket on", responses=ANSWER)
    def transfer(path: CounterPath, body: Transfer) -> Response:
        site.require_counter(path.n)
        return respond(
            site.request_door().do(actions.transfer, path.n, body.service, body.counter, answer=views().answer_ticket)
        )

    @api.post(f"{PLACE}/undo", endpoint="undo", summary="Take back the last finish or absent", responses=ANSWER)
    def undo(path: CounterPath, body: NoBody) -> Response:
        site.require_counter(path.n)
        answer = site.request_door().do(
            actions.undo, path.n, feedback_store.is_rated, feedback_actions.withdraw_end, answer=views().answer_ticket
        )
        return respond(answer)

    def switched(_db: Reader, answer: ConsentAnswer) -> Answer:
        return 200, {"camera": answer.value}

    @api.post(
        f"{PLACE}/no-camera",
        endpoint="no_camera",
        summary="Switch the camera off for the ticket in hand, as for a child",
        responses={200: CameraAnswer},
    )
    def no_camera(path: CounterPath, body: NoBody) -> Response:
        site.require_counter(path.n)
        return respond(site.request_door().do(feedback_actions.switch_off_for_visit, path.n, answer=switched))

    def opened(db: Reader, counter: Counter) -> Answer:
        return 200, {"ticket": None, "why": None, "seat": None, "counter": describe_counter(db, counter)}

    @api.post(f"{PLACE}/open", endpoint="open_counter", summary="Open the counter", responses=ANSWER)
    def open_counter(path: CounterPath, body: OpenCounter) -> Response:
        site.require_counter(path.n, opening=True)
        officer = _who_sits_down(site, body.officer)
        return respond(site.request_door().do(counter_actions.open_counter, path.n, officer, answer=opened))

    @api.post(f"{PLACE}/pause", endpoint="pause", summary="Pause the counter", responses=ANSWER)
    def pause(path: CounterPath, body: Pause) -> Response:
        site.require_counter(path.n)
        return respond(site.request_door().do(counter_actions.pause, path.n, body.reason, answer=opened))

    @api.post(f"{PLACE}/close", endpoint="close_counter", summary="Close the counter", responses=ANSWER)
    def close_counter(path: CounterPath, body: NoBody) -> Response:
        site.require_counter(path.n)
        return respond(site.request_door().do(counter_actions.close, path.n, answer=opened))


def _who_sits_down(site: Site, named: int | None) -> int | None:
    """A person opens for themselves; a counter's device or a program may name the officer."""
    credential = site.caller.credential
    caller_account = credential.account if credential is not None and credential.role in PEOPLE else None
    if caller_account is not None:
        if named is not None and named != caller_account:
            raise Forbidden("officer.not_you", "Each person must sign in for themselves.")
        return caller_account
    if named is None:
        return None
    with site.desk.read() as db:
        account_ids = {account.id for account in staff_store.list_accounts(db) if not account.disabled}
    if named not in account_ids:
        raise Invalid("officer.unknown", "There is no officer %(officer)s.", officer=named)
    return named
