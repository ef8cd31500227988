"""What every page, call and socket works with: the desk, who asks, the streams, where phones reach us."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from time import sleep
from typing import Any, cast

from flask import Flask, Request, g, request
from flask_socketio import SocketIO

from motcua.calls import sounds
from motcua.checks.fleet import Fleet
from motcua.checks.sessions import CheckSessions
from motcua.counters import store as counter_store
from motcua.desk import Actor, ClockStepped, Desk, Door, Entry, Forbidden, Json, Key, Reader, get_local_day
from motcua.estimates.waits import WaitEstimates
from motcua.planning.computing import Compute, compute_here
from motcua.settings import store as settings_store
from motcua.setup.passwords import run_inline
from motcua.staff.model import PEOPLE, Credential, Role
from motcua.voice.library import Library
from motcua.web.base_address import BaseAddresses
from motcua.web.cookies import Cookies
from motcua.web.forwarded import FORWARDED_KEY
from motcua.web.ghosts import GhostGuards
from motcua.web.identity import NOBODY, Caller, Identity, name_key_owner
from motcua.web.limits import Attempts
from motcua.web.lines import Links
from motcua.web.lookup_passes import LookupPasses
from motcua.web.origin import find_request_base
from motcua.web.reach import Reach
from motcua.web.stages import Stages


def hash_inline(_place: str, work: Callable[..., Any], *arguments: Any) -> Any:
    """Return what `work(*given)` returns, here and now."""
    return work(*arguments)


@dataclass
class Site:
    """One desk on the web. `reach` knows how other devices get to it, `cookies` what its cookies are called.

    `offload(work, *arguments)` runs work that takes the processor for long where it holds up nobody. `compute(task,
    task_input)` does so for a long computation. `hash(place, work, *arguments)` hashes a password for a client at
    the address `place`, empty for a known one. `waits` are the newest estimates, `fleet` is how agents and devices
    are, `voice` has the clips of calls. `links` are the sockets on which somebody of the desk speaks.
    `pause(seconds)` lets a client wait. `setup_code` opens the first set-up from another computer; empty once the
    desk is set up. `workbench` is the address of a demo's emulated devices. `addresses` are those by which others
    reach the desk. `strict` says whether browsers shall never come by plain http again. None leaves that to the
    certificate: whether strangers trust it.
    """

    app: Flask
    socketio: SocketIO
    desk: Desk
    identity: Identity
    stages: Stages
    sign_ins: Attempts
    codes: Attempts
    rating_browsers: Attempts
    rating_addresses: Attempts
    reach: Reach
    cookies: Cookies
    local_secret: str = ""
    setup_code: str = ""
    workbench: str = ""
    strict: bool | None = None
    offload: Callable[..., Any] = run_inline
    hash: Callable[..., Any] = hash_inline
    pause: Callable[[float], None] = sleep
    waits: WaitEstimates = field(default_factory=WaitEstimates)
    fleet: Fleet = field(default_factory=Fleet)
    checking: CheckSessions = field(default_factory=CheckSessions)
    compute: Compute = compute_here
    links: Links = field(default_factory=Links)
    ghosts: GhostGuards = field(default_factory=GhostGuards)
    passes: LookupPasses = field(init=False)
    sounds: Library = field(init=False)
    started: str = field(init=False)

    def __post_init__(self) -> None:
        """Find the desk's clips and addresses."""
        self.addresses = BaseAddresses(self.desk, self.reach)
        self.passes = LookupPasses(self.desk.clock, self.desk.entropy)
        self.voice = sounds.get_library(self.desk)

    @property
    def caller(self) -> Caller:
        """Return who sends this request."""
        caller: Caller = getattr(g, "caller", NOBODY)
        return caller

    def open_door(
        self,
        caller: Caller | None = None,
        key: str | None = None,
        digest: str = "",
        code: str = "",
        via: dict[str, Json] | None = None,
        actor: str | None = None,
    ) -> Door:
        """Return the desk's door for `caller` (default: this request's, under its Idempotency-Key), `via` a device
        of an agent.

        With `actor` the caller acts in the name of somebody else: a keypad in that of the officer at its counter.

        The keys of a caller without a credential belong to the `code` that it brought, else to the address that it
        asks from: nobody meets another one's keys.
        """
        who = caller or self.caller
        whose = who.name or (
            name_key_owner("code", code) if code else name_key_owner("address", request.remote_addr or "")
        )
        return self.desk.by(actor or describe_actor(who), Key(whose, key, digest) if key else None, via)

    def request_door(self, code: str = "", via: dict[str, Json] | None = None) -> Door:
        """Return the door for this request; the key's digest covers method, path and body.

        The guard has looked at the key.
        """
        current: Request = cast(Any, request)._get_current_object()  # looked up once, not for each of its values
        return self.open_door(
            key=current.environ.get("HTTP_IDEMPOTENCY_KEY"), digest=request_digest(current), code=code, via=via
        )

    def get_actor(self, caller: Caller) -> str:
        """Return how the journal names `caller` now."""
        actor = describe_actor(caller)
        if isinstance(actor, str):
            return actor
        with self.desk.read() as db:
            return actor(db)

    def require_counter(self, number: int, *, opening: bool = False) -> None:
        """Raise `Forbidden` unless the caller's counter is `number`: a device's own, or the one where the person
        sits.
        """
        credential = self.caller.credential
        if credential is not None and can_act_at(self.desk, credential, number, opening=opening):
            return
        raise Forbidden("counter.not_yours", "You are not signed in at counter %(counter)s.", counter=number)

    def get_today(self, db: Reader | None = None) -> tuple[str, bool]:
        """Return the desk's day, and whether the clock shows an earlier one than the journal.

        Whoever reads already gives `db`: a reader of its own costs more than the answer.
        """
        if db is None:
            with self.desk.read() as reader:
                return self.get_today(reader)
        timezone = settings_store.get_timezone(db)
        last, clock = self.desk.head.day, self.desk.clock
        return (last, True) if clock.is_behind(last, timezone) else (get_local_day(clock.now(), timezone), False)

    def put_right(self, entry: Entry[ClockStepped]) -> None:
        """The computer's clock was set: what is remembered here was so long ago as before."""
        self.fleet.shift_times(entry.event.ms)
        self.checking.shift_times(entry.event.ms)

    def is_strict(self, client_request: Request) -> bool:
        """Say whether the browser shall come by TLS only from now on: it did, and nobody has to install an authority
        for that.

        A trusted server in front of the desk is taken to have such a certificate, as it is there for phones from
        outside.
        """
        if not client_request.is_secure or self.strict is not None:
            return client_request.is_secure and bool(self.strict)
        return bool(client_request.environ.get(FORWARDED_KEY)) or self.addresses.is_certified()

    def note_arrival(self, client_request: Request, caller: Caller) -> None:
        """Take note of the way by which one of the desk's own people or devices came: phones may come by it too."""
        if caller.credential is None:
            return
        base = find_request_base(client_request)
        if base and self.reach.note_base(base, by_kiosk=caller.role is Role.KIOSK):
            self.addresses.note_address()
            self.tell_kiosks()

    def list_pads(self) -> list[int]:
        """Return the counters whose rating pad is connected."""
        stage = self.stages.get("/pad")
        return [int(key) for key in stage.list_listening()] if stage is not None else []

    def tell_kiosks(self) -> None:
        """Let the kiosks look again at whether phones reach the desk, beside what is being done now."""
        stage = self.stages.get("/kiosk")
        if stage is not None and stage.list_listening():
            self.socketio.start_background_task(stage.tell)


def describe_actor(caller: Caller) -> Actor:
    """Return how the journal names `caller`, or what finds it: at a counter the officer who sits there."""
    credential = caller.credential
    if credential is None:
        return "citizen"
    if credential.role is Role.COUNTER and credential.counter is not None:
        return partial(_name_at_counter, credential, credential.counter)
    return credential.actor


def _name_at_counter(credential: Credential, counter: int, db: Reader) -> str:
    officer = counter_store.find_officer(db, counter)
    return credential.actor if officer is None else f"officer:{officer}"


def can_act_at(desk: Desk, credential: Credential, number: int, *, opening: bool = False) -> bool:
    """Say whether `credential` may act at counter `number`: its own device, a program of that counter, or the person
    who sits there.
    """
    if credential.counter is not None and credential.role is not Role.PAD:
        return credential.counter == number
    if credential.role not in PEOPLE:
        return False
    if opening or credential.account is None:
        return True
    with desk.read() as db:
        seated = counter_store.find(db, number)
    return seated is not None and seated.officer == credential.account


def request_digest(client_request: Request) -> str:
    """Return the digest of what a request asks for: method, path and body."""
    content = f"{client_request.method} {client_request.path}\n".encode() + client_request.get_data()
    return hashlib.sha256(content).hexdigest()


def compute_key_digest(name: str, data: object) -> str:
    """Return the digest of what a socket's event asks for."""
    return hashlib.sha256(f"{name}\n{json.dumps(data, sort_keys=True)}".encode()).hexdigest()
