"""Namespaces: who may connect, the snapshot on connecting, `sync`."""

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from flask import Flask, request
from flask_socketio import SocketIO
from socketio.exceptions import ConnectionRefusedError as Refuse

from motcua.desk import Entry, Event, Forbidden, Invalid, Refused, Unavailable, Unknown
from motcua.queue.events import DayClosed
from motcua.staff.events import (
    AccountSaved,
    IdleEnded,
    IdleLocked,
    PasswordChanged,
    PinRefused,
    SignedOut,
    TokenRevoked,
)
from motcua.typed.codes import clean_token
from motcua.web import security_log
from motcua.web.access import SOCKETS
from motcua.web.bounds import read_json
from motcua.web.event_list import ReceivedEvent, SentEvent, Snapshot, StateChange, get_event_list
from motcua.web.guests import require_public_socket
from motcua.web.identity import NOBODY, Caller, find_hindrance
from motcua.web.language import translate
from motcua.web.lines import FULL, is_on_trial, vouch
from motcua.web.narrow_access import LOCKED_SOCKETS
from motcua.web.origin import require_own
from motcua.web.site import Site
from motcua.web.streams import Stage, View

COUNTER_MAX = 999
EVENT_VALUES = 5_000
"""Keys and entries in an event: an agent tells of all its devices at once."""
ENDING = (AccountSaved, IdleEnded, IdleLocked, PasswordChanged, PinRefused, SignedOut, TokenRevoked, DayClosed)
"""Events after which a credential may open nothing any more."""
NAMESPACES = "motcua.namespaces"
"""Where the app keeps its namespaces, by name."""
logger = logging.getLogger(__name__)
KeyOf = Callable[[Caller, dict[str, Any]], str]
"""Names the stream that a caller gets to see, or refuses."""


class Namespace:
    """One namespace's connections and their streams."""

    def __init__(
        self,
        site: Site,
        namespace: str,
        view: View,
        key_of: KeyOf,
        on_join: Callable[[str], None] | None = None,
        on_leave: Callable[[str], None] | None = None,
        *,
        beside: Callable[[], object] | None = None,
    ) -> None:
        self._on_join, self._on_leave = on_join, on_leave
        self.site, self.name, self._view, self._key_of = site, namespace, view, key_of
        self.stage: Stage = site.stages.add(namespace, view, beside=beside)
        namespaces: dict[str, Namespace] = site.app.extensions.setdefault(NAMESPACES, {})
        if not namespaces:
            site.desk.on_commit(partial(_end_sockets, namespaces), *ENDING)
        namespaces[namespace] = self
        self._keys: dict[str, str] = {}
        self._joined: set[str] = set()
        self.callers: dict[str, Caller] = {}
        site.stages.on_tick(self.end_revoked)
        on = site.socketio.on_event
        on("connect", self._connect, namespace=namespace)
        on("disconnect", self._disconnect, namespace=namespace)
        on("sync", self._sync, namespace=namespace)
        events = get_event_list(site.app)
        events.add_received(
            ReceivedEvent(namespace, "sync", "Ask for the whole state: a revision is missing.", None, None)
        )
        events.add_sent(SentEvent(namespace, "snapshot", Snapshot))
        events.add_sent(SentEvent(namespace, "change", StateChange))

    def get_key(self) -> str:
        """Return the stream of the socket whose event is being handled."""
        return self._keys.get(get_sid(), "")

    def get_caller(self) -> Caller:
        """Return who sends the event that is being handled, looked up again. Raises `Forbidden("auth.required")`."""
        caller = self.callers.get(get_sid(), NOBODY)
        if SOCKETS[self.name] is not None and not self.site.identity.is_valid(caller):
            raise Forbidden("auth.required", "Please sign in first.")
        return caller

    def end_revoked(self) -> None:
        """Disconnect everybody whose credential opens nothing any more.

        Beside the caller, who must not wait for a stuck line.
        """
        for who, caller in list(self.callers.items()):
            if caller.credential is not None and not self.site.identity.is_valid(
                caller, locked=self.name in LOCKED_SOCKETS
            ):
                self.site.socketio.start_background_task(hang_up, self.site.app, who, self.name)

    def _connect(self, auth: object = None) -> None:
        credentials = auth if isinstance(auth, dict) else {}
        try:
            caller = admit(self.site, self.name, credentials)
            key = self._key_of(caller, credentials)
            self.stage.show(key)
        except Refused as error:
            security_log.note(error.code, self.name)
            raise Refuse(error.code, {"code": error.code, "detail": translate(error.message, error.params)}) from error
        self.callers[get_sid()] = caller
        if caller.credential is not None:
            self.site.links.record_join(self._link(), caller.name)
        self._keys[get_sid()] = key
        self.site.socketio.start_background_task(self._welcome, get_sid(), key)

    def _welcome(self, who: str, key: str) -> None:
        """Send the snapshot after the connect packet; from here on this socket hears the stream's changes."""
        if self._keys.get(who) != key:
            return
        stream = self.stage.show(key)
        self._joined.add(who)
        self.stage.record_join(key)
        enter_room(self.site.app, who, self.stage.get_room(key), self.name)
        self.site.socketio.emit("snapshot", stream.make_snapshot(), namespace=self.name, to=who)
        if self._on_join is not None:
            self._on_join(key)

    def _disconnect(self, _reason: object = None) -> None:
        who = get_sid()
        caller = self.callers.pop(who, NOBODY)
        if caller.credential is not None:
            self.site.links.record_leave(self._link(), caller.name)
        key = self._keys.pop(who, None)
        if key is not None and who in self._joined:
            self._joined.discard(who)
            self.stage.record_leave(key)
            if self._on_leave is not None:
                self._on_leave(key)

    def _link(self) -> str:
        """Return the link of the socket whose event is being handled."""
        manager = self.site.app.extensions["socketio"].server.manager
        return str(manager.eio_sid_from_sid(get_sid(), self.name))

    def _sync(self, *_data: object) -> dict[str, bool]:
        who = get_sid()
        if who in self._joined:
            self.site.socketio.emit(
                "snapshot", self.stage.show(self._keys[who]).make_snapshot(), namespace=self.name, to=who
            )
        return {"ok": True}


def _end_sockets(namespaces: Mapping[str, Namespace], _batch: Sequence[Entry[Event]]) -> None:
    for namespace in namespaces.values():
        namespace.end_revoked()


class Json:
    """How packets are read and written: nothing that takes long to read; Vietnamese letters as they are, which is a
    fifth shorter.
    """

    dumps = staticmethod(partial(json.dumps, ensure_ascii=False))
    loads = staticmethod(partial(read_json, values=EVENT_VALUES))


def disconnect(app: Flask, namespace: str, room: str) -> None:
    """Disconnect everybody in `room`."""
    for who, _link in list(app.extensions["socketio"].server.manager.get_participants(namespace, room)):
        hang_up(app, who, namespace)


def hang_up(app: Flask, who: str, namespace: str) -> None:
    """Disconnect one socket, and hang up once nothing else is on its line; nothing happens when it is gone.

    On an open line nobody would answer what a program goes on sending.
    """
    server = app.extensions["socketio"].server
    link = server.manager.eio_sid_from_sid(who, namespace)
    server.disconnect(who, namespace=namespace)
    line = server.eio.sockets.get(link)
    if line is not None and all(
        server.manager.sid_from_eio_sid(link, one) is None for one in list(server.manager.get_namespaces())
    ):
        line.close(wait=False)  # what was said before is still sent; a stuck line keeps nobody waiting


def enter_room(app: Flask, who: str, room: str, namespace: str) -> None:
    """Put a socket into a room from outside its own events."""
    app.extensions["socketio"].server.enter_room(who, room, namespace=namespace)


def get_sid() -> str:
    """Return the id of the socket whose event is being handled."""
    return str(request.sid)  # type: ignore[attr-defined]


def admit(site: Site, namespace: str, auth: dict[str, Any]) -> Caller:
    """Return who connects to `namespace`. Raises `Forbidden("origin.differs" | "auth.required" | "auth.role")`."""
    require_public_socket(request.environ, namespace)
    require_own(request, site.addresses.get_setting())
    roles = SOCKETS[namespace]
    if roles is None:
        if is_on_trial(request.environ):
            raise Unavailable("connections.many", FULL)
        return NOBODY
    token = auth.get("token")
    if isinstance(token, str) and (token := clean_token(token)):
        credential = site.identity.find_used(token)
        caller = Caller(credential, token) if credential else NOBODY
    else:
        caller = site.identity.get_caller(request, roles)
    if caller.credential is None:
        raise Forbidden("auth.required", "Please sign in first.")
    if (hindrance := find_hindrance(caller, with_locked=namespace in LOCKED_SOCKETS)) is not None:
        raise hindrance
    if caller.credential.role not in roles:
        raise Forbidden("auth.role", "You are not allowed to open this.")
    vouch(request.environ, caller.name)
    site.note_arrival(request, caller)
    return caller


def read_counter(caller: Caller, auth: dict[str, Any]) -> int:
    """Return the counter a socket is about: a device's own, or the one it names. Raises `Invalid`, `Forbidden`."""
    own_counter = caller.credential.counter if caller.credential else None
    named = auth.get("counter")
    if named is None and own_counter is not None:
        return own_counter
    if not isinstance(named, int) or isinstance(named, bool):
        raise Invalid("counter.unknown", "Name the counter.")
    if not 0 < named <= COUNTER_MAX:
        raise Unknown("counter.unknown", "There is no counter %(counter)s.", counter=named)
    if own_counter is not None and named != own_counter:
        raise Forbidden("counter.not_yours", "You are not signed in at counter %(counter)s.", counter=named)
    return named


def install(app: Flask, socketio: SocketIO) -> None:
    """Let nothing that a client sends reach further than its own socket: what cannot be read ends it, what fails is
    logged and refused.
    """
    engine = app.extensions["socketio"].server.eio
    handle = engine.handlers["message"]

    def handle_safely(link: str, data: object) -> None:
        try:
            handle(link, data)
        except Exception as error:
            logger.info("a socket sent what cannot be read: %r", error)
            engine.disconnect(link)

    def failed(_error: BaseException) -> dict[str, Any]:
        event = request.event["message"]  # type: ignore[attr-defined]
        logger.exception("the event %s failed", event)
        if event == "connect":
            raise Refuse("http.500", {"code": "http.500"})
        return {"ok": False, "code": "http.500"}

    engine.handlers["message"] = handle_safely
    socketio.on_error_default(failed)
