"""What a file of flows would change, flow by flow."""

from collections.abc import Iterable

from motcua.desk import Reader
from motcua.desk.messages import translate_into_each
from motcua.dossiers.model.flow import STEP_ROLE_LABELS, Flow
from motcua.dossiers.model.flow_file import FlowChange
from motcua.staff import store as staff_store
from motcua.views.flows import describe_target
from motcua.views.shapes import View, both


def list_flow_changes(db: Reader, changes: Iterable[FlowChange]) -> list[View]:
    """Return each change with the steps before and after it, a line for each step; None where there are none."""
    names = staff_store.list_full_names(db)
    return [
        {
            "label": describe_target(db, change.target, change.since),
            "since": change.since,
            "before": write_steps(change.before, names),
            "after": write_steps(change.flow, names),
        }
        for change in changes
    ]


def write_steps(flow: Flow | None, names: dict[int, str]) -> dict[str, list[str]] | None:
    """Return a line for each step in both languages: its name, its share, whose it is."""
    if flow is None:
        return None
    lines: dict[str, list[str]] = {"vi": [], "en": []}
    for step in flow:
        person = names.get(step.account) if step.account is not None else None
        role, name = translate_into_each(STEP_ROLE_LABELS[step.role]), both(step.name)
        for language, listed in lines.items():
            listed.append(f"{name[language]} · {step.share_percent} % · {person or role[language]}")
    return lines
