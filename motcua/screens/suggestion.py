"""What became of a suggestion, for whoever has its code, and the answers that everybody may read."""

import json
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Refused, Unknown
from motcua.screens.forms import describe_user, require_own_form
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.staff.model import Role
from motcua.suggestions import actions, rules, store
from motcua.views.suggestions import describe_for_sender, describe_public, export_stored
from motcua.web.codes import throttle_suggestions
from motcua.web.language import translate
from motcua.web.problems import get_status
from motcua.web.site import Site

PUBLIC_MAX = 50
SEE_OTHER = 303


def install(screens: Blueprint, site: Site) -> None:
    """Add the page of a suggestion with its small forms, and the public answers."""

    def show(code: str, status: int = 200, mistake: str = "") -> Response:
        with throttle_suggestions(site), site.desk.read() as db:
            item = store.get_by_code(db, rules.clean_suggestion_code(code))
            settings = settings_store.get_settings(db)
            view = describe_for_sender(db, settings, item)
        is_pad = site.caller.role is Role.PAD  # the next one who touches it must not read what this one wrote
        if is_pad:
            view = {**view, **dict.fromkeys(("text", "contact")), "messages": [], "can_rate": False, "can_add": False}
        more: dict[str, Any] = {
            "is_new": "new" in request.args,
            "mistake": mistake,
            "has_address": bool(site.addresses.find_for_phones()),
            "is_pad": is_pad,
        }
        return make_response(render_page(site, "suggestion.html", me=describe_user(site), item=view, **more), status)

    @screens.get("/y/<code>", endpoint="suggestion")
    def suggestion(code: str) -> Response:
        return show(code)

    def change(code: str, act: Any, *arguments: Any) -> AnyResponse:
        """Do what the sender's small forms ask for."""
        require_own_form(site)
        try:
            with throttle_suggestions(site):
                site.open_door().do(act, code, *arguments)
        except Unknown:
            raise
        except Refused as refusal:
            return show(code, get_status(refusal), translate(refusal.message, refusal.params))
        return redirect(f"/y/{rules.clean_suggestion_code(code)}", SEE_OTHER)

    @screens.post("/y/<code>/add", endpoint="supplement_suggestion")
    def add(code: str) -> AnyResponse:
        return change(code, actions.supplement, request.form.get("text", ""))

    @screens.post("/y/<code>/rate", endpoint="rate_suggestion")
    def rate(code: str) -> AnyResponse:
        return change(code, actions.rate, _read_level(request.form.get("level", "")))

    @screens.post("/y/<code>/erase", endpoint="erase_suggestion")
    def erase(code: str) -> AnyResponse:
        return change(code, actions.erase)

    @screens.get("/y/<code>/export.json", endpoint="export_suggestion")
    def export(code: str) -> Response:
        with throttle_suggestions(site), site.desk.read() as db:
            item = store.get_by_code(db, rules.clean_suggestion_code(code))
            stored = export_stored(db, settings_store.get_settings(db), item)
        response = Response(json.dumps(stored, ensure_ascii=False, indent=1), content_type="application/json")
        response.headers["Content-Disposition"] = f'attachment; filename="{item.code}.json"'
        return response

    @screens.get("/y/<code>/photo.jpg", endpoint="suggestion_photo")
    def photo(code: str) -> Response:
        with throttle_suggestions(site), site.desk.read() as db:
            item = store.get_by_code(db, rules.clean_suggestion_code(code))
            return answer_photo(store.find_photo(db, item.photo))

    @screens.get("/y/answers", endpoint="public_answers")
    def answers() -> str:
        with site.desk.read() as db:
            settings = settings_store.get_settings(db)
            views = [describe_public(db, settings, item) for item in store.list_public(db, PUBLIC_MAX)]
        return render_page(
            site, "public_answers.html", me=describe_user(site), answers=[view for view in views if view]
        )


def answer_photo(image: bytes | None) -> Response:
    """Return a stored photo. Raises `Unknown("photo.unknown")` when there is none (any more)."""
    if image is None:
        raise Unknown("photo.unknown", "There is no photo here.")
    return Response(image, content_type="image/jpeg")


def _read_level(word: str) -> int:
    return int(word) if word in {"1", "2", "3", "4", "5"} else 0
