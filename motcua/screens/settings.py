"""The settings pages: one for each section, people, screens and devices, and the whole as a file."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, request

from motcua.calls import sounds
from motcua.catalogue import store as catalogue_store
from motcua.counters import store as counter_store
from motcua.desk import Reader, Unknown, signing, stamp
from motcua.desk.messages import translate_into_each
from motcua.devices.paper import layout
from motcua.notify import apprise_way
from motcua.procedures import store as procedure_store
from motcua.reports.kinds import list_monthly
from motcua.screens.forms import describe_user, explain_password
from motcua.screens.kinds import list_kinds
from motcua.screens.pages import render_page
from motcua.screens.qr import draw_svg
from motcua.screens.start import explain_address
from motcua.settings import store as settings_store
from motcua.settings.base_address import find_base
from motcua.settings.model import PAGES
from motcua.setup.actions import get_document
from motcua.setup.form import list_form_cards
from motcua.setup.sections import SECTIONS, get_section
from motcua.views.alerts import describe_kinds
from motcua.views.camera_places import describe_camera_setup
from motcua.views.gone_names import describe_gone_names
from motcua.views.shapes import both
from motcua.web.language import translate
from motcua.web.origin import find_request_base
from motcua.web.reach import is_literal
from motcua.web.site import Site


def install(screens: Blueprint, site: Site) -> None:
    """Add the settings pages."""

    @screens.get("/settings", endpoint="settings")
    @screens.get("/settings/<section>", endpoint="settings")
    def settings(section: str = "unit") -> str:
        if section not in {item.code for item in PAGES}:
            raise Unknown("section.unknown", "There is no section %(name)s of the settings.", name=section)
        with site.desk.read() as db:
            data = get_section(get_document(db), section) if section in SECTIONS else {}
            version = settings_store.get_version(db)
            facts = collect_facts(db, section, site.get_today()[0])
            facts["warnings"] = describe_gone_names(db, site.get_today()[0])
        if section == "appointments":
            facts |= {
                "address": site.addresses.find_for_phones(),
                "keys": str((site.desk.path.parent / "keys").absolute()),
            }
        if section == "alerts":
            facts["has_apprise"] = apprise_way.is_installed()
        if section == "people":
            with site.desk.read() as db:
                facts["wish"] = explain_password(settings_store.get_settings(db))
        if section == "devices":
            facts["kinds"] = list_kinds()
            facts["reachable"] = bool(site.addresses.find_for_hall())
            facts["own_authority"] = site.reach.scheme == "https" and not site.addresses.is_certified()
        if section == "camera":
            with site.desk.read() as db:
                facts["camera"] = describe_camera_setup(db, stamp(site.desk.clock.now()))
        if section == "web":
            facts |= collect_address_facts(site)
        if section == "voice":
            with site.desk.read() as db:
                clips = sounds.describe_clips(db, site.voice)
            refused = [
                {"name": item["name"], "why": translate(item["message"], item["params"])} for item in clips["refused"]
            ]
            facts["clips"] = {**clips, "refused": refused}
        facts["form"] = {part: list_form_cards(part, translate) for part in SECTIONS.get(section, ())}
        facts["menu"] = [{"code": item.code, "title": translate(item.title), "icon": item.icon} for item in PAGES]
        facts["menu"].append({"code": "procedures", "title": translate("Catalogue of procedures"), "icon": "file-text"})
        return render_page(
            site, "settings.html", section=section, data=data, version=version, me=describe_user(site), **facts
        )

    @screens.get("/settings/seats/sheet", endpoint="seat_sheet")
    def seat_sheet() -> str:
        with site.desk.read() as db:
            labels = settings_store.get_settings(db).seats.labels
        address = site.addresses.find_for_phones()
        seats = [
            {"label": label, "address": f"{address}/seat/{number}"} for number, label in enumerate(labels, start=1)
        ]
        seat_codes = [{**seat, "qr": draw_svg(seat["address"]) if address else ""} for seat in seats]
        return render_page(site, "seat_sheet.html", address=address, note=explain_address(site), seats=seat_codes)


def collect_address_facts(site: Site) -> dict[str, Any]:
    """Return what the page of the address shows: what phones get now, what would be guessed, what else there is, and
    what is wrong.
    """
    setting = site.addresses.get_setting()
    host = urlsplit(find_base(setting)).hostname or ""
    is_strange = is_literal(setting) and bool(site.reach.list_phone_guesses()) and not site.reach.is_own_address(host)
    return {
        "phones": site.addresses.find_for_phones(),
        "guess": site.reach.guess_base() or ("" if site.reach.has_guests else find_request_base(request)),
        "others": site.reach.list_phone_guesses(),
        "former": setting if setting and not find_base(setting) else "",
        "strange": is_strange,
        "note": explain_address(site),
    }


def collect_facts(db: Reader, section: str, today: str) -> dict[str, Any]:
    """Return what a section's page names but does not change: services, counters, procedures as they are today."""
    facts: dict[str, Any] = {}
    if section == "counters":
        facts["groups"] = [{"letter": item.letter, "name": both(item.name)} for item in catalogue_store.list_groups(db)]
        facts["services"] = [
            {"code": item.code, "group": item.group, "name": both(item.name)}
            for item in catalogue_store.list_services(db)
        ]
    if section == "rating":
        facts["services"] = [{"code": item.code, "name": both(item.name)} for item in catalogue_store.list_services(db)]
    if section == "appointments":
        facts["bookable"] = [item.name[0] for item in catalogue_store.list_services(db) if item.bookable]
    if section == "alerts":
        facts["alert_kinds"] = describe_kinds()
        facts["has_mail"] = bool(settings_store.get_settings(db).notices.smtp_host)
    if section == "monthly":
        facts["monthly_reports"] = [
            {"code": report.id, "label": translate_into_each(report.title)} for report in list_monthly()
        ]
        facts["has_mail"] = bool(settings_store.get_settings(db).notices.smtp_host)
    if section == "printing":
        facts["layout"] = {
            "usual": layout.DEFAULT,
            "styles": list(layout.STYLES),
            "places": list(layout.PLACES),
            "most": layout.TEXT_MAX,
        }
    if section == "services":
        procedures = procedure_store.list_procedures(db, today).values()
        facts["procedures"] = [
            {"code": item.code, "name": item.name, "field": item.field, "ward": item.level == "ward"}
            for item in procedures
        ]
    if section == "people":
        facts["journal_key"] = signing.find_unconfirmed(db)
    if section in {"people", "devices"}:
        facts["counters"] = [{"number": item.number, "label": item.label} for item in counter_store.list_all(db)]
    return facts
