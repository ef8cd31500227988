"""Taking in dossiers at a counter, and their forms as PDF files."""

import base64
from typing import Any

from flask import Blueprint, Response

from motcua.catalogue import store as catalogue_store
from motcua.counters import store as counter_store
from motcua.desk import Unknown
from motcua.dossiers import actions
from motcua.dossiers.rules.codes import clean_dossier_code
from motcua.dossiers.store import vaults
from motcua.procedures.store import find_procedure
from motcua.reports import pdf
from motcua.reports.forms.model import FormKind
from motcua.reports.forms.printing import FORM_LAYOUT, print_form
from motcua.screens.forms import describe_user, require_own_form
from motcua.screens.pages import render_page
from motcua.settings import store as settings_store
from motcua.views.dossier_forms import make_form_facts
from motcua.views.linked import list_linked_groups
from motcua.views.shapes import list_choices
from motcua.web.site import Site
from motcua.wiring.dossier_slips import find_slip_printer


def install(screens: Blueprint, site: Site) -> None:
    """Add the page and the files."""

    @screens.get("/counter/<int(max=999):number>/dossiers", endpoint="counter_dossiers")
    def counter_dossiers(number: int) -> str:
        day, _is_behind = site.get_today()
        with site.desk.read() as db:
            counter_store.get(db, number)
            settings = settings_store.get_settings(db)
            more: dict[str, Any] = {
                "usual": {
                    service.code: [
                        {"code": procedure.code, "name": procedure.name}
                        for code in service.procedures
                        if (procedure := find_procedure(db, code, day)) is not None
                    ]
                    for service in catalogue_store.list_services(db)
                },
                "linked": list_linked_groups(db, day),
                "reasons": list_choices(settings.dossiers.refusal_reasons),
                "keep_days": settings.dossiers.applicant_days,
                "phone": settings.dossiers.phone or settings.unit.phone,
                "is_key_lost": vaults.is_key_lost(db, site.desk.path.parent),
                "has_account": bool(settings.fees.bank and settings.fees.account),
                "has_printer": find_slip_printer(db) is not None,
            }
        return render_page(site, "dossiers.html", counter=number, me=describe_user(site), **more)

    @screens.post("/dossiers/<code>/forms/<kind>.pdf", endpoint="dossier_form")
    def dossier_form(code: str, kind: str) -> Response:
        require_own_form(site)
        if kind not in set(FormKind):
            raise Unknown("page.unknown", "There is nothing at this address.")
        clean = clean_dossier_code(code)
        content = site.open_door().do(actions.open_dossier, vaults.get_vault(site.desk), clean)
        now, base = site.desk.clock.now(), site.addresses.find_for_phones() or ""
        with site.desk.read() as db:
            facts = make_form_facts(db, content, FormKind(kind), now, base)
        values = print_form(FormKind(kind), facts)
        answer = site.compute(pdf.task, {"layout": FORM_LAYOUT, "values": values, "at": int(now.timestamp())})
        response = Response(base64.b64decode(answer["pdf"]), content_type="application/pdf")
        response.headers["Content-Disposition"] = f'inline; filename="{content.dossier.code}-{kind}.pdf"'
        response.headers["Cache-Control"] = "no-store"
        return response
