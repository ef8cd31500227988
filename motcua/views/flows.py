"""The ward's flows, for whoever keeps them."""

from collections.abc import Mapping
from typing import Any

from motcua.desk import Reader
from motcua.desk.messages import mark, translate_into_each
from motcua.dossiers import store
from motcua.dossiers.model.flow import (
    DEFAULT_FLOW,
    SHORT_FLOW,
    STEP_ROLE_LABELS,
    Flow,
    FlowScope,
    FlowTarget,
    compute_basis,
)
from motcua.procedures.store import list_procedures
from motcua.staff import store as staff_store
from motcua.views.shapes import View, both

SCOPE_LABELS = {
    FlowScope.USUAL: mark("All other procedures"),
    FlowScope.FIELD: mark("Field: %(name)s"),
    FlowScope.IMMEDIATE: mark("Procedures that are settled on the same day"),
    FlowScope.PROCEDURE: "%(name)s",
}


def list_flow_views(db: Reader, day: str) -> list[View]:
    """Return each flow that holds on `day`, the widest first; those of all and of one day's lane are always there."""
    in_force, versions = store.list_in_force(db, day), store.list_flow_versions(db)
    later = {str(one.target): one.since for one in versions if one.since > day}
    always = [FlowTarget(FlowScope.USUAL), FlowTarget(FlowScope.IMMEDIATE)]
    others = sorted({one.target for one in versions} - set(always), key=lambda one: (one.scope, one.key))
    names = staff_store.list_full_names(db)
    return [
        {
            "scope": target.scope.value,
            "key": target.key,
            "label": describe_target(db, target, day),
            "is_set": str(target) in in_force,
            "next": later.get(str(target)),
            "steps": describe_steps(find_shown_flow(in_force, target), names),
        }
        for target in [*always, *others]
        if target in always or str(target) in in_force or str(target) in later
    ]


def describe_target(db: Reader, target: FlowTarget, day: str) -> dict[str, str]:
    """Return for which procedures a flow is."""
    procedure = list_procedures(db, day).get(target.key)
    name = f"{procedure.name} · {target.key}" if procedure else target.key
    return translate_into_each(SCOPE_LABELS[target.scope], {"name": name})


def find_shown_flow(in_force: Mapping[str, Flow], target: FlowTarget) -> Flow:
    """Return the flow of a target, else the one that holds in its place."""
    usual = in_force.get(str(FlowTarget(FlowScope.USUAL)), DEFAULT_FLOW)
    return in_force.get(str(target), usual)


def describe_steps(flow: Flow, names: dict[int, str]) -> list[View]:
    """Return the steps of a flow with their shares, and whose they are."""
    return [
        {
            "name": both(step.name),
            "share_percent": step.share_percent,
            "role": translate_into_each(STEP_ROLE_LABELS[step.role]),
            "account": names.get(step.account, "") if step.account is not None else "",
        }
        for step in flow
    ]


def make_flow_draft(db: Reader, target: FlowTarget, day: str) -> tuple[list[dict[str, Any]], str]:
    """Return the rows of a form that changes a flow from `day` on, and by what it knows what it began with."""
    in_force = store.list_in_force(db, day)
    current = in_force.get(str(target))
    proposed = SHORT_FLOW if target.scope is FlowScope.IMMEDIATE else find_shown_flow(in_force, target)
    rows = [
        {
            "code": step.code,
            "name": list(step.name),
            "share_percent": step.share_percent,
            "role": step.role.value,
            "account": step.account,
        }
        for step in current or proposed
    ]
    return rows, compute_basis(current)


def list_version_days(db: Reader, target: FlowTarget) -> list[View]:
    """Return the versions of a flow, the newest day first."""
    return [
        {"since": one.since, "is_withdrawn": one.flow is None}
        for one in store.list_flow_versions(db)
        if one.target == target
    ]
