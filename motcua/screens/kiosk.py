"""The kiosk: a touch, a number, a piece of paper."""

from typing import Any

from flask import Blueprint, request

from motcua.bookings.rules import CODE_LENGTH, CODE_LETTERS
from motcua.desk import Reader
from motcua.devices.kinds import has_job
from motcua.queue import store as queue_store
from motcua.screens.pages import render_page
from motcua.screens.qr import draw_svg
from motcua.typed.situation import read_situation
from motcua.views.hall import add_refusal
from motcua.views.kiosk import show_kiosk as kiosk_view
from motcua.views.shapes import both
from motcua.web.identity import Caller
from motcua.web.language import mark, translate_into_each
from motcua.web.site import Site
from motcua.web.sockets import Namespace
from motcua.wiring.checklist_paper import compose_checklist
from motcua.wiring.paper import compose_ticket


def install(screens: Blueprint, site: Site) -> None:
    """Add the kiosk's page, its paper and its stream."""

    @screens.get("/kiosk", endpoint="kiosk")
    def kiosk_page() -> str:
        first = {
            "title": translate_into_each(mark("The ticket machine is starting")),
            "words": translate_into_each(mark("If this stays, please take a number at the information desk.")),
        }
        return render_page(site, "kiosk.html", first, booking_code={"letters": CODE_LETTERS, "length": CODE_LENGTH})

    @screens.get("/print/<ticket_id>", endpoint="print_ticket")
    def paper(ticket_id: str) -> str:
        with site.desk.read() as db:
            sheet = compose_ticket(db, queue_store.get(db, ticket_id))
        base = site.addresses.find_for_phones()
        address = f"{base}{sheet.path}" if base else ""
        return render_page(
            site,
            "print.html",
            number=sheet.number,
            issued_at=f"{sheet.issued_at:%H:%M · %d/%m/%Y}",
            service=both(sheet.service),
            people_ahead=sheet.people_ahead,
            wait=both(sheet.wait) if sheet.wait else None,
            due_at=sheet.due_at,
            seat=sheet.seat,
            has_priority=sheet.has_priority,
            footer=both(sheet.footer),
            qr=draw_svg(address) if address else "",
            follow_url=address,
            short_code=sheet.short_code,
            procedure=both(sheet.procedure) if sheet.procedure else None,
            papers=[{"name": both(name), "is_ready": is_ready} for name, is_ready in sheet.papers],
        )

    @screens.get("/print/list/<code>", endpoint="print_list")
    def checklist(code: str) -> str:
        choices = read_situation(request.args.get("s", ""))
        day, _behind = site.get_today()
        with site.desk.read() as db:
            sheet = compose_checklist(db, code, choices, day)
        base = site.addresses.find_for_phones()
        return render_page(
            site,
            "print_list.html",
            procedure=both(sheet.procedure),
            papers=[both(name) for name in sheet.papers],
            source=sheet.source,
            qr=draw_svg(base + sheet.path) if base else "",
        )

    def view(db: Reader, _key: str) -> dict[str, Any]:
        day, behind = site.get_today(db)
        state = add_refusal(
            kiosk_view(db, site.desk.clock.now(), day, site.waits, clock_behind=behind), site.desk.refusal
        )
        printer = next((item for item in site.fleet.list_troubles(db) if has_job(item["kind"], "print")), None)
        return {
            **state,
            "printer_problem": printer["problem"] if printer else None,
            "phones": bool(site.addresses.find_without_request()),
        }

    def key_of(_caller: Caller, _auth: dict[str, Any]) -> str:
        return ""

    Namespace(site, "/kiosk", view, key_of)
