"""The ward's catalogue of procedures for programs: all of a procedure, its versions, and changes from a day on."""

from typing import Any

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.procedure_catalogue import (
    ProcedureBody,
    ProcedureCodePath,
    ProcedureDayQuery,
    ProcedureDetail,
    VersionList,
    VersionReceipt,
    WithdrawalBody,
)
from motcua.desk import Reader
from motcua.desk.keys import Answer
from motcua.procedures import actions
from motcua.procedures.model import ProcedureRequest, ProcedureSource, ProcedureVersion, WithdrawalRequest
from motcua.procedures.rules.versions import compute_digest, require_day
from motcua.setup.procedure_drafts import read_draft
from motcua.views.procedure_versions import get_procedure_detail, list_version_views
from motcua.web.own import find_own_account
from motcua.web.site import Site


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""

    @api.get("/procedures/<code>", endpoint="procedure", summary="All of a procedure", responses={200: ProcedureDetail})
    def procedure(path: ProcedureCodePath, query: ProcedureDayQuery) -> Response:
        day = query.day or site.get_today()[0]
        require_day(day)
        with site.desk.read() as db:
            return respond((200, get_procedure_detail(db, path.code, day)))

    @api.get(
        "/procedures/<code>/versions",
        endpoint="procedure_versions",
        summary="A procedure's versions",
        responses={200: VersionList},
    )
    def versions(path: ProcedureCodePath) -> Response:
        with site.desk.read() as db:
            return respond((200, {"items": list_version_views(db, path.code)}))

    @api.put(
        "/procedures/<code>",
        endpoint="change_procedure",
        summary="Add or change a procedure from a day on",
        responses={200: VersionReceipt},
    )
    def change_procedure(path: ProcedureCodePath, body: ProcedureBody) -> Response:
        require_day(body.since)
        values = body.model_dump(exclude={"basis"})
        draft = read_draft({**_write_plain(values), "code": path.code})
        request = ProcedureRequest(draft, ProcedureSource.PROGRAM, find_own_account(site), body.basis)
        return respond(site.request_door().do(actions.change_procedure, request, answer=_show_version))

    @api.post(
        "/procedures/<code>/withdraw",
        endpoint="withdraw_procedure",
        summary="Offer a procedure no more from a day on",
        responses={200: VersionReceipt},
    )
    def withdraw_procedure(path: ProcedureCodePath, body: WithdrawalBody) -> Response:
        request = WithdrawalRequest(path.code, body.since, ProcedureSource.PROGRAM, find_own_account(site))
        return respond(site.request_door().do(actions.withdraw_procedure, request, answer=_show_version))


def _write_plain(value: Any) -> Any:
    """Return a body in the form of `procedures.model.plain`: texts in both languages and conditions are pairs."""
    if isinstance(value, list):
        return [_write_plain(item) for item in value]
    if not isinstance(value, dict):
        return value
    for names in (("vi", "en"), ("question", "choice")):
        if set(value) == set(names):
            return [value[name] for name in names]
    return {name: _write_plain(item) for name, item in value.items()}


def _show_version(_db: Reader, version: ProcedureVersion) -> Answer:
    return 200, {"code": version.code, "since": version.since, "basis": compute_digest(version.procedure)}
