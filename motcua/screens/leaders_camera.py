"""The leaders' page of the camera: its report, figures by officer, the sign, and removing everything."""

import unicodedata
from typing import Any

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers.response import Response

from motcua.desk import Desk, Forbidden, Invalid, Refused
from motcua.desk.messages import mark
from motcua.feedback import actions
from motcua.reports.kinds import CAMERA
from motcua.screens.report_page import render_report
from motcua.setup.camera_removal import remove_camera
from motcua.staff.model import Role
from motcua.typed.lines import clean_line
from motcua.views.officer_view import show_officer_view
from motcua.views.shapes import View
from motcua.web.language import LANGUAGES, translate, translate_into_each
from motcua.web.problems import get_status
from motcua.web.site import Site

PATH = CAMERA.page
SEE_OTHER = 303
WORD = mark("remove everything")
"""What somebody types to show that they mean it."""


def install(screens: Blueprint, site: Site) -> None:
    """Add the page and what its forms do."""

    def render(refusal: Refused | None = None, **typed: str) -> Response:
        credential = site.caller.credential
        today, _behind = site.get_today()
        view = site.offload(_look, site.desk, today, credential.account if credential else None)
        more: dict[str, Any] = {
            "error": translate(refusal.message, refusal.params) if refusal else "",
            "is_removed": "removed" in request.args and refusal is None,
            "is_erased": "erased" in request.args and refusal is None,
            "can_remove": site.caller.role is Role.ADMIN,
            "word": translate(WORD),
            "typed": typed,
        }
        body, status = render_report(site, CAMERA, "leaders_camera.html", officer_view=view, **more)
        return make_response(body, get_status(refusal) if refusal else status)

    @screens.get(PATH, endpoint="leaders_camera")
    def leaders_camera() -> Response:
        return render()

    @screens.post(f"{PATH}/officers", endpoint="switch_officer_view")
    def switch_officer_view() -> Response:
        reason, change = request.form.get("reason", ""), request.form.get("change", "")
        credential = site.caller.credential
        try:
            if change == "open":
                account = credential.account if credential else None
                site.open_door().do(actions.open_officer_view, account, reason)
            elif change == "close":
                site.open_door().do(actions.close_officer_view)
            else:
                raise Invalid("camera.change", "Please open or close the figures.")
        except Refused as refusal:
            return render(refusal, reason=reason)
        return redirect(f"{PATH}#officers", SEE_OTHER)

    @screens.post(f"{PATH}/erasure", endpoint="erase_index")
    def erase_index() -> Response:
        day, number = request.form.get("day", ""), request.form.get("number", "")
        try:
            if site.caller.role is not Role.ADMIN:
                raise Forbidden("auth.role", "You are not allowed to do this.")
            site.open_door().do(actions.erase_score_by_number, day, number)
        except Refused as refusal:
            if refusal.code != "consent.none":  # whether there was one is nobody's business
                return render(refusal, day=day, number=number)
        return redirect(f"{PATH}?erased=1", SEE_OTHER)

    @screens.post(f"{PATH}/removal", endpoint="remove_camera")
    def remove_everything() -> Response:
        try:
            if site.caller.role is not Role.ADMIN:
                raise Forbidden("auth.role", "You are not allowed to do this.")
            if not is_confirmed(request.form.get("word", "")):
                raise Invalid("camera.word", "Type the words “%(word)s”. Nothing was removed.", word=translate(WORD))
            site.open_door().do(remove_camera)
        except Refused as refusal:
            return render(refusal)
        return redirect(f"{PATH}?removed=1", SEE_OTHER)


def _look(desk: Desk, today: str, account: int | None) -> View:
    with desk.read() as db:
        return show_officer_view(db, today, account)


def is_confirmed(typed: str) -> bool:
    """Say whether somebody typed the words, in either language, with or without the marks of Vietnamese."""
    words = translate_into_each(WORD)
    return _fold(typed) in {_fold(words[language]) for language in LANGUAGES}


def _fold(text: str) -> str:
    letters = unicodedata.normalize("NFD", clean_line(text)).replace("đ", "d")
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).casefold()
