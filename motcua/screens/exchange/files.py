"""Dossiers of other systems: a file by a mapping, a look at what it would do, and what differs from ours."""

import hashlib
from base64 import b64encode
from typing import Any

from flask import Blueprint, Response, make_response, redirect, request
from werkzeug.wrappers.response import Response as AnyResponse

from motcua.desk import Desk, Invalid, Refused, Unknown
from motcua.exchange.actions.importing import import_plan, settle_difference
from motcua.exchange.actions.planning import plan_import
from motcua.exchange.actions.pushing import push_again
from motcua.exchange.model.mappings import ExchangeMapping
from motcua.exchange.model.records import MergePlan
from motcua.exchange.rules.names import IMPORT_FIELDS
from motcua.exchange.rules.reading import BYTES_MAX, ROWS_MAX, make_refusal, read_plain_rows, task
from motcua.exchange.store import mappings
from motcua.screens.forms import describe_user, read_chosen_file, require_own_form
from motcua.screens.pages import render_page
from motcua.screens.waiting import WaitingItems
from motcua.typed.sheet_columns import SheetMistake
from motcua.typed.sheets import make_size_error
from motcua.views.exchange.connection import describe_connection
from motcua.views.exchange.page import describe_exchange, describe_plan
from motcua.views.shapes import View
from motcua.web.language import translate
from motcua.web.own import find_own_account
from motcua.web.problems import get_status
from motcua.web.site import Site

PATH = "/dossiers/exchange"
SEE_OTHER, WRONG = 303, 422
WAITING_MAX = 3
"""Each may hold 50,000 dossiers."""
NUMBER_MAX = 9


def install(screens: Blueprint, site: Site) -> None:
    """Add the page and what its forms do."""
    waiting: WaitingItems[MergePlan] = WaitingItems(WAITING_MAX, "exchange.gone")

    def render(refusal: Refused | None = None, **more: Any) -> Response:
        mistakes = more.pop("mistakes", ())
        with site.desk.read() as db:
            view = describe_exchange(db)
            connection = describe_connection(db, site.desk.faults.list_all())
        page = render_page(
            site,
            "exchange.html",
            me=describe_user(site),
            exchange=view,
            connection=connection,
            chosen=request.form.get("mapping", "")[:NUMBER_MAX],
            mistake=translate(refusal.message, refusal.params) if refusal else "",
            mistakes=[_show_mistake(item) for item in mistakes],
            done="" if refusal or mistakes else request.args.get("done", ""),
            megabytes=BYTES_MAX // 1024 // 1024,
            rows_max=ROWS_MAX,
            **more,
        )
        return make_response(page, get_status(refusal) if refusal else WRONG if mistakes else 200)

    @screens.get(PATH, endpoint="exchange")
    def exchange() -> Response:
        return render()

    @screens.post(f"{PATH}/look", endpoint="look_at_exchange")
    def look_at_exchange() -> Response:
        require_own_form(site)
        try:
            mapping, content = _read_mapping(site), read_exchange_file()
            sent = {"file": b64encode(content).decode(), "mapping": describe_mapping(mapping)}
            result = site.compute(task, sent)
            if result["mistakes"]:
                wrong = [SheetMistake(**item) for item in result["mistakes"]]
                return render(mistakes=wrong, mistake_count=result["count"])
            digest = hashlib.sha256(content).hexdigest()
            plan, view = site.offload(_plan, site.desk, result["rows"], mapping, digest)
            key = f"{digest} {mapping.id}"
            waiting.add(site.get_actor(site.caller), key, plan)
        except Refused as refusal:
            return render(refusal)
        return render(plan=view, key=key)

    @screens.post(f"{PATH}/confirmation", endpoint="import_exchange")
    def import_exchange() -> AnyResponse:
        require_own_form(site)
        actor, key = site.get_actor(site.caller), request.form.get("key", "")[:200]
        try:
            plan = waiting.get(actor, key)
            site.open_door().do(import_plan, plan, "file", find_own_account(site))
            waiting.remove(actor, key)
        except Refused as refusal:
            return render(refusal)
        return redirect(f"{PATH}?done=imported", SEE_OTHER)

    @screens.post(f"{PATH}/differences", endpoint="settle_difference")
    def settle() -> AnyResponse:
        require_own_form(site)
        code, kind = request.form.get("code", "")[:100], request.form.get("kind", "")[:20]
        try:
            site.open_door().do(settle_difference, code, kind, find_own_account(site))
        except Refused as refusal:
            return render(refusal)
        return redirect(f"{PATH}?done=settled#differences", SEE_OTHER)

    @screens.post(f"{PATH}/push", endpoint="push_state")
    def push_state() -> AnyResponse:
        require_own_form(site)
        try:
            site.open_door().do(push_again, request.form.get("code", "")[:100])
        except Refused as refusal:
            return render(refusal)
        return redirect(f"{PATH}?done=planned#connection", SEE_OTHER)


def read_exchange_file() -> bytes:
    """Return the bytes of the file that was chosen. Raises `Invalid("exchange.none" | "exchange.large")`."""
    content = read_chosen_file(BYTES_MAX)
    if not content:
        raise Invalid("exchange.none", "Choose a file first.")
    if len(content) > BYTES_MAX:
        raise make_refusal(make_size_error(BYTES_MAX))
    return content


def describe_mapping(mapping: ExchangeMapping) -> dict[str, Any]:
    """Return a mapping as plain values."""
    return {
        "id": mapping.id,
        "name": mapping.name,
        "system": mapping.system,
        "columns": mapping.columns,
        "states": {word: state.value for word, state in mapping.states.items()},
        "date_order": mapping.date_order.value,
    }


def _read_mapping(site: Site) -> ExchangeMapping:
    """Return the mapping that the form chose. Raises `Invalid("exchange.mapping")`, `Unknown`."""
    text = request.form.get("mapping", "")
    if not text.isascii() or not text.isdigit() or len(text) > NUMBER_MAX:
        raise Invalid("exchange.mapping", "Choose a mapping. If there is none yet, make one from a sample file.")
    with site.desk.read() as db:
        try:
            return mappings.get_mapping(db, int(text))
        except Unknown as error:
            raise Invalid("exchange.mapping", error.message) from None


def _plan(desk: Desk, rows: list[dict[str, Any]], mapping: ExchangeMapping, digest: str) -> tuple[MergePlan, View]:
    came = [row.record for row in read_plain_rows(rows)]
    with desk.read() as db:
        plan = plan_import(db, came, mapping, digest)
        return plan, describe_plan(db, plan)


def _show_mistake(mistake: SheetMistake) -> dict[str, Any]:
    column = next((translate(item.label) for item in IMPORT_FIELDS if item.name == mistake.column), "")
    return {"row": mistake.row, "column": column, "words": translate(mistake.message, dict(mistake.params))}
