"""Queries, bodies and answers of the calls about the ward's flows."""

from typing import Annotated

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Both, Day, Int, Strict, describe_choice
from motcua.api.shapes.procedure_catalogue import TextPair
from motcua.api.texts import CODE_MAX
from motcua.dossiers.model.flow import FlowScope, StepRole

STEPS_READ = 40
"""More steps than a flow may have are refused by the rules, by their own code."""
KEY_MAX = 400
Scope = Annotated[str, Field(max_length=CODE_MAX), describe_choice(*FlowScope)]
TargetKey = Annotated[str, Field(max_length=KEY_MAX)]


class FlowDayQuery(ApiShape):
    """As it is on which day; today without one."""

    day: Day | None = None


class FlowStepBody(Strict):
    """A step: its share of the whole time, whose it is, and the account that usually does it.

    `code` is empty for a new step.
    """

    code: Annotated[str, Field(max_length=CODE_MAX)] = ""
    name: TextPair
    share_percent: Int
    role: Annotated[str, Field(max_length=CODE_MAX), describe_choice(*StepRole)]
    account: Int | None = None


class FlowBody(Strict):
    """A flow from the day `since` on. `basis` is that of what the change was made from.

    `key` is the code of a procedure or the name of a field, else empty.
    """

    scope: Scope
    key: TargetKey = ""
    since: Day
    basis: Annotated[str, Field(max_length=CODE_MAX)] | None = None
    steps: Annotated[list[FlowStepBody], Field(max_length=STEPS_READ)]


class FlowWithdrawalBody(Strict):
    """For what, and the first day on which it has no flow of its own."""

    scope: Scope
    key: TargetKey = ""
    since: Day


class FlowStepShape(ApiShape):
    """A step."""

    code: str
    name: Both
    share_percent: int
    role: StepRole
    account: int | None


class FlowShape(ApiShape):
    """The flow of a procedure, of a lane, of a field or of all others, and since when it holds."""

    scope: FlowScope
    key: str
    label: Both
    since: str
    basis: str
    steps: list[FlowStepShape]


class FlowList(ApiShape):
    """The ward's own flows that hold on the day; where there is none, `usual` holds, the program's own steps."""

    day: str
    usual: list[FlowStepShape]
    items: list[FlowShape]


class FlowVersionShape(ApiShape):
    """A version; `steps` is null where the flow is withdrawn from this day on."""

    scope: FlowScope
    key: str
    label: Both
    since: str
    changed_at: str
    by: str | None
    basis: str
    steps: list[FlowStepShape] | None


class FlowVersionList(ApiShape):
    """Every version of every flow, the newest day of each first."""

    items: list[FlowVersionShape]


class FlowReceipt(ApiShape):
    """What was put in force."""

    scope: FlowScope
    key: str
    since: str
    basis: str
