"""Asking for a call on any phone, and the officers' list of whom to call: plain forms that work without scripts."""

import hashlib
import json
from typing import Any
from uuid import uuid4

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.callbacks import actions
from motcua.callbacks.model import CallbackRequest, CallbackSource
from motcua.callbacks.rules import QUESTION_MAX
from motcua.callbacks.store.vaults import get_vault
from motcua.desk import Reader, Refused
from motcua.desk.keys import Answer, require_key
from motcua.screens.forms import describe_user, require_own_form
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.staff.model import Role
from motcua.views.callbacks import describe_call, describe_callbacks, list_topics
from motcua.web.language import translate
from motcua.web.limits import Attempts
from motcua.web.own import find_own_account, get_own_account
from motcua.web.problems import get_status
from motcua.web.site import Site

TRIES_A_MINUTE, LINE_MAX = 10, 400
SEE_OTHER = 303
FIELDS = ("phone", "topic", "question", "agrees")


def install(screens: Blueprint, site: Site) -> None:
    """Add the public form and the officers' pages."""
    tries = Attempts(site.desk.clock, TRIES_A_MINUTE)

    def form(status: int = 200, mistake: str = "", typed: dict[str, str] | None = None, due_on: str = "") -> Response:
        with site.desk.read() as db:
            rules, topics = settings_store.get_settings(db).callbacks, list_topics(db)
        page = render_page(
            site,
            "call_me.html",
            me=describe_user(site),
            topics=topics,
            typed=typed or dict.fromkeys(FIELDS, ""),
            key=uuid4().hex,
            keep_days=rules.keep_days,
            question_max=QUESTION_MAX,
            mistake=mistake,
            due_on=due_on,
        )
        return make_response(page, status)

    @screens.get("/call-me", endpoint="call_me")
    def call_me() -> Response:
        return form()

    @screens.post("/call-me", endpoint="call_me_submit")
    def call_me_submit() -> Response:
        typed = {name: request.form.get(name, "")[:LINE_MAX] for name in FIELDS}
        try:
            require_own_form(site)
            if site.caller.credential is None:
                tries.check(where := f"callback:{request.remote_addr}")
                tries.record_failure(where)
            return form(due_on=_ask(site, typed))
        except Refused as refusal:
            return form(get_status(refusal), translate(refusal.message, refusal.params), typed)

    _add_list(screens, site)


def _ask(site: Site, typed: dict[str, str]) -> str:
    """Take what the form of this request says, once for each form; return the day until which somebody calls."""
    wish = CallbackRequest(
        typed["phone"], typed["topic"], typed["question"], CallbackSource.PHONE, agrees=bool(typed["agrees"])
    )
    key = require_key(request.form.get("key") or None)
    digest = hashlib.sha256(json.dumps(typed, sort_keys=True).encode()).hexdigest()

    def view(_db: Reader, due_on: str) -> Answer:
        return 201, {"due_on": due_on}

    door = site.open_door(key=key, digest=digest)
    _status, body = door.do(actions.ask_callback, get_vault(site.desk), wish, answer=view)
    return str(body["due_on"])


def _add_list(screens: Blueprint, site: Site) -> None:
    folder = site.desk.path.parent

    def render(status: int = 200, mistake: str = "") -> Response:
        officer, (today, _behind) = find_own_account(site), site.get_today()
        with site.desk.read() as db:
            calls = describe_callbacks(db, folder, today)
            of_officer = [item["id"] for item in calls["open"] if item["officer"] == officer] if officer else []
            call = describe_call(db, folder, of_officer[0], officer) if of_officer else None
            rules = settings_store.get_settings(db).callbacks
        more: dict[str, Any] = {"calls": calls, "call": call, "tries_most": rules.tries_most, "mistake": mistake}
        response = make_response(render_page(site, "callbacks.html", me=describe_user(site), **more), status)
        response.headers["Cache-Control"] = "no-store"
        return response

    def do(work: Any, *args: Any) -> AnyResponse:
        try:
            site.open_door().do(work, *args)
        except Refused as refusal:
            return render(get_status(refusal), translate(refusal.message, refusal.params))
        return redirect("/callbacks", SEE_OTHER)

    @screens.get("/callbacks", endpoint="callbacks")
    def callbacks() -> Response:
        return render()

    @screens.post("/callbacks/<int:number>/take", endpoint="take_callback")
    def take_callback(number: int) -> AnyResponse:
        return do(actions.take_callback, number, get_own_account(site))

    @screens.post("/callbacks/<int:number>/release", endpoint="release_callback")
    def release_callback(number: int) -> AnyResponse:
        officer = get_own_account(site) if site.caller.role is Role.OFFICER else None
        return do(actions.release_callback, number, officer)

    @screens.post("/callbacks/<int:number>/outcome", endpoint="note_call")
    def note_call(number: int) -> AnyResponse:
        return do(actions.note_call, number, get_own_account(site), request.form.get("outcome", ""))
