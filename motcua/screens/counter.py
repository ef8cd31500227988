"""The counter's screen: the ticket in hand, why it was called, who waits."""

from typing import Any, TypedDict

from flask import Blueprint, redirect
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.counters import store as counter_store
from motcua.desk import Entry, Reader
from motcua.screens.pages import render_page
from motcua.staff import store as staff_store
from motcua.staff.events import IdleLocked, Unlocked
from motcua.staff.model import Role
from motcua.views.camera import read_conditions
from motcua.views.counter import describe_counter, show_counter
from motcua.web.identity import Caller
from motcua.web.language import translate_into_each
from motcua.web.site import Site
from motcua.web.socket_events import sends
from motcua.web.sockets import Namespace, read_counter
from motcua.web.switches import has_dossiers


class LockMessage(TypedDict):
    """Whether the sign-in at this counter waits for its PIN."""

    locked: bool


def install(screens: Blueprint, site: Site) -> None:
    """Add the counter's pages and stream."""

    @screens.get("/counter", endpoint="counter_choice")
    def choice() -> str | AnyResponse:
        credential = site.caller.credential
        if credential is not None and credential.role is Role.COUNTER and credential.counter is not None:
            return redirect(f"/counter/{credential.counter}")
        with site.desk.read() as db:
            counters = [describe_counter(db, item) for item in counter_store.list_all(db)]
            seat = counter_store.find_of_officer(db, credential.account) if credential and credential.account else None
            usual = (
                staff_store.get_account(db, credential.account).counter if credential and credential.account else None
            )
        return render_page(
            site, "counter_choice.html", counters=counters, seat=seat.number if seat else None, usual=usual
        )

    @screens.get("/counter/<int(max=999):number>", endpoint="counter")
    def counter_page(number: int) -> str:
        credential = site.caller.credential
        site.identity.idle.note_counter(credential, number)
        with site.desk.read() as db:
            counter_store.get(db, number)
            person = staff_store.get_account(db, credential.account) if credential and credential.account else None
            officers = [
                {"id": item.id, "name": item.full_name}
                for item in staff_store.list_accounts(db)
                if item.role is Role.OFFICER and not item.disabled
            ]
            first = view(db, str(number))
        me = None
        if person is not None:
            lock = {"locked": site.caller.is_locked, "has_pin": bool(person.pin)}
            me = {"id": person.id, "name": person.full_name, "role": person.role.value, **lock}
        more = {"me": me, "officers": [] if person else officers, "has_dossiers": has_dossiers(site.desk)}
        return render_page(site, "counter.html", first, counter=number, **more)

    def view(db: Reader, key: str) -> dict[str, Any]:
        day, _behind = site.get_today(db)
        refusal = site.desk.refusal
        problem = translate_into_each(refusal.message, dict(refusal.params)) if refusal is not None else None
        clock = site.desk.clock
        state = show_counter(db, int(key), clock.now(), day, read_conditions(site.fleet, clock.speed))
        return {**state, "problem": problem}

    def key_of(caller: Caller, auth: dict[str, Any]) -> str:
        number = read_counter(caller, auth)
        site.identity.idle.note_counter(caller.credential, number)
        with site.desk.read() as db:
            counter_store.get(db, number)
        return str(number)

    namespace = Namespace(site, "/counter", view, key_of)

    locked = sends(site, namespace.name, "locked", LockMessage)

    def tell(entry: Entry[IdleLocked] | Entry[Unlocked]) -> None:
        """Let the pages of a sign-in know that it waits for the PIN, or not any more."""
        event = entry.event
        for who, caller in list(namespace.callers.items()):
            if caller.credential is not None and caller.credential.id == event.credential:
                locked.emit(LockMessage(locked=isinstance(event, IdleLocked)), to=who)

    site.desk.on(IdleLocked, tell)
    site.desk.on(Unlocked, tell)
