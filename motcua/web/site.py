"""What every page, call and socket works with: the desk, who asks, the streams, where phones reach us."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask, Request, g, request
from flask_socketio import SocketIO

from motcua.counters import store as counter_store
from motcua.desk import Desk, Door, Forbidden, Key, local_day
from motcua.planning import worker
from motcua.settings import store as settings_store
from motcua.staff.model import PEOPLE, Credential, Role
from motcua.voice.library import Library
from motcua.web.checking import Checking
from motcua.web.fleet import Fleet
from motcua.web.identity import NOBODY, Caller, Identity
from motcua.web.limits import Attempts
from motcua.web.streams import Stages
from motcua.web.waits import Waits
from motcua.wiring import voice

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def inline(work: Callable[..., Any], *given: Any) -> Any:
    """Return what `work(*given)` returns, here and now."""
    return work(*given)


@dataclass
class Site:
    """One desk on the web. `lan_address` is host:port as phones reach it, empty when unknown.

    `offload(work, *given)` runs what takes the processor for long (a password's hash) where it holds up nobody, `compute(task, given)`
    a task of `planning.worker`; `waits` are the newest estimates, `fleet` how agents and devices are, `voice` the clips of calls.
    `setup_code` opens the first set-up from another computer; empty once the desk is set up. `workbench` is the address of a demo's
    emulated devices.
    """

    app: Flask
    socketio: SocketIO
    desk: Desk
    identity: Identity
    stages: Stages
    sign_ins: Attempts
    codes: Attempts
    lan_address: str = ""
    local_secret: str = ""
    setup_code: str = ""
    workbench: str = ""
    offload: Callable[..., Any] = inline
    waits: Waits = field(default_factory=Waits)
    fleet: Fleet = field(default_factory=Fleet)
    checking: Checking = field(default_factory=Checking)
    compute: Callable[[str, dict[str, Any]], dict[str, Any]] = worker.run
    voice: Library = field(init=False)

    def __post_init__(self) -> None:
        """Find the desk's clips."""
        self.voice = voice.library_of(self.desk)

    @property
    def caller(self) -> Caller:
        """Return who sends this request."""
        found: Caller = getattr(g, "caller", NOBODY)
        return found

    def door(self, caller: Caller | None = None, key: str | None = None, digest: str = "") -> Door:
        """Return the desk's door for `caller` (default: this request's, under its Idempotency-Key)."""
        who = caller or self.caller
        return self.desk.by(self.actor(who), Key(who.name, key, digest) if key else None)

    def request_door(self) -> Door:
        """Return the door for this request; the key's digest covers method, path and body. The guard has looked at the key."""
        return self.door(key=request.headers.get("Idempotency-Key"), digest=request_digest(request))

    def actor(self, caller: Caller) -> str:
        """Return how the journal names `caller`: at a counter the officer who sits there."""
        found = caller.credential
        if found is None:
            return "citizen"
        if found.role is Role.COUNTER and found.counter is not None:
            with self.desk.read() as db:
                seated = counter_store.find(db, found.counter)
            if seated is not None and seated.officer is not None:
                return f"officer:{seated.officer}"
        return found.actor

    def may_work_at(self, number: int, *, opening: bool = False) -> None:
        """Raise `Forbidden` unless the caller's counter is `number`: a device's own, or the one where the person sits."""
        found = self.caller.credential
        if found is not None and works_at(self.desk, found, number, opening=opening):
            return
        raise Forbidden("counter.not_yours", "You are not signed in at counter %(counter)s.", counter=number)

    def today(self) -> tuple[str, bool]:
        """Return the desk's day, and whether the clock shows an earlier one than the journal."""
        with self.desk.read() as db:
            day = local_day(self.desk.clock.now(), settings_store.timezone(db))
        last = self.desk.head.day
        return (last, True) if last and day < last else (day, False)

    def address(self) -> str:
        """Return this desk's address as other devices in the hall reach it, without a slash at its end."""
        host = request.host
        if is_loopback(host) and self.lan_address:
            host = self.lan_address
        return f"http://{host}"

    def follow_base(self) -> str:
        """Return the address before a ticket's code, as a phone in the hall reaches it."""
        return f"{self.address()}/t/"


def is_loopback(host: str) -> bool:
    """Say whether a Host header names this very computer."""
    return host.rsplit(":", 1)[0].strip("[]") in LOOPBACK or host.strip("[]") in LOOPBACK


def works_at(desk: Desk, found: Credential, number: int, *, opening: bool = False) -> bool:
    """Say whether `found` may act at counter `number`: its own device, a program of that counter, or the person who sits there."""
    if found.counter is not None and found.role is not Role.PAD:
        return found.counter == number
    if found.role not in PEOPLE:
        return False
    if opening or found.account is None:
        return True
    with desk.read() as db:
        seated = counter_store.find(db, number)
    return seated is not None and seated.officer == found.account


def request_digest(asked: Request) -> str:
    """Return the digest of what a request asks for: method, path and body."""
    content = f"{asked.method} {asked.path}\n".encode() + asked.get_data()
    return hashlib.sha256(content).hexdigest()


def key_digest(name: str, data: object) -> str:
    """Return the digest of what a socket's event asks for."""
    return hashlib.sha256(f"{name}\n{json.dumps(data, sort_keys=True)}".encode()).hexdigest()
