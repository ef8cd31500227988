"""Files of the ward's flows: template, export, and import after a look at what would change."""

import hashlib
import json
from base64 import b64encode
from typing import Any

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Desk, Reader, Refused, Unknown, get_zone
from motcua.desk.messages import mark
from motcua.dossiers import actions, store
from motcua.dossiers.model.flow_file import FlowFile, FlowPlan
from motcua.dossiers.rules.flow_files.columns import COLUMNS
from motcua.dossiers.rules.flow_files.json_rows import FORMAT, VERSION, describe_flow_file
from motcua.dossiers.rules.flow_files.reading import ROWS_MAX, make_refusal, task, write_cells
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
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.typed.sheet_readings import SheetReading, read_reading
from motcua.views.flow_changes import list_flow_changes
from motcua.views.shapes import View
from motcua.web.own import find_own_account
from motcua.web.site import Site

PATH = "/settings/procedures/flows/files"
SEE_OTHER = 303
WAITING_MAX, SHOWN_MAX, DIGEST_MAX = 8, 200, 64
NAMES = {"template": "quy-trinh-mau", "flows": "quy-trinh"}


def install(screens: Blueprint, site: Site) -> None:
    """Add the page and what its forms do."""
    waiting: WaitingItems[FlowFile] = WaitingItems(WAITING_MAX, "flows.gone")

    def render(refusal: Refused | None = None, **more: Any) -> Response:
        return render_file_page(site, "flow_files.html", COLUMNS, refusal, rows_max=ROWS_MAX, **more)

    @screens.get(PATH, endpoint="flow_files")
    def flow_files() -> Response:
        return render()

    @screens.post(PATH, endpoint="preview_flows")
    def preview_flows() -> Response:
        try:
            content = read_sheet_file(make_refusal, "flows.none", mark("Choose a file with flows first."))
            reading = read_reading(site.compute(task, {"file": b64encode(content).decode()}))
            if reading.mistakes:
                return render(mistakes=reading.mistakes, mistake_count=reading.count, places=reading.places)
            plan, changes = site.offload(_compare, site.desk, reading)
            if plan.mistakes:
                return render(mistakes=plan.mistakes, mistake_count=len(plan.mistakes), places=reading.places)
            if not changes:
                raise Refused("flows.same", "The flows are already as the file says. Nothing was changed.")
            digest = hashlib.sha256(content).hexdigest()
            file = FlowFile(reading.rows, digest, plan.changes, find_own_account(site))
            waiting.add(site.get_actor(site.caller), digest, file)
        except Refused as refusal:
            return render(refusal)
        return render(changes=changes[:SHOWN_MAX], change_count=len(changes), digest=digest)

    @screens.post(f"{PATH}/confirmation", endpoint="import_flows")
    def import_flows() -> AnyResponse:
        actor, digest = site.get_actor(site.caller), request.form.get("digest", "")[:DIGEST_MAX]
        try:
            file = waiting.get(actor, digest)
            site.open_door().do(actions.import_flows, file)
            waiting.remove(actor, digest)
        except Unknown:
            raise
        except Refused as refusal:
            return render(refusal)
        return redirect("/settings/procedures/flows?done=imported", SEE_OTHER)

    @screens.get(f"{PATH}/<name>.<kind>", endpoint="flow_file")
    def flow_file(name: str, kind: str) -> Response:
        if name not in NAMES or (kind not in TABLES and (name, kind) != ("flows", "json")):
            raise Unknown("flows.no_file", "There is no such file.")
        if kind == "json":
            return make_download(site.offload(_write_json, site.desk), NAMES[name], kind)
        rows = list_examples(COLUMNS) if name == "template" else site.offload(_list_cells, site.desk)
        return make_download(site.offload(TABLES[kind], list_headings(COLUMNS), rows), NAMES[name], kind)


def _compare(desk: Desk, reading: SheetReading) -> tuple[FlowPlan, list[View]]:
    with desk.read() as db:
        plan = actions.plan_flows(db, reading.rows)
        return plan, list_flow_changes(db, plan.changes)


def _list_cells(desk: Desk) -> list[list[str]]:
    with desk.read() as db:
        versions, names = store.list_flow_versions(db), _list_sign_in_names(db)
    return [[defuse(cell) for cell in row] for version in versions for row in write_cells(version, names)]


def _write_json(desk: Desk) -> bytes:
    with desk.read() as db:
        settings = settings_store.get_settings(db)
        flows = describe_flow_file(store.list_flow_versions(db), _list_sign_in_names(db))
    made_at = desk.clock.now().astimezone(get_zone(settings.timezone)).isoformat(timespec="seconds")
    content = {"format": FORMAT, "version": VERSION, "unit": settings.unit.name, "made_at": made_at, "flows": flows}
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _list_sign_in_names(db: Reader) -> dict[int, str]:
    return {one.id: one.name for one in staff_store.list_accounts(db)}
