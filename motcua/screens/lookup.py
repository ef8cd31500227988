"""Looking a dossier up from a phone: by its code or by the receipt's QR code, always with a second factor."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, make_response, request

from motcua.desk import Refused, Unknown, get_zone
from motcua.dossiers import actions
from motcua.dossiers.actions import LookupAttempt
from motcua.dossiers.dropoffs import store as dropoffs
from motcua.dossiers.dropoffs.actions import DropOffAttempt, look_up_dropoff
from motcua.dossiers.dropoffs.model import DropOffContent
from motcua.dossiers.dropoffs.rules import find_dropoff_code
from motcua.dossiers.rules.codes import clean_dossier_code
from motcua.dossiers.rules.lookup import LOCK_MIN, complete_dossier_code
from motcua.dossiers.store import lookups, vaults
from motcua.screens.forms import describe_user, require_own_form
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.views.dossier_lookup import describe_lookup
from motcua.views.dropoffs import describe_dropoff_lookup
from motcua.views.lockers import find_pick_up
from motcua.web.codes import throttle_codes
from motcua.web.ghosts import GhostGuards
from motcua.web.language import translate
from motcua.web.problems import get_status
from motcua.web.site import Site

TOKEN_MAX = 40


def install(screens: Blueprint, site: Site) -> None:
    """Add the form by code, and the page behind a receipt's QR code."""
    ghosts = GhostGuards()

    def show(path: str, status: int = 200, **more: Any) -> Response:
        page = render_page(site, "dossier_lookup.html", me=describe_user(site), path=path, lock_min=LOCK_MIN, **more)
        response = make_response(page, status)
        response.headers["Cache-Control"] = "no-store"
        return response

    def answer(path: str, code: str, *, asks_code: bool) -> Response:
        try:
            require_own_form(site)
            with throttle_codes(site, what="dossier"):
                attempt = _try(site, ghosts, code)
                if attempt.content is None:
                    raise _make_refusal(site, attempt.locked_until)
        except Refused as refusal:
            mistake = translate(refusal.message, refusal.params)
            typed = request.form.get("code", "")
            return show(path, get_status(refusal), mistake=mistake, asks_code=asks_code, code=typed)
        with site.desk.read() as db:
            content = attempt.content
            if isinstance(content, DropOffContent):
                view = describe_dropoff_lookup(db, content)
            else:
                vault = vaults.find_vault(db, site.desk.path.parent)
                view = {
                    **describe_lookup(db, content),
                    "pick_up": find_pick_up(db, vault, content.dossier.code),
                }
        return show(path, item=view, asks_code=asks_code, code="")

    @screens.get("/d", endpoint="find_dossier")
    def find_dossier() -> Response:
        return show("/d", asks_code=True, code=request.args.get("code", ""))

    @screens.post("/d", endpoint="find_dossier_submit")
    def find_dossier_submit() -> Response:
        with site.desk.read() as db:
            rules = settings_store.get_settings(db).dossiers
        return answer("/d", complete_dossier_code(request.form.get("code", ""), rules), asks_code=True)

    @screens.get("/d/<token>", endpoint="own_dossier")
    def own_dossier(token: str) -> Response:
        _find_code(site, token)
        return show(f"/d/{token}", asks_code=False, code="")

    @screens.post("/d/<token>", endpoint="own_dossier_submit")
    def own_dossier_submit(token: str) -> Response:
        return answer(f"/d/{token}", _find_code(site, token), asks_code=False)


def _find_code(site: Site, token: str) -> str:
    """Return the code behind a receipt's address. Raises `Unknown("token.unknown")`."""
    with throttle_codes(site, long=True, what="dossier"), site.desk.read() as db:
        dropoff = dropoffs.find_dropoff_by_token(db, token[:TOKEN_MAX])
        code = dropoff.code if dropoff else lookups.find_by_token(db, token[:TOKEN_MAX])
        if code is None:
            raise Unknown("token.unknown", "There is no dossier at this address. Type its code.")
    return code


def _try(site: Site, ghosts: GhostGuards, code: str) -> LookupAttempt | DropOffAttempt:
    """Try a code with the factor that was typed. A code that does not exist is answered as one that does.

    What was handed in at a kiosk is the dossier that it became, once it did.
    """
    factor, dropped = request.form.get("factor", ""), find_dropoff_code(code)
    try:
        if dropped is not None:
            with site.desk.read() as db:
                dossier = dropoffs.get_dropoff(db, dropped).dossier
            if dossier is None:
                vault = vaults.get_vault(site.desk)
                return site.open_door().do(look_up_dropoff, vault, dropped, factor)
            code = dossier
        clean = clean_dossier_code(code)
        return site.open_door().do(actions.look_up, vaults.get_vault(site.desk), clean, factor)
    except Unknown:
        return LookupAttempt(locked_until=ghosts.attempt(code.upper(), site.desk.clock.now()))


def _make_refusal(site: Site, locked_until: datetime | None) -> Refused:
    if locked_until is None:
        return Unknown("dossier.factor", "The code and the second answer do not belong together. Check both.")
    with site.desk.read() as db:
        local = locked_until.astimezone(get_zone(settings_store.get_timezone(db)))
    return Refused(
        "dossier.locked",
        "Too many wrong answers. This dossier can be looked up again from %(time)s.",
        time=f"{local:%H:%M}",
    )
