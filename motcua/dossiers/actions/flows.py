"""Setting the ward's flows, each time from a day on. A dossier keeps the flow with which it came."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from msgspec import Struct

from motcua.desk import Json, Reader, Refused, Tx, Unknown
from motcua.dossiers.actions import common
from motcua.dossiers.events.flows import FlowChanged, FlowsImported, FlowWithdrawn
from motcua.dossiers.model.flow import Flow, FlowScope, FlowTarget, FlowVersion, describe_flow
from motcua.dossiers.model.flow_file import FlowFacts, FlowFile, FlowPlan
from motcua.dossiers.rules import flows as rules
from motcua.dossiers.rules.flow_files import planning
from motcua.dossiers.store import flows
from motcua.procedures.model import Procedure
from motcua.procedures.store import list_procedures
from motcua.staff import store as staff_store
from motcua.typed.sheet_readings import ValuedRow


class FlowRequest(Struct, frozen=True):
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


def plan_flows(db: Reader, rows: Sequence[ValuedRow]) -> FlowPlan:
    """Return what the rows of a file would change, or what is wrong with them here."""
    versions: dict[FlowTarget, dict[str, Flow | None]] = {}
    for item in flows.list_flow_versions(db):
        versions.setdefault(item.target, {})[item.since] = item.flow
    accounts = staff_store.list_accounts(db)
    offered = {day: _list_offered(list_procedures(db, day)) for day in {row.values["since"] for row in rows}}
    facts = FlowFacts(
        versions,
        {one.name.casefold(): one.id for one in accounts},
        frozenset(one.id for one in accounts if one.disabled),
        {day: codes for day, (codes, _fields) in offered.items()},
        {day: fields for day, (_codes, fields) in offered.items()},
    )
    return planning.plan_flow_file(rows, facts)


def _list_offered(procedures: Mapping[str, Procedure]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the codes and the fields of a catalogue."""
    return frozenset(procedures), frozenset(one.field for one in procedures.values() if one.field)


def import_flows(tx: Tx, file: FlowFile) -> int:
    """Put the flows of a file in force, each from its own day on; return how many versions it changed.

    Raises `Refused("flows.same" | "flow.changed")`, the latter where it would do something else than what was shown.
    """
    common.get_switched_on(tx)
    plan = plan_flows(tx.db, file.rows)
    if plan.mistakes or plan.changes != file.changes:
        raise Refused("flow.changed", "Something changed since you looked at this file. Choose it again.")
    if not plan.changes:
        raise Refused("flows.same", "The flows are already as the file says. Nothing was changed.")
    described: list[Json] = []
    for change in plan.changes:
        version = FlowVersion(change.target, change.since, change.flow, tx.at, file.account)
        flows.save_flow_version(tx.db, version)
        steps = None if change.flow is None else cast(list[Json], describe_flow(change.flow))
        described.append({"target": str(change.target), "since": change.since, "flow": steps})
    tx.emit(FlowsImported(digest=file.digest, flows=described, account=file.account))
    return len(described)


def _read_target(tx: Tx, scope: str, key: str, since: str) -> FlowTarget:
    rules.require_flow_day(since)
    procedures = list_procedures(tx.db, since)
    fields = {item.field for item in procedures.values() if item.field} if scope == FlowScope.FIELD else set()
    return rules.read_target(scope, key, procedures.keys(), fields)
