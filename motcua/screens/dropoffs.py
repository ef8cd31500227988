"""Papers from kiosks: the kiosk's page outside opening hours, and the officers' worklist of what was handed in."""

import base64
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.counters import store as counter_store
from motcua.desk import Refused, Unknown
from motcua.dossiers.dropoffs import actions, rules, store
from motcua.dossiers.dropoffs.model import DropOffContent, DropOffState
from motcua.dossiers.store import vaults
from motcua.screens.forms import describe_user, require_own_form
from motcua.screens.pages import render_page
from motcua.screens.qr import draw_svg
from motcua.settings import store as settings_store
from motcua.views.dropoffs import describe_dropoff_page, describe_row, is_open_now, read_masked
from motcua.web.language import mark, translate, translate_into_each
from motcua.web.own import find_own_account
from motcua.web.problems import get_status
from motcua.web.site import Site
from motcua.wiring.dropoff_slips import list_slip_lines
from motcua.wiring.paper import find_print_route

PATH = "/dropoffs"
SEE_OTHER = 303
ROWS, DECIDED = 100, 30


def install(screens: Blueprint, site: Site) -> None:
    """Add the kiosk's page and its slip, the worklist, and the page of each drop-off with its scans."""
    _add_kiosk(screens, site)
    _add_worklist(screens, site)


def _add_kiosk(screens: Blueprint, site: Site) -> None:
    @screens.get("/kiosk/papers", endpoint="dropoff_kiosk")
    def dropoff_kiosk() -> str:
        first = {
            "title": translate_into_each(mark("The ticket machine is starting")),
            "words": translate_into_each(mark("If this stays, please come while the hall is open.")),
        }
        day, _behind = site.get_today()
        with site.desk.read() as db:
            settings = settings_store.get_settings(db)
            facts: dict[str, Any] = {
                "is_open": is_open_now(db, settings, site.desk.clock.now(), day),
                "keep_days": settings.dropoffs.keep_days,
                "pages_most": settings.dropoffs.pages_most,
                "has_box": settings.dropoffs.has_box,
                "phone": settings.dossiers.phone or settings.unit.phone,
                "paper": find_print_route(db).by,
            }
        return render_page(site, "dropoff_kiosk.html", first, **facts)

    @screens.get("/print/papers/<token>", endpoint="print_dropoff")
    def print_dropoff(token: str) -> str:
        with site.desk.read() as db:
            if (dropoff := store.find_dropoff_by_token(db, token[:40])) is None:
                raise Unknown("dropoff.unknown", "Nothing was handed in at the kiosk under this code.")
            lines = list_slip_lines(db, settings_store.get_settings(db), dropoff)
        base = site.addresses.find_for_phones()
        qr = draw_svg(f"{base}/d/{dropoff.token}") if base else ""
        return render_page(site, "print_dropoff.html", slip=lines, qr=qr)


def _add_worklist(screens: Blueprint, site: Site) -> None:
    @screens.get(PATH, endpoint="dropoff_list")
    def dropoff_list() -> str:
        with site.desk.read() as db:
            waiting = [describe_row(db, one) for one in store.list_by_state(db, DropOffState.WAITING, ROWS)]
            decided = [describe_row(db, one) for one in store.list_decided(db, DECIDED)]
            count = store.count_waiting(db)
        lists: dict[str, Any] = {"waiting": waiting, "decided": decided, "count": count}
        return render_page(site, "dropoffs.html", me=describe_user(site), **lists)

    @screens.get(f"{PATH}/<code>", endpoint="dropoff_page")
    def dropoff_page(code: str) -> Response:
        return _render(site, _clean(code))

    @screens.post(f"{PATH}/<code>/whole", endpoint="dropoff_whole")
    def dropoff_whole(code: str) -> Response:
        require_own_form(site)
        content = site.open_door().do(actions.open_dropoff, vaults.get_vault(site.desk), _clean(code))
        return _render(site, content.dropoff.code, content=content)

    @screens.post(f"{PATH}/<code>/pages/<int(max=999):page>", endpoint="dropoff_scan")
    def dropoff_scan(code: str, page: int) -> Response:
        require_own_form(site)
        clean = _clean(code)
        jpeg = site.open_door().do(actions.open_page, vaults.get_vault(site.desk), clean, page)
        with site.desk.read() as db:
            dropoff = store.get_dropoff(db, clean)
            view = describe_dropoff_page(db, DropOffContent(dropoff, None), is_whole=False)
        picture = base64.b64encode(jpeg).decode("ascii")
        place: dict[str, Any] = {"n": page, "picture": picture, "dropoff": view}
        response = make_response(render_page(site, "dropoff_sheet.html", me=describe_user(site), **place))
        response.headers["Cache-Control"] = "no-store"
        return response

    @screens.post(f"{PATH}/<code>/send-back", endpoint="send_back_dropoff")
    def send_back(code: str) -> AnyResponse:
        require_own_form(site)
        clean, words = _clean(code), request.form.get("words", "")
        try:
            if request.form.get("is_erased") == "1":
                site.open_door().do(actions.erase_dropoff, clean)
            else:
                site.open_door().do(actions.send_back, vaults.get_vault(site.desk), clean, words)
        except Unknown:
            raise
        except Refused as refusal:
            return _render(site, clean, refusal)
        return redirect(f"{PATH}/{clean}", SEE_OTHER)


def _clean(code: str) -> str:
    """Return a code as it is stored. Raises `Unknown("dropoff.unknown")`."""
    if (clean := rules.find_dropoff_code(code)) is None:
        raise Unknown("dropoff.unknown", "Nothing was handed in at the kiosk under this code.")
    return clean


def _render(site: Site, code: str, refusal: Refused | None = None, content: DropOffContent | None = None) -> Response:
    account = find_own_account(site)
    with site.desk.read() as db:
        vault = vaults.find_vault(db, site.desk.path.parent)
        dropoff = store.get_dropoff(db, code)
        view = describe_dropoff_page(db, content or read_masked(db, vault, dropoff), is_whole=content is not None)
        seat = counter_store.find_of_officer(db, account) if account is not None else None
    page = render_page(
        site,
        "dropoff.html",
        me=describe_user(site),
        dropoff=view,
        counter=seat.number if seat else None,
        mistake=translate(refusal.message, refusal.params) if refusal else "",
        typed=request.form.get("words", "") if refusal else "",
    )
    response = make_response(page, get_status(refusal) if refusal else 200)
    response.headers["Cache-Control"] = "no-store"
    return response
