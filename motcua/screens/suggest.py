"""Writing to the unit: a plain form that works without scripts, on any phone."""

import base64
import hashlib
import json
from typing import Any
from uuid import uuid4

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Reader, Refused
from motcua.desk.keys import Answer, require_key
from motcua.feedback import rules as feedback_rules
from motcua.photos import cleaning
from motcua.queue import store as queue_store
from motcua.screens.forms import describe_user, read_photo, require_own_form
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.staff.model import Role
from motcua.suggestions import actions, rules, store
from motcua.suggestions.model import KIND_LABELS, Suggestion, SuggestionRequest, SuggestionSource
from motcua.typed.codes import clean_token
from motcua.web.codes import throttle_suggestions
from motcua.web.identity import STAFF_ROLES
from motcua.web.language import get_language, translate
from motcua.web.limits import Attempts
from motcua.web.problems import get_status
from motcua.web.site import Site

TRIES_A_MINUTE = 20
"""How often one address may write: enough for a hall's Wi-Fi, not for filling a store."""
PUBLIC_MAX = 50
KINDS = [(kind.value, label) for kind, label in KIND_LABELS.items()]
SEE_OTHER = 303


def install(screens: Blueprint, site: Site) -> None:
    """Add the form and the way from a code to its page."""
    tries = Attempts(site.desk.clock, TRIES_A_MINUTE)

    def form(status: int = 200, mistake: str = "", typed: dict[str, str] | None = None) -> Response:
        values = typed if typed is not None else {name: request.args.get(name, "") for name in ("t", "c")}
        with site.desk.read() as db:
            settings = settings_store.get_settings(db)
            ticket = _find_ticket(site, db, values.get("t", ""))
        number = _own_counter(site) if site.caller.role is Role.PAD else _read_number(values.get("c", ""))
        fields: dict[str, Any] = {
            "kinds": KINDS,
            "typed": values,
            "key": uuid4().hex,
            "is_open": settings.suggestions.is_open,
            "photos": settings.suggestions.photos,
            "kept_days": settings.retention.suggestion_days,
            "text_max": rules.TEXT_MAX,
            "has_email": bool(settings.notices.smtp_host),
            "ticket": ticket,
            "counter": number,
            "is_staff": site.caller.role in STAFF_ROLES,
            "is_pad": site.caller.role is Role.PAD,
        }
        return make_response(
            render_page(site, "suggest.html", me=describe_user(site), mistake=mistake, **fields), status
        )

    @screens.get("/y", endpoint="suggest")
    def suggest() -> Response:
        return form()

    @screens.post("/y", endpoint="suggest_submit")
    def submit() -> AnyResponse:
        typed = {name: request.form.get(name, "") for name in ("t", "c", "kind", "text", "contact", "may_publish")}
        try:
            require_own_form(site)
            if site.caller.credential is None:
                tries.check(where := f"suggest:{request.remote_addr}")
                tries.record_failure(where)
            code = _receive(site, typed)
        except Refused as refusal:
            mistake = translate(refusal.message, refusal.params)
            if refusal.code == "key.reused":
                mistake = translate("This form was sent already with other words. Look at it and send it once more.")
            return form(get_status(refusal), mistake, typed)
        return redirect(f"/y/{code}?new=1", SEE_OTHER)

    @screens.get("/y/find", endpoint="find_suggestion")
    def find_suggestion() -> AnyResponse:
        code = rules.clean_suggestion_code(request.args.get("code", ""))
        try:
            with throttle_suggestions(site), site.desk.read() as db:
                store.get_by_code(db, code)
        except Refused as refusal:
            return form(get_status(refusal), translate(refusal.message, refusal.params))
        return redirect(f"/y/{code}")


def _receive(site: Site, typed: dict[str, str]) -> str:
    """Take what the form of this request says, once for each form, and return its code."""
    photo = read_photo(request.files.get("photo"))
    number = _own_counter(site) if site.caller.role is Role.PAD else _read_number(typed["c"])
    ticket = clean_token(typed["t"])
    key = require_key(request.form.get("key") or None)
    digest = hashlib.sha256(json.dumps(typed, sort_keys=True).encode() + b"\n" + (photo or b"")).hexdigest()
    image = (
        base64.b64decode(site.compute(cleaning.task, {"photo": base64.b64encode(photo).decode()})["jpeg"])
        if photo
        else None
    )
    suggestion_request = SuggestionRequest(
        typed["text"],
        _find_source(site, ticket),
        typed["kind"],
        typed["contact"],
        ticket,
        "",
        number,
        may_publish=bool(typed["may_publish"]),
        photo=image,
        language=get_language(),
    )

    def view(_db: Reader, new_item: Suggestion) -> Answer:
        return 201, {"code": new_item.code}

    _status, body = site.open_door(key=key, digest=digest).do(actions.receive, suggestion_request, answer=view)
    return str(body["code"])


def _find_source(site: Site, ticket: str) -> SuggestionSource:
    if site.caller.role is Role.PAD:
        return SuggestionSource.PAD
    if site.caller.role in STAFF_ROLES:
        return SuggestionSource.OFFICER
    return SuggestionSource.TICKET if ticket else SuggestionSource.WEB


def _read_number(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) <= len("999") else None


def _own_counter(site: Site) -> int | None:
    credential = site.caller.credential
    return credential.counter if credential is not None else None


def _find_ticket(site: Site, db: Reader, code: str) -> str | None:
    """Return the number of the ticket whose code stands in the address, while its page is open."""
    if not code:
        return None
    ticket = queue_store.find_by_code(db, clean_token(code))
    day, _behind = site.get_today()
    if ticket is None or not feedback_rules.is_qr_open(settings_store.get_settings(db).rating, ticket.day, day):
        return None
    return ticket.number
