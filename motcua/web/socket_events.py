"""Socket events: `on` registers what clients send, `sends` what the server sends.

Each event that comes in is checked, refused and acknowledged in this one place, and safe to repeat.
Handlers get typed payloads.
"""

import json
from collections.abc import Callable, Mapping
from inspect import getdoc
from typing import Any, Generic, TypeVar, TypeVarTuple, cast

from flask import request
from msgspec import Struct
from pydantic import ValidationError

from motcua.copies import replace
from motcua.desk import Forbidden, Invalid, Json, Reader, Refused, Throttled, Tx
from motcua.desk.keys import Answer, require_key
from motcua.web import security_log
from motcua.web.event_list import EventPayload, ReceivedEvent, SentEvent, find_acknowledgement, get_event_list
from motcua.web.identity import Caller
from motcua.web.language import translate
from motcua.web.site import Site, compute_key_digest
from motcua.web.sockets import Namespace

Ts = TypeVarTuple("Ts")
R = TypeVar("R")
P = TypeVar("P", bound=EventPayload)
M = TypeVar("M", bound=Mapping[str, object])
Body = Mapping[str, object] | None
"""What an acknowledgement holds beside `ok`."""


class EventRequest(Struct, Generic[P], frozen=True):
    """One event as a handler gets it: its payload, who sent it, on which stream.

    `actor` and `via` say in whose name, and through which device, `do` acts. An `actor` of None is the caller.
    """

    site: Site
    name: str
    payload: P
    content: dict[str, Any]
    caller: Caller
    stream: str
    key: str | None
    actor: str | None = None
    via: dict[str, Json] | None = None

    def replace_actor(self, actor: str | None, via: dict[str, Json] | None) -> "EventRequest[P]":
        """Return the same request in the name of `actor`, through the device `via`."""
        return replace(self, actor=actor, via=via)

    def do(self, action: Callable[[Tx, *Ts], R], *args: *Ts, answer: Callable[[Reader, R], M]) -> M:
        """Run `action` through the one door and return what `answer` makes of its result.

        Under the event's key a repeat gets the stored answer.
        """

        def accept(db: Reader, result: R) -> Answer:
            return 200, answer(db, result)

        digest = compute_key_digest(self.name, self.content) if self.key else ""
        door = self.site.open_door(self.caller, self.key, digest, via=self.via, actor=self.actor)
        _status, body = door.do(action, *args, answer=accept)
        return cast(M, body)


def on(namespace: Namespace, name: str, payload: type[P], handler: Callable[[EventRequest[P]], Body]) -> None:
    """Let `handler` answer the event `name` of `namespace`. Its docstring says what the event means.

    The acknowledgement is `{ok: true}` with what the handler returns, or `{ok: false, code, detail}`.
    """
    site = namespace.site
    meaning = getdoc(handler) or ""
    event = ReceivedEvent(namespace.name, name, meaning, payload, find_acknowledgement(handler))
    get_event_list(site.app).add_received(event)

    def handle(data: object = None, *_more: object) -> dict[str, Any]:
        return acknowledge(lambda: handler(receive(namespace, name, payload, data)))

    site.socketio.on_event(name, handle, namespace=namespace.name)


def receive(namespace: Namespace, name: str, payload: type[P], data: object) -> EventRequest[P]:
    """Return the event that is being handled.

    Raises `Invalid`, and `Forbidden` once the caller's credential is not valid any more.
    """
    fields = require_object(data)
    caller, key = namespace.get_caller(), require_key(fields.get("key"))
    names = payload.content_fields
    content = fields if names is None else {field: fields.get(field) for field in names}
    return EventRequest(namespace.site, name, read_payload(payload, fields), content, caller, namespace.get_key(), key)


def require_object(data: object) -> dict[str, Any]:
    """Return `data` if it is an object that can be stored. Raises `Invalid("event.shape")`."""
    if not isinstance(data, dict):
        raise Invalid("event.shape", "The event payload must be a JSON object.")
    try:
        json.dumps(data, ensure_ascii=False).encode()
    except (TypeError, ValueError, RecursionError):  # bytes; half a character, as \\ud800, which the store refuses
        raise Invalid("event.shape", "The event payload contains a value that cannot be stored.") from None
    return data


def read_payload(payload: type[P], fields: dict[str, Any]) -> P:
    """Return the fields of an event as `payload`.

    Raises `Invalid("event.shape")` with the names of the fields that are missing or not valid.
    """
    try:
        return payload.model_validate(fields)
    except ValidationError as error:
        places = [str(item["loc"][0]) for item in error.errors(include_url=False, include_input=False) if item["loc"]]
        names = dict.fromkeys(places or [name for name in payload.model_fields if name != "key"])
        raise Invalid(
            "event.shape",
            "These fields of the event are missing or not valid: %(fields)s. Please compare them with the "
            "API documentation.",
            fields=", ".join(names),
        ) from None


def acknowledge(work: Callable[[], Body]) -> dict[str, Any]:
    """Run `work` and return the acknowledgement: its answer, or the refusal's code."""
    try:
        return {"ok": True, **(work() or {})}
    except Refused as error:
        if isinstance(error, Forbidden | Throttled):
            security_log.note(error.code, str(getattr(request, "namespace", "")))
        return {"ok": False, "code": error.code, "detail": translate(error.message, error.params)}


class Sender(Generic[M]):
    """Sends one event of one namespace, whose payload is an `M`."""

    def __init__(self, site: Site, event: SentEvent) -> None:
        self._site, self._event = site, event

    def emit(self, payload: M, to: str) -> None:
        """Send it to a room or a socket."""
        self._site.socketio.emit(self._event.name, payload, namespace=self._event.namespace, to=to)

    def emit_with_changes(self, payload: M, room: str) -> None:
        """Send it to a room in one piece with the changes of the commit that is being told."""
        self._site.stages.send(self._event.name, dict(payload), self._event.namespace, room)

    def ask(self, payload: M, to: str, timeout_s: int) -> object:
        """Send it to a socket and return the answer. Raises `socketio.exceptions.TimeoutError`."""
        name, namespace = self._event.name, self._event.namespace
        answer: object = self._site.socketio.call(name, payload, namespace=namespace, to=to, timeout=timeout_s)
        return answer


def sends(site: Site, namespace: str, name: str, payload: type[M], *, is_acknowledged: bool = False) -> Sender[M]:
    """Register the event `name`, which the server sends in `namespace`, and return its sender.

    The docstring of `payload` says what the event means. `is_acknowledged`: the client must answer it.
    """
    event = SentEvent(namespace, name, payload, is_acknowledged)
    get_event_list(site.app).add_sent(event)
    return Sender(site, event)
