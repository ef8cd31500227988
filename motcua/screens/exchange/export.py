"""Taking dossiers along as CSV, XLSX or JSON: chosen by days, state and field, masked unless somebody may have more."""

import json
from collections.abc import Iterator
from contextlib import closing

from flask import Blueprint, Response, make_response, request
from msgspec import Struct

from motcua.desk import Desk, Forbidden, Invalid, Refused, Unknown, get_zone
from motcua.desk.messages import translate_into_each
from motcua.desk.vault import Vault
from motcua.dossiers.model.dossier import DOSSIER_STATE_LABELS, DossierState
from motcua.dossiers.store import vaults
from motcua.exchange.actions.exporting import EXPORT_ROWS_MAX, export_dossiers
from motcua.exchange.model.exports import ExportFilter
from motcua.exchange.rules.columns import EXPORT_COLUMNS, FORMAT, TABLE_COLUMNS, VERSION, make_schema
from motcua.procedures.store import list_procedures
from motcua.screens.forms import describe_user, require_own_form
from motcua.screens.pages import render_page
from motcua.screens.sheet_files import TABLES, TYPES, make_download
from motcua.settings import store as settings_store
from motcua.staff.model import Role
from motcua.views.exchange.rows import ExportRow, list_export_rows, write_cells
from motcua.web.language import get_language, translate
from motcua.web.problems import get_status
from motcua.web.site import Site

PATH = "/dossiers/export"
FILE = "ho-so"
WHOLE_ROLES = frozenset({Role.LEADER, Role.ADMIN})
"""Who may take applicants along without a mask."""


class ExportOrder(Struct, frozen=True):
    """What a file is made of: the codes, in which form and language, from whose day to whose day, masked or whole."""

    codes: tuple[str, ...]
    which: ExportFilter
    form: str
    language: str
    is_whole: bool


def install(screens: Blueprint, site: Site) -> None:
    """Add the page, the file it makes, and the schema of the JSON."""

    def render(refusal: Refused | None = None) -> Response:
        today, _is_behind = site.get_today()
        with site.desk.read() as db:
            fields = sorted({item.field for item in list_procedures(db, today).values() if item.field})
        page = render_page(
            site,
            "dossier_export.html",
            me=describe_user(site),
            today=today,
            fields=fields,
            states=[(state.value, translate_into_each(label)) for state, label in DOSSIER_STATE_LABELS.items()],
            columns=[
                {"name": item.name, "heading": getattr(item, get_language()), "about": translate(item.about)}
                for item in EXPORT_COLUMNS
            ],
            may_take_whole=site.caller.role in WHOLE_ROLES,
            rows_max=EXPORT_ROWS_MAX,
            mistake=translate(refusal.message, refusal.params) if refusal else "",
            typed={name: request.form.get(name, "")[:80] for name in ("from", "to", "state", "field", "form")},
        )
        return make_response(page, get_status(refusal) if refusal else 200)

    @screens.get(PATH, endpoint="dossier_export")
    def dossier_export() -> Response:
        return render()

    @screens.get(f"{PATH}/schema.json", endpoint="export_schema")
    def export_schema() -> Response:
        body = json.dumps(make_schema(), ensure_ascii=False, indent=2)
        return Response(body + "\n", content_type="application/json")

    @screens.post(PATH, endpoint="export_dossiers")
    def take_export() -> Response:
        require_own_form(site)
        form, is_whole = request.form.get("form", ""), request.form.get("whole") == "1"
        if is_whole and site.caller.role not in WHOLE_ROLES:
            raise Forbidden("auth.role", "You are not allowed to open this.")
        vault = vaults.get_vault(site.desk) if is_whole else _find_vault(site.desk)
        try:
            if form not in TYPES:
                raise Invalid("dossier.export_form", "Choose CSV, XLSX or JSON.")
            which, field = _read_filter(site)
            codes = site.open_door().do(lambda tx: export_dossiers(tx, which, form, field, is_whole=is_whole))
        except Unknown:
            raise
        except Refused as refusal:
            return render(refusal)
        order = ExportOrder(tuple(codes), which, form, get_language(), is_whole)
        content = site.offload(write_export, site.desk, vault, order)
        response = make_download(content, f"{FILE}-{which.first}_{which.last}", form)
        response.headers["Cache-Control"] = "no-store"
        return response


def _find_vault(desk: Desk) -> Vault | None:
    with desk.read() as db:
        return vaults.find_vault(db, desk.path.parent)


def _read_filter(site: Site) -> tuple[ExportFilter, str]:
    """Return what the form asks for, and the field by which it was chosen. Raises `Invalid`."""
    state, field = request.form.get("state", ""), request.form.get("field", "")
    if state and state not in set(DossierState):
        raise Invalid("dossier.state", "Choose a state of the list.")
    procedures: tuple[str, ...] | None = None
    if field:
        with site.desk.read() as db:
            offered = list_procedures(db, site.get_today()[0]).values()
        procedures = tuple(item.code for item in offered if item.field == field)
        if not procedures:
            raise Invalid("dossier.export_field", "Choose a field of the list.")
    states = (DossierState(state),) if state else ()
    return ExportFilter(request.form.get("from", ""), request.form.get("to", ""), states, procedures), field


def write_export(desk: Desk, vault: Vault | None, order: ExportOrder) -> bytes:
    """Return the file, made row by row of one moment of the store."""
    with desk.read() as db, closing(list_export_rows(db, vault, order.codes, is_whole=order.is_whole)) as rows:
        if order.form in TABLES:
            headings = [getattr(column, order.language) for column in TABLE_COLUMNS]
            return TABLES[order.form](headings, (write_cells(row, order.language) for row in rows))
        settings = settings_store.get_settings(db)
        heading = {
            "format": FORMAT,
            "version": VERSION,
            "unit": settings.unit.name,
            "made_at": desk.clock.now().astimezone(get_zone(settings.timezone)).isoformat(timespec="seconds"),
            "first": order.which.first,
            "last": order.which.last,
            "is_masked": not order.is_whole,
        }
        return "".join(_list_json(heading, rows)).encode()


def _list_json(heading: dict[str, object], rows: Iterator[ExportRow]) -> Iterator[str]:
    yield json.dumps(heading, ensure_ascii=False)[:-1] + ', "dossiers": ['
    for number, row in enumerate(rows):
        yield ("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"
