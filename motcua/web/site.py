"""What every page, call and socket works with: the desk, who asks, the streams, where phones reach us."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from time import sleep
from typing import Any

from flask import Flask, Request, g, request
from flask_socketio import SocketIO

from motcua.counters import store as counter_store
from motcua.desk import ClockStepped, Desk, Door, Entry, Fault, Forbidden, Json, Key, Reader, local_day, stamp
from motcua.planning import worker
from motcua.settings import store as settings_store
from motcua.settings.base_address import find_base
from motcua.setup.passwords import inline
from motcua.staff.model import PEOPLE, Credential, Role
from motcua.voice.library import Library
from motcua.web.checking import Checking
from motcua.web.cookies import Cookies
from motcua.web.fleet import Fleet
from motcua.web.forwarded import FORWARDED_KEY
from motcua.web.guests import is_guest
from motcua.web.identity import NOBODY, Caller, Identity, keys_of
from motcua.web.language import in_each
from motcua.web.limits import Attempts
from motcua.web.lines import Links
from motcua.web.origin import came_by, is_own
from motcua.web.reach import CHECK, FAULTS, LOOPBACK, PLAIN, PLAIN_TEXT, UNTRUSTED, UNTRUSTED_TEXT, Reach, is_literal
from motcua.web.streams import Stages
from motcua.web.views.shapes import local
from motcua.web.waits import Waits
from motcua.wiring import voice


def hash_inline(_place: str, work: Callable[..., Any], *given: Any) -> Any:
    """Return what `work(*given)` returns, here and now."""
    return work(*given)


@dataclass
class Site:
    """One desk on the web. `reach` knows how other devices get to it, `cookies` what its cookies are called.

    `offload(work, *given)` runs what takes the processor for long where it holds up nobody, `hash(place, work, *given)` what hashes a
    password, for whoever is at the address `place` or, where it is empty, is known; `compute(task, given)` a task of `planning.worker`.
    `waits` are the newest estimates, `fleet` how agents and devices are, `voice` the clips of calls, `links` the sockets on which somebody
    of the desk speaks.
    `pause(seconds)` lets whoever asks wait. `setup_code` opens the first set-up from another computer; empty once the desk is set up.
    `workbench` is the address of a demo's emulated devices. `strict` says whether browsers shall never come by plain http again; None
    leaves that to `is_certified`, whether strangers trust the desk's own certificate.
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
    is_certified: Callable[[], bool] = lambda: False
    offload: Callable[..., Any] = inline
    hash: Callable[..., Any] = hash_inline
    pause: Callable[[float], None] = sleep
    waits: Waits = field(default_factory=Waits)
    fleet: Fleet = field(default_factory=Fleet)
    checking: Checking = field(default_factory=Checking)
    compute: Callable[[str, dict[str, Any]], dict[str, Any]] = worker.run
    links: Links = field(default_factory=Links)
    voice: Library = field(init=False)
    started: str = field(init=False)

    def __post_init__(self) -> None:
        """Find the desk's clips."""
        self.started = stamp(self.desk.clock.now())
        self.voice = voice.library_of(self.desk)

    @property
    def caller(self) -> Caller:
        """Return who sends this request."""
        found: Caller = getattr(g, "caller", NOBODY)
        return found

    def door(
        self, caller: Caller | None = None, key: str | None = None, digest: str = "", held: str = "", via: dict[str, Json] | None = None
    ) -> Door:
        """Return the desk's door for `caller` (default: this request's, under its Idempotency-Key), `via` a device of an agent.

        The keys of a caller without a credential belong to the code `held` that it brought, else to the address that it asks from: nobody
        meets another one's keys.
        """
        who = caller or self.caller
        whose = who.name or (keys_of("code", held) if held else keys_of("address", request.remote_addr or ""))
        return self.desk.by(self.actor(who), Key(whose, key, digest) if key else None, via)

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
        self.fleet.put_right(entry.event.ms)
        self.checking.put_right(entry.event.ms)

    def hindered(self, shown: dict[str, Any]) -> dict[str, Any]:
        """Return what a screen shows of the hall; while the store takes nothing, no numbers are given out, and it says why."""
        refusal = self.desk.refusal
        return shown if refusal is None else {**shown, "open": False, "closed_reason": refusal.code, "next_opening": None}

    def troubles(self, db: Reader) -> list[dict[str, Any]]:
        """Return each fault of the desk in every language, the oldest first, for those who lead."""
        zone = settings_store.timezone(db)
        return [
            {
                "code": fault.code,
                "check": fault.check,
                "detail": in_each(fault.message, dict(fault.params)),
                "since": local(fault.since, zone),
            }
            for fault in self.desk.faults.all()
        ]

    def base_setting(self) -> str:
        """Return the base address for phones as the settings have it, empty for none; an unfit one from before it was checked comes too."""
        with self.desk.read() as db:
            return settings_store.current(db).web.base_url

    def phones(self) -> str:
        """Return the base address for whoever gets a code or a link by this request, empty when phones would get nowhere.

        What the settings say counts first. The way that the asking screen came is better than a guess unless it is a plain name, which may
        be known to that screen alone.
        """
        came = "" if self.reach.has_guests and not is_guest(request.environ) else find_base(came_by(request))
        if came and (came.startswith("https") or is_literal(came)):
            return find_base(self.base_setting()) or came
        return self.phones_known() or came

    def phones_known(self) -> str:
        """Return the base address for phones as far as it is known without a request, empty for none."""
        return self.reach.known(self.base_setting())

    def hall(self) -> str:
        """Return the base address for other devices of the hall, empty for none: as this browser came, else a guess, else the settings'."""
        setting, came = self.base_setting(), came_by(request)
        if setting and is_own(setting, request.host, ""):
            return setting
        return came or next(iter(self.reach.guesses()), "") or find_base(setting)

    def here(self) -> str:
        """Return the address under which this very request came, whoever else may use it."""
        return f"{request.scheme}://{request.host}"

    def follow_base(self) -> str:
        """Return the address before a ticket's code for whoever took it: for phones, else for programs on this computer."""
        near = f"{self.reach.scheme}://127.0.0.1:{self.reach.port}" if self.reach.port else self.here()
        return f"{self.phones() or near}/t/"

    def is_strict(self, asked: Request) -> bool:
        """Say whether the browser shall come by TLS only from now on: it did, and nobody has to install an authority for that.

        A trusted server in front of the desk is taken to have such a certificate, as it is there for phones from outside.
        """
        if not asked.is_secure or self.strict is not None:
            return asked.is_secure and bool(self.strict)
        return bool(asked.environ.get(FORWARDED_KEY)) or self.is_certified()

    def plain_phones(self) -> str:
        """Return the address for phones where they use plain http, so that others in the same network can read along; else nothing."""
        base = self.phones_known()
        return base if base.startswith("http:") else ""

    def hear_of(self, asked: Request, caller: Caller) -> None:
        """Take note of the way by which one of the desk's own people or devices came: phones may come by it too."""
        if caller.credential is None:
            return
        base = came_by(asked)
        if base and self.reach.heard(base, by_kiosk=caller.role is Role.KIOSK):
            self.note_address()
            self.tell_kiosks()

    def tell_kiosks(self) -> None:
        """Let the kiosks look again at whether phones reach the desk, beside what is being done now."""
        stage = self.stages.get("/kiosk")
        if stage is not None and stage.listening():
            self.socketio.start_background_task(stage.tell)

    def note_address(self) -> None:
        """Keep in the desk's faults whether phones can be given an address. A desk for this computer alone was meant to be so."""
        trouble = self.reach.trouble(self.base_setting())
        for code in FAULTS:
            if trouble is None or code != trouble.code:
                self.desk.faults.clear(code)
        if trouble is not None and trouble.code != LOOPBACK:
            self.desk.faults.note(trouble)

    def beside_tls(self) -> Fault | None:
        """Return what phones get of a desk that speaks TLS: plain http, or a certificate that they do not trust. It is no fault."""
        base = self.phones_known()
        if self.reach.scheme != "https" or not base:
            return None
        if base.startswith("http:"):
            return Fault(PLAIN, CHECK, PLAIN_TEXT, {"address": base}, self.started)
        is_its_own = base in self.reach.guesses() and not self.reach.has_guests
        return Fault(UNTRUSTED, CHECK, UNTRUSTED_TEXT, {"address": base}, self.started) if is_its_own and not self.is_certified() else None

    def alone(self) -> Fault | None:
        """Return why phones get no address from a desk that was started for this computer alone, None for every other: it is no fault."""
        trouble = self.reach.trouble(self.base_setting())
        return replace(trouble, since=self.started) if trouble is not None and trouble.code == LOOPBACK else None


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
