"""The API's calls on a past day, each by the action behind it: the demo's people press the same keys."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from msgspec import Struct

from motcua.alerts import actions as alert_actions
from motcua.alerts.model import HelpAnswerer
from motcua.bookings import actions as booking_actions
from motcua.bookings.model import BookingRequest
from motcua.counters import actions as counter_actions
from motcua.demo.cables import ApiAnswer, DemoError
from motcua.demo.founding import Badges
from motcua.demo.past.acting import CITIZEN, PastDesk
from motcua.demo.past.dossier_calls import PastDossiers
from motcua.demo.past.promises import PastPromises
from motcua.feedback import actions as feedback_actions
from motcua.feedback import store as feedback_store
from motcua.feedback.channels import Channel
from motcua.feedback.model import CodeRefusal, Rating, RatingRequest
from motcua.queue import actions
from motcua.queue import store as queue_store
from motcua.queue.model import CallResult, Ticket, TicketRequest, TicketState
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.views.bookings import describe_offer

API = "/api/v1/"
OK, CREATED = 200, 201
DAYS_OF_NUMBERS = 10_000
Step = Callable[[int, dict[str, Any]], dict[str, Any]]


class Actors(Struct, frozen=True):
    """How the journal names the devices and the leader behind the demo's tokens; `leader` is an account."""

    kiosk: str
    pads: Mapping[str, tuple[str, int]]
    """The actor and the counter of each pad's token."""
    leader: int


def find_actors(desk: PastDesk, badges: Badges) -> Actors:
    """Return the actors behind `badges`."""

    def find(secret: str) -> str:
        credential = staff_store.find_by_secret(desk.db, secret, desk.at)
        if credential is None:
            raise DemoError("a token of the simulated hall is missing")
        return credential.actor

    pads = {secret: (find(secret), number) for number, secret in badges.pads.items()}
    return Actors(find(badges.kiosk), pads, int(find(badges.leader).partition(":")[2]))


class PastCalls:
    """The calls of one day; `seats` has the account that sits at each counter on that day."""

    def __init__(
        self,
        desk: PastDesk,
        badges: Badges,
        actors: Actors,
        seats: Mapping[int, int],
        promises: PastPromises,
        dossiers: PastDossiers,
    ) -> None:
        self._desk, self._badges, self._actors, self._seats = desk, badges, actors, seats
        self._promises, self._dossiers = promises, dossiers
        self._steps: dict[str, Step] = {
            "open": self._open, "pause": self._pause, "close": self._close, "call-next": self._call_next,
            "call": self._call, "resume": self._resume, "recall": self._recall, "absent": self._mark_absent,
            "start": self._start, "finish": self._finish, "hold": self._hold, "transfer": self._transfer,
            "undo": self._undo, "no-camera": self._switch_off_camera,
            **{name: partial(self._press_dossiers, name) for name in ("card", "applicants", "dossiers")},
        }  # fmt: skip

    def post(self, path: str, body: dict[str, Any], token: str | None, key: str) -> ApiAnswer:
        """Do what a call does. Raises `DisturbedError` for a refusal, `DemoError` for a call that is not known here."""
        match path.removeprefix(API).split("/"):
            case ["tickets" | "bookings" as kind]:
                return ApiAnswer(CREATED, self._issue(body) if kind == "tickets" else self._book(body))
            case ["tickets", ticket, "cancel" | "return" as step]:
                act = actions.cancel if step == "cancel" else actions.come_back
                return ApiAnswer(OK, _describe(self._desk.do(self._actors.kiosk, act, ticket)))
            case ["counters", number, step]:
                return ApiAnswer(OK, self._steps[step](int(number), body))
            case ["ratings"]:
                return ApiAnswer(CREATED, self._rate(body, token))
            case ["help", *more]:
                return ApiAnswer(OK, self._help(more, self._find_counter(token)))
            case ["dossiers", code, step]:
                return ApiAnswer(OK, self._dossiers.press(self._find_staff(token), code, step, body))
        raise DemoError(f"{path} is not called on a past day")

    def get(self, path: str, token: str | None) -> dict[str, Any]:
        """Return who waits, or which times can be booked; nothing else is read on a past day. Raises `DemoError`."""
        place = urlsplit(path)
        if place.path == f"{API}bookings/slots":
            query = dict(parse_qsl(place.query))
            settings = settings_store.get_settings(self._desk.db)
            return describe_offer(
                self._desk.db, settings, self._desk.day, self._desk.at, query["service"], query["day"]
            )
        if path != f"{API}queue":
            raise DemoError(f"{path} is not read on a past day")
        waiting = queue_store.list_waiting(self._desk.db, self._desk.day)
        items = [{"id": one.id, "service": one.service, "state": TicketState.WAITING.value} for one in waiting]
        return {"items": items}

    def _issue(self, body: dict[str, Any]) -> dict[str, Any]:
        wish = TicketRequest(body["service"], body.get("priority"), body.get("appointment"), body.get("seat"))
        ranges = partial(self._promises.find_wait, self._desk)
        ticket = self._desk.do(self._actors.kiosk, actions.take_number, wish, ranges).ticket
        return {"id": ticket.id, "number": ticket.number, "follow_url": ticket.code}

    def _book(self, body: dict[str, Any]) -> dict[str, Any]:
        """Book a time from a phone; each day has numbers of its own, as nobody books again who did not come."""
        day = date.fromisoformat(self._desk.day).toordinal() % DAYS_OF_NUMBERS
        phone = f"{body['phone'][:2]}{day:04d}{body['phone'][-4:]}"
        request = BookingRequest(body["service"], body["slot_at"], phone)
        booking = self._desk.do(CITIZEN, booking_actions.book, request, queue_store.is_day_closed)
        return {"code": booking.code}

    def _find_counter(self, token: str | None) -> int:
        return next(number for number, secret in self._badges.officers.items() if secret == token)

    def _find_staff(self, token: str | None) -> str:
        leader = self._actors.leader
        return f"leader:{leader}" if token == self._badges.leader else self._at(self._find_counter(token))

    def _at(self, number: int) -> str:
        return f"officer:{self._seats[number]}"

    # at a counter -----------------------------------------------------------------------------------------------------

    def _open(self, number: int, _body: dict[str, Any]) -> dict[str, Any]:
        self._desk.do(self._at(number), counter_actions.open_counter, number, self._seats[number])
        return {}

    def _pause(self, number: int, body: dict[str, Any]) -> dict[str, Any]:
        self._desk.do(self._at(number), counter_actions.pause, number, body["reason"])
        return {}

    def _close(self, number: int, _body: dict[str, Any]) -> dict[str, Any]:
        self._desk.do(self._at(number), counter_actions.close, number)
        return {}

    def _call_next(self, number: int, _body: dict[str, Any]) -> dict[str, Any]:
        return _describe_call(self._desk.do(self._at(number), actions.call_next, number))

    def _call(self, number: int, body: dict[str, Any]) -> dict[str, Any]:
        result = self._desk.do(self._at(number), actions.call_number, number, body["ticket"], body["reason"])
        return _describe_call(result)

    def _resume(self, number: int, body: dict[str, Any]) -> dict[str, Any]:
        return _describe_call(self._desk.do(self._at(number), actions.resume, number, body["ticket"]))

    def _recall(self, number: int, _body: dict[str, Any]) -> dict[str, Any]:
        return _describe(self._desk.do(self._at(number), actions.recall, number))

    def _mark_absent(self, number: int, _body: dict[str, Any]) -> dict[str, Any]:
        return _describe(self._desk.do(self._at(number), actions.mark_absent, number))

    def _start(self, number: int, _body: dict[str, Any]) -> dict[str, Any]:
        return _describe(self._desk.do(self._at(number), actions.start, number))

    def _finish(self, number: int, _body: dict[str, Any]) -> dict[str, Any]:
        return _describe(self._desk.do(self._at(number), actions.finish, number))

    def _hold(self, number: int, body: dict[str, Any]) -> dict[str, Any]:
        return _describe(self._desk.do(self._at(number), actions.hold, number, body["reason"]))

    def _transfer(self, number: int, body: dict[str, Any]) -> dict[str, Any]:
        target = (body.get("service"), body.get("counter"))
        return _describe(self._desk.do(self._at(number), actions.transfer, number, *target))

    def _undo(self, number: int, _body: dict[str, Any]) -> dict[str, Any]:
        is_rated, withdraw = feedback_store.is_rated, feedback_actions.withdraw_end
        return _describe(self._desk.do(self._at(number), actions.undo, number, is_rated, withdraw))

    def _switch_off_camera(self, number: int, _body: dict[str, Any]) -> dict[str, Any]:
        self._desk.do(self._at(number), feedback_actions.switch_off_for_visit, number)
        return {}

    def _press_dossiers(self, step: str, number: int, body: dict[str, Any]) -> dict[str, Any]:
        return self._dossiers.press_at(self._at(number), number, step, body)

    def _help(self, more: list[str], counter: int) -> dict[str, Any]:
        officer = self._at(counter)
        match more:
            case [number, "answer"]:
                answerer = HelpAnswerer(self._seats[counter], counter)
                self._desk.do(officer, alert_actions.answer_help, int(number), answerer)
            case [number, _end]:
                self._desk.do(officer, alert_actions.end_help, int(number), "done")
            case _:
                return {"id": self._desk.do(officer, alert_actions.call_help, counter)[0].id}
        return {}

    # ratings ----------------------------------------------------------------------------------------------------------

    def _rate(self, body: dict[str, Any], token: str | None) -> dict[str, Any]:
        """Record a rating as the door of its channel does."""
        level, channel, reasons = body["level"], body["channel"], tuple(body.get("reasons", ()))
        visit, counter, answers = body.get("visit"), body.get("counter"), body.get("answers")
        actor, by_staff, typist = CITIZEN, token in self._badges.officers.values(), None
        if (pad := self._actors.pads.get(token or "")) is not None:
            actor, counter = pad
        elif by_staff:
            actor = self._at(self._find_counter(token))
        elif channel == Channel.SLIP:
            typist = self._actors.leader
            actor = f"leader:{typist}"
        if code := body.get("token"):
            ticket = queue_store.find_by_code(self._desk.db, code)
            visit = ticket.id if ticket is not None else None
        request = RatingRequest(
            level, channel, visit, counter, reasons, body.get("comment"), by_staff=by_staff, typist=typist,
            answers=answers,
        )  # fmt: skip
        if "short_code" in body:
            typed = (body["number"], body["short_code"])
            return _describe_rating(self._desk.do(actor, feedback_actions.rate_by_number, request, *typed))
        return _describe_rating(self._desk.do(actor, feedback_actions.rate, request))


def _describe(ticket: Ticket) -> dict[str, Any]:
    return {"ticket": {"id": ticket.id, "service": ticket.service, "number": ticket.number}}


def _describe_call(result: CallResult) -> dict[str, Any]:
    return {} if result.ticket is None else _describe(result.ticket)


def _describe_rating(rating: Rating | CodeRefusal) -> dict[str, Any]:
    if isinstance(rating, CodeRefusal):
        raise DemoError("a short code of the simulated hall was refused")
    return {"id": rating.id, "status": rating.status.value}
