"""What a file of flows would change at a desk, and what is wrong with it there. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from motcua.desk.errors import Invalid
from motcua.desk.messages import mark
from motcua.dossiers.model.flow import Flow, FlowScope, FlowTarget
from motcua.dossiers.model.flow_file import FlowChange, FlowFacts, FlowPlan
from motcua.dossiers.rules.flows import read_flow
from motcua.typed.sheet_columns import SheetMistake
from motcua.typed.sheet_readings import ValuedRow

Rows = list[ValuedRow]


def plan_flow_file(rows: Iterable[ValuedRow], facts: FlowFacts) -> FlowPlan:
    """Return what the rows of a file would change, the earlier days first.

    What is already so is left out, and is not looked at any closer.
    """
    mistakes: list[SheetMistake] = []
    changes: list[FlowChange] = []
    versions = {target: dict(days) for target, days in facts.versions.items()}
    for target, since, steps in _list_flows(rows):
        wrong, flow = _read_steps(steps, facts)
        days = versions.setdefault(target, {})
        before = _find_in_force(days, since)
        if not wrong and before == flow:
            continue
        mistakes += wrong or _list_faults(target, since, steps, flow, facts)
        days[since] = flow
        changes.append(FlowChange(target, since, before, flow))
    return FlowPlan(tuple(changes) if not mistakes else (), tuple(sorted(mistakes, key=lambda item: item.row)))


def _list_flows(rows: Iterable[ValuedRow]) -> list[tuple[FlowTarget, str, Rows]]:
    """Return the rows of each flow together, wherever in the file they are; the earlier days first."""
    flows: dict[tuple[str, str, str], Rows] = {}
    for row in rows:
        values = row.values
        flows.setdefault((values["since"], values["scope"], values["key"] or ""), []).append(row)
    return [(FlowTarget(FlowScope(scope), key), since, rows) for (since, scope, key), rows in sorted(flows.items())]


def _find_in_force(days: dict[str, Flow | None], since: str) -> Flow | None:
    past = [day for day in days if day <= since]
    return days[max(past)] if past else None


def _read_steps(rows: Rows, facts: FlowFacts) -> tuple[list[SheetMistake], Flow | None]:
    """Return what is wrong with the steps of a flow, or the flow; None where it is withdrawn."""
    if wrong := list(_check_numbers(rows)):
        return wrong, None
    if rows[0].values["is_withdrawn"]:
        return [], None
    ordered = sorted(rows, key=lambda row: int(row.values["step"]))
    steps = []
    for row in ordered:
        name = row.values["account"]
        account = facts.accounts.get(name.casefold()) if name else None
        if name and account is None:
            sentence = mark("Nobody signs in as %(name)s here.")
            wrong.append(SheetMistake(row.number, "account", sentence, {"name": name}))
        steps.append(_make_step(row, account))
    if wrong:
        return wrong, None
    try:
        return [], read_flow(steps, frozenset(facts.accounts.values()))
    except Invalid as error:
        place = error.params.get("step")
        row = ordered[place - 1] if isinstance(place, int) else ordered[0]
        return [SheetMistake(row.number, "", error.message, error.params)], None


def _check_numbers(rows: Rows) -> Iterator[SheetMistake]:
    """Yield what is wrong with how the steps of a flow are numbered."""
    row_of_step: dict[Any, int] = {}
    for row in rows:
        step = row.values["step"]
        earlier = row_of_step.setdefault(step, row.number)
        if earlier != row.number:
            sentence = mark("Row %(earlier)s has the same step of the same flow.")
            yield SheetMistake(row.number, "step", sentence, {"earlier": earlier})
    if len(row_of_step) == len(rows) and len(rows) > 1 and None in row_of_step:
        sentence = mark("This flow is withdrawn here, but has steps in other rows.")
        yield SheetMistake(row_of_step[None], "is_withdrawn", sentence)
    elif len(row_of_step) == len(rows) and None not in row_of_step and max(row_of_step) != len(rows):
        missing = min(set(range(1, len(rows) + 1)) - row_of_step.keys())
        sentence = mark("Step %(step)s of this flow is missing in the file.")
        yield SheetMistake(rows[0].number, "step", sentence, {"step": missing})


def _make_step(row: ValuedRow, account: int | None) -> dict[str, Any]:
    values = row.values
    return {
        "code": values["code"] or "",
        "name": (values["name"], values["name_en"] or ""),
        "share_percent": values["share_percent"],
        "role": values["role"],
        "account": account,
    }


def _list_faults(
    target: FlowTarget, since: str, rows: Sequence[ValuedRow], flow: Flow | None, facts: FlowFacts
) -> list[SheetMistake]:
    """Return what of a change does not fit to this desk: a code that is not in use, somebody who cannot sign in."""
    offered = {FlowScope.PROCEDURE: facts.procedures, FlowScope.FIELD: facts.fields}.get(target.scope)
    if flow is None:
        return []
    faults: list[SheetMistake] = []
    if offered is not None and target.key not in offered.get(since, ()):
        sentence = (
            mark("On that day there is no procedure %(key)s in the catalogue.")
            if target.scope is FlowScope.PROCEDURE
            else mark("On that day there is no field %(key)s in the catalogue.")
        )
        faults.append(SheetMistake(rows[0].number, "key", sentence, {"key": target.key}))
    for row in rows:
        name = row.values["account"]
        if name and facts.accounts[name.casefold()] in facts.disabled:
            sentence = mark("%(name)s can no longer sign in. Name somebody else, or empty the cell.")
            faults.append(SheetMistake(row.number, "account", sentence, {"name": name}))
    return faults
