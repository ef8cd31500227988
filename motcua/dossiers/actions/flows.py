"""Setting the ward's flows, each time from a day on. A dossier keeps the flow with which it came."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from motcua.desk import Json, Refused, Tx, Unknown
from motcua.dossiers.actions import common
from motcua.dossiers.events.flows import FlowChanged, FlowWithdrawn
from motcua.dossiers.model.flow import FlowScope, FlowTarget, FlowVersion, describe_flow
from motcua.dossiers.rules import flows as rules
from motcua.dossiers.store import flows
from motcua.procedures.store import list_procedures
from motcua.staff import store as staff_store


@dataclass(frozen=True)
class FlowRequest:
    """What somebody entered: for what it is, from when, the rows of steps, and what it was made from.

    `basis` is None where nobody looked before.
    """

    scope: str
    key: str
    since: str
    rows: Sequence[Mapping[str, Any]]
    account: int | None = None
    basis: str | None = None


def set_flow(tx: Tx, request: FlowRequest) -> FlowVersion:
    """Set a flow from a day on, in the place of a version of the same day.

    Raises `Invalid("flow.target" | "flow.day" | "flow.sum" | …)`, `Refused("flow.same" | "flow.changed")`.
    """
    common.get_switched_on(tx)
    target = _read_target(tx, request.scope, request.key, request.since)
    flow = rules.read_flow(request.rows, {one.id for one in staff_store.list_accounts(tx.db) if not one.disabled})
    before = flows.list_in_force(tx.db, request.since).get(str(target))
    rules.require_flow_basis(before, request.basis)
    if before == flow:
        raise Refused("flow.same", "On that day it is already exactly so. Nothing was changed.")
    version = FlowVersion(target, request.since, flow, tx.at, request.account)
    flows.save_flow_version(tx.db, version)
    steps = cast(list[Json], describe_flow(flow))
    tx.emit(FlowChanged(str(target), since=request.since, account=request.account, flow=steps))
    return version


def withdraw_flow(tx: Tx, target: FlowTarget, since: str, account: int | None) -> FlowVersion:
    """Let a wider flow hold from a day on. Raises `Invalid("flow.day")`, `Unknown("flow.unknown")`."""
    common.get_switched_on(tx)
    rules.require_flow_day(since)
    if str(target) not in flows.list_in_force(tx.db, since):
        raise Unknown("flow.unknown", "There is no such flow on that day.")
    version = FlowVersion(target, since, None, tx.at, account)
    flows.save_flow_version(tx.db, version)
    tx.emit(FlowWithdrawn(str(target), since=since, account=account))
    return version


def _read_target(tx: Tx, scope: str, key: str, since: str) -> FlowTarget:
    rules.require_flow_day(since)
    procedures = list_procedures(tx.db, since)
    fields = {item.field for item in procedures.values() if item.field} if scope == FlowScope.FIELD else set()
    return rules.read_target(scope, key, procedures.keys(), fields)
