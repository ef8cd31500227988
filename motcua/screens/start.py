"""The start page: every screen of the hall, who may open it, and where this desk is found in the network."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.bookings import rules as booking_rules
from motcua.catalogue import store as catalogue_store
from motcua.desk import Invalid, Refused, Unknown, get_zone
from motcua.dossiers.dropoffs.store import count_waiting as count_waiting_dropoffs
from motcua.screens.forms import clean_local_path, describe_user
from motcua.screens.pages import render_page
from motcua.screens.qr import draw_svg
from motcua.settings import store as settings_store
from motcua.setup.actions import is_needed
from motcua.staff.model import PEOPLE, Role
from motcua.views.camera_places import list_watched_counters
from motcua.views.hall import add_refusal, describe_hall
from motcua.web.access import PAGES
from motcua.web.guests import is_guest
from motcua.web.language import mark, translate
from motcua.web.site import Site

SCREENS = {
    "kiosk": "screens.kiosk",
    "wall": "screens.wall",
    "counter": "screens.counter_choice",
    "pad": "screens.pad",
    "leaders": "screens.leaders",
    "settings": "screens.settings",
}
"""Each screen's path and the endpoint under which the access table knows it."""
NEEDS = {
    "kiosk": "pair",
    "wall": "pair",
    "counter": "either",
    "pad": "pair",
    "leaders": "sign_in",
    "settings": "sign_in",
}


PATH_MAX = 100
"""The longest path of which a QR is drawn: what a long one costs is paid by everybody in the hall."""
GUEST_CODES = ("/b/", "/t/", "/book", "/y", "/procedures", "/d", "/call-me")
"""What a guest's phone may have drawn: its own booking, its own ticket, its own suggestion, a list of papers."""
NO_ADDRESS = mark("There is no code, because phones cannot reach this desk. The start page says why.")


def install(screens: Blueprint, site: Site) -> None:
    """Add the start page and the QR of any address of this desk."""

    @screens.get("/", endpoint="start")
    def start() -> str | AnyResponse:
        with site.desk.read() as db:
            if is_needed(db):
                return redirect("/setup")
        return render_page(
            site,
            "start.html",
            me=describe_user(site),
            screens=list_screen_cards(site),
            state=get_state(site),
            addresses=list_addresses(site),
            note=explain_address(site),
            cameras=list_cameras(site),
        )

    @screens.get("/qr.svg", endpoint="address_qr")
    def address_qr() -> Response:
        path = clean_local_path(request.args.get("path"))
        if is_guest(request.environ) and not path.startswith(GUEST_CODES):
            raise Unknown("page.unknown", "There is nothing at this address.")
        if len(path) > PATH_MAX:
            raise Invalid("path.too_long", "An address must have at most %(length)s characters.", length=PATH_MAX)
        base = site.addresses.find_for_hall() if path.startswith("/pair/") else site.addresses.find_for_phones()
        if not base:
            raise Refused("address.none", NO_ADDRESS)
        return Response(draw_svg(base + path), content_type="image/svg+xml")


def list_screen_cards(site: Site) -> list[dict[str, Any]]:
    """Return each screen: its path, what it needs (`pair`, `sign_in`, `either`, `nothing`), whether this browser may
    open it, or is it.

    The morning check is among them for who may do it, booking while times can be booked, a demo's emulated devices
    in a demo.
    """
    screen_cards = []
    for name, endpoint in SCREENS.items():
        roles = PAGES[endpoint]
        role = site.identity.get_caller(request, roles).role
        opens = role if role is not None and roles is not None and role in roles else None
        is_own = opens is not None and opens not in PEOPLE and opens.value == name
        screen_cards.append(
            {"name": name, "path": f"/{name}", "needs": NEEDS[name], "open": opens is not None, "paired": is_own}
        )
    helpers = PAGES["screens.help_team"] or frozenset()
    role = site.identity.get_caller(request, helpers).role
    screen_cards.append(
        {
            "name": "help_team",
            "path": "/help-team",
            "needs": "either",
            "open": role in helpers,
            "paired": role is Role.HELPER,
        }
    )
    readers = PAGES["screens.leaders_alerts"] or frozenset()
    if site.identity.get_caller(request, readers).role in readers:
        screen_cards.append(
            {"name": "alerts", "path": "/leaders/alerts", "needs": "sign_in", "open": True, "paired": False}
        )
    checkers = PAGES["screens.check"] or frozenset()
    if site.identity.get_caller(request, checkers).role in checkers:
        screen_cards.append({"name": "check", "path": "/check", "needs": "sign_in", "open": True, "paired": False})
    readers = PAGES["screens.inbox"] or frozenset()
    if site.identity.get_caller(request, readers).role in readers:
        screen_cards.append(
            {"name": "inbox", "path": "/suggestions", "needs": "sign_in", "open": True, "paired": False}
        )
    screen_cards.append(
        {"name": "procedures", "path": "/procedures", "needs": "nothing", "open": True, "paired": False}
    )
    screen_cards.append({"name": "terminal", "path": "/terminal", "needs": "nothing", "open": True, "paired": False})
    with site.desk.read() as db:
        if booking_rules.is_open(settings_store.get_settings(db), catalogue_store.list_services(db)):
            screen_cards.append({"name": "book", "path": "/book", "needs": "nothing", "open": True, "paired": False})
        if settings_store.get_settings(db).suggestions.is_open:
            screen_cards.append({"name": "suggest", "path": "/y", "needs": "nothing", "open": True, "paired": False})
        if settings_store.get_settings(db).callbacks.is_on:
            screen_cards.append(
                {"name": "call_me", "path": "/call-me", "needs": "nothing", "open": True, "paired": False}
            )
            readers = PAGES["screens.callbacks"] or frozenset()
            if site.identity.get_caller(request, readers).role in readers:
                screen_cards.append(
                    {"name": "callbacks", "path": "/callbacks", "needs": "sign_in", "open": True, "paired": False}
                )
        if settings_store.get_settings(db).dossiers.is_on:
            screen_cards.append({"name": "lookup", "path": "/d", "needs": "nothing", "open": True, "paired": False})
            readers = PAGES["screens.dossier_board"] or frozenset()
            if site.identity.get_caller(request, readers).role in readers:
                screen_cards.append(
                    {"name": "dossiers", "path": "/dossiers", "needs": "sign_in", "open": True, "paired": False}
                )
                if settings_store.get_settings(db).dropoffs.is_on or count_waiting_dropoffs(db):
                    screen_cards.append(
                        {"name": "dropoffs", "path": "/dropoffs", "needs": "sign_in", "open": True, "paired": False}
                    )
                screen_cards.append(
                    {"name": "cash", "path": "/cash", "needs": "sign_in", "open": True, "paired": False}
                )
    if site.workbench:
        screen_cards.append(
            {"name": "workbench", "path": site.workbench, "needs": "nothing", "open": True, "paired": False}
        )
    return screen_cards


def list_cameras(site: Site) -> list[int]:
    """Return the counters at which a camera is on: everybody in the hall may know."""
    with site.desk.read() as db:
        return list_watched_counters(db)


def get_state(site: Site) -> dict[str, Any]:
    """Return whether the hall gives out numbers now, why not, and when it does again, in words of the desk's own
    clock.
    """
    now = site.desk.clock.now()
    day, behind = site.get_today()
    with site.desk.read() as db:
        settings = settings_store.get_settings(db)
        hall_view = add_refusal(describe_hall(db, settings, now, day, clock_behind=behind), site.desk.refusal)
    local = now.astimezone(get_zone(settings.timezone))
    opening = datetime.fromisoformat(hall_view["next_opening"]) if hall_view["next_opening"] else None
    return {
        "open": hall_view["open"],
        "reason": hall_view["closed_reason"],
        "time": f"{local:%H:%M}",
        "date": f"{local:%d/%m/%Y}",
        "next_time": f"{opening:%H:%M}" if opening else None,
        "next_date": f"{opening:%d/%m/%Y}" if opening and opening.date() != local.date() else None,
    }


def list_addresses(site: Site) -> list[str]:
    """Return where this desk is reached: as other devices do first, then as phones do, then as this browser did."""
    return list(
        dict.fromkeys(
            filter(
                None,
                (site.addresses.find_for_hall(), site.addresses.find_for_phones(), site.addresses.get_request_base()),
            )
        )
    )


def explain_address(site: Site) -> str:
    """Return why no code for phones can be shown, in the reader's language; empty when one can."""
    trouble = None if site.addresses.find_for_phones() else site.reach.find_trouble(site.addresses.get_setting())
    return translate(trouble.message, dict(trouble.params)) if trouble is not None else ""
