"""What every page, call and socket works with: the desk, who asks, the streams, where phones reach us."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from time import sleep
from typing import Any

from flask import Flask, Request, g, request
from flask_socketio import SocketIO

from motcua.calls import sounds
from motcua.checks.fleet import Fleet
from motcua.checks.sessions import CheckSessions
from motcua.counters import store as counter_store
from motcua.desk import ClockStepped, Desk, Door, Entry, Forbidden, Json, Key, local_day
from motcua.estimates.waits import WaitEstimates
from motcua.planning.computing import Compute, compute_here
from motcua.settings import store as settings_store
from motcua.setup.passwords import inline
from motcua.staff.model import PEOPLE, Credential, Role
from motcua.voice.library import Library
from motcua.web.base_address import BaseAddresses
from motcua.web.cookies import Cookies
from motcua.web.forwarded import FORWARDED_KEY
from motcua.web.identity import NOBODY, Caller, Identity, keys_of
from motcua.web.limits import Attempts
from motcua.web.lines import Links
from motcua.web.origin import came_by
from motcua.web.reach import Reach
from motcua.web.streams import Stages


def hash_inline(_place: str, work: Callable[..., Any], *given: Any) -> Any:
    """Return what `work(*given)` returns, here and now."""
    return work(*given)


@dataclass
class Site:
    """One desk on the web. `reach` knows how other devices get to it, `cookies` what its cookies are called.

    `offload(work, *given)` runs what takes the processor for long where it holds up nobody, `hash(place, work, *given)` what hashes a
    password, for whoever is at the address `place` or, where it is empty, is known; `compute(task, given)` a long computation.
    `waits` are the newest estimates, `fleet` how agents and devices are, `voice` the clips of calls, `links` the sockets on which somebody
    of the desk speaks.
    `pause(seconds)` lets whoever asks wait. `setup_code` opens the first set-up from another computer; empty once the desk is set up.
    `workbench` is the address of a demo's emulated devices. `strict` says whether browsers shall never come by plain http again; None
    leaves that to the certificate: whether strangers trust the desk's own. `addresses` are those by which others reach the desk.
    """

    app: Flask
    socketio: SocketIO
    desk: Desk
    identity: Identity
    stages: Stages
    sign_ins: Attempts
    codes: Attempts
    reach: Reach
    cookies: Cookies
    local_secret: str = ""
    setup_code: str = ""
    workbench: str = ""
    strict: bool | None = None
    offload: Callable[..., Any] = inline
    hash: Callable[..., Any] = hash_inline
    pause: Callable[[float], None] = sleep
    waits: WaitEstimates = field(default_factory=WaitEstimates)
    fleet: Fleet = field(default_factory=Fleet)
    checking: CheckSessions = field(default_factory=CheckSessions)
    compute: Compute = compute_here
    links: Links = field(default_factory=Links)
    sounds: Library = field(init=False)
    started: str = field(init=False)

    def __post_init__(self) -> None:
        """Find the desk's clips and addresses."""
        self.addresses = BaseAddresses(self.desk, self.reach)
        self.voice = sounds.get_library(self.desk)

    @property
    def caller(self) -> Caller:
        """Return who sends this request."""
        found: Caller = getattr(g, "caller", NOBODY)
        return found

    def door(
        self,
        caller: Caller | None = None,
        key: str | None = None,
        digest: str = "",
        held: str = "",
        via: dict[str, Json] | None = None,
        actor: str | None = None,
    ) -> Door:
        """Return the desk's door for `caller` (default: this request's, under its Idempotency-Key), `via` a device of an agent.

        With `actor` the caller acts in the name of somebody else: a keypad in that of the officer at its counter.

        The keys of a caller without a credential belong to the code `held` that it brought, else to the address that it asks from: nobody
        meets another one's keys.
        """
        who = caller or self.caller
        whose = who.name or (keys_of("code", held) if held else keys_of("address", request.remote_addr or ""))
        return self.desk.by(actor or self.actor(who), Key(whose, key, digest) if key else None, via)

    def request_door(self, held: str = "", via: dict[str, Json] | None = None) -> Door:
        """Return the door for this request; the key's digest covers method, path and body. The guard has looked at the key."""
        return self.door(key=request.headers.get("Idempotency-Key"), digest=request_digest(request), held=held, via=via)

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
            timezone = settings_store.timezone(db)
        last, clock = self.desk.head.day, self.desk.clock
        return (last, True) if clock.is_behind(last, timezone) else (local_day(clock.now(), timezone), False)

    def put_right(self, entry: Entry[ClockStepped]) -> None:
        """The computer's clock was set: what is remembered here was so long ago as before."""
        self.fleet.shift_times(entry.event.ms)
        self.checking.shift_times(entry.event.ms)

    def is_strict(self, asked: Request) -> bool:
        """Say whether the browser shall come by TLS only from now on: it did, and nobody has to install an authority for that.

        A trusted server in front of the desk is taken to have such a certificate, as it is there for phones from outside.
        """
        if not asked.is_secure or self.strict is not None:
            return asked.is_secure and bool(self.strict)
        return bool(asked.environ.get(FORWARDED_KEY)) or self.addresses.is_certified()

    def hear_of(self, asked: Request, caller: Caller) -> None:
        """Take note of the way by which one of the desk's own people or devices came: phones may come by it too."""
        if caller.credential is None:
            return
        base = came_by(asked)
        if base and self.reach.heard(base, by_kiosk=caller.role is Role.KIOSK):
            self.addresses.note_address()
            self.tell_kiosks()

    def tell_kiosks(self) -> None:
        """Let the kiosks look again at whether phones reach the desk, beside what is being done now."""
        stage = self.stages.get("/kiosk")
        if stage is not None and stage.listening():
            self.socketio.start_background_task(stage.tell)


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
