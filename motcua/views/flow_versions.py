"""The ward's flows as programs see them: every step by its code, each version by its day."""

from motcua.desk import Reader
from motcua.dossiers import store
from motcua.dossiers.model.flow import DEFAULT_FLOW, Flow, compute_basis
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.views.flows import describe_target
from motcua.views.shapes import View, format_local


def list_flow_items(db: Reader, day: str) -> View:
    """Return the flows that the ward set and that hold on `day`, and the one that the program brings."""
    in_force = store.list_in_force(db, day)
    begun = {str(one.target): one for one in reversed(store.list_flow_versions(db)) if one.since <= day}
    items = [
        {
            "scope": begun[key].target.scope.value,
            "key": begun[key].target.key,
            "label": describe_target(db, begun[key].target, day),
            "since": begun[key].since,
            "basis": compute_basis(flow),
            "steps": _describe_steps(flow),
        }
        for key, flow in sorted(in_force.items())
    ]
    return {"day": day, "usual": _describe_steps(DEFAULT_FLOW), "items": items}


def list_flow_version_views(db: Reader) -> list[View]:
    """Return every version, by target and the newest day first."""
    names, zone = staff_store.list_full_names(db), settings_store.get_timezone(db)
    return [
        {
            "scope": one.target.scope.value,
            "key": one.target.key,
            "label": describe_target(db, one.target, one.since),
            "since": one.since,
            "changed_at": format_local(one.changed_at, zone),
            "by": names.get(one.account) if one.account is not None else None,
            "basis": compute_basis(one.flow),
            "steps": None if one.flow is None else _describe_steps(one.flow),
        }
        for one in store.list_flow_versions(db)
    ]


def _describe_steps(flow: Flow) -> list[View]:
    return [
        {
            "code": step.code,
            "name": {"vi": step.name[0], "en": step.name[1]},
            "share_percent": step.share_percent,
            "role": step.role.value,
            "account": step.account,
        }
        for step in flow
    ]
