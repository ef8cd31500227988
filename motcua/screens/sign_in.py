"""Signing in and out: a plain form that works without scripts, slow for guessers and silent about which part was
wrong.
"""

from urllib.parse import quote

from flask import Blueprint, make_response, redirect, request
from werkzeug.wrappers.response import Response

from motcua.desk import Throttled
from motcua.screens.forms import (
    HOME_OF,
    clean_local_path,
    describe_user,
    get_sent,
    require_own_form,
    set_sign_in_cookie,
)
from motcua.screens.pages import render_page
from motcua.setup.passwords import check, rehash
from motcua.staff import store as staff_store
from motcua.staff.model import Account
from motcua.typed.codes import clean_name
from motcua.web import own, security_log
from motcua.web.cookies import SESSION, STAFF
from motcua.web.language import translate
from motcua.web.site import Site

NAME_MAX, BROWSER_MAX = 64, 64


def install(screens: Blueprint, site: Site) -> None:
    """Add the sign-in page and what its form does."""

    def render(status: int, name: str = "", error: str = "", retry_s: int = 0) -> Response:
        next_path = clean_local_path(get_sent("next"), "")
        response = make_response(
            render_page(site, "sign_in.html", next=next_path, name=name, error=error, me=describe_user(site)), status
        )
        if retry_s:
            response.headers["Retry-After"] = str(retry_s)
        return response

    @screens.get("/sign-in", endpoint="sign_in")
    def sign_in() -> Response:
        return render(200)

    @screens.post("/sign-in", endpoint="sign_in_submit")
    def submit() -> Response:
        require_own_form(site)
        name = clean_name(request.form.get("name", "")).lower()[:NAME_MAX]
        password = request.form.get("password", "")
        try:
            account = _recognised(site, name, password, request.remote_addr or "")
        except Throttled as error:
            security_log.note(error.code)
            return render(429, name, translate(error.message, error.params), int(str(error.params["retry_s"])))
        if account is None:
            return render(401, name, translate("The name or the password is wrong."))
        _end_last(site)
        hashed = site.hash("", rehash, account.password, password)
        granted = site.identity.sign_ins.begin(account, hashed, _browser(site))
        site.identity.idle.note(granted.credential.id)
        if own.is_guessable(site, account, password):
            site.identity.weak.add(granted.credential.id)
        home = clean_local_path(request.form.get("next"), HOME_OF[account.role])
        with site.desk.read() as db:
            is_due = staff_store.has_start_password(db, account.id)
        return set_sign_in_cookie(site, redirect(f"/account?next={quote(home)}" if is_due else home, 303), granted)

    @screens.post("/sign-out", endpoint="sign_out")
    def sign_out() -> Response:
        _end_last(site)
        response = redirect("/", 303)
        site.cookies.end(response, SESSION, is_secure=request.is_secure)
        return response


def _recognised(site: Site, name: str, password: str, address: str) -> Account | None:
    """Return whose name and password these are. Raises `Throttled`; each attempt counts until it has succeeded.

    A guesser has to wait for this name at this address. The same name elsewhere, and other names behind the same
    address, are only answered more slowly. A browser in which this person signed in before has a separate allowance.
    """
    browser = _browser(site)
    with site.desk.read() as db:
        account = staff_store.find_account(db, name)
        is_known = account is not None and browser != "" and staff_store.is_browser_of(db, browser, account.id)
    allowance = f"browser:{browser}:{name}" if is_known else f"guess:{name}:{address}"
    shared = () if is_known else (f"name:{name}", f"address:{address}")
    site.sign_ins.check(allowance)
    delay_ms = max((site.sign_ins.get_delay_ms(where) for where in shared), default=0)
    for where in (allowance, *shared):
        site.sign_ins.record_failure(where)
    if delay_ms:
        site.pause(delay_ms / 1000)
    place = "" if is_known else address or "unknown"
    if (
        not site.hash(place, check, account.password if account else None, password)
        or account is None
        or account.disabled
    ):
        security_log.note("sign_in.failed", account=account.id if account else None)
        return None
    site.sign_ins.record_success(allowance)
    for where in shared:
        site.sign_ins.forgive(where)
    return account


def _browser(site: Site) -> str:
    """Return what this browser holds from an earlier sign-in."""
    return site.cookies.get_value(request, STAFF)[:BROWSER_MAX]


def _end_last(site: Site) -> None:
    credential = site.caller.credential
    if credential is not None and credential.kind == "session":
        site.identity.sign_ins.end(credential, site.get_actor(site.caller))
