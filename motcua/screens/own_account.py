"""One's own account: the password, the PIN for the counter, the photo. Plain forms that work without scripts."""

from typing import Any

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers.response import Response

from motcua.desk import Refused, get_zone, parse
from motcua.screens.forms import (
    HOME_OF,
    clean_local_path,
    describe_user,
    explain_password,
    make_account_path,
    set_sign_in_cookie,
)
from motcua.screens.own_photo import add_photo_doors
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.staff import actions
from motcua.staff import store as staff_store
from motcua.staff.model import Role
from motcua.web import own
from motcua.web.language import translate
from motcua.web.problems import get_status
from motcua.web.site import Site

DIFFERS = 422
DIGITS_MAX = 9


def install(screens: Blueprint, site: Site) -> None:
    """Add the page and what its forms do."""

    def render(status: int = 200, form: str = "", error: str = "", done: str = "") -> Response:
        credential = site.caller.credential
        with site.desk.read() as db:
            settings, timezone = settings_store.get_settings(db), settings_store.get_timezone(db)
            number = credential.account if credential else None
            pin = staff_store.get_account(db, number).pin if number else ""
            photo = staff_store.find_photo_commitment(db, number) if number else None
        back = clean_local_path(request.values.get("next"), HOME_OF[site.caller.role or Role.OFFICER])
        fields: dict[str, Any] = {
            "next": back,
            "has_pin": bool(pin),
            "photo": photo,
            "wish": explain_password(settings),
            "idle_min": settings.staff.idle_min,
            "is_due": site.caller.must_change_password,
            "sign_ins": [] if site.caller.must_change_password else _list_sign_ins(site, timezone),
        }
        return make_response(
            render_page(site, "own_account.html", me=describe_user(site), form=form, error=error, done=done, **fields),
            status,
        )

    def refused(form: str, refusal: Refused) -> Response:
        return render(get_status(refusal), form, translate(refusal.message, refusal.params))

    @screens.get("/account", endpoint="own_account")
    def own_account() -> Response:
        return render(done=request.args.get("done", ""))

    @screens.post("/account/password", endpoint="own_password")
    def own_password() -> Response:
        new = request.form.get("password", "")
        if new != request.form.get("again", ""):
            return render(DIFFERS, "password", translate("The two passwords differ."))
        try:
            account = own.require_password(site, request.form.get("current", ""))
            stored = own.hash_own_password(site, account, request.form.get("current", ""), new)
            site.open_door().do(actions.change_password, account.name, stored)
        except Refused as refusal:
            return refused("password", refusal)
        was_due = site.caller.must_change_password
        granted = site.identity.sign_ins.begin(account, None, "")
        site.identity.idle.note(granted.credential.id)
        home = clean_local_path(request.form.get("next"), HOME_OF[account.role])
        return set_sign_in_cookie(site, redirect(home if was_due else make_account_path("password"), 303), granted)

    @screens.post("/account/pin", endpoint="own_pin")
    def own_pin() -> Response:
        pin = "" if request.form.get("remove") else request.form.get("pin", "")
        if not request.form.get("remove") and pin != request.form.get("again", ""):
            return render(DIFFERS, "pin", translate("The two PINs differ."))
        try:
            own.set_pin(site, request.form.get("current", ""), pin)
        except Refused as refusal:
            return refused("pin", refusal)
        return redirect(make_account_path("no_pin" if not pin else "pin"), 303)

    add_photo_doors(screens, site, refused)

    @screens.post("/account/sign-ins", endpoint="end_sign_ins")
    def end_sign_ins() -> Response:
        texts = request.form.getlist("sign_in")
        numbers = {int(text) for text in texts if text.isdecimal() and len(text) <= DIGITS_MAX}
        try:
            own.end_sign_ins(site, request.form.get("current", ""), numbers)
        except Refused as refusal:
            return refused("sign_ins", refusal)
        return redirect(make_account_path("sign_ins"), 303)


def _list_sign_ins(site: Site, timezone: str) -> list[dict[str, Any]]:
    """Return the caller's open sign-ins as the page shows them, the one at hand first."""
    zone = get_zone(timezone)

    def write(at: str) -> str:
        return f"{parse(at).astimezone(zone):%H:%M, %d/%m}"

    return [
        {
            "number": item.number,
            "began": write(item.began_at),
            "used": write(item.used_at),
            "is_here": item.is_here,
        }
        for item in own.list_sign_ins(site)
    ]
