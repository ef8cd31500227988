"""The hall as programs read it, and what leaders do with it."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.types import ResponseDict

from motcua.api.answers import respond
from motcua.api.shapes.base import Done, NoBody
from motcua.api.shapes.hall import Counters, Priorities, QueueAnswer, Services, WallAnswer
from motcua.catalogue import store as catalogue_store
from motcua.counters import store as counter_store
from motcua.desk import Reader
from motcua.desk.keys import Answer
from motcua.queue import actions, store
from motcua.queue.model import TicketState
from motcua.queue.rules import policy
from motcua.settings import store as settings_store
from motcua.staff.model import Role
from motcua.views.counter import describe_counter
from motcua.views.shapes import count_people_ahead, describe_ticket, find_remaining_wait
from motcua.web.language import get_language
from motcua.web.site import Site
from motcua.web.snapshots import answer_snapshot

WALL: ResponseDict = {200: WallAnswer, 304: {"description": "The reader has it already (`If-None-Match`)."}}
STANDING = (TicketState.CALLED, TicketState.SERVING, TicketState.HELD, TicketState.ABSENT)


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls about the whole hall."""

    @api.get("/wall", endpoint="wall", summary="What the wall shows", responses=WALL)
    def wall() -> Response:
        stage = site.stages.get("/wall")
        assert stage is not None  # noqa: S101 -- every site has a wall
        return answer_snapshot(stage, "")

    @api.get("/queue", endpoint="queue", summary="Who is in the hall", responses={200: QueueAnswer})
    def queue() -> Response:
        day, _behind = site.get_today()
        sees = site.caller.role in {Role.COUNTER, Role.OFFICER}
        with site.desk.read() as db:
            zone = settings_store.get_timezone(db)
            waiting = sorted(store.list_in_state(db, day, TicketState.WAITING), key=policy.order)
            standing = sorted(store.list_in_state(db, day, *STANDING), key=lambda item: STANDING.index(item.state))
            tickets = [*waiting, *standing]
            items = [
                describe_ticket(
                    item,
                    zone,
                    people_ahead=count_people_ahead(db, item),
                    wait=find_remaining_wait(site.waits, item),
                    priority=sees,
                )
                for item in tickets
            ]
            counts = store.count_by_state(db, day)
        return respond(
            (200, {"items": items, "counts": {name.value: counts.get(name.value, 0) for name in TicketState}})
        )

    @api.get("/services", endpoint="services", summary="What a number can be taken for", responses={200: Services})
    def services() -> Response:
        place = 0 if get_language() == "vi" else 1
        with site.desk.read() as db:
            items = [
                {"code": item.code, "name": item.name[place], "group": item.group}
                for item in catalogue_store.list_services(db)
            ]
        return respond((200, {"items": items}))

    @api.get("/counters", endpoint="counters", summary="The counters", responses={200: Counters})
    def counters() -> Response:
        with site.desk.read() as db:
            items = [
                {**describe_counter(db, item), "services": list(item.services)} for item in counter_store.list_all(db)
            ]
        return respond((200, {"items": items}))

    @api.get("/priorities", endpoint="priorities", summary="The priority classes", responses={200: Priorities})
    def priorities() -> Response:
        place = 0 if get_language() == "vi" else 1
        with site.desk.read() as db:
            classes = settings_store.get_settings(db).priorities
        return respond(
            (200, {"items": [{"code": item.code, "label": item.label[place], "rank": item.rank} for item in classes]})
        )

    @api.post(
        "/hall/open", endpoint="open_hall", summary="Open the hall for today, outside its hours", responses={200: Done}
    )
    def open_hall(body: NoBody) -> Response:
        return respond(site.request_door().do(actions.open_hall, answer=_ok))

    @api.post("/hall/close", endpoint="close_day", summary="End the day", responses={200: Done})
    def close_day(body: NoBody) -> Response:
        day, _behind = site.get_today()
        return respond(site.request_door().do(actions.close_day, day, answer=_ok))


def _ok(_db: Reader, _result: object) -> Answer:
    return 200, {"ok": True}
