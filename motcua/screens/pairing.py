"""How a screen becomes a device of the desk: a link that an administrator opened, used once on the device itself."""

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers.response import Response

from motcua.desk import Refused, Unavailable, stamp
from motcua.screens.forms import describe_user, require_own_form, set_pairing_cookie
from motcua.screens.pages import render_page
from motcua.staff import actions
from motcua.staff import store as staff_store
from motcua.staff.model import Credential, Role
from motcua.typed.codes import clean_token
from motcua.web import security_log
from motcua.web.cookies import SESSION
from motcua.web.site import Site

GONE = 410


def install(screens: Blueprint, site: Site) -> None:
    """Add the page behind a pairing link."""

    def render(offered: Credential | None) -> Response:
        device = {"role": offered.role.value, "counter": offered.counter, "name": offered.name} if offered else None
        return make_response(
            render_page(site, "pair.html", offered=device, me=describe_user(site)), 200 if offered else GONE
        )

    @screens.get("/pair/<code>", endpoint="pair")
    def pair(code: str) -> Response:
        with site.desk.read() as db:
            offered = staff_store.find_offer(db, clean_token(code), stamp(site.desk.clock.now()))
        return render(offered if offered is not None and offered.role is not Role.AGENT else None)

    @screens.post("/pair/<code>", endpoint="pair_submit")
    def submit(code: str) -> Response:
        require_own_form(site)
        try:
            granted = site.desk.by("pairing").do(actions.pair, clean_token(code))
        except Unavailable:  # the link is as good as before
            raise
        except Refused as refusal:
            security_log.note(refusal.code)
            return render(None)
        response = set_pairing_cookie(site, redirect(find_screen(granted.credential), 303), granted)
        person = site.caller.credential
        if request.form.get("sign_out") and person is not None and person.kind == "session":
            site.identity.sign_ins.end(person, site.get_actor(site.caller))
            site.cookies.end(response, SESSION, is_secure=request.is_secure)
        return response


def find_screen(device: Credential) -> str:
    """Return the screen that `device` shows."""
    if device.role is Role.HELPER:
        return "/help-team"
    return f"/counter/{device.counter}" if device.role is Role.COUNTER else f"/{device.role.value}"
