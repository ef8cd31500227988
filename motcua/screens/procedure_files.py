"""Files of the catalogue of procedures: template, export, and import after a look at what would change."""

import hashlib
from base64 import b64encode
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Desk, Invalid, Refused, Unknown
from motcua.procedures import actions, store
from motcua.procedures.model import Procedure, ProcedureFile
from motcua.procedures.rules.columns import COLUMNS
from motcua.procedures.rules.importing import (
    ROWS_MAX,
    ProcedureReading,
    apply_rows,
    make_refusal,
    read_result,
    task,
    write_cells,
)
from motcua.procedures.rules.versions import compute_digest, require_day
from motcua.reports.sheet import defuse
from motcua.screens.forms import describe_user, read_chosen_file
from motcua.screens.pages import render_page
from motcua.screens.waiting import WaitingItems
from motcua.typed.sheet_columns import MISTAKES_MAX, SheetColumn, SheetMistake, write_book, write_rows
from motcua.typed.sheets import BYTES_MAX, make_size_error
from motcua.views.catalogue_changes import list_changes
from motcua.views.shapes import View
from motcua.web.language import get_language, translate
from motcua.web.own import find_own_account
from motcua.web.problems import get_status
from motcua.web.site import Site

PATH = "/settings/procedures/files"
SEE_OTHER, WRONG = 303, 422
WAITING_MAX, SHOWN_MAX = 8, 200
KINDS = {
    "csv": (write_rows, "text/csv; charset=utf-8"),
    "xlsx": (write_book, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def install(screens: Blueprint, site: Site) -> None:
    """Add the page and what its forms do."""
    waiting: WaitingItems[ProcedureFile] = WaitingItems(WAITING_MAX, "procedures.gone")

    def render(refusal: Refused | None = None, **more: Any) -> Response:
        mistakes = more.pop("mistakes", ())
        page = render_page(
            site,
            "catalogue_files.html",
            me=describe_user(site),
            today=site.get_today()[0],
            since=request.form.get("since", "")[:10],
            mistake=translate(refusal.message, refusal.params) if refusal else "",
            mistakes=[_show_mistake(item) for item in mistakes],
            columns=[_show_column(item) for item in COLUMNS],
            megabytes=BYTES_MAX // 1024 // 1024,
            rows_max=ROWS_MAX,
            **more,
        )
        return make_response(page, get_status(refusal) if refusal else WRONG if mistakes else 200)

    @screens.get(PATH, endpoint="catalogue_files")
    def catalogue_files() -> Response:
        return render()

    @screens.post(PATH, endpoint="preview_procedures")
    def preview_procedures() -> Response:
        try:
            content, since = _read_file(), request.form.get("since", "")
            require_day(since)
            reading = read_result(site.compute(task, {"file": b64encode(content).decode()}))
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
        if kind not in KINDS or name not in {"template", "catalogue"}:
            raise Unknown("procedures.no_file", "There is no such file.")
        language = get_language()
        headings = [getattr(item, language) for item in COLUMNS]
        rows = [[item.examples[place] for item in COLUMNS] for place in (0, 1)]
        if name == "catalogue":
            today, _behind = site.get_today()
            rows = site.offload(_list_cells, site.desk, today)
        write, content_type = KINDS[kind]
        response = Response(site.offload(write, headings, rows), content_type=content_type)
        file_name = "thu-tuc-mau" if name == "template" else "danh-muc-thu-tuc"
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name}.{kind}"'
        return response


def _read_file() -> bytes:
    """Return the bytes of the file that was chosen. Raises `Invalid("procedures.none" | "procedures.large")`."""
    content = read_chosen_file(BYTES_MAX)
    if not content:
        raise Invalid("procedures.none", "Choose a file with procedures first.")
    if len(content) > BYTES_MAX:
        raise make_refusal(make_size_error())
    return content


def _compare(
    desk: Desk, reading: ProcedureReading, since: str
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


def _show_column(column: SheetColumn) -> dict[str, Any]:
    heading, about = getattr(column, get_language()), translate(column.about)
    return {"heading": heading, "about": about, "is_required": column.is_required}


def _show_mistake(mistake: SheetMistake) -> dict[str, Any]:
    column = next((getattr(item, get_language()) for item in COLUMNS if item.name == mistake.column), "")
    return {"row": mistake.row, "column": column, "words": translate(mistake.message, dict(mistake.params))}
