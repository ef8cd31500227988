"""One's own account: the password, and the PIN for the counter. Plain forms that work without scripts."""

from typing import Any

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers.response import Response

from motcua.desk import Refused
from motcua.screens.forms import HOME_OF, clean_local_path, describe_user, explain_password, set_sign_in_cookie
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


def install(screens: Blueprint, site: Site) -> None:
    """Add the page and what its forms do."""

    def render(status: int = 200, form: str = "", error: str = "", done: str = "") -> Response:
        credential = site.caller.credential
        with site.desk.read() as db:
            settings = settings_store.get_settings(db)
            pin = staff_store.get_account(db, credential.account).pin if credential and credential.account else ""
        back = clean_local_path(request.values.get("next"), HOME_OF[site.caller.role or Role.OFFICER])
        fields: dict[str, Any] = {
            "next": back,
            "has_pin": bool(pin),
            "wish": explain_password(settings),
            "idle_min": settings.staff.idle_min,
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
            stored = own.hash_new_password(site, new, account.name, account.full_name)
            site.open_door().do(actions.change_password, account.name, stored)
        except Refused as refusal:
            return refused("password", refusal)
        granted = site.identity.sign_ins.begin(account, None, "")
        site.identity.idle.note(granted.credential.id)
        return set_sign_in_cookie(site, redirect(_here("password"), 303), granted)

    @screens.post("/account/pin", endpoint="own_pin")
    def own_pin() -> Response:
        pin = "" if request.form.get("remove") else request.form.get("pin", "")
        if not request.form.get("remove") and pin != request.form.get("again", ""):
            return render(DIFFERS, "pin", translate("The two PINs differ."))
        try:
            own.set_pin(site, request.form.get("current", ""), pin)
        except Refused as refusal:
            return refused("pin", refusal)
        return redirect(_here("no_pin" if not pin else "pin"), 303)

    def _here(done: str) -> str:
        back = clean_local_path(request.form.get("next"), "")
        return f"/account?done={done}" + (f"&next={back}" if back else "")
