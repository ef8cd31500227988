"""The locker: the kiosk's page to fetch a result, and the officers' page of all doors."""

from collections.abc import Callable

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Refused, Tx, Unknown
from motcua.dossiers.lockers import actions
from motcua.dossiers.rules.codes import clean_dossier_code
from motcua.dossiers.store import vaults
from motcua.screens.forms import describe_user, require_own_form
from motcua.screens.pages import render_page
from motcua.views.lockers import list_locker
from motcua.web.language import mark, translate, translate_into_each
from motcua.web.lockers import require_locker
from motcua.web.problems import get_status
from motcua.web.site import Site

PATH = "/lockers"
SEE_OTHER = 303


def install(screens: Blueprint, site: Site) -> None:
    """Add both pages, and what their forms do."""

    @screens.get("/kiosk/pickup", endpoint="locker_kiosk")
    def locker_kiosk() -> str:
        first = {
            "title": translate_into_each(mark("The ticket machine is starting")),
            "words": translate_into_each(mark("If this stays, please fetch the result at the desk.")),
        }
        return render_page(site, "dropoff_pickup.html", first)

    @screens.get(PATH, endpoint="locker_list")
    def locker_list() -> Response:
        return _render(site)

    @screens.post(f"{PATH}/put", endpoint="locker_put")
    def put() -> AnyResponse:
        require_own_form(site)
        code, door = clean_dossier_code(request.form.get("dossier", "")), _read_door(request.form.get("door", ""))
        vault = vaults.get_vault(site.desk)
        return _do(site, lambda tx: actions.put_in(tx, vault, code, door))

    @screens.post(f"{PATH}/<int(max=999):door>/take-out", endpoint="locker_take_out")
    def take_out(door: int) -> AnyResponse:
        require_own_form(site)
        return _do(site, lambda tx: actions.take_out(tx, door))

    @screens.post(f"{PATH}/<int(max=999):door>/settle", endpoint="locker_settle")
    def settle(door: int) -> AnyResponse:
        require_own_form(site)
        what = request.form.get("what", "")
        if what not in {"inside", "fetched", "empty"}:
            raise Unknown("page.unknown", "There is nothing at this address.")
        is_inside, is_fetched = what == "inside", what == "fetched"
        try:
            site.open_door().do(lambda tx: actions.settle_door(tx, door, is_inside=is_inside, is_fetched=is_fetched))
        except Unknown:
            raise
        except Refused as refusal:
            return _render(site, refusal)
        return redirect(PATH, SEE_OTHER)


def _do(site: Site, work: Callable[[Tx], object]) -> AnyResponse:
    """Open a door if the locker can be reached, and say why not else."""
    try:
        require_locker(site)
        site.open_door().do(work)
    except Unknown:
        raise
    except Refused as refusal:
        return _render(site, refusal)
    return redirect(PATH, SEE_OTHER)


def _read_door(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= len("999") else 0


def _render(site: Site, refusal: Refused | None = None) -> Response:
    day, _behind = site.get_today()
    with site.desk.read() as db:
        doors = list_locker(db, day)
    mistake = translate(refusal.message, refusal.params) if refusal else ""
    page = render_page(site, "lockers.html", me=describe_user(site), doors=doors, mistake=mistake)
    return make_response(page, get_status(refusal) if refusal else 200)
