"""Which flow a dossier gets, and what a flow may be. Pure."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from motcua.desk.errors import Invalid, Refused
from motcua.desk.moment import parse_day
from motcua.dossiers.model.flow import (
    DEFAULT_FLOW,
    HAND_OUT,
    RECEIVE,
    STEPS_MAX,
    WHOLE_PERCENT,
    Flow,
    FlowScope,
    FlowStep,
    FlowTarget,
    StepRole,
    compute_basis,
)
from motcua.procedures.model import Procedure
from motcua.procedures.values import FIRST_DAY, LAST_DAY, CleanLine, is_part_code

NAME_MAX = 80
_NAME = CleanLine(1, NAME_MAX)
_SECOND_NAME = CleanLine(0, NAME_MAX)
_NUMBER = re.compile(r"\d{9}")


def list_targets(procedure: Procedure) -> list[FlowTarget]:
    """Return the targets whose flow a procedure may have, the narrowest first."""
    targets = [FlowTarget(FlowScope.PROCEDURE, procedure.code)]
    if procedure.is_immediate:
        targets.append(FlowTarget(FlowScope.IMMEDIATE))
    if procedure.field:
        targets.append(FlowTarget(FlowScope.FIELD, procedure.field))
    return [*targets, FlowTarget(FlowScope.USUAL)]


def choose_flow(in_force: Mapping[str, Flow], procedure: Procedure) -> Flow:
    """Return the flow of a procedure among those `in_force`: its own, else that of its lane, field, of all."""
    return next((in_force[key] for key in map(str, list_targets(procedure)) if key in in_force), DEFAULT_FLOW)


def read_target(scope: str, key: str, procedures: Collection[str], fields: Collection[str]) -> FlowTarget:
    """Return what a flow is for. Raises `Invalid("flow.target")`."""
    offered = {FlowScope.PROCEDURE: procedures, FlowScope.FIELD: fields}
    if scope not in set(FlowScope) or key not in offered.get(FlowScope(scope), ("",)):
        raise Invalid("flow.target", "Choose for which procedures this flow is.")
    return FlowTarget(FlowScope(scope), key)


def make_target(scope: str, key: str) -> FlowTarget:
    """Return a target as a program names it, in the catalogue or no more. Raises `Invalid("flow.target")`."""
    has_key = scope in {FlowScope.PROCEDURE, FlowScope.FIELD}
    if scope not in set(FlowScope) or has_key != bool(key):
        raise Invalid("flow.target", "Choose for which procedures this flow is.")
    return FlowTarget(FlowScope(scope), key)


def require_flow_day(since: str) -> None:
    """Raise `Invalid("flow.day")` unless `since` is a day of effect."""
    if parse_day(since) is None or not FIRST_DAY <= since <= LAST_DAY:
        raise Invalid("flow.day", "Choose the day from which it holds.")


def require_flow_basis(current: Flow | None, basis: str | None) -> None:
    """Raise `Refused("flow.changed")` where something else holds than what somebody began with."""
    if basis is not None and compute_basis(current) != basis:
        raise Refused("flow.changed", "Somebody else changed this flow meanwhile. Load the page again.")


def read_flow(rows: Sequence[Mapping[str, Any]], accounts: Collection[int]) -> Flow:
    """Return the flow of rows with `name`, `share_percent`, `role` and `account`, as people enter them.

    Raises `Invalid("flow.count" | "flow.name" | "flow.role" | "flow.account" | "flow.share" | "flow.sum" | …)`.
    """
    if not 1 <= len(rows) <= STEPS_MAX:
        raise Invalid("flow.count", "A flow has 1 to %(most)s steps.", most=STEPS_MAX)
    codes = make_step_codes(rows)
    flow = tuple(_read_step(place, codes[place - 1], row, accounts) for place, row in enumerate(rows, start=1))
    require_flow(flow)
    return flow


def require_flow(flow: Flow) -> None:
    """Raise `Invalid("flow.sum" | "flow.ends" | "flow.twice")` unless the steps make a whole."""
    if (total := sum(step.share_percent for step in flow)) != WHOLE_PERCENT:
        raise Invalid("flow.sum", "The shares add up to %(total)s %%. They must add up to 100 %%.", total=total)
    codes = [step.code for step in flow]
    if codes[0] != RECEIVE or (len(codes) > 1 and codes[-1] != HAND_OUT):
        raise Invalid("flow.ends", "The first step must receive the dossier, the last one must hand out the result.")
    if len(set(codes)) < len(codes):
        raise Invalid("flow.twice", "Two steps have the same code.")


def has_person_number(text: str) -> bool:
    """Say whether a text has so many digits in a row as the number of an ID card or a phone."""
    return _NUMBER.search(text) is not None


def make_step_codes(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a code for each row. Those between the ends keep the one that they have, or get the next free one."""
    codes = [RECEIVE, *(str(row.get("code") or "") for row in rows[1:-1]), HAND_OUT][: len(rows)]
    taken = {code for code in codes if code}
    free = (f"step-{number}" for number in range(1, 2 * STEPS_MAX + 2))
    return [code or next(one for one in free if one not in taken) for code in codes]


def _read_step(place: int, code: str, row: Mapping[str, Any], accounts: Collection[int]) -> FlowStep:
    name, second = _read_names(place, row.get("name") or ("", ""))
    if row.get("role") not in set(StepRole):
        raise Invalid("flow.role", "Step %(step)s: choose whose step it is.", step=place)
    account, share = row.get("account"), row.get("share_percent")
    if account is not None and account not in accounts:
        raise Invalid("flow.account", "Step %(step)s: choose somebody who can sign in.", step=place)
    if isinstance(share, bool) or not isinstance(share, int) or not 0 <= share <= WHOLE_PERCENT:
        raise Invalid("flow.share", "Step %(step)s: write a share from 0 to 100 percent.", step=place)
    if not is_part_code(code):
        raise Invalid("flow.code", "Step %(step)s: its code is not one. Remove the step and add it again.", step=place)
    return FlowStep(code, (name, second), share, StepRole(row["role"]), account)


def _read_names(place: int, names: Any) -> tuple[str, str]:
    """The journal keeps a flow for ever, so it must not name people by their numbers."""
    if has_person_number("".join(map(str, names))):
        raise Invalid("flow.person", "Step %(step)s: its name must not hold a person's number.", step=place)
    try:
        return _NAME(str(names[0])), _SECOND_NAME(str(names[1]))
    except (ValueError, IndexError) as error:
        raise Invalid(
            "flow.name", "Step %(step)s: write its name on one line, at most %(most)s characters.",
            step=place, most=NAME_MAX,
        ) from error  # fmt: skip
