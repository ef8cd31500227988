"""Looking a dossier up from a phone: by its code or by the receipt's QR code, always with a second factor."""

from importlib.resources import files
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, make_response, request, send_from_directory
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Refused
from motcua.dossiers.actions import DossierContent
from motcua.dossiers.dropoffs.model import DropOffContent, DropOffState
from motcua.dossiers.rules.lookup import LOCK_MIN
from motcua.dossiers.store import vaults
from motcua.notify import vapid
from motcua.screens.forms import describe_user, require_own_form
from motcua.screens.pages import render_page
from motcua.views.dossier_lookup import describe_lookup
from motcua.views.dropoffs import describe_dropoff_lookup
from motcua.views.lockers import find_pick_up
from motcua.web.dossier_lookup import complete_code, find_dossier_code, look_up_dossier
from motcua.web.language import translate
from motcua.web.problems import get_status
from motcua.web.site import Site


def install(screens: Blueprint, site: Site) -> None:
    """Add the form by code, and the page behind a receipt's QR code."""

    def show(path: str, status: int = 200, **more: Any) -> Response:
        page = render_page(site, "dossier_lookup.html", me=describe_user(site), path=path, lock_min=LOCK_MIN, **more)
        response = make_response(page, status)
        response.headers["Cache-Control"] = "no-store"
        return response

    def answer(path: str, code: str, *, asks_code: bool) -> Response:
        try:
            require_own_form(site)
            content = look_up_dossier(site, code, request.form.get("factor", ""))
        except Refused as refusal:
            mistake = translate(refusal.message, refusal.params)
            typed = request.form.get("code", "")
            return show(path, get_status(refusal), mistake=mistake, asks_code=asks_code, code=typed)
        with site.desk.read() as db:
            if isinstance(content, DropOffContent):
                view = {**describe_dropoff_lookup(db, content), "is_dropoff": True}
            else:
                pick_up = find_pick_up(db, vaults.find_vault(db, site.desk.path.parent), content.dossier.code)
                view = {**describe_lookup(db, content), "pick_up": pick_up}
        return show(path, item=view, asks_code=asks_code, code="", push=offer_push(content))

    def offer_push(content: DossierContent | DropOffContent) -> dict[str, Any] | None:
        """Return what the page needs to offer messages, None where there is nothing more to tell."""
        is_dropoff = isinstance(content, DropOffContent)
        if isinstance(content, DropOffContent):
            code, is_over = content.dropoff.code, content.dropoff.state is not DropOffState.WAITING
        else:
            code, is_over = content.dossier.code, content.dossier.state.is_over
        if is_over:
            return None
        key = vapid.get_public_key(site.desk.path.parent)
        return {"pass": site.passes.give(code), "key": key, "is_dropoff": is_dropoff}

    @screens.get("/d", endpoint="find_dossier")
    def find_dossier() -> Response:
        return show("/d", asks_code=True, code=request.args.get("code", ""))

    @screens.post("/d", endpoint="find_dossier_submit")
    def find_dossier_submit() -> Response:
        return answer("/d", complete_code(site, request.form.get("code", "")), asks_code=True)

    @screens.get("/d/worker.js", endpoint="dossier_worker")
    def dossier_worker() -> AnyResponse:
        """Hand out the script that shows messages; its address says for which pages it is."""
        folder = Path(str(files("motcua"))) / "static" / "js" / "dossier"
        response = send_from_directory(folder, "worker.js")
        response.headers["Cache-Control"] = "no-store"  # it is there only while dossiers are on
        return response

    @screens.get("/d/<token>", endpoint="own_dossier")
    def own_dossier(token: str) -> Response:
        find_dossier_code(site, token)
        return show(f"/d/{token}", asks_code=False, code="")

    @screens.post("/d/<token>", endpoint="own_dossier_submit")
    def own_dossier_submit(token: str) -> Response:
        return answer(f"/d/{token}", find_dossier_code(site, token), asks_code=False)
