"""The ward's flows for programs: those that hold on a day, all versions, and changes from a day on."""

from typing import Any

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.flows import (
    FlowBody,
    FlowDayQuery,
    FlowList,
    FlowReceipt,
    FlowStepBody,
    FlowVersionList,
    FlowWithdrawalBody,
)
from motcua.desk import Reader
from motcua.desk.keys import Answer
from motcua.dossiers import actions
from motcua.dossiers.actions import FlowRequest
from motcua.dossiers.model.flow import FlowVersion, compute_basis
from motcua.dossiers.rules.flows import make_target, require_flow_day
from motcua.views.flow_versions import list_flow_items, list_flow_version_views
from motcua.web.own import find_own_account
from motcua.web.site import Site


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""

    @api.get("/flows", endpoint="flows", summary="The ward's flows on a day", responses={200: FlowList})
    def flows(query: FlowDayQuery) -> Response:
        day = query.day or site.get_today()[0]
        require_flow_day(day)
        with site.desk.read() as db:
            return respond((200, list_flow_items(db, day)))

    @api.get(
        "/flows/versions",
        endpoint="flow_versions",
        summary="Every version of every flow",
        responses={200: FlowVersionList},
    )
    def versions() -> Response:
        with site.desk.read() as db:
            return respond((200, {"items": list_flow_version_views(db)}))

    @api.put("/flows", endpoint="change_flow", summary="Set a flow from a day on", responses={200: FlowReceipt})
    def change_flow(body: FlowBody) -> Response:
        rows = [_write_row(step) for step in body.steps]
        wish = FlowRequest(body.scope, body.key, body.since, rows, find_own_account(site), body.basis)
        return respond(site.request_door().do(actions.set_flow, wish, answer=_show_version))

    @api.post(
        "/flows/withdraw",
        endpoint="withdraw_flow",
        summary="Let a wider flow hold from a day on",
        responses={200: FlowReceipt},
    )
    def withdraw_flow(body: FlowWithdrawalBody) -> Response:
        wish = (make_target(body.scope, body.key), body.since, find_own_account(site))
        return respond(site.request_door().do(actions.withdraw_flow, *wish, answer=_show_version))


def _write_row(step: FlowStepBody) -> dict[str, Any]:
    return {**step.model_dump(exclude={"name"}), "name": (step.name.vi, step.name.en)}


def _show_version(_db: Reader, version: FlowVersion) -> Answer:
    target = version.target
    return 200, {
        "scope": target.scope.value,
        "key": target.key,
        "since": version.since,
        "basis": compute_basis(version.flow),
    }
