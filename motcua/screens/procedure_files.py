"""Files of the catalogue of procedures: template, export, and import after a look at what would change."""

import hashlib
from base64 import b64encode
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Desk, Refused, Unknown
from motcua.desk.messages import mark
from motcua.procedures import actions, store
from motcua.procedures.model import Procedure, ProcedureFile
from motcua.procedures.rules.columns import COLUMNS
from motcua.procedures.rules.importing import ROWS_MAX, apply_rows, make_refusal, task, write_cells
from motcua.procedures.rules.versions import compute_digest, require_day
from motcua.reports.sheet import defuse
from motcua.screens.sheet_files import (
    TABLES,
    list_examples,
    list_headings,
    make_download,
    read_sheet_file,
    render_file_page,
)
from motcua.screens.waiting import WaitingItems
from motcua.typed.sheet_columns import MISTAKES_MAX, SheetMistake
from motcua.typed.sheet_readings import SheetReading, read_reading
from motcua.views.catalogue_changes import list_changes
from motcua.views.shapes import View
from motcua.web.own import find_own_account
from motcua.web.site import Site

PATH = "/settings/procedures/files"
SEE_OTHER = 303
WAITING_MAX, SHOWN_MAX = 8, 200


def install(screens: Blueprint, site: Site) -> None:
    """Add the page and what its forms do."""
    waiting: WaitingItems[ProcedureFile] = WaitingItems(WAITING_MAX, "procedures.gone")

    def render(refusal: Refused | None = None, **more: Any) -> Response:
        more |= {"rows_max": ROWS_MAX, "today": site.get_today()[0], "since": request.form.get("since", "")[:10]}
        return render_file_page(site, "catalogue_files.html", COLUMNS, refusal, **more)

    @screens.get(PATH, endpoint="catalogue_files")
    def catalogue_files() -> Response:
        return render()

    @screens.post(PATH, endpoint="preview_procedures")
    def preview_procedures() -> Response:
        try:
            content = read_sheet_file(make_refusal, "procedures.none", mark("Choose a file with procedures first."))
            since = request.form.get("since", "")
            require_day(since)
            reading = read_reading(site.compute(task, {"file": b64encode(content).decode()}))
            if reading.mistakes:
                return render(mistakes=reading.mistakes, mistake_count=reading.count)
            procedures, mistakes, changes, basis = site.offload(_compare, site.desk, reading, since)
            if mistakes:
                return render(mistakes=mistakes[:MISTAKES_MAX], mistake_count=len(mistakes))
            if not changes:
                raise Refused("procedures.same", "The catalogue is already as the file says. Nothing was changed.")
            digest = hashlib.sha256(content).hexdigest()
            file = ProcedureFile(tuple(procedures), since, digest, basis, find_own_account(site))
            waiting.add(site.get_actor(site.caller), f"{digest} {since}", file)
        except Refused as refusal:
            return render(refusal)
        return render(changes=changes[:SHOWN_MAX], change_count=len(changes), digest=digest)

    @screens.post(f"{PATH}/confirmation", endpoint="import_procedures")
    def import_procedures() -> AnyResponse:
        actor = site.get_actor(site.caller)
        try:
            key = f"{request.form.get('digest', '')} {request.form.get('since', '')}"
            file = waiting.get(actor, key)
            site.open_door().do(actions.import_procedures, file)
            waiting.remove(actor, key)
        except Refused as refusal:
            return render(refusal)
        return redirect("/settings/procedures?part=changed&done=imported", SEE_OTHER)

    @screens.get(f"{PATH}/<name>.<kind>", endpoint="catalogue_file")
    def catalogue_file(name: str, kind: str) -> Response:
        if kind not in TABLES or name not in {"template", "catalogue"}:
            raise Unknown("procedures.no_file", "There is no such file.")
        headings, rows = list_headings(COLUMNS), list_examples(COLUMNS)
        if name == "catalogue":
            today, _behind = site.get_today()
            rows = site.offload(_list_cells, site.desk, today)
        file_name = "thu-tuc-mau" if name == "template" else "danh-muc-thu-tuc"
        return make_download(site.offload(TABLES[kind], headings, rows), file_name, kind)


def _compare(
    desk: Desk, reading: SheetReading, since: str
) -> tuple[list[Procedure], list[SheetMistake], list[View], dict[str, str]]:
    with desk.read() as db:
        offered = store.list_procedures(db, since)
    procedures, mistakes = apply_rows(reading.rows, offered)
    basis = {item.code: compute_digest(offered.get(item.code)) for item in procedures}
    return procedures, mistakes, list_changes(procedures, offered), basis


def _list_cells(desk: Desk, day: str) -> list[list[str]]:
    with desk.read() as db:
        offered = store.list_procedures(db, day).values()
    return [[defuse(cell) for cell in write_cells(item)] for item in offered if item.level == "ward"]
