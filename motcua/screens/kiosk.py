"""The kiosk: a touch, a number, a piece of paper."""

from typing import Any

from flask import Blueprint

from motcua.catalogue import store as catalogue_store
from motcua.desk import Reader
from motcua.queue import store as queue_store
from motcua.screens.pages import page
from motcua.screens.qr import svg
from motcua.settings import store as settings_store
from motcua.web.identity import Caller
from motcua.web.language import in_each, mark
from motcua.web.site import Site
from motcua.web.sockets import Namespace
from motcua.web.views import halls
from motcua.web.views.shapes import ahead, both, local, ticket
from motcua.wiring.paper import clock_words, wait_words

FOOTER = ("Vui lòng giữ phiếu và chờ gọi số. Xin cảm ơn!", "Please keep this ticket and wait for your number. Thank you!")


def install(screens: Blueprint, site: Site) -> None:
    """Add the kiosk's page, its paper and its stream."""

    @screens.get("/kiosk", endpoint="kiosk")
    def kiosk_page() -> str:
        first = {
            "title": in_each(mark("The ticket machine is starting")),
            "words": in_each(mark("If this stays, please take a number at the information desk.")),
        }
        return page(site, "kiosk.html", first)

    @screens.get("/print/<ticket_id>", endpoint="print_ticket")
    def paper(ticket_id: str) -> str:
        with site.desk.read() as db:
            found = queue_store.get(db, ticket_id)
            settings = settings_store.current(db)
            service = catalogue_store.service(db, found.service)
            shape = ticket(found, settings.timezone, people_ahead=ahead(db, found))
            issued_at = local(found.issued_at, settings.timezone)
        wait = wait_words(found.wait)
        base = site.phones()
        address = f"{base}/t/{found.code}" if base else ""
        return page(
            site,
            "print.html",
            ticket=shape,
            issued_at=issued_at,
            service=both(service.name) if service else both((found.service, found.service)),
            wait=both(wait) if wait else None,
            due_at=clock_words(found.due_at, settings.timezone),
            seat=found.seat,
            has_priority=found.rank < max((item.rank for item in settings.priorities), default=found.rank),
            footer=both(settings.texts.get("ticket_footer", FOOTER)),
            qr=svg(address) if address else "",
            follow_url=address,
        )

    def view(db: Reader, _key: str) -> dict[str, Any]:
        day, behind = site.today()
        found = site.hindered(halls.kiosk(db, site.desk.clock.now(), day, site.waits, clock_behind=behind))
        printer = next((item for item in site.fleet.troubles(db) if item["kind"] == "printer"), None)
        return {**found, "printer_problem": printer["problem"] if printer else None, "phones": bool(site.phones_known())}

    def key_of(_caller: Caller, _auth: dict[str, Any]) -> str:
        return ""

    Namespace(site, "/kiosk", view, key_of)
