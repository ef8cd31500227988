"""Signing in and out: a plain form that works without scripts, slow for guessers and silent about which part was wrong."""

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers.response import Response

from motcua.desk import Throttled
from motcua.screens.forms import HOME_OF, local_path, me, own_form, signed_in
from motcua.screens.pages import page
from motcua.setup.passwords import check
from motcua.staff import actions
from motcua.staff import store as staff_store
from motcua.staff.model import Account
from motcua.web.cookies import SESSION
from motcua.web.language import text
from motcua.web.site import Site

NAME_MAX = 64


def install(screens: Blueprint, site: Site) -> None:
    """Add the sign-in page and what its form does."""

    def shown(status: int, name: str = "", error: str = "", retry_s: int = 0) -> Response:
        wanted = local_path(request.values.get("next"), "")
        response = make_response(page(site, "sign_in.html", next=wanted, name=name, error=error, me=me(site)), status)
        if retry_s:
            response.headers["Retry-After"] = str(retry_s)
        return response

    @screens.get("/sign-in", endpoint="sign_in")
    def sign_in() -> Response:
        return shown(200)

    @screens.post("/sign-in", endpoint="sign_in_submit")
    def submit() -> Response:
        own_form(site)
        name = request.form.get("name", "").strip().lower()[:NAME_MAX]
        try:
            account = _recognised(site, name, request.form.get("password", ""), request.remote_addr or "")
        except Throttled as error:
            return shown(429, name, text(error.message, error.params), int(str(error.params["retry_s"])))
        if account is None:
            return shown(401, name, text("Name or password is not right."))
        _end_last(site)
        granted = site.desk.by(f"{account.role.value}:{account.id}").do(actions.sign_in, account.id)
        return signed_in(site, redirect(local_path(request.form.get("next"), HOME_OF[account.role]), 303), granted.secret)

    @screens.post("/sign-out", endpoint="sign_out")
    def sign_out() -> Response:
        _end_last(site)
        response = redirect("/", 303)
        response.delete_cookie(site.cookies.name(SESSION))
        return response


def _recognised(site: Site, name: str, password: str, address: str) -> Account | None:
    """Return whose name and password these are. Raises `Throttled`; each attempt counts until it has succeeded."""
    limits = (f"name:{name}", f"address:{address}")
    for where in limits:
        site.sign_ins.check(where)
    for where in limits:
        site.sign_ins.failed(where)
    with site.desk.read() as db:
        found = staff_store.account_named(db, name)
    if not site.offload(check, found.password if found else None, password) or found is None or found.disabled:
        return None
    site.sign_ins.worked(limits[0])
    site.sign_ins.forgive(limits[1])
    return found


def _end_last(site: Site) -> None:
    found = site.caller.credential
    if found is not None and found.kind == "session":
        site.door().do(actions.sign_out, found.id)
